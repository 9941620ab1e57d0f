using System.Globalization;
using AngleSharp.Dom;
using Denoised.Arxiv.Feeds;

namespace Denoised.PaperText.Html;

/// <summary>
/// Detects HTML conversions that failed silently: TeX in the text, headings without text, references to missing parts, citations without a
/// bibliography. Good conversions show a little of each, so it takes one strong sign or two weak ones.
/// </summary>
internal static class HtmlCompleteness
{
    /// <summary>The defect in one sentence; null if there is none.</summary>
    /// <param name="article">The page's article element.</param>
    /// <param name="paper">The paper read from the article.</param>
    /// <param name="errors">The number of LaTeXML error markers on the page.</param>
    public static (PaperTextError Error, string Detail)? Defect(IElement article, PaperDocument paper, int errors)
    {
        var words = paper.BodyWords;
        var (commands, inner) = Commands(paper);
        if (inner >= 3 || commands >= 20 && commands * 40 > words)
            return (PaperTextError.ConversionFailed, Said($"The page has {commands} TeX commands in {words} words of text."));
        if (errors > 20 && errors * 25 > words)
            return (PaperTextError.ConversionFailed, Said($"The page has {errors} error markers in {words} words."));

        var empty = EmptySections(paper);
        if (empty.Count >= 2)
            return (PaperTextError.Truncated, Said($"{empty.Count} of the page's sections have a heading and no text: {string.Join(", ", empty.Take(5))}."));

        var references = article.QuerySelectorAll(".ltx_ref").Length;
        var missing = Math.Max(article.QuerySelectorAll(".ltx_missing_label").Length, Occurrences(paper, "LABEL:"));
        if (missing >= 8 && missing * 3 > references)
            return (PaperTextError.Truncated, Said($"{missing} of the page's {references} references lead to parts that it does not have."));

        var cited = article.QuerySelectorAll(".ltx_cite").Length;
        string?[] signs =
        [
            empty.Count > 0 ? Said($"the section {empty[0]} has no text") : null,
            missing >= 3 ? Said($"{missing} references lead nowhere") : null,
            cited >= 5 && article.QuerySelector(".ltx_bibitem, .ltx_bibliography li") is null ? Said($"{cited} citations have no bibliography") : null,
            errors >= 10 ? Said($"there are {errors} error markers") : null,
            commands >= 10 ? Said($"there are {commands} TeX commands in the text") : null,
        ];
        var found = signs.OfType<string>().ToList();
        return found.Count >= 2 ? (PaperTextError.Truncated, $"The page lacks a part of the paper: {string.Join(", ", found)}.") : null;
    }

    /// <summary>Counts TeX commands in running text, outside maths and listings, and LaTeXML's internal commands, which no author writes.</summary>
    internal static (int All, int Inner) Commands(PaperDocument paper)
    {
        int all = 0, inner = 0;
        var texts = paper.Sections.SelectMany(section => section.Blocks
            .Where(block => block.Kind is not (BlockKind.Listing or BlockKind.Equation)).Select(block => block.Text).Prepend(section.Heading));
        foreach (var text in texts)
        {
            var inMaths = false;
            for (var index = 0; index < text.Length - 1; index++)
            {
                if (text[index] == '$')
                    inMaths = !inMaths;
                if (text[index] != '\\' || !(char.IsAsciiLetter(text[index + 1]) || text[index + 1] == '@'))
                    continue;
                var name = text.AsSpan(index + 1);
                var isInner = name.StartsWith("lx@", StringComparison.Ordinal) || name.StartsWith("@@", StringComparison.Ordinal);
                inner += isInner ? 1 : 0;
                all += isInner || !inMaths ? 1 : 0;
            }
        }

        return (all, inner);
    }

    // A section's text may be in its subsections. Acknowledgements are blank in review copies, and an appendix may contain only figures.
    internal static List<string> EmptySections(PaperDocument paper)
    {
        List<string> result = [];
        for (var index = 0; index < paper.Sections.Count; index++)
        {
            var section = paper.Sections[index];
            var isParent = index + 1 < paper.Sections.Count && paper.Sections[index + 1].Level > section.Level;
            if (section.Heading.Length > 0 && section.Blocks.Count == 0 && !isParent
                && section.Kind is not (SectionKind.Appendix or SectionKind.Acknowledgements))
            {
                result.Add(section.Heading);
            }
        }

        return result;
    }

    private static int Occurrences(PaperDocument paper, string sought) =>
        paper.Sections.SelectMany(section => section.Blocks).Sum(block => block.Text.Split(sought).Length - 1);

    private static string Said(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
