using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace Denoised.Simulators.Arxiv;

/// <summary>
/// The full texts of papers. Sources, in order of precedence: documents set by a test, files of the folders, and (unless disabled) synthesized documents:
/// LaTeXML-style HTML with the paper's abstract and invented sentences, and a plain PDF of the same text.
/// </summary>
public sealed class PaperDocuments
{
    private static readonly (string Title, string[] Sentences)[] filler =
    [
        ("Introduction",
        [
            "Practitioners meet this problem whenever data arrive faster than they can be labelled.",
            "Earlier attempts traded accuracy for speed and rarely reported both.",
            "We ask how far a careful treatment of the training objective alone can carry.",
            "The answer matters because the usual remedy costs {0} times as much computation.",
        ]),
        ("Related Work",
        [
            "A first line of work changes the architecture and leaves the data untouched.",
            "A second line of work filters the data with a separate scoring network.",
            "Our setting differs in that no held-out labels are available at any time.",
        ]),
        ("Method",
        [
            "We optimise the objective with a step size of 0.{0} and a batch of {1} examples.",
            "Each layer is normalised before the residual branch, which keeps gradients stable.",
            "The procedure alternates between estimating weights and refitting the model for {2} rounds.",
            "All hyperparameters are chosen on a validation split that is never used again.",
        ]),
        ("Experiments",
        [
            "We evaluate on {3} public benchmarks with {4} random seeds each.",
            "The proposed method reaches {5}.{4} percent accuracy, against {6}.{3} percent for the strongest baseline.",
            "Training takes {2} hours on a single accelerator.",
            "Removing the second term of the objective lowers accuracy by {4}.{3} points.",
        ]),
        ("Limitations",
        [
            "The analysis assumes independent noise, which real sensors violate.",
            "We did not study languages other than English.",
        ]),
        ("Conclusion",
        [
            "A small change of the objective explains most of the gain.",
            "Future work should examine whether the effect persists at larger scale.",
        ]),
    ];

    private readonly ConcurrentDictionary<string, string?> html = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]?> pdf = new(StringComparer.Ordinal);

    /// <summary>A folder with <c>{id}.html</c> files (<c>_</c> replaces the slash of old identifiers); null for none.</summary>
    public string? HtmlFolder { get; set; }

    /// <summary>A folder with <c>{id}.pdf</c> files, named in the same way; null for none.</summary>
    public string? PdfFolder { get; set; }

    /// <summary>The fraction of papers with synthesized HTML, 0 to 1. The selection depends only on the identifier.</summary>
    public double HtmlShare { get; set; } = 1;

    /// <summary>The fraction of papers with a synthesized PDF, 0 to 1.</summary>
    public double PdfShare { get; set; } = 1;

    /// <summary>The number of repetitions of the invented sections, to make synthesized documents longer.</summary>
    public int Length { get; set; } = 2;

    /// <summary>Sets a paper's HTML; null for a paper without HTML.</summary>
    public void SetHtml(string id, string? document) => html[id] = document;

    /// <summary>Sets a paper's PDF; null for a paper without a PDF.</summary>
    public void SetPdf(string id, byte[]? document) => pdf[id] = document;

    /// <summary>Gets a paper's HTML; null if it has none.</summary>
    public byte[]? Html(SimulatedPaper paper)
    {
        if (html.TryGetValue(paper.Id, out var set))
            return set is null ? null : Encoding.UTF8.GetBytes(set);
        return FromFolder(HtmlFolder, paper.Id, ".html")
            ?? (Chance.Share(1, paper.Id) < HtmlShare ? Encoding.UTF8.GetBytes(Synthesize(paper)) : null);
    }

    /// <summary>Gets a paper's PDF; null if it has none.</summary>
    public byte[]? Pdf(SimulatedPaper paper)
    {
        if (pdf.TryGetValue(paper.Id, out var set))
            return set;
        return FromFolder(PdfFolder, paper.Id, ".pdf")
            ?? (Chance.Share(2, paper.Id) < PdfShare ? PlainPdf.Write(Lines(paper)) : null);
    }

    private static byte[]? FromFolder(string? folder, string id, string extension)
    {
        if (folder is null)
            return null;
        var path = Path.Combine(folder, id.Replace('/', '_') + extension);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    private IEnumerable<(string Title, string Text)> Sections(SimulatedPaper paper)
    {
        var numbers = Enumerable.Range(0, 7).Select(n => (object)(n switch
        {
            5 => 80 + Chance.Below(15, 3, paper.Id, n),
            6 => 60 + Chance.Below(19, 3, paper.Id, n),
            1 => 16 << Chance.Below(5, 3, paper.Id, n),
            _ => 2 + Chance.Below(7, 3, paper.Id, n),
        })).ToArray();
        for (var round = 0; round < Length; round++)
        {
            foreach (var (title, sentences) in filler)
            {
                var text = string.Join(' ', sentences.Select(s => string.Format(CultureInfo.InvariantCulture, s, numbers)));
                yield return (round == 0 ? title : $"{title}, Part {round + 1}", text);
            }
        }
    }

    private string Synthesize(SimulatedPaper paper)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html><html lang="en" data-theme="light">
            <head>
            <meta content="text/html; charset=utf-8" http-equiv="content-type"/>
            <title>{WebUtility.HtmlEncode(paper.Title)}</title>
            <!--Generated by a simulator, in the form of LaTeXML.-->
            <base href="/html/{paper.VersionedId}/"/></head>
            <body>
            <nav class="ltx_page_navbar"><nav class="ltx_TOC"><ol class="ltx_toclist"><li class="ltx_tocentry ltx_tocentry_section"><a class="ltx_ref" href="#S1">1 Introduction</a></li></ol></nav></nav>
            <div class="ltx_page_main">
            <div class="ltx_page_content">
            <div class="package-alerts ltx_document" id="license-tr">Licence notes of the page stand here.</div>
            <article class="ltx_document ltx_authors_1line">
            <h1 class="ltx_title ltx_title_document">{WebUtility.HtmlEncode(paper.Title)}</h1>
            <div class="ltx_authors">

            """);
        foreach (var author in paper.Authors)
            page.Append(CultureInfo.InvariantCulture, $"<span class=\"ltx_creator ltx_role_author\"><span class=\"ltx_personname\">{WebUtility.HtmlEncode(author)}</span></span>\n");
        page.Append("</div>\n<div class=\"ltx_abstract\">\n<h6 class=\"ltx_title ltx_title_abstract\">Abstract</h6>\n");
        foreach (var paragraph in paper.Abstract.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"ltx_p\">{WebUtility.HtmlEncode(paragraph)}</p>\n");
        page.Append("</div>\n");
        var number = 0;
        foreach (var (title, text) in Sections(paper))
        {
            number++;
            page.Append(CultureInfo.InvariantCulture, $"""
                <section class="ltx_section" id="S{number}">
                <h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">{number} </span>{title}</h2>
                <div class="ltx_para" id="S{number}.p1">
                <p class="ltx_p" id="S{number}.p1.1">{WebUtility.HtmlEncode(text)}</p>
                </div>
                </section>

                """);
        }

        page.Append("""
            <section class="ltx_bibliography" id="bib">
            <h2 class="ltx_title ltx_title_bibliography">References</h2>
            <ul class="ltx_biblist"><li class="ltx_bibitem" id="bib.bib1"><span class="ltx_tag ltx_tag_bibitem">[1]</span> <span class="ltx_bibblock">A. Example. An invented reference. 2020.</span></li></ul>
            </section>
            </article>
            </div>
            <footer class="ltx_page_footer">Generated by a simulator</footer>
            </div>
            </body>
            </html>

            """);
        return page.ToString();
    }

    private IEnumerable<(string Text, int HeadingSize)> Lines(SimulatedPaper paper)
    {
        yield return (paper.Title, 15);
        yield return (string.Join(", ", paper.Authors.Take(8)), 0);
        yield return ("", 0);
        yield return ("Abstract", 12);
        yield return (paper.Abstract, 0);
        var number = 0;
        foreach (var (title, text) in Sections(paper))
        {
            yield return ("", 0);
            yield return ($"{++number} {title}", 12);
            yield return (text, 0);
        }
    }
}
