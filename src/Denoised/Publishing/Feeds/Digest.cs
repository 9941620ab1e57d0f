using System.Globalization;
using System.Text;
using Denoised.Domain;
using Denoised.Embeddings;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;
using Denoised.Publishing.Tex;

namespace Denoised.Publishing.Feeds;

/// <summary>The digest of a listing day, for feeds, pages and messages. All texts are plain: without TeX, not escaped.</summary>
/// <param name="Day">The day.</param>
/// <param name="Title">The date and the first themes.</param>
/// <param name="Address">The day's digest on the site, or arXiv's listing if the site's address is not configured.</param>
/// <param name="Counts">The counts, as a sentence.</param>
/// <param name="Paragraph">The overview of the day, or null without one.</param>
/// <param name="Notes">Irregularities of the day.</param>
/// <param name="Papers">The papers most central to the day.</param>
/// <param name="Themes">The themes; empty without an overview.</param>
/// <param name="Language">The language of paragraph and themes if it is not English.</param>
internal sealed record Digest(
    ListingDay Day,
    string Title,
    string Address,
    string Counts,
    string? Paragraph,
    IReadOnlyList<string> Notes,
    IReadOnlyList<DigestPaper> Papers,
    IReadOnlyList<DigestTheme> Themes,
    string? Language)
{
    private const int CentralCount = 5;
    private const int MaxPapersOfTheme = 8;
    private const int MaxThemesInTitle = 3;
    private const int MaxAuthors = 8;
    private const int MaxPoints = 2;

    /// <summary>The heading of <see cref="Papers"/>.</summary>
    public string PapersHeading => Paragraph is null ? "Typical papers" : "Most central papers";

    /// <summary>Creates the digest of a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="papers">Its papers; at least one.</param>
    /// <param name="overview">Its overview, or null.</param>
    /// <param name="site">The addresses of the site.</param>
    public static Digest Of(DayEntry day, IReadOnlyList<PaperView> papers, OverviewView? overview, SiteAddress site)
    {
        var date = day.Day.Date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        var themes = overview is null ? "" : ": " + string.Join(" · ", overview.Themes.Take(MaxThemesInTitle).Select(theme => Plain(theme.Title)));
        return new Digest(
            day.Day,
            $"Machine learning on arXiv, {date}{themes}",
            site.OfDigest(day.Day) ?? $"https://arxiv.org/catchup/{papers[0].PrimaryCategory}/{day.Day}",
            Describe(day.Counts),
            overview is null ? null : Plain(overview.Paragraph),
            [.. day.Notes.Select(Plain)],
            [.. Central(papers, overview).Select(paper => new DigestPaper(
                paper.Id,
                Plain(paper.Title),
                AddressOf(paper.Id, site),
                Plain(TemplateContexts.Byline([.. paper.Authors.Take(MaxAuthors)], paper.Authors.Count)),
                paper.Summary.Tldr is { } tldr ? Plain(tldr.Claim) : null,
                paper.Summary.Tldr is null ? [.. paper.Summary.KeyPoints.Take(MaxPoints).Select(point => Plain(point.Claim))] : [],
                SummaryLanguage.OnPage(paper.Summary.Provenance.Language)))],
            [.. (overview?.Themes ?? []).Select(theme => new DigestTheme(
                Plain(theme.Title),
                theme.Sentence is { } sentence ? Plain(sentence) : null,
                [.. theme.Papers.Take(MaxPapersOfTheme).Select(paper => new DigestLink(paper.Id, Plain(paper.Title), AddressOf(paper.Id, site)))],
                Math.Max(0, theme.Papers.Count - MaxPapersOfTheme)))],
            SummaryLanguage.OnPage(overview?.Provenance.Language));
    }

    /// <summary>
    /// Chooses the papers that are most similar to the centre of their theme: first one of each theme, then the most similar others. Without themes, all
    /// papers of the day count as one.
    /// </summary>
    internal static IReadOnlyList<PaperView> Central(IReadOnlyList<PaperView> papers, OverviewView? overview)
    {
        var byId = papers.DistinctBy(paper => paper.Id).ToDictionary(paper => paper.Id);
        var themes = overview is null
            ? [papers]
            : overview.Themes.Select(theme => (IReadOnlyList<PaperView>)[.. theme.Papers.Where(paper => byId.ContainsKey(paper.Id))
                .Select(paper => byId[paper.Id])]);
        var ranked = themes.Select(Rank).Where(theme => theme.Count > 0).ToList();
        return
        [
            .. ranked.Select(theme => theme[0])
                .Concat(ranked.SelectMany(theme => theme.Skip(1)).OrderByDescending(paper => paper.Similarity))
                .Select(paper => paper.Paper)
                .DistinctBy(paper => paper.Id)
                .Take(CentralCount),
        ];
    }

    private static List<(PaperView Paper, double Similarity)> Rank(IReadOnlyList<PaperView> theme)
    {
        if (theme.Count == 0)
            return [];
        var embeddings = theme.Select(PaperVectors.Of).ToList();
        var centre = Embedding.Mean(embeddings);
        return [.. theme.Zip(embeddings, (paper, embedding) => (paper, centre.Similarity(embedding))).OrderByDescending(paper => paper.Item2)];
    }

    private static string Describe(DayCounts counts)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{counts.Announced:N0} announced · {counts.Summarized:N0} summarized");
        if (counts.Extractive > 0)
            text.Append(CultureInfo.InvariantCulture, $" ({counts.Extractive:N0} from the abstract alone)");
        if (counts.Pending > 0)
            text.Append(CultureInfo.InvariantCulture, $" · {counts.Pending:N0} pending");
        if (counts.Failed > 0)
            text.Append(CultureInfo.InvariantCulture, $" · {counts.Failed:N0} failed");
        return text.ToString();
    }

    private static string AddressOf(ArxivId id, SiteAddress site) => site.OfPaper(id) ?? $"https://arxiv.org/abs/{id}";

    private static string Plain(string text) => FeedEntry.Clean(TexReader.PlainText(text));
}

/// <summary>A paper of a digest.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Title">Its title.</param>
/// <param name="Address">Its page, or arXiv's if the site's address is not configured.</param>
/// <param name="Byline">Its authors.</param>
/// <param name="Tldr">The TL;DR, or null without one.</param>
/// <param name="Claims">The first key points if there is no TL;DR.</param>
/// <param name="Language">The language of TL;DR and claims if it is not English.</param>
internal sealed record DigestPaper(
    ArxivId Id, string Title, string Address, string Byline, string? Tldr, IReadOnlyList<string> Claims, string? Language);

/// <summary>A theme of a digest.</summary>
/// <param name="Title">The title.</param>
/// <param name="Sentence">The description, or null.</param>
/// <param name="Papers">Its first papers.</param>
/// <param name="Others">The number of its other papers.</param>
internal sealed record DigestTheme(string Title, string? Sentence, IReadOnlyList<DigestLink> Papers, int Others)
{
    /// <summary>The number of all papers.</summary>
    public int Count => Papers.Count + Others;
}

/// <summary>A link to a paper.</summary>
internal sealed record DigestLink(ArxivId Id, string Title, string Address);
