using System.Globalization;
using System.Text;
using Denoised.Arxiv.Feeds;
using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>Glyphs on one baseline without a gap wider than a word space: a line of a column, or a table cell.</summary>
internal sealed class PdfSegment
{
    public PdfSegment(IReadOnlyList<PdfGlyph> glyphs)
    {
        Glyphs = glyphs;
        Left = double.MaxValue;
        Right = double.MinValue;
        int bold = 0, italic = 0, math = 0;
        foreach (var glyph in glyphs)
        {
            Left = Math.Min(Left, glyph.Left);
            Right = Math.Max(Right, glyph.Right);
            bold += glyph.Face.Bold ? 1 : 0;
            italic += glyph.Face.Italic ? 1 : 0;
            math += glyph.Face.Math ? 1 : 0;
        }

        (Bold, Italic, MathGlyphs) = (bold, italic, math);
        var common = glyphs.GroupBy(glyph => Math.Round(glyph.Size * 2) / 2).MaxBy(group => group.Count() * Math.Sqrt(group.Key))!;
        Size = common.First().Size;
        Baseline = common.Select(glyph => glyph.Baseline).Order().ElementAt(common.Count() / 2);
        Face = common.GroupBy(glyph => glyph.Face).MaxBy(group => group.Count())!.Key;
        Text = TextOf(glyphs, Baseline, Size);
    }

    public IReadOnlyList<PdfGlyph> Glyphs { get; }

    public double Left { get; }

    public double Right { get; }

    public double Baseline { get; }

    /// <summary>The size of most glyphs, in points.</summary>
    public double Size { get; }

    public PdfFace Face { get; }

    public int Bold { get; }

    public int Italic { get; }

    public int MathGlyphs { get; }

    public string Text { get; }

    private static string TextOf(IReadOnlyList<PdfGlyph> glyphs, double baseline, double size)
    {
        StringBuilder text = new(glyphs.Count + 16);
        var stacks = StackedGlyphs.Marks(glyphs, baseline, size);
        for (var index = 0; index < glyphs.Count; index++)
        {
            var glyph = glyphs[index];
            var value = glyph.Text;
            if (index > 0)
            {
                var previous = glyphs[index - 1];
                var gap = glyph.Left - previous.Right;
                if (stacks.TryGetValue(index, out var stacked))
                    text.Append(stacked);
                else if (gap > WordGap * Math.Min(size, Math.Max(glyph.Size, previous.Size)))
                    text.Append(' ');
                else
                    Script(text, previous, glyph, baseline, size);
            }

            text.Append(PdfSymbols.Of(glyph.Face, value) ?? (glyph.Face.Math ? MathSign(value) : Ligature(value)));
        }

        return Characters.CollapseWhiteSpace(Characters.Normalize(text.ToString()));
    }

    /// <summary>
    /// Decodes the ligatures of TeX's OT1 encoding if the file does not map its codes. macOS rewrites the ligature ff as an arrow and ffi as NUL.
    /// </summary>
    private static string Ligature(string value) => value switch
    {
        "\v" or "↵" => "ff",
        "\f" => "fi",
        "\r" => "fl",
        "\u000E" or "\0" => "ffi",
        "\u000F" => "ffl",
        _ => value,
    };

    // The maths fonts of newtx and libertinust1 store the full stop and the comma at unmapped codes. Without this, 1.8 would read 18.
    private static string MathSign(string value) => value switch
    {
        "\u0095" => ".",
        "\u0096" => ",",
        _ => value,
    };

    // The narrowest word space of a justified line is about 0.2 em; kerning stays below 0.1 em.
    private const double WordGap = 0.15;

    /// <summary>
    /// Marks the start of an exponent, subscript or footnote number; otherwise 10^6 would read 106. Inserts a space after the number at the start
    /// of a footnote.
    /// </summary>
    private static void Script(StringBuilder text, PdfGlyph previous, PdfGlyph glyph, double baseline, double size)
    {
        if (text.Length is 1 or 2 && char.IsAsciiDigit(text[^1]) && char.IsAsciiDigit(text[0]) && previous.Size < size * 0.87
            && previous.Baseline - baseline > size * 0.2
            && glyph.Size > size * 0.9 && char.IsLetter(glyph.Text, 0))
        {
            text.Append(' ');
            return;
        }

        if (text.Length == 0 || glyph.Size > size * 0.87 || previous.Size < size * 0.9 || Math.Abs(previous.Baseline - baseline) > size * 0.1)
            return;

        var raised = glyph.Baseline - baseline;
        var isBase = previous.Face.Math || char.IsDigit(text[^1]) || text[^1] is ')' or ']' or '}' or '|';
        if (raised > size * 0.2
            && (isBase
                || char.IsAsciiDigit(glyph.Text[0])
                && (char.IsLetter(text[^1]) || text[^1] is '.' or ',' or ';' or ':' or '?' or '!' or '”' or '"' or '’')))
            text.Append('^');
        else if (raised < size * -0.08 && isBase)
            text.Append('_');
    }
}

/// <summary>Adjacent segments on one baseline: a line of text or a table row.</summary>
internal sealed class PdfLine
{
    public PdfLine(int page, IReadOnlyList<PdfSegment> segments)
    {
        Page = page;
        Segments = segments;
        var longest = segments.MaxBy(segment => segment.Glyphs.Count)!;
        Size = longest.Size;
        Face = longest.Face;
        Baseline = longest.Baseline;
        Left = segments.Min(segment => segment.Left);
        Right = segments.Max(segment => segment.Right);
        Characters = segments.Sum(segment => segment.Glyphs.Count);
        Text = string.Join(' ', segments.Select(segment => segment.Text));
    }

    public int Page { get; }

    public IReadOnlyList<PdfSegment> Segments { get; }

    public double Left { get; }

    public double Right { get; }

    public double Baseline { get; }

    public double Size { get; }

    public PdfFace Face { get; }

    public int Characters { get; }

    public string Text { get; }

    /// <summary>The column on the page, starting at 0; -1 for a line that spans both columns.</summary>
    public int Column { get; set; }

    public double BoldShare => (double)Segments.Sum(segment => segment.Bold) / Characters;

    public double ItalicShare => (double)Segments.Sum(segment => segment.Italic) / Characters;

    public double MathShare => (double)Segments.Sum(segment => segment.MathGlyphs) / Characters;

    /// <summary>The line as a table row.</summary>
    public string Row => string.Join(" | ", Segments.Select(segment => segment.Text));

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"p{Page} ({Left:F0}-{Right:F0}, {Baseline:F0}) {Size:F1} {Face.Name}: {Text}");
}
