using System.Globalization;
using System.Text;
using Denoised.Domain;
using Denoised.Embeddings;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;
using Denoised.Publishing.Tex;

namespace Denoised.Publishing.Feeds;

/// <summary>A feed with one entry per listing day: overview, themes, the papers most central to them, counts.</summary>
internal static class DigestFeed
{
    private const int CentralCount = 5;
    private const int MaxPapersOfTheme = 8;
    private const int MaxThemesInTitle = 3;
    private const int MaxAuthors = 8;
    private const int MaxPoints = 2;

    /// <summary>
    /// Builds the feed. Days of invented papers have no entry. The newest day has none while papers wait for their summary: most readers show an
    /// entry as it was when they first saw it.
    /// </summary>
    /// <param name="edition">The papers of each day.</param>
    /// <param name="overviews">The overviews of the days that have one.</param>
    /// <param name="site">The site's address.</param>
    /// <param name="self">The feed's own address; null if it is unknown.</param>
    public static Feed Of(Edition edition, IReadOnlyDictionary<ListingDay, OverviewView> overviews, SiteAddress site, string? self)
    {
        var entries = edition.Index.Days.Index()
            .Where(day => !day.Item.Sample && edition.PapersOf[day.Item.Day].Count > 0 && (day.Index > 0 || day.Item.Counts.Pending == 0))
            .Select(day => BuildEntry(day.Item, edition.PapersOf[day.Item.Day], overviews.GetValueOrDefault(day.Item.Day), site))
            .ToList();
        var updated = entries.Count > 0 ? entries.Max(entry => entry.Updated) : DateTimeOffset.UnixEpoch;
        return new Feed(Feed.Uuid("digest"), "Denoised: daily digest", site.Of(""), self, updated, entries);
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
        var embeddings = theme.Select(paper => EmbeddingModel.Shared.Embed($"{paper.Title}. {paper.Abstract}")).ToList();
        var centre = Embedding.Mean(embeddings);
        return [.. theme.Zip(embeddings, (paper, embedding) => (paper, centre.Similarity(embedding))).OrderByDescending(paper => paper.Item2)];
    }

    private static FeedEntry BuildEntry(DayEntry day, IReadOnlyList<PaperView> papers, OverviewView? overview, SiteAddress site)
    {
        var date = day.Day.Date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        var themes = overview is null ? "" : ": " + string.Join(" · ", overview.Themes.Take(MaxThemesInTitle).Select(theme => Clean(theme.Title)));
        var address = site.Of($"?day={day.Day}") ?? $"https://arxiv.org/catchup/{papers[0].PrimaryCategory}/{day.Day}";
        var counts = Counts(day.Counts);
        return new FeedEntry(
            Feed.Uuid($"digest {day.Day}"),
            address,
            address,
            $"Machine learning on arXiv, {date}{themes}",
            [],
            [.. day.Tags.Select(tag => tag.Tag)],
            [],
            day.AnnouncedAt,
            papers.Select(paper => paper.Summary.Provenance.CreatedAt).Append(overview?.Provenance.CreatedAt ?? day.AnnouncedAt).Append(day.AnnouncedAt).Max(),
            BuildHtml(day, Central(papers, overview), overview, counts, site),
            Clean(TemplateContexts.Description(overview?.Paragraph ?? counts)));
    }

    private static string BuildHtml(DayEntry day, IReadOnlyList<PaperView> central, OverviewView? overview, string counts, SiteAddress site)
    {
        // Mail programs ignore style sheets, and many ignore newer elements: headings, paragraphs, lists and links only.
        var html = new StringBuilder();
        if (overview is not null)
            html.Append(Open("p", overview.Provenance.Language)).Append(Escape(overview.Paragraph)).Append("</p>");
        html.Append("<p>").Append(Escape(counts)).Append("</p>");
        foreach (var note in day.Notes)
            html.Append("<p>").Append(Escape(note)).Append("</p>");

        html.Append("<h3>").Append(overview is null ? "Typical papers" : "Most central papers").Append("</h3><ol>");
        foreach (var paper in central)
        {
            html.Append("<li><p>")
                .Append(Link(paper.Id, paper.Title, site))
                .Append("<br>")
                .Append(Escape(TemplateContexts.Byline([.. paper.Authors.Take(MaxAuthors)], paper.Authors.Count)))
                .Append("</p>");
            if (paper.Summary.Tldr is { } tldr)
            {
                html.Append(Open("p", paper.Summary.Provenance.Language)).Append(Escape(tldr.Claim)).Append("</p></li>");
                continue;
            }

            html.Append(Open("ul", paper.Summary.Provenance.Language));
            foreach (var point in paper.Summary.KeyPoints.Take(MaxPoints))
                html.Append("<li>").Append(Escape(point.Claim)).Append("</li>");
            html.Append("</ul></li>");
        }

        html.Append("</ol>");
        foreach (var theme in overview?.Themes ?? [])
        {
            html.Append(Open("h3", overview!.Provenance.Language)).Append(Escape(theme.Title)).Append("</h3>");
            if (theme.Sentence is { } sentence)
                html.Append(Open("p", overview.Provenance.Language)).Append(Escape(sentence)).Append("</p>");
            html.Append("<ul>");
            foreach (var paper in theme.Papers.Take(MaxPapersOfTheme))
                html.Append("<li>").Append(Link(paper.Id, paper.Title, site)).Append("</li>");
            if (theme.Papers.Count > MaxPapersOfTheme)
                html.Append(CultureInfo.InvariantCulture, $"<li>and {theme.Papers.Count - MaxPapersOfTheme} more</li>");
            html.Append("</ul>");
        }

        return html.ToString();
    }

    /// <summary>The start tag of an element, with the language of its text if it is not English.</summary>
    private static string Open(string element, string? language) =>
        SummaryLanguage.OnPage(language) is { } other ? $"<{element} lang=\"{Escape(other)}\">" : $"<{element}>";

    private static string Counts(DayCounts counts)
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

    private static string Link(ArxivId id, string title, SiteAddress site) =>
        $"<a href=\"{Escape(site.OfPaper(id) ?? $"https://arxiv.org/abs/{id}")}\">{Escape(title)}</a>";

    private static string Escape(string text) => FeedEntry.Escape(text);

    private static string Clean(string text) => FeedEntry.Clean(TexReader.PlainText(text));
}
