using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Denoised.Simulators.Arxiv;

/// <summary>Renders arxiv.org/catchup: one listing day as paginated HTML; new submissions, then cross-lists, then replacements.</summary>
internal static partial class CatchupPage
{
    /// <summary>Handles one request.</summary>
    /// <param name="subject">A category.</param>
    /// <param name="date">The date segment of the path.</param>
    /// <param name="query">May contain <c>abs</c> and <c>page</c>; like arXiv, rejects other parameters.</param>
    /// <param name="catalogue">The announcements.</param>
    /// <param name="today">The current day; later days and those more than 91 days earlier are rejected.</param>
    /// <param name="pageSize">The number of entries per page; 2,000 on arXiv.</param>
    /// <param name="fault">A fault that may substitute another listing.</param>
    public static SimulatedAnswer Answer(string subject, string date, IQueryCollection query, ArxivCatalogue catalogue, DateOnly today, int pageSize, ArxivFault? fault = null)
    {
        if (query.Keys.Any(static key => key is not ("abs" or "page")))
            return Refused("Only 'page' and 'abs' are accepted as parameters.");
        if (!ArxivSubjects.IsKnown(subject, catalogue))
            return Refused($"'{subject}' is no archive and no category.");
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Refused($"'{date}' is not a date of the form YYYY-MM-DD.");
        if (day > today)
            return Refused($"{date} is later than today.");
        if (day < today.AddDays(-91))
            return Refused($"{date} is more than 90 days ago.");
        var abstracts = query["abs"].ToString();
        if (abstracts is not ("" or "True" or "False"))
            return Refused("'abs' must be True or False.");
        var pageText = query["page"].ToString();
        var page = 1;
        if (pageText.Length > 0 && (!int.TryParse(pageText, NumberStyles.None, CultureInfo.InvariantCulture, out page) || page < 1))
            return Refused("'page' must be a positive integer.");

        if (fault == ArxivFault.OtherDay)
            day = catalogue.Before(day);
        var entries = catalogue.Listing(day, [subject], fault);
        return SimulatedAnswer.Text(200, SimulatedAnswer.Html, Write(subject, day, entries, abstracts == "True", page, fault == ArxivFault.HalfListing ? entries.Count / 2 : pageSize, isCut: fault == ArxivFault.HalfListing));
    }

    private static SimulatedAnswer Refused(string detail) => SimulatedAnswer.Error(400, "Bad Request", detail);

    private static string Write(string subject, DateOnly day, IReadOnlyList<(string Type, SimulatedPaper Paper)> entries, bool withAbstracts, int page, int pageSize, bool isCut)
    {
        List<(string Heading, List<(string Type, SimulatedPaper Paper)> Entries)> groups =
        [
            ("New submissions", [.. entries.Where(static e => e.Type == "new")]),
            ("Cross submissions", [.. entries.Where(static e => e.Type == "cross")]),
            ("Replacement submissions", [.. entries.Where(static e => e.Type.StartsWith("replace", StringComparison.Ordinal))]),
        ];
        var date = day.ToString("ddd, dd MMM yyyy", CultureInfo.InvariantCulture);
        var skip = (page - 1) * pageSize;
        var total = $"Total of {entries.Count} entries\n{(isCut ? "" : Pages(subject, day, withAbstracts, page, pageSize, entries.Count))}";

        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Catchup</title></head>\n<body class=\"with-cu-identity\">\n<main class=\"container\" id=\"main-container\">\n<div id='content'>\n<div id='content-inner'>\n<div id='dlpage'>\n")
            .Append(CultureInfo.InvariantCulture, $"<h1>Catchup results for {WebUtility.HtmlEncode(ArxivSubjects.Name(subject))} on {date}</h1>\n<ul></ul>\n<div class='paging'>{total}</div>\n");
        var position = 0;
        var shown = 0;
        foreach (var (heading, group) in groups)
        {
            var from = Math.Clamp(skip - position, 0, group.Count);
            var until = Math.Clamp(skip + pageSize - position, 0, group.Count);
            if (until > from)
            {
                var part = (from, until) switch
                {
                    (0, var u) when u == group.Count => "showing ",
                    (0, _) => "showing first ",
                    (_, var u) when u == group.Count => "continued, showing last ",
                    _ => "continued, showing next ",
                };
                html.Append(CultureInfo.InvariantCulture, $"<dl id='articles'>\n<h3>{heading} ({part}{until - from} of {group.Count} entries)</h3>\n");
                for (var i = from; i < until; i++)
                    Entry(html, position + i + 1, group[i].Type, group[i].Paper, withAbstracts);
                html.Append("</dl>\n");
                shown += until - from;
            }

            position += group.Count;
        }

        if (shown == 0)
            html.Append(CultureInfo.InvariantCulture, $"<br>\n<div><p>{(page > 1 ? "No further updates" : "No updates")} for {date}</p></div>\n<br>\n");
        return html.Append(CultureInfo.InvariantCulture, $"<div></div>\n{total}\n</div>\n</div>\n</div>\n</main>\n</body>\n</html>\n").ToString();
    }

    private static string Pages(string subject, DateOnly day, bool withAbstracts, int page, int pageSize, int count)
    {
        if (count <= pageSize)
            return "";
        // If the entries fill the last page exactly, arXiv links one more page, which says "No further updates".
        var links = Enumerable.Range(1, (count / pageSize) + 1).Select(n => n == page
            ? $"<span>{n}</span>"
            : $"<a href=/catchup/{subject}/{day:yyyy-MM-dd}?abs={withAbstracts}&amp;page={n}>{n}</a>");
        return "View page: " + string.Join('\n', links);
    }

    private static void Entry(StringBuilder html, int number, string type, SimulatedPaper paper, bool withAbstract)
    {
        var mark = type switch
        {
            "cross" => $"(cross-list from {paper.Primary})",
            "replace" => "(replaced)",
            "replace-cross" => $"(replaced, cross-list from {paper.Primary})",
            _ => "",
        };
        html.Append(CultureInfo.InvariantCulture, $"""
            <dt>
              <a name='item{number}'>[{number}]</a>
              <a href ="/abs/{paper.Id}" title="Abstract" id="{paper.Id}">
                arXiv:{paper.Id}
              </a>
              {mark}
              [<a href="/pdf/{paper.Id}" title="Download PDF" id="pdf-{paper.Id}">pdf</a>, <a href="https://arxiv.org/html/{paper.VersionedId}" title="View HTML" id="html-{paper.Id}">html</a>, <a href="/format/{paper.Id}" title="Other formats">other</a>]
            </dt>
            <dd>
              <div class='meta'>
                <div class='list-title mathjax'><span class='descriptor'>Title:</span>
                  {Encode(paper.Title)}
                </div>
                <div class='list-authors'>
            """);
        html.AppendJoin(", ", paper.Authors.Select(static author =>
            $"<a href=\"https://arxiv.org/search/?searchtype=author&amp;query={Uri.EscapeDataString(author)}\" rel=\"nofollow\">{Encode(author)}</a>"));
        html.Append("</div>\n");
        if (paper.Comment is not null)
            html.Append(CultureInfo.InvariantCulture, $"    <div class='list-comments mathjax'><span class='descriptor'>Comments:</span>\n      {WithLinks(paper.Comment)}\n    </div>\n");
        if (paper.JournalReference is not null)
            html.Append(CultureInfo.InvariantCulture, $"    <div class='list-journal-ref'><span class='descriptor'>Journal-ref:</span>\n      {Encode(paper.JournalReference)}\n    </div>\n");
        html.Append("    <div class='list-subjects'><span class='descriptor'>Subjects:</span>\n      <span class=\"primary-subject\">")
            .Append(Encode(ArxivSubjects.Display(paper.Primary))).Append("</span>")
            .Append(string.Concat(paper.Categories.Skip(1).Select(static c => "; " + Encode(ArxivSubjects.Display(c)))))
            .Append("\n    </div>\n");
        if (withAbstract)
            html.Append(CultureInfo.InvariantCulture, $"    <p class='mathjax'>\n      {WithLinks(paper.Abstract)}\n    </p>\n");
        html.Append("  </div>\n</dd>\n");
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    // In comments and abstracts, URLs become links whose text omits the URL; paragraphs are separated by <br>.
    private static string WithLinks(string text)
    {
        var html = new StringBuilder();
        var done = 0;
        foreach (var match in Address().EnumerateMatches(text))
        {
            var address = text.AsSpan(match.Index, match.Length).TrimEnd(".,;:)").ToString();
            var scheme = address[..address.IndexOf(':', StringComparison.Ordinal)];
            html.Append(Encode(text[done..match.Index]))
                .Append(CultureInfo.InvariantCulture, $"<a href=\"{Encode(address)}\" rel=\"external noopener nofollow\" class=\"link-external link-{scheme}\">this {scheme} URL</a>");
            done = match.Index + address.Length;
        }

        return html.Append(Encode(text[done..])).Replace("\n", "<br>").ToString();
    }

    [GeneratedRegex(@"https?://[^\s<>""{}\\^`]+", RegexOptions.None, 1000)]
    private static partial Regex Address();
}
