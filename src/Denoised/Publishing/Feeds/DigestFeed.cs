using System.Globalization;
using System.Net;
using System.Text;
using Denoised.Domain;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;

namespace Denoised.Publishing.Feeds;

/// <summary>A feed with one entry per listing day, its <see cref="Digest"/>.</summary>
internal static class DigestFeed
{
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

    private static FeedEntry BuildEntry(DayEntry day, IReadOnlyList<PaperView> papers, OverviewView? overview, SiteAddress site)
    {
        var digest = Digest.Of(day, papers, overview, site);
        return new FeedEntry(
            Feed.Uuid($"digest {day.Day}"),
            digest.Address,
            digest.Address,
            digest.Title,
            [],
            [.. day.Tags.Select(tag => tag.Tag)],
            [],
            day.AnnouncedAt,
            papers.Select(paper => paper.Summary.Provenance.CreatedAt).Append(overview?.Provenance.CreatedAt ?? day.AnnouncedAt).Append(day.AnnouncedAt).Max(),
            BuildHtml(digest),
            TemplateContexts.Shorten(digest.Paragraph ?? digest.Counts));
    }

    private static string BuildHtml(Digest digest)
    {
        // Mail programs ignore style sheets, and many ignore newer elements: headings, paragraphs, lists and links only.
        var html = new StringBuilder();
        if (digest.Paragraph is { } paragraph)
            html.Append(Open("p", digest.Language)).Append(Escape(paragraph)).Append("</p>");
        html.Append("<p>").Append(Escape(digest.Counts)).Append("</p>");
        foreach (var note in digest.Notes)
            html.Append("<p>").Append(Escape(note)).Append("</p>");

        html.Append("<h3>").Append(digest.PapersHeading).Append("</h3><ol>");
        foreach (var paper in digest.Papers)
        {
            html.Append("<li><p>").Append(Link(paper.Address, paper.Title)).Append("<br>").Append(Escape(paper.Byline)).Append("</p>");
            if (paper.Tldr is { } tldr)
                html.Append(Open("p", paper.Language)).Append(Escape(tldr)).Append("</p>");
            if (paper.Claims.Count > 0)
            {
                html.Append(Open("ul", paper.Language));
                foreach (var claim in paper.Claims)
                    html.Append("<li>").Append(Escape(claim)).Append("</li>");
                html.Append("</ul>");
            }

            html.Append("</li>");
        }

        html.Append("</ol>");
        foreach (var theme in digest.Themes)
        {
            html.Append(Open("h3", digest.Language)).Append(Escape(theme.Title)).Append("</h3>");
            if (theme.Sentence is { } sentence)
                html.Append(Open("p", digest.Language)).Append(Escape(sentence)).Append("</p>");
            html.Append("<ul>");
            foreach (var paper in theme.Papers)
                html.Append("<li>").Append(Link(paper.Address, paper.Title)).Append("</li>");
            if (theme.Others > 0)
                html.Append(CultureInfo.InvariantCulture, $"<li>and {theme.Others} more</li>");
            html.Append("</ul>");
        }

        return html.ToString();
    }

    /// <summary>The start tag of an element, with the language of its text if it is not English.</summary>
    private static string Open(string element, string? language) => language is null ? $"<{element}>" : $"<{element} lang=\"{Escape(language)}\">";

    private static string Link(string address, string title) => $"<a href=\"{Escape(address)}\">{Escape(title)}</a>";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
