using Denoised.PaperText.Affiliations;
using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>Reads the author block of a PDF's first page: the lines between title and abstract, and the notes at the foot of the page.</summary>
internal sealed class PdfAuthorBlock
{
    private const int MaxFrontLines = 80;

    // As in PdfSegment: the narrowest word space of a justified line.
    private const double WordGap = 0.15;

    private readonly AuthorBlock block = new();
    private readonly PdfPageLayout layout;

    private PdfAuthorBlock(PdfPageLayout layout) => this.layout = layout;

    /// <summary>The institutions of a paper.</summary>
    /// <param name="layout">All lines.</param>
    /// <param name="start">The index of the first line after the title.</param>
    public static IReadOnlyList<string> Affiliations(PdfPageLayout layout, int start)
    {
        if (layout.Lines.Count == 0)
            return [];
        PdfAuthorBlock reader = new(layout);
        var page = layout.Lines[0].Page;
        var lines = layout.Lines.TakeWhile(line => line.Page == page).ToList();
        var end = lines.FindIndex(Math.Min(start, lines.Count), EndsFrontMatter);
        if (end < 0)
            end = lines.Count;
        reader.ReadFront(lines[Math.Min(start, end)..Math.Min(end, start + MaxFrontLines)]);
        reader.ReadNotes(lines[end..]);
        return AffiliationReader.Read(reader.block);
    }

    private static bool EndsFrontMatter(PdfLine line)
    {
        var text = line.Text.Replace(" ", "", StringComparison.Ordinal);
        return text.StartsWith("Abstract", StringComparison.OrdinalIgnoreCase) || SectionHeadings.IsAbstract(line.Text)
            || PdfLinePatterns.RunInAbstract.IsMatch(line.Text) || SectionHeadings.KindOf(line.Text) is SectionKind.Introduction;
    }

    // Authors stand side by side: each cell of a line is a line of its own. A wrapped affiliation continues below.
    private void ReadFront(List<PdfLine> lines)
    {
        foreach (var line in lines)
        {
            foreach (var segment in line.Segments)
            {
                AppendSegment(segment);
                block.EndLine();
            }
        }
    }

    // Notes are in smaller print at the end of a column. Their first line begins with a mark.
    private void ReadNotes(List<PdfLine> lines)
    {
        for (var index = 0; index < lines.Count; index++)
        {
            if (!IsNote(lines[index]) || !BeginsWithMark(lines[index]))
                continue;
            var column = lines[index].Column;
            for (; index < lines.Count && IsNote(lines[index]) && lines[index].Column == column; index++)
            {
                foreach (var segment in lines[index].Segments)
                    AppendSegment(segment);
                block.EndWrappedLine();
            }

            block.EndLine(isNote: true);
            index--;
        }
    }

    private bool IsNote(PdfLine line) => line.Size < 0.96 * layout.BodySize && line.Size > 0.5 * layout.BodySize;

    private static bool BeginsWithMark(PdfLine line) =>
        IsRaised(line.Segments[0], 0) || line.Text.Length > 0 && !char.IsLetter(line.Text[0]) && line.Text.AsSpan().IndexOfAny("*∗†‡1") == 0;

    private void AppendSegment(PdfSegment segment)
    {
        var glyphs = segment.Glyphs;
        for (var index = 0; index < glyphs.Count; index++)
        {
            if (IsRaised(segment, index))
            {
                var first = index;
                while (index + 1 < glyphs.Count && IsRaised(segment, index + 1))
                    index++;
                block.AppendMark(string.Concat(glyphs.Skip(first).Take(index - first + 1).Select(glyph => glyph.Text)));
                continue;
            }

            if (index > 0 && glyphs[index].Left - glyphs[index - 1].Right > WordGap * Math.Min(segment.Size, Math.Max(glyphs[index].Size, glyphs[index - 1].Size)))
                block.Append(" ");
            block.Append(glyphs[index].Text);
        }
    }

    private static bool IsRaised(PdfSegment segment, int index)
    {
        var glyph = segment.Glyphs[index];
        return glyph.Size < 0.87 * segment.Size && glyph.Baseline - segment.Baseline > 0.15 * segment.Size && glyph.Text.Length <= 2;
    }
}
