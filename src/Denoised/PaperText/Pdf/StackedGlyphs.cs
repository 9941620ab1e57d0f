using Denoised.Arxiv.Feeds;

namespace Denoised.PaperText.Pdf;

/// <summary>
/// Detects small glyphs stacked within a line: the two parts of a fraction, or a subscript below an exponent. PDFs draw the upper glyphs first,
/// then the lower ones. Read in that order, one over n would be 1n.
/// </summary>
internal static class StackedGlyphs
{
    /// <summary>The text to insert before a glyph, by index: a slash or an underscore before the lower part, a space before a fraction.</summary>
    public static IReadOnlyDictionary<int, string> Marks(IReadOnlyList<PdfGlyph> glyphs, double baseline, double size)
    {
        Dictionary<int, string>? marks = null;
        for (var start = 0; start < glyphs.Count; start++)
        {
            if (!IsRaised(glyphs[start]))
                continue;

            var middle = start + 1;
            while (middle < glyphs.Count && IsRaised(glyphs[middle]))
                middle++;
            var end = middle;
            while (end < glyphs.Count && IsLowered(glyphs[end]))
                end++;
            if (end > middle && glyphs[middle].Left < glyphs[middle - 1].Right - (0.05 * size))
            {
                marks ??= [];
                var isFraction = IsFraction(glyphs, start, middle, end, size);
                marks[middle] = isFraction ? "/" : "_";
                if (isFraction && start > 0)
                    marks[start] = " ";
            }

            start = end - 1;
        }

        return marks ?? none;

        bool IsRaised(PdfGlyph glyph) => glyph.Size < size * 0.87 && glyph.Baseline - baseline > size * 0.2;

        // A root sign hangs from its upper edge.
        bool IsLowered(PdfGlyph glyph) =>
            glyph.Size < size * 0.87 && glyph.Baseline - baseline < size * -0.08 || (PdfSymbols.Of(glyph.Face, glyph.Text) ?? glyph.Text) == "√";
    }

    private static readonly Dictionary<int, string> none = [];

    // TeX centres both parts and sets a fraction apart from the preceding glyph (1.2 of 10 points). Exponents and subscripts touch their base.
    private static bool IsFraction(IReadOnlyList<PdfGlyph> glyphs, int start, int middle, int end, double size)
    {
        var upper = (glyphs[start].Left, glyphs[middle - 1].Right);
        var lower = (glyphs[middle].Left, glyphs[end - 1].Right);
        var isCentred = Math.Abs((upper.Left + upper.Right - lower.Left - lower.Right) / 2) < 0.15 * size;
        return isCentred && (start == 0 || Math.Min(upper.Left, lower.Left) - glyphs[start - 1].Right > 0.09 * size);
    }
}
