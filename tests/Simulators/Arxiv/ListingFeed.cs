using System.Globalization;
using System.Security.Cryptography;
using System.Xml;

namespace Denoised.Simulators.Arxiv;

/// <summary>Renders feeds of rss.arxiv.org: RSS 2.0 with elements of arXiv and Dublin Core.</summary>
internal static class ListingFeed
{
    private const string ArxivNamespace = "http://arxiv.org/schemas/atom";
    private const string AtomNamespace = "http://www.w3.org/2005/Atom";
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";

    /// <summary>Renders one feed.</summary>
    /// <param name="path">The requested subjects: <c>cs.LG</c>, <c>cs.LG+stat.ML</c>.</param>
    /// <param name="day">The feed's day.</param>
    /// <param name="entries">The items, each with arXiv's announce type.</param>
    /// <param name="limit">The maximum number of items; further ones are dropped.</param>
    /// <param name="fault"><see cref="ArxivFault.HalfListing"/> or null.</param>
    public static SimulatedAnswer Write(string path, DateOnly day, IReadOnlyList<(string Type, SimulatedPaper Paper)> entries, int limit, ArxivFault? fault)
    {
        var items = entries.Take(fault == ArxivFault.HalfListing ? entries.Count / 2 : limit);
        var body = XmlText.Write(xml => Channel(xml, path, day, items), declaration: false);
        return new SimulatedAnswer(200, SimulatedAnswer.Rss, body) { ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body))}\"" };
    }

    private static void Channel(XmlWriter xml, string path, DateOnly day, IEnumerable<(string Type, SimulatedPaper Paper)> items)
    {
        var midnight = EasternTime.Midnight(day);
        var date = Rfc822(midnight);
        var self = "http://rss.arxiv.org/rss/" + path;
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("xmlns", "arxiv", null, ArxivNamespace);
        xml.WriteAttributeString("xmlns", "atom", null, AtomNamespace);
        xml.WriteAttributeString("xmlns", "dc", null, DublinCore);
        xml.WriteAttributeString("version", "2.0");
        xml.WriteStartElement("channel");
        xml.WriteElementString("title", path + " updates on arXiv.org");
        xml.WriteElementString("link", self);
        xml.WriteElementString("description", path + " updates on the arXiv.org e-print archive.");
        xml.WriteStartElement("link", AtomNamespace);
        xml.WriteAttributeString("href", self);
        xml.WriteAttributeString("rel", "self");
        xml.WriteAttributeString("type", "application/rss+xml");
        xml.WriteEndElement();
        xml.WriteElementString("docs", "http://www.rssboard.org/rss-specification");
        xml.WriteElementString("language", "en-us");
        xml.WriteElementString("lastBuildDate", Rfc822(midnight.ToUniversalTime().AddSeconds(1)));
        xml.WriteElementString("managingEditor", "rss-help@arxiv.org");
        xml.WriteElementString("pubDate", date);
        xml.WriteStartElement("skipDays");
        xml.WriteElementString("day", "Saturday");
        xml.WriteElementString("day", "Sunday");
        xml.WriteEndElement();
        foreach (var (type, paper) in items)
            Item(xml, type, paper, date);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Item(XmlWriter xml, string type, SimulatedPaper paper, string date)
    {
        xml.WriteStartElement("item");
        xml.WriteElementString("title", XmlText.Clean(paper.Title));
        xml.WriteElementString("link", "https://arxiv.org/abs/" + paper.Id);
        xml.WriteElementString("description", $"arXiv:{paper.VersionedId} Announce Type: {type} \nAbstract: {XmlText.Clean(paper.Abstract)}");
        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", "false");
        xml.WriteString("oai:arXiv.org:" + paper.VersionedId);
        xml.WriteEndElement();
        foreach (var category in paper.Categories)
            xml.WriteElementString("category", category);
        xml.WriteElementString("pubDate", date);
        xml.WriteElementString("announce_type", ArxivNamespace, type);
        xml.WriteElementString("rights", DublinCore, paper.Licence);
        if (paper.Doi is not null)
            xml.WriteElementString("DOI", ArxivNamespace, paper.Doi);
        if (paper.JournalReference is not null)
            xml.WriteElementString("journal_reference", ArxivNamespace, XmlText.Clean(paper.JournalReference));
        xml.WriteElementString("creator", DublinCore, XmlText.Clean(string.Join(", ", paper.Authors)));
        xml.WriteEndElement();
    }

    private static string Rfc822(DateTimeOffset time) =>
        time.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + time.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}
