using System.Globalization;
using System.Net;
using System.Text;

namespace Denoised.Simulators.Arxiv;

/// <summary>Renders a page of arxiv.org/abs.</summary>
internal static class AbstractPage
{
    public static SimulatedAnswer Write(SimulatedPaper paper)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<title>[{paper.Id}] {Encode(paper.Title)}</title>\n<meta name=\"citation_title\" content=\"{Encode(paper.Title)}\" />\n");
        foreach (var author in paper.Authors)
            page.Append(CultureInfo.InvariantCulture, $"<meta name=\"citation_author\" content=\"{Encode(author)}\" />\n");
        page.Append(CultureInfo.InvariantCulture, $"""
            <meta name="citation_date" content="{paper.Published:yyyy/MM/dd}" />
            <meta name="citation_arxiv_id" content="{paper.Id}" />
            <meta name="citation_pdf_url" content="https://arxiv.org/pdf/{paper.VersionedId}" />
            </head>
            <body>
            <div id="abs">
            <h1 class="title mathjax"><span class="descriptor">Title:</span>{Encode(paper.Title)}</h1>
            <div class="authors"><span class="descriptor">Authors:</span>{string.Join(", ", paper.Authors.Select(Encode))}</div>
            <blockquote class="abstract mathjax"><span class="descriptor">Abstract:</span>{Encode(paper.Abstract)}</blockquote>
            <table><tr><td class="tablecell comments mathjax">{Encode(paper.Comment ?? "")}</td></tr>
            <tr><td class="tablecell subjects"><span class="primary-subject">{Encode(ArxivSubjects.Display(paper.Primary))}</span></td></tr></table>
            </div>
            </body>
            </html>

            """);
        return SimulatedAnswer.Text(200, SimulatedAnswer.Html, page.ToString());
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
