using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using Denoised.Domain;

namespace Denoised.TestSupport.Papers;

/// <summary>Writes papers in arXiv's formats, as input for the parsers. The sample papers are invented.</summary>
internal static class ArxivWriter
{
    private static readonly XNamespace arxiv = "http://arxiv.org/schemas/atom";
    private static readonly XNamespace dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace openSearch = "http://a9.com/-/spec/opensearch/1.1/";

    public static Paper Sample(string id = "2603.00001", string title = "An invented paper") => new()
    {
        Id = ArxivId.Parse(id),
        Version = 1,
        Title = title,
        Authors = ["Ada Example", "Bob Sample"],
        Abstract = "We invent a method and report that it works.",
        PrimaryCategory = "cs.LG",
        Categories = ["cs.LG", "stat.ML"],
        License = "http://creativecommons.org/licenses/by/4.0/",
    };

    public static string Rss(IEnumerable<Paper> papers, string category = "cs.LG", string? pubDate = "Tue, 17 Mar 2026 00:00:00 -0400", string type = "new") =>
        new XDocument(
            new XElement(
                "rss",
                new XElement(
                    "channel",
                    new XElement("title", category + " updates on arXiv.org"),
                    pubDate is null ? null : new XElement("pubDate", pubDate),
                    papers.Select(paper => Item(paper, type))))).ToString();

    public static XElement Item(Paper paper, string type) => new(
        "item",
        new XElement("title", paper.Title),
        new XElement("link", "https://arxiv.org/abs/" + paper.Id),
        new XElement("description", $"arXiv:{paper.Id}v{paper.Version} Announce Type: {type} \nAbstract: {paper.Abstract}"),
        new XElement("guid", $"oai:arXiv.org:{paper.Id}v{paper.Version}"),
        paper.Categories.Select(static category => new XElement("category", category)),
        new XElement(arxiv + "announce_type", type),
        paper.License is null ? null : new XElement(dc + "rights", paper.License),
        new XElement(dc + "creator", string.Join(", ", paper.Authors)));

    public static string Api(IEnumerable<Paper> papers, int? total = null)
    {
        var all = papers.ToList();
        return new XDocument(
            new XElement(
                atom + "feed",
                new XElement(openSearch + "totalResults", total ?? all.Count),
                all.Select(static paper => new XElement(
                    atom + "entry",
                    new XElement(atom + "id", $"http://arxiv.org/abs/{paper.Id}v{paper.Version}"),
                    new XElement(atom + "title", paper.Title),
                    new XElement(atom + "summary", paper.Abstract),
                    new XElement(atom + "published", (paper.Published ?? new DateTimeOffset(2026, 3, 13, 19, 0, 0, TimeSpan.Zero)).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
                    paper.Authors.Select(static author => new XElement(atom + "author", new XElement(atom + "name", author))),
                    new XElement(arxiv + "primary_category", new XAttribute("term", paper.PrimaryCategory)),
                    paper.Categories.Select(static category => new XElement(atom + "category", new XAttribute("term", category))))))).ToString();
    }

    public static string ApiError(string text) => new XDocument(new XElement(
        atom + "feed",
        new XElement(atom + "entry", new XElement(atom + "id", "https://arxiv.org/api/errors#an_error"), new XElement(atom + "title", "Error"), new XElement(atom + "summary", text)))).ToString();

    /// <summary>A catch-up page with the structure of arXiv's templates.</summary>
    public static string CatchUp(IReadOnlyList<(Paper Paper, AnnounceType Type)> entries, string date = "Tue, 17 Mar 2026", int? total = null, int page = 1, int pages = 1)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html><html lang=en><head><title>Catchup</title></head><body><div id='content-inner'><div id='dlpage'>\n<h1>Catchup results for Machine Learning on {date}</h1>\n<ul><li><a href='#item1'>New submissions</a></li></ul><div>\n Total of {total ?? entries.Count} entries for {date}\n");
        if (pages > 1)
        {
            html.Append("View page:");
            for (var number = 1; number <= pages; number++)
                html.Append(number == page ? $"<span>{number}</span>" : $"<a href=/catchup/cs.LG/2026-03-17?abs=True&page={number}>{number}</a>");
        }

        html.Append("</div>");
        foreach (var (heading, types) in new[] { ("New", new[] { AnnounceType.New }), ("Cross", [AnnounceType.Cross]), ("Replacement", [AnnounceType.Replace, AnnounceType.ReplaceCross]) })
        {
            var group = entries.Where(entry => types.Contains(entry.Type)).ToList();
            if (group.Count == 0)
                continue;
            html.Append(CultureInfo.InvariantCulture, $"<dl id='articles'>\n<h3>{heading} submissions (showing {group.Count} of {group.Count} entries )</h3>\n");
            foreach (var (paper, _) in group)
            {
                var authors = string.Join(", ", paper.Authors.Select(static author => $"<a href='/search/cs?searchtype=author' rel=nofollow>{WebUtility.HtmlEncode(author)}</a>"));
                var others = string.Concat(paper.Categories.Skip(1).Select(static category => $"; Another Field ({category})"));
                html.Append(CultureInfo.InvariantCulture, $"""
                    <dt><a name='item1'>[1]</a> <a href ="/abs/{paper.Id}" title="Abstract" id="{paper.Id}">
                      arXiv:{paper.Id} </a> [<a href="/pdf/{paper.Id}" title="Download PDF">pdf</a>]</dt>
                    <dd><div class='meta'>
                      <div class='list-title mathjax'><span class='descriptor'>Title:</span>
                        {WebUtility.HtmlEncode(paper.Title)}
                      </div>
                      <div class='list-authors'>{authors}</div>
                      {(paper.Comment is null ? "" : $"<div class='list-comments mathjax'><span class='descriptor'>Comments:</span> {WebUtility.HtmlEncode(paper.Comment)} </div>")}
                      <div class='list-subjects'><span class='descriptor'>Subjects:</span>
                        <span class="primary-subject">Some Field ({paper.PrimaryCategory})</span>{others}
                      </div>
                      <p class='mathjax'>
                        {WebUtility.HtmlEncode(paper.Abstract).Replace("\n  ", "\n<br />", StringComparison.Ordinal)}
                      </p></div></dd>

                    """);
            }

            html.Append("</dl>");
        }

        if (entries.Count == 0)
            html.Append(CultureInfo.InvariantCulture, $"<br><div><p>No updates for {date}</p></div>");
        return html.Append("</div></div></body></html>").ToString();
    }
}
