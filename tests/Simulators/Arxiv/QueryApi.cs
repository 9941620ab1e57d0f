using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace Denoised.Simulators.Arxiv;

/// <summary>Renders export.arxiv.org/api/query: Atom, in the newer or the older, hard-wrapped format.</summary>
internal static partial class QueryApi
{
    private const string ArxivNamespace = "http://arxiv.org/schemas/atom";
    private const string AtomNamespace = "http://www.w3.org/2005/Atom";
    private const string OpenSearch = "http://a9.com/-/spec/opensearch/1.1/";

    /// <summary>Handles one request.</summary>
    /// <param name="query">The query string.</param>
    /// <param name="papers">The existing papers, by identifier.</param>
    /// <param name="now">The time of the response.</param>
    /// <param name="older">Whether to use the older format.</param>
    /// <param name="empty">Whether to return zero results, as the real service occasionally does.</param>
    public static SimulatedAnswer Answer(IQueryCollection query, IReadOnlyDictionary<string, SimulatedPaper> papers, DateTimeOffset now, bool older, bool empty)
    {
        var idList = query["id_list"].ToString();
        var search = query["search_query"].ToString();
        if (!TryNumber(query["start"], 0, out var start))
            return Error("start must be an integer", "start_must_be_an_integer", now);
        if (!TryNumber(query["max_results"], 10, out var max))
            return Error("max_results must be an integer", "max_results_must_be_an_integer", now);
        if (start < 0)
            return Error("start must be non-negative", "start_must_be_non-negative", now);
        if (max < 0)
            return Error("max_results must be non-negative", "max_results_must_be_non-negative", now);
        if (max > 30_000)
            return Error("max_results must be at most 30000", "max_results_must_be_at_most_30000", now);

        var found = new List<SimulatedPaper>();
        if (idList.Length > 0)
        {
            foreach (var text in idList.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var match = Identifier().Match(text);
                if (!match.Success)
                    return Error($"incorrect id format for {text}", $"incorrect_id_format_for_{text}", now);
                var id = match.Groups["archive"].Success ? $"{match.Groups["archive"].Value}/{match.Groups["number"].Value}" : match.Groups["new"].Value;
                if (papers.TryGetValue(id, out var paper))
                    found.Add(match.Groups["version"].Success ? paper with { Version = int.Parse(match.Groups["version"].Value, CultureInfo.InvariantCulture) } : paper);
            }
        }
        else
        {
            found.AddRange(papers.Values);
        }

        if (search.Length > 0)
        {
            Func<SimulatedPaper, bool> matches;
            try
            {
                matches = ApiSearch.Parse(search);
            }
            catch (FormatException e)
            {
                return Error("malformed search_query: " + e.Message, "malformed_search_query", now);
            }

            found = found.FindAll(paper => matches(paper));
        }
        else if (idList.Length == 0)
        {
            found.Clear();
        }

        if (empty)
            found.Clear();
        Sort(found, query["sortBy"].ToString(), query["sortOrder"].ToString(), idList.Length > 0);
        var page = found.Skip(start).Take(max).ToList();
        var asked = $"search_query={search}&id_list={idList}&start={start}&max_results={max}";
        var body = older ? Older(asked, start, max, found.Count, page, now) : Newer(asked, search, idList, start, max, found.Count, page, now);
        return new SimulatedAnswer(200, SimulatedAnswer.Atom, body);
    }

    [GeneratedRegex(@"^(?:(?<new>\d{4}\.\d{4,5})|(?<archive>[a-z-]+)(?:\.[A-Z]{2})?/(?<number>\d{7}))(?:v(?<version>[1-9]\d*))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();

    private static bool TryNumber(string? text, int fallback, out int number)
    {
        number = fallback;
        return string.IsNullOrEmpty(text) || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    private static void Sort(List<SimulatedPaper> papers, string by, string order, bool listed)
    {
        // By default, id_list results keep the requested order, and searches sort newest first.
        if (listed && by.Length == 0)
            return;
        var sign = order == "ascending" ? 1 : -1;
        papers.Sort((a, b) =>
        {
            var times = by == "lastUpdatedDate" ? Nullable.Compare(a.Updated, b.Updated) : Nullable.Compare(a.Published, b.Published);
            return sign * (times != 0 ? times : string.CompareOrdinal(a.Id, b.Id));
        });
    }

    private static SimulatedAnswer Error(string message, string code, DateTimeOffset now)
    {
        var address = "https://arxiv.org/api/errors#" + code;
        var body = XmlText.Write(xml =>
        {
            Feed(xml);
            xml.WriteElementString("id", AtomNamespace, "https://arxiv.org/");
            xml.WriteElementString("title", AtomNamespace, "arXiv Search Results");
            xml.WriteElementString("updated", AtomNamespace, Time(now));
            Counts(xml, 1, 1, 0);
            xml.WriteStartElement("entry", AtomNamespace);
            xml.WriteElementString("id", AtomNamespace, address);
            xml.WriteElementString("title", AtomNamespace, "Error");
            xml.WriteElementString("updated", AtomNamespace, Time(now));
            Link(xml, address, "alternate", "text/html", null);
            xml.WriteElementString("summary", AtomNamespace, XmlText.Clean(message));
            xml.WriteStartElement("author", AtomNamespace);
            xml.WriteElementString("name", AtomNamespace, "arXiv api core");
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        });
        return new SimulatedAnswer(400, SimulatedAnswer.Atom, body);
    }

    private static byte[] Newer(string asked, string search, string ids, int start, int max, int total, List<SimulatedPaper> page, DateTimeOffset now) => XmlText.Write(xml =>
    {
        Feed(xml);
        xml.WriteElementString("id", AtomNamespace, "https://arxiv.org/api/" + Digest(asked));
        xml.WriteElementString("title", AtomNamespace, XmlText.Clean("arXiv Query: " + asked));
        xml.WriteElementString("updated", AtomNamespace, Time(now));
        Link(xml, $"https://arxiv.org/api/query?search_query={Uri.EscapeDataString(search)}&start={start}&max_results={max}&id_list={Uri.EscapeDataString(ids)}", null, "application/atom+xml", null);
        Counts(xml, max, total, start);
        foreach (var paper in page)
        {
            xml.WriteStartElement("entry", AtomNamespace);
            xml.WriteElementString("id", AtomNamespace, "http://arxiv.org/abs/" + paper.VersionedId);
            xml.WriteElementString("title", AtomNamespace, XmlText.Clean(paper.Title));
            xml.WriteElementString("updated", AtomNamespace, Time(paper.Updated!.Value));
            Link(xml, "https://arxiv.org/abs/" + paper.VersionedId, "alternate", "text/html", null);
            Link(xml, "https://arxiv.org/pdf/" + paper.VersionedId, "related", "application/pdf", "pdf");
            xml.WriteElementString("summary", AtomNamespace, XmlText.Clean(paper.Abstract));
            foreach (var category in paper.Categories)
                Category(xml, "category", AtomNamespace, category, scheme: true);
            xml.WriteElementString("published", AtomNamespace, Time(paper.Published!.Value));
            if (paper.Comment is not null)
                xml.WriteElementString("arxiv", "comment", ArxivNamespace, XmlText.Clean(paper.Comment));
            Category(xml, "primary_category", ArxivNamespace, paper.Primary, scheme: false);
            if (paper.JournalReference is not null)
                xml.WriteElementString("arxiv", "journal_ref", ArxivNamespace, XmlText.Clean(paper.JournalReference));
            Authors(xml, paper);
            if (paper.Doi is not null)
            {
                xml.WriteElementString("arxiv", "doi", ArxivNamespace, paper.Doi);
                Link(xml, "https://doi.org/" + paper.Doi, "related", null, "doi");
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    private static byte[] Older(string asked, int start, int max, int total, List<SimulatedPaper> page, DateTimeOffset now) => XmlText.Write(xml =>
    {
        xml.WriteStartElement("feed", AtomNamespace);
        Link(xml, "http://arxiv.org/api/query?" + Uri.EscapeDataString(asked), "self", "application/atom+xml", null);
        xml.WriteStartElement("title", AtomNamespace);
        xml.WriteAttributeString("type", "html");
        xml.WriteString(XmlText.Clean("ArXiv Query: " + asked));
        xml.WriteEndElement();
        xml.WriteElementString("id", AtomNamespace, "http://arxiv.org/api/" + Digest(asked));
        xml.WriteElementString("updated", AtomNamespace, EasternTime.Midnight(DateOnly.FromDateTime(now.UtcDateTime)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
        xml.WriteElementString("opensearch", "totalResults", OpenSearch, total.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("opensearch", "startIndex", OpenSearch, start.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("opensearch", "itemsPerPage", OpenSearch, max.ToString(CultureInfo.InvariantCulture));
        foreach (var paper in page)
        {
            xml.WriteStartElement("entry", AtomNamespace);
            xml.WriteElementString("id", AtomNamespace, "http://arxiv.org/abs/" + paper.VersionedId);
            xml.WriteElementString("updated", AtomNamespace, Time(paper.Updated!.Value));
            xml.WriteElementString("published", AtomNamespace, Time(paper.Published!.Value));
            xml.WriteElementString("title", AtomNamespace, Wrapped(paper.Title, "\n  "));
            xml.WriteElementString("summary", AtomNamespace, "  " + Wrapped(paper.Abstract, "\n") + "\n");
            Authors(xml, paper);
            if (paper.Doi is not null)
            {
                xml.WriteElementString("arxiv", "doi", ArxivNamespace, paper.Doi);
                Link(xml, "http://dx.doi.org/" + paper.Doi, "related", null, "doi");
            }

            if (paper.Comment is not null)
                xml.WriteElementString("arxiv", "comment", ArxivNamespace, Wrapped(paper.Comment, "\n  "));
            if (paper.JournalReference is not null)
                xml.WriteElementString("arxiv", "journal_ref", ArxivNamespace, Wrapped(paper.JournalReference, "\n  "));
            Link(xml, "http://arxiv.org/abs/" + paper.VersionedId, "alternate", "text/html", null);
            Link(xml, "http://arxiv.org/pdf/" + paper.VersionedId, "related", "application/pdf", "pdf");
            Category(xml, "primary_category", ArxivNamespace, paper.Primary, scheme: true);
            foreach (var category in paper.Categories)
                Category(xml, "category", AtomNamespace, category, scheme: true);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    private static void Feed(XmlWriter xml)
    {
        xml.WriteStartElement("feed", AtomNamespace);
        xml.WriteAttributeString("xmlns", "opensearch", null, OpenSearch);
        xml.WriteAttributeString("xmlns", "arxiv", null, ArxivNamespace);
    }

    private static void Counts(XmlWriter xml, int perPage, int total, int start)
    {
        xml.WriteElementString("itemsPerPage", OpenSearch, perPage.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("totalResults", OpenSearch, total.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("startIndex", OpenSearch, start.ToString(CultureInfo.InvariantCulture));
    }

    private static void Link(XmlWriter xml, string address, string? relation, string? type, string? title)
    {
        xml.WriteStartElement("link", AtomNamespace);
        xml.WriteAttributeString("href", address);
        if (relation is not null)
            xml.WriteAttributeString("rel", relation);
        if (type is not null)
            xml.WriteAttributeString("type", type);
        if (title is not null)
            xml.WriteAttributeString("title", title);
        xml.WriteEndElement();
    }

    private static void Category(XmlWriter xml, string name, string space, string term, bool scheme)
    {
        xml.WriteStartElement(space == ArxivNamespace ? "arxiv" : null, name, space);
        xml.WriteAttributeString("term", term);
        if (scheme)
            xml.WriteAttributeString("scheme", ArxivNamespace);
        xml.WriteEndElement();
    }

    private static void Authors(XmlWriter xml, SimulatedPaper paper)
    {
        foreach (var author in paper.Authors)
        {
            xml.WriteStartElement("author", AtomNamespace);
            xml.WriteElementString("name", AtomNamespace, XmlText.Clean(author));
            xml.WriteEndElement();
        }
    }

    // The older format wraps lines before column 80.
    private static string Wrapped(string text, string lineBreak)
    {
        var wrapped = new StringBuilder();
        var column = 0;
        foreach (var word in XmlText.Clean(text).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > 0 && column + 1 + word.Length > 78)
            {
                wrapped.Append(lineBreak);
                column = lineBreak.Length - 1;
            }
            else if (column > 0)
            {
                wrapped.Append(' ');
                column++;
            }

            wrapped.Append(word);
            column += word.Length;
        }

        return wrapped.ToString();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Digest(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..20]).TrimEnd('=');
}
