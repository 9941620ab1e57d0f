using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>Recognises the lines that are headings.</summary>
/// <param name="layout">The geometry of the lines.</param>
internal sealed class PdfHeadings(PdfPageLayout layout)
{
    /// <summary>Whether a line is a heading, by its style, its number, its words and the space above it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="previous">The line before it, if any.</param>
    /// <param name="isTopBold">Whether the headings of the top level are bold.</param>
    /// <param name="heading">The text of the line.</param>
    public bool IsHeading(PdfLine line, PdfLine? previous, bool isTopBold, out string heading)
    {
        heading = line.Text;
        var letters = heading.Count(char.IsLetter);
        if (letters < 3 || heading.Length > 120 || line.Segments.Count > 2 || Words.Count(heading) > 16 || line.MathShare > 0.4
            || PdfLinePatterns.Caption.IsMatch(heading))
        {
            return false;
        }

        if (line.Segments.Count == 2 && !PdfLinePatterns.SectionNumber.IsMatch(line.Segments[0].Text))
            return false;
        var numbered = PdfLinePatterns.NumberedHeading.IsMatch(heading);
        var bold = line.BoldShare > 0.75;
        var bigger = line.Size > layout.BodySize * 1.07;
        var capitals = letters >= 4 && heading.Where(char.IsLetter).All(char.IsUpper);
        // Headings in small capitals and the heading of the abstract may be smaller than the text.
        if (line.Size < layout.BodySize * (numbered && capitals || SectionHeadings.IsAbstract(heading) || SectionHeadings.IsReferences(heading) ? 0.72 : 0.93))
            return false;

        var kind = SectionHeadings.KindOf(heading);
        var known = Words.Count(SectionHeadings.WithoutNumber(heading)) <= 6
            && (kind is not null || SectionHeadings.IsAbstract(heading) || SectionHeadings.IsReferences(heading));
        if (heading[^1] is ',' or ';' || heading[^1] is '.' && !known && !numbered)
            return false;

        // A heading has extra space above it; a bold line within a paragraph does not.
        var apart = previous is null || previous.Page != line.Page || previous.Column != line.Column
            || Math.Abs(previous.Baseline - line.Baseline) > 1.15 * layout.Pitch;
        var (left, _) = layout.ColumnOf(line);
        // Where text flows around a figure, the left edge is that of the preceding line.
        var atEdge = line.Left < left + (1.5 * layout.BodySize) || layout.IsCentred(line)
            || previous is not null && previous.Page == line.Page && Math.Abs(previous.Left - line.Left) < 1;

        if (numbered && (bold || bigger || capitals) && apart && atEdge)
            return true;
        if (numbered && apart && atEdge && line.ItalicShare > 0.75 && char.IsUpper(heading[0]))
            return true;
        if (known && (bold || bigger || capitals) && apart && atEdge)
            return true;
        if (known && apart && SectionHeadings.WithoutNumber(heading).Equals(heading.Trim(), StringComparison.Ordinal)
            && (SectionHeadings.IsReferences(heading) || SectionHeadings.IsAbstract(heading)))
        {
            return true;
        }

        return (bigger && bold || bigger && line.Size > layout.BodySize * 1.15) && apart && atEdge && char.IsUpper(heading.First(char.IsLetter))
            && letters > heading.Length / 2
            || line.BoldShare > 0.95 && apart && atEdge && char.IsUpper(heading[0]) && Words.Count(heading) <= 10 && line.Characters > 5
            && letters > heading.Length * 0.6 && isTopBold && layout.IsFollowedByText(line);
    }

    /// <summary>Whether a heading continues on the next line.</summary>
    public static bool ContinuesHeading(PdfLine line, PdfLine next, string heading) =>
        next.Page == line.Page && next.Column == line.Column && Math.Abs(next.Size - line.Size) < 0.3 && Math.Abs(next.BoldShare - line.BoldShare) < 0.25
        && (line.BoldShare > 0.75 || line.Size > 11.5)
        && line.Baseline - next.Baseline > 0 && line.Baseline - next.Baseline < 1.45 * line.Size
        && !PdfLinePatterns.NumberedHeading.IsMatch(next.Text) && Words.Count(heading) + Words.Count(next.Text) <= 22
        && !SectionHeadings.IsAbstract(heading) && !SectionHeadings.IsReferences(heading)
        && line.Segments.Count <= 2 && next.Segments.Count == 1;
}
