using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Denoised.Arxiv.Calendar;
using Denoised.Domain;
using Denoised.Text;

namespace Denoised.Arxiv.Feeds;

/// <summary>
/// Parses the daily feed of a category in both formats: <c>rss.arxiv.org/rss/cs.LG</c> and <c>/atom/cs.LG</c>. Documentation:
/// https://info.arxiv.org/help/rss.html. Generator: https://github.com/arXiv/arxiv-feed.
/// </summary>
public static class ListingFeed
{
    /// <summary>The number of entries from which a feed may be truncated: arXiv cuts feeds at 2,000 entries.</summary>
    public const int TruncationWarningLength = 1900;

    /// <summary>Parses a feed.</summary>
    /// <param name="xml">The decoded feed.</param>
    /// <param name="category">The requested category.</param>
    /// <returns>The listing with all readable entries. Its problems name the others by identifier or position.</returns>
    /// <exception cref="ArxivException">
    /// <see cref="ArxivFailure.Malformed"/>: not a feed. <see cref="ArxivFailure.UnknownCategory"/>: the feed reports an unknown category.
    /// </exception>
    public static Listing Parse(string xml, string category)
    {
        ArgumentNullException.ThrowIfNull(xml);
        ArgumentNullException.ThrowIfNull(category);

        var papers = new List<AnnouncedPaper>();
        var problems = new List<string>();
        var seen = new HashSet<ArxivId>();
        ListingDay? day = null;
        ListingDay? updated = null;
        var (title, isAtom, position) = ("", false, 0);
        foreach (var element in ArxivXml.Children(xml, "rss", "channel", "feed"))
        {
            switch (element.Name.LocalName)
            {
                case "title":
                    title = ArxivText.Collapsed(element.Value);
                    if (title.StartsWith("Feed error", StringComparison.OrdinalIgnoreCase))
                        throw new ArxivException(ArxivFailure.UnknownCategory, $"arXiv has no feed of '{category}': {title}");
                    break;
                case "pubDate":
                    day = DateOf(element.Value);
                    if (day is null)
                        problems.Add($"The feed's pubDate '{ArxivText.Collapsed(element.Value)}' is not a date.");
                    break;
                case "updated":
                    (isAtom, updated) = (true, EasternDateOf(element.Value));
                    break;
                case "item" or "entry":
                    try
                    {
                        var paper = Read(element, position);
                        if (element.Name == ArxivXml.Atom + "entry")
                            day ??= DateOf(element.Text(ArxivXml.Atom + "published"));
                        if (seen.Add(paper.Paper.Id))
                            papers.Add(paper);
                        else
                            problems.Add($"{paper.Paper.Id} (entry {position + 1}) is in the feed of {category} twice; the first one counts.");
                    }
                    catch (FormatException exception)
                    {
                        problems.Add($"{Name(element)} (entry {position + 1} of the feed of {category}) cannot be read: {exception.Message}");
                    }

                    position++;
                    break;
            }
        }

        day ??= updated;
        if (title.Length == 0 && day is null && position == 0)
            throw new ArxivException(ArxivFailure.Malformed, "this is XML, but no feed: it has no title, no date and no entry.");
        if (day is null)
            problems.Add($"The feed of {category} names no day ({(isAtom ? "updated, published" : "pubDate")}).");
        if (position >= TruncationWarningLength)
            problems.Add($"The feed of {category} has {position} entries; arXiv cuts feeds at 2,000, so some may be missing.");

        return new Listing { Category = category, Day = day, Papers = papers, Problems = problems, Source = ListingSource.Feed };
    }

    private static AnnouncedPaper Read(XElement entry, int position)
    {
        var atom = entry.Name.Namespace;
        var guid = entry.Text(atom + "guid") ?? entry.Text(atom + "id");
        var link = entry.Text(atom + "link") ?? entry.Element(atom + "link")?.Attribute("href")?.Value;
        if (!ArxivId.TryParse(guid, out var id, out var version) && !ArxivId.TryParse(link, out id, out version))
            throw new FormatException(guid is null && link is null ? "it has no guid." : $"its guid '{guid ?? link}' does not contain an arXiv identifier.");

        var announceType = entry.Text(ArxivXml.Arxiv + "announce_type")?.Trim();
        var type = announceType switch
        {
            "new" => AnnounceType.New,
            "cross" => AnnounceType.Cross,
            "replace" => AnnounceType.Replace,
            "replace-cross" => AnnounceType.ReplaceCross,
            null => throw new FormatException("it has no arxiv:announce_type."),
            _ => throw new FormatException($"its arxiv:announce_type '{announceType}' is unknown."),
        };

        var title = ArxivText.OneLine(entry.Text(atom + "title") ?? throw new FormatException("it has no title."));
        var description = entry.Text(atom + "description") ?? entry.Text(atom + "summary") ?? throw new FormatException("it has no description.");
        var header = Header.Match(description);
        var summary = ArxivText.Trimmed(header.Success ? description[header.Length..] : description);
        if (summary.Length == 0 || title.Length == 0)
            throw new FormatException($"its {(title.Length == 0 ? "title" : "abstract")} is empty.");
        if (version is null && header.Success && ArxivId.TryParse(header.Groups["id"].Value, out var described, out var describedVersion) && described == id)
            version = describedVersion;

        var categories = entry.Elements(atom + "category")
            .Select(static category => ArxivText.Trimmed(category.Attribute("term")?.Value ?? category.Value))
            .Where(static category => category.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (categories.Count == 0)
            throw new FormatException("it has no category.");

        return new AnnouncedPaper(
            new Paper
            {
                Id = id,
                Version = version ?? 1,
                Title = title,
                Authors = ArxivText.Authors(entry.Text(ArxivXml.DublinCore + "creator")),
                Abstract = summary,
                PrimaryCategory = categories[0],
                Categories = categories,
                Doi = entry.Text(ArxivXml.Arxiv + "DOI") is { } doi ? ArxivText.Collapsed(doi) : null,
                JournalReference = entry.Text(ArxivXml.Arxiv + "journal_reference") is { } reference ? ArxivText.Collapsed(reference) : null,
                License = entry.Text(ArxivXml.DublinCore + "rights") is { } license ? ArxivText.Trimmed(license) : null,
            },
            type,
            position);
    }

    private static string Name(XElement entry)
    {
        var atom = entry.Name.Namespace;
        var name = entry.Text(atom + "guid") ?? entry.Text(atom + "id") ?? entry.Text(atom + "link") ?? entry.Text(atom + "title") ?? "An entry without a name";
        return ArxivXml.Beginning(name) is var line && ArxivId.TryParse(name, out var id) ? id.Value : "'" + ArxivText.Collapsed(line) + "'";
    }

    /// <summary>Parses the date as written, in its own offset: "Tue, 17 Mar 2026 00:00:00 -0400" or "2026-03-17T00:00:00-04:00".</summary>
    private static ListingDay? DateOf(string? text)
    {
        if (text is null)
            return null;
        if (DateOnly.TryParseExact(
                Rfc822Date.Match(text).Groups["date"].Value,
                ["d MMM yyyy", "dd MMM yyyy"],
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date))
        {
            return new ListingDay(date);
        }

        return ArxivText.Trimmed(text) is { Length: >= 10 } trimmed && ListingDay.TryParse(trimmed[..10], out var day) ? day : null;
    }

    /// <summary>Parses Atom's <c>updated</c>, which is in UTC: a few minutes after midnight Eastern time.</summary>
    private static ListingDay? EasternDateOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? AnnouncementCalendar.EasternDay(time)
        : null;

    private static readonly LinearRegex Header = new(@"^\s*arXiv:(?<id>\S+)\s+Announce\s+Type:\s*\S+\s+Abstract:");
    private static readonly LinearRegex Rfc822Date = new(@"^\s*(?:[A-Za-z]{3},\s+)?(?<date>\d{1,2} [A-Z][a-z]{2} \d{4})\b");
}
