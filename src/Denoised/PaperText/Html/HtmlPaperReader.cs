using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Text;

namespace Denoised.PaperText.Html;

/// <summary>
/// Reads a paper from LaTeXML's HTML: arxiv.org/html, ar5iv, engrafo (classes <c>ltx_*</c>). Rejects truncated pages, failed conversions and pages
/// without a paper; the caller then reads the PDF instead.
/// </summary>
public static class HtmlPaperReader
{
    /// <summary>The maximum size of a page, in characters.</summary>
    public const int MaxCharacters = 20 * 1024 * 1024;

    /// <summary>The minimum number of words outside the abstract. A two-page note has about 800.</summary>
    public const int MinBodyWords = 250;

    /// <summary>Elements nested deeper than this become siblings, as in browsers. LaTeXML's nesting stays below 100.</summary>
    internal const int MaxDepth = 400;

    /// <summary>Reads a page. Never throws because of the page's content.</summary>
    public static PaperTextResult Read(string html)
    {
        if (html.Length > MaxCharacters)
        {
            return PaperTextResult.Failed(
                PaperTextError.TooLarge, string.Create(CultureInfo.InvariantCulture, $"The page has {html.Length} characters, more than {MaxCharacters}."));
        }

        if (UnclosedFormatting.IsExcessive(html))
        {
            return PaperTextResult.Failed(
                PaperTextError.NotAPaper,
                string.Create(
                    CultureInfo.InvariantCulture, $"The page leaves more than {UnclosedFormatting.MaxOpenElements} formatting elements open."));
        }

        using var document = new HtmlParser(new HtmlParserOptions { MaximumDepth = MaxDepth, SkipComments = true, DisableElementPositionTracking = true })
            .ParseDocument(html);

        // arXiv's package alerts before the paper have this class too. In engrafo's pages the paper is not an article element.
        if ((document.QuerySelector("article.ltx_document") ?? document.QuerySelector(".ltx_document:not(.package-alerts)")) is not { } article)
            return PaperTextResult.Failed(PaperTextError.NotAPaper, "The page has no element of class ltx_document.");
        if (html.LastIndexOf($"</{article.LocalName}", StringComparison.OrdinalIgnoreCase) < html.IndexOf("ltx_document", StringComparison.Ordinal))
            return PaperTextResult.Failed(PaperTextError.Truncated, $"The page ends before its {article.LocalName} does.");
        if (FindMissingSections(document) is { Length: > 0 } missing)
            return PaperTextResult.Failed(PaperTextError.Truncated, $"The page refers to sections that it does not have: {missing}.");
        if (document.QuerySelector(".ar5iv-severity-fatal, .ltx_FATAL") is not null
            || html.Contains("had a Fatal error and exited abruptly", StringComparison.Ordinal))
        {
            return PaperTextResult.Failed(PaperTextError.ConversionFailed, "The page says that its conversion ended with a fatal error.");
        }

        PageStyles styles = new(document);
        LatexmlArticle reading = new(styles);
        reading.Read(article);
        var title = reading.Title;
        if (title.Length == 0)
            title = Characters.CollapseWhiteSpace(document.Title ?? "");

        PaperDocument paper = new()
        {
            Title = title,
            Abstract = reading.Abstract,
            Sections = SectionKinds.Settled(reading.Sections),
            Source = TextOrigin.Html,
            Hidden = reading.Hidden,
            Affiliations = LatexmlAuthors.Affiliations(article, styles),
        };

        var words = paper.BodyWords;
        if (words < MinBodyWords)
        {
            return PaperTextResult.Failed(
                PaperTextError.TooShort,
                string.Create(CultureInfo.InvariantCulture, $"The page has {words} words outside its abstract, fewer than {MinBodyWords}."));
        }

        return HtmlCompleteness.Defect(article, paper, reading.Errors) is { } defect
            ? PaperTextResult.Failed(defect.Error, defect.Detail)
            : PaperTextResult.Success(paper);
    }

    // LaTeXML links only to sections that it wrote, so a link to a missing section reveals a truncated page.
    private static string FindMissingSections(IDocument document)
    {
        var referred = document.QuerySelectorAll("a.ltx_ref[href], nav a[href]")
            .Select(link => link.GetAttribute("href") ?? "")
            .Where(address => address.StartsWith('#') || address.Contains("arxiv.org/html/", StringComparison.OrdinalIgnoreCase))
            .Select(address => address[(address.LastIndexOf('#') + 1)..])
            .Where(anchor => anchor.Length is >= 2 and <= 4 && anchor[0] is 'S' or 'A' && anchor.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0)
            .Distinct(StringComparer.Ordinal)
            .Where(anchor => document.GetElementById(anchor) is null);
        return string.Join(", ", referred.Order(StringComparer.Ordinal).Take(10));
    }
}
