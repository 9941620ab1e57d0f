using System.Net;
using System.Security.Cryptography;
using System.Text;
using Denoised.Domain;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;
using Denoised.Publishing.Tex;

namespace Denoised.Publishing.Feeds;

/// <summary>A feed of all papers or of one tag.</summary>
/// <param name="Id">The permanent identifier, an IRI.</param>
/// <param name="Title">The title.</param>
/// <param name="HomePage">The page of the feed, if the site's address is configured.</param>
/// <param name="Self">The address of the feed, if known.</param>
/// <param name="Updated">The latest change of an entry. A feed without changes stays identical byte by byte.</param>
/// <param name="Entries">The entries, newest first.</param>
internal sealed record Feed(string Id, string Title, string? HomePage, string? Self, DateTimeOffset Updated, IReadOnlyList<FeedEntry> Entries)
{
    /// <summary>The description of a feed, with the acknowledgement that arXiv requires.</summary>
    public const string Description =
        "What arXiv announced in machine learning, with the key points of each paper. Thank you to arXiv for use of its open access interoperability.";

    /// <summary>
    /// The maximum number of entries beyond the newest day, which is always complete. While papers of the newest day are pending, the previous day is
    /// complete, too: otherwise a reader that polls once a day would miss the papers that were pending before.
    /// </summary>
    internal const int MaxOlderEntries = 100;

    /// <summary>The file name of a feed.</summary>
    /// <param name="tag">The tag, or null for all papers.</param>
    /// <param name="extension"><c>atom</c> or <c>json</c>.</param>
    public static string FileName(string? tag, string extension) => tag is null ? $"feed.{extension}" : $"feeds/{Tag.Slug(tag)}.{extension}";

    /// <summary>Creates a feed.</summary>
    /// <param name="index">The days, newest first.</param>
    /// <param name="entriesOf">The entries of each day.</param>
    /// <param name="tag">The tag of the papers, or null for all papers.</param>
    /// <param name="site">The addresses of the site.</param>
    /// <param name="self">The address of the feed, if known.</param>
    public static Feed Of(
        SiteIndex index,
        IReadOnlyDictionary<ListingDay, Lazy<IReadOnlyList<FeedEntry>>> entriesOf,
        string? tag,
        SiteAddress site,
        string? self)
    {
        var entries = new List<FeedEntry>();
        var wholeDays = index.Days is [{ Counts.Pending: > 0 }, ..] ? 2 : 1;
        foreach (var (place, day) in index.Days.Index())
        {
            var room = place < wholeDays ? int.MaxValue : MaxOlderEntries - entries.Count;
            if (room <= 0)
                break;
            entries.AddRange(entriesOf[day.Day].Value.Where(entry => tag is null || entry.Tags.Contains(tag, StringComparer.Ordinal)).Take(room));
        }

        var name = FileName(tag, "atom");
        var updated = entries.Count > 0 ? entries.Max(entry => entry.Updated) : index.Days is [var newest, ..] ? newest.AnnouncedAt : DateTimeOffset.UnixEpoch;
        return new Feed(
            site.Of(name) ?? Uuid(name),
            tag is null ? "Denoised" : $"Denoised: {tag}",
            site.Of(tag is null ? "" : $"?tag={Tag.Slug(tag)}"),
            self,
            updated,
            entries);
    }

    /// <summary>
    /// The entries of each day, created on first use. Excludes samples, and papers of the newest day without a summary: most readers never update an
    /// entry.
    /// </summary>
    public static IReadOnlyDictionary<ListingDay, Lazy<IReadOnlyList<FeedEntry>>> EntriesOf(Edition edition, SiteAddress site)
    {
        var entries = new Dictionary<ListingDay, Lazy<IReadOnlyList<FeedEntry>>>();
        foreach (var (place, day) in edition.Index.Days.Index())
        {
            entries[day.Day] = new(() => [.. edition.PapersOf[day.Day]
                .Where(paper => !paper.Sample && (place > 0 || paper.Status != PaperStatus.Pending))
                .Select(paper => FeedEntry.Of(paper, day.AnnouncedAt, site))]);
        }

        return entries;
    }

    /// <summary>An identifier made of a name, for a site that does not know its address.</summary>
    internal static string Uuid(string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes("denoised " + name)).AsSpan(0, 16);

        // Version 8 allows custom content. Source: RFC 9562, section 5.8.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true)}";
    }
}

/// <summary>A paper in a feed.</summary>
/// <param name="Id">The permanent identifier: the address on arXiv, which does not change when the site moves.</param>
/// <param name="Address">The address of the paper's page on the site, or on arXiv if the site's address is not configured.</param>
/// <param name="ArxivAddress">The address of the paper on arXiv.</param>
/// <param name="Title">The title from arXiv.</param>
/// <param name="Authors">The first authors.</param>
/// <param name="Tags">The tags.</param>
/// <param name="Categories">The arXiv categories.</param>
/// <param name="Published">The time of arXiv's announcement.</param>
/// <param name="Updated">The time of the summary.</param>
/// <param name="Html">TL;DR, key points and summary as HTML, with all text escaped.</param>
/// <param name="Description">A description in one line, or null.</param>
/// <param name="Language">The language of <paramref name="Html"/> and <paramref name="Description"/>, a BCP 47 tag; null for English.</param>
internal sealed record FeedEntry(
    string Id,
    string Address,
    string ArxivAddress,
    string Title,
    IReadOnlyList<string> Authors,
    IReadOnlyList<string> Tags,
    IReadOnlyList<string> Categories,
    DateTimeOffset Published,
    DateTimeOffset Updated,
    string Html,
    string Description,
    string? Language = null)
{
    // Some papers have 5,000 authors; the last element states the number of the others.
    private const int MaxAuthors = 20;

    /// <summary>Creates the entry of a paper.</summary>
    public static FeedEntry Of(PaperView paper, DateTimeOffset announcedAt, SiteAddress site)
    {
        var onArxiv = $"https://arxiv.org/abs/{paper.Id}";
        var written = paper.Summary.Provenance.CreatedAt;
        return new FeedEntry(
            onArxiv,
            site.OfPaper(paper.Id) ?? onArxiv,
            onArxiv,
            Clean(TexReader.PlainText(paper.Title)),
            [.. paper.Authors.Take(MaxAuthors).Select(Clean).Where(author => author.Any(char.IsLetter))],
            paper.Summary.Tags,
            paper.Categories,
            announcedAt,
            written > announcedAt ? written : announcedAt,
            HtmlOf(paper),
            Clean(TemplateContexts.Description(paper.Summary.Tldr?.Claim ?? paper.Summary.Overview ?? paper.Abstract)),
            SummaryLanguage.OnPage(paper.Summary.Provenance.Language));
    }

    private static string HtmlOf(PaperView paper)
    {
        var html = new StringBuilder();
        html.Append("<p>").Append(Escape(TemplateContexts.Byline([.. paper.Authors.Take(MaxAuthors)], paper.Authors.Count))).Append("</p>");
        if (paper.Withdrawn)
            html.Append("<p>Withdrawn: its authors or arXiv have taken this version back.</p>");
        if (paper.Summary.Tldr is { } tldr)
            html.Append("<p>").Append(Escape(tldr.Claim)).Append("</p>");
        if (paper.Summary.KeyPoints.Count > 0)
        {
            html.Append("<ul>");
            foreach (var point in paper.Summary.KeyPoints)
                html.Append("<li>").Append(Escape(point.Claim)).Append("</li>");
            html.Append("</ul>");
        }

        html.Append("<p>").Append(Escape(paper.Summary.Overview ?? paper.Abstract)).Append("</p>");
        return html.ToString();
    }

    /// <summary>Text without TeX, as HTML.</summary>
    internal static string Escape(string text) => WebUtility.HtmlEncode(Clean(TexReader.PlainText(text)));

    /// <summary>Without characters that XML cannot hold, not even escaped; each becomes the replacement character. Source: XML 1.0, section 2.2.</summary>
    internal static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (var at = 0; at < text.Length; at++)
        {
            var isPair = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
            if (isPair || System.Xml.XmlConvert.IsXmlChar(text[at]))
            {
                clean?.Append(text[at]);
                if (isPair)
                    clean?.Append(text[++at]);
                continue;
            }

            clean ??= new StringBuilder(text, 0, at, text.Length);
            clean.Append('\uFFFD');
        }

        return clean?.ToString() ?? text;
    }
}
