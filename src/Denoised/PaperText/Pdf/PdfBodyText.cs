using Denoised.Arxiv.Feeds;
using Denoised.Text;

namespace Denoised.PaperText.Pdf;

/// <summary>
/// Determines the font size of a paper's running text. Ignores the references and the appendix, which may be longer than the paper and in smaller
/// print.
/// </summary>
internal static class PdfBodyText
{
    private const int MinCharacters = 1500;

    /// <summary>The size of most characters, rounded to half a point.</summary>
    public static double Size(List<PdfLine> lines)
    {
        var end = lines.FindIndex(0, line => SectionHeadings.IsReferences(line.Text));
        for (var index = 0; index < (end < 0 ? lines.Count : end); index++)
        {
            if (IsAppendix(lines, index))
                end = index;
        }

        var body = end > 0 ? lines[..end] : lines;
        return MostCommon(body.Sum(line => line.Characters) < MinCharacters ? lines : body);
    }

    private static double MostCommon(List<PdfLine> lines) =>
        lines.GroupBy(line => Math.Round(line.Size * 2) / 2).MaxBy(group => group.Sum(line => line.Characters))!.Key;

    // Headings such as "Supplementary Material" or "A Proofs", in bold or larger than the next line. Titles on the first page may also start with "A".
    private static bool IsAppendix(List<PdfLine> lines, int index)
    {
        var line = lines[index];
        if (line.Page == lines[0].Page || line.Characters > 60)
            return false;
        var isNamed = line.Text.StartsWith("A ", StringComparison.Ordinal) || line.Text.StartsWith("A. ", StringComparison.Ordinal)
            || Words.Count(line.Text) <= 4 && SectionHeadings.KindOf(line.Text) is SectionKind.Appendix;
        return isNamed && (line.BoldShare > 0.75 || index + 1 < lines.Count && line.Size > 1.07 * lines[index + 1].Size);
    }
}
