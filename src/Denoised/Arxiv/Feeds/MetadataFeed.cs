using System.Globalization;
using System.Xml.Linq;
using Denoised.Domain;

namespace Denoised.Arxiv.Feeds;

/// <summary>One response of the API.</summary>
/// <param name="Papers">The readable entries, in order.</param>
/// <param name="Total">The total number of matching entries; null if the response does not state it.</param>
/// <param name="Entries">The number of entries in the response, including unreadable ones.</param>
/// <param name="Problems">One sentence for each unreadable entry, with its identifier or position.</param>
public sealed record MetadataPage(IReadOnlyList<Paper> Papers, int? Total, int Entries, IReadOnlyList<string> Problems);

/// <summary>
/// Parses responses of <c>export.arxiv.org/api/query</c> in both formats in use: the older one wraps titles and abstracts at 80 characters; the
/// newer one does not, and orders the elements differently. Source: https://info.arxiv.org/help/api/user-manual.html.
/// </summary>
public static class MetadataFeed
{
    /// <summary>Parses a response.</summary>
    /// <exception cref="ArxivException">
    /// <see cref="ArxivFailure.Malformed"/>: not an Atom feed. <see cref="ArxivFailure.Refused"/>: the response is an error entry; the message
    /// quotes its text.
    /// </exception>
    public static MetadataPage Parse(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);

        var papers = new List<Paper>();
        var problems = new List<string>();
        int? total = null;
        var (entries, isFeed) = (0, false);
        foreach (var element in ArxivXml.Children(xml, "feed"))
        {
            isFeed |= element.Name.Namespace == ArxivXml.Atom || element.Name.Namespace == ArxivXml.OpenSearch;
            if (element.Name == ArxivXml.OpenSearch + "totalResults"
                && int.TryParse(
                    element.Value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var count))
            {
                total = count;
            }

            if (element.Name != ArxivXml.Atom + "entry")
                continue;

            var id = element.Text(ArxivXml.Atom + "id");
            if (id?.Contains("/api/errors", StringComparison.Ordinal) is true)
                throw new ArxivException(
                    ArxivFailure.Refused, "the API answers with an error: " + ArxivText.Collapsed(element.Text(ArxivXml.Atom + "summary") ?? id));

            entries++;
            try
            {
                papers.Add(Read(element, id));
            }
            catch (FormatException exception)
            {
                problems.Add($"{(ArxivId.TryParse(id, out var named) ? named.Value : "An entry")} (entry {entries} of the API's answer) cannot be read: {exception.Message}");
            }
        }

        return isFeed ? new MetadataPage(papers, total, entries, problems) : throw new ArxivException(ArxivFailure.Malformed, "this is XML, but no Atom feed.");
    }

    private static Paper Read(XElement entry, string? address)
    {
        if (!ArxivId.TryParse(address, out var id, out var version))
            throw new FormatException(address is null ? "it has no id." : $"its id '{ArxivText.Collapsed(address)}' does not contain an arXiv identifier.");

        var title = ArxivText.Collapsed(entry.Text(ArxivXml.Atom + "title"));
        var summary = ArxivText.Unwrapped(entry.Text(ArxivXml.Atom + "summary"));
        if (title.Length == 0 || summary.Length == 0)
            throw new FormatException($"it has no {(title.Length == 0 ? "title" : "abstract")}.");

        var categories = entry.Elements(ArxivXml.Atom + "category").Select(Term).OfType<string>().ToList();
        var primary = entry.Elements(ArxivXml.Arxiv + "primary_category").Select(Term).FirstOrDefault() ?? categories.FirstOrDefault()
            ?? throw new FormatException("it has no category.");

        return new Paper
        {
            Id = id,
            Version = version ?? 1,
            Title = title,
            Authors = [.. entry.Elements(ArxivXml.Atom + "author")
                .Select(static author => ArxivText.Collapsed(author.Text(ArxivXml.Atom + "name")))
                .Where(static name => name.Length > 0)],
            Abstract = summary,
            PrimaryCategory = primary,
            Categories = [.. categories.Prepend(primary).Distinct(StringComparer.Ordinal)],
            Published = Time(entry, "published"),
            Updated = Time(entry, "updated"),
            Comment = Optional(entry, "comment"),
            Doi = Optional(entry, "doi") is { } doi ? WithoutAddress(doi) : null,
            JournalReference = Optional(entry, "journal_ref"),
        };
    }

    private static string? Term(XElement category) =>
        category.Attribute("term")?.Value is { } term && ArxivText.Trimmed(term) is { Length: > 0 } trimmed ? trimmed : null;

    private static string? Optional(XElement entry, string name) =>
        ArxivText.Collapsed(entry.Text(ArxivXml.Arxiv + name)) is { Length: > 0 } text ? text : null;

    private static string WithoutAddress(string doi)
    {
        var start = doi.IndexOf("doi.org/", StringComparison.OrdinalIgnoreCase);
        return start >= 0 && doi.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? doi[(start + "doi.org/".Length)..] : doi;
    }

    private static DateTimeOffset? Time(XElement entry, string name)
    {
        var text = entry.Text(ArxivXml.Atom + name);
        if (text is null)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : throw new FormatException($"its {name} '{ArxivText.Collapsed(text)}' is not a time.");
    }
}
