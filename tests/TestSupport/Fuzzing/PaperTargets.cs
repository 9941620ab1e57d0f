using System.Text;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Denoised.PaperText;
using Denoised.PaperText.Html;
using Denoised.PaperText.Pdf;
using Denoised.TestSupport.Papers;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Writer;

namespace Denoised.TestSupport.Fuzzing;

/// <summary>Papers as HTML, and what is chosen of them for the model.</summary>
internal sealed class HtmlTarget : FuzzTarget
{
    private const int LongestSeed = 50_000;

    public HtmlTarget(string? folder)
        : base("html", new Mutator(Seeds(folder), Pieces, Structure.Markup))
    {
        MaxTime = TimeSpan.FromSeconds(5);
        MaxAllocation = 1024L * 1024 * 1024;
    }

    private static string[] Pieces { get; } =
    [
        "<section class=\"ltx_section\" id=\"S9\">", "</section>", "<p class=\"ltx_p\">", "</p>", "<math alttext=\"x^2\">", "</math>", "<annotation encoding=\"application/x-tex\">", "<table class=\"ltx_tabular\">", "<tr class=\"ltx_tr\">",
        "<td class=\"ltx_td\" colspan=\"1000000\">", "<td rowspan=2000000000>", "<span style=\"display:none\">", "<span style=\"font-size:0.1pt;color:#ffffff\">", "style=\"opacity:0;transform:scale(0.0001)\"", "<article class=\"ltx_document\">", "</article>",
        "<b>", "<i>", "<em>", "<a href=\"#S9\" class=\"ltx_ref\">", "<svg>", "<foreignObject>", "<template>", "<select>", "<form>", "<nobr>", "<font>", "<ul>", "<li>", "<div>", "<h2 class=\"ltx_title\">", "<!--", "-->", "<![CDATA[", "&#0;", "&zwnj;", "&#x202e;",
        "\\textcolor{white}{", "\\phantom{", "%\n", "\\definecolor[named]{a}{b}{c}", "{{{{", "}}}}", "<figure>", "<figcaption>", "<cite class=\"ltx_cite\">", "<span class=\"ltx_ERROR\">", "<frameset>", "<plaintext>", "<textarea>", "<tbody>", "<caption>",
    ];

    public override string Read(byte[] input)
    {
        var reading = HtmlPaperReader.Read(Encoding.UTF8.GetString(input));
        if (reading.Document is not { } paper)
            return reading.Error?.ToString() ?? throw new InvalidOperationException("A reading has neither a document nor an error.");

        JsonSerializer.SerializeToUtf8Bytes(reading, PaperTextJson.Default.PaperTextResult);
        Summaries.TextSelection.Of(paper, 4_000);
        return "paper";
    }

    private static List<byte[]> Seeds(string? folder)
    {
        var seeds = new List<string> { InventedPaper.Page(), InventedPaper.Page("<p class=\"ltx_p\"><span style=\"color:white\">unseen</span> <math alttext=\"\\frac{a}{b}\"></math></p>") };
        if (folder is not null)
            seeds.AddRange(Directory.GetFiles(Path.Combine(folder, "html")).Order(StringComparer.Ordinal).Select(File.ReadAllText).Select(Shortened));
        return seeds.ConvertAll(Encoding.UTF8.GetBytes);
    }

    /// <summary>A real page of which sections, and then single blocks, are left out until it is short enough.</summary>
    private static string Shortened(string html)
    {
        using var document = new HtmlParser().ParseDocument(html);
        foreach (var selector in new[] { "script, style, nav, svg, .ltx_bibliography", ".ltx_appendix", "semantics", ".ltx_section:nth-of-type(n+5)", "figure", ".ltx_section:nth-of-type(n+3)", ".ltx_para:nth-of-type(n+4)", ".ltx_para:nth-of-type(n+2)" })
        {
            foreach (var element in document.QuerySelectorAll(selector).Reverse())
            {
                if (document.DocumentElement.OuterHtml.Length <= LongestSeed)
                    break;
                element.Remove();
            }
        }

        var shortened = document.DocumentElement.OuterHtml;
        return shortened.Length <= LongestSeed ? shortened : shortened[..LongestSeed];
    }
}

/// <summary>Papers as PDF: in this process, and each hundredth through the child process that the product uses.</summary>
internal sealed class PdfTarget : FuzzTarget
{
    private const int LongestSeed = 50_000;
    private const int ChildEvery = 100;

    private readonly PdfChildProcess? child;
    private int read;

    /// <param name="folder">The real data's folder, or null where there is none.</param>
    /// <param name="child">How the child process is started, or null for none.</param>
    public PdfTarget(string? folder, PdfReaderCommand? child)
        : base("pdf", new Mutator(Seeds(folder), Pieces, Structure.Pdf))
    {
        MaxTime = TimeSpan.FromSeconds(10);
        MaxAllocation = 4L * 1024 * 1024 * 1024;

        // As in the product's child process.
        StackSize = 64 * 1024 * 1024;
        this.child = child is null ? null : new PdfChildProcess(child, PdfReadLimits.Default, TimeProvider.System);
    }

    private static string[] Pieces { get; } =
    [
        "1 0 obj", "endobj", "stream\n", "\nendstream", "<<", ">>", "/Kids [2 0 R]", "/Count 1000000000", "/Parent 2 0 R", "/Filter /FlateDecode", "/Filter [/ASCII85Decode /LZWDecode]", "/Filter /RunLengthDecode", "/Length 999999999", "/Length -1", "xref\n", "trailer", "startxref\n0\n",
        "%%EOF", "/Prev 9", "BT ", " ET", "/F1 1e30 Tf", "1e38 0 0 1e38 0 0 cm ", "0 0 0 0 0 0 cm ", "q ", "Q ", " Do ", "(text) Tj ", "[(a) -1e9 (b)] TJ ", "/ToUnicode 3 0 R", "/Encoding << /Differences [0 /a 255 /b] >>", "/Widths [", "/FirstChar 2147483647",
        "beginbfrange <00> <ffffffff> <0000> endbfrange", "/MediaBox [0 0 1e30 1e30]", "/MediaBox [0 0 0 0]", "/Rotate 45", "/Encrypt 9 0 R", "/ObjStm", "/Type /XRef", "/W [1 2147483647 1]", "/Index [0 2147483647]", "BI /W 9 /H 9 ID xx EI ", "/Resources 4 0 R", "/Contents 2 0 R",
        "(((((((((", "))))))))", "[[[[[[[[[", "<feff", "/OCProperties", "3 Tr ", "/Predictor 15 /Columns 2147483647",
    ];

    public override string Read(byte[] input)
    {
        var reading = child is not null && ++read % ChildEvery == 0 ? child.ReadAsync(input, CancellationToken.None).GetAwaiter().GetResult() : PdfPaperReader.Read(input, PdfReadLimits.Default);
        if (reading.Document is null)
            return reading.Error?.ToString() ?? throw new InvalidOperationException("A reading has neither a document nor an error.");

        JsonSerializer.SerializeToUtf8Bytes(reading, PaperTextJson.Default.PaperTextResult);
        return "paper";
    }

    /// <inheritdoc/>
    public override async Task<string?> ContainAsync(byte[] input)
    {
        if (child is null)
            return null;
        var reading = await child.ReadAsync(input, CancellationToken.None);
        return $"contained ({reading.Error?.ToString() ?? "paper"})";
    }

    private static List<byte[]> Seeds(string? folder)
    {
        var seeds = new List<byte[]>
        {
            InventedPdf.Pages(
                InventedPdf.Line(72, 720, InventedPaper.Title, 16, "F2") + InventedPdf.Line(72, 690, "Abstract", 11, "F2") + InventedPdf.Column(72, 670, 8, 1) + InventedPdf.Line(72, 560, "1 Introduction", 12, "F2") + InventedPdf.Column(72, 540, 30, 3),
                InventedPdf.Column(72, 720, 50, 5) + InventedPdf.Column(320, 720, 50, 9)),
            InventedPdf.SelfDrawing(),
            InventedPdf.Nested(50),
            InventedPdf.Bomb(1),
        };
        if (folder is null)
            return seeds;

        foreach (var file in Directory.GetFiles(Path.Combine(folder, "pdf")).Order(StringComparer.Ordinal))
        {
            if (new FileInfo(file).Length <= LongestSeed)
                seeds.Add(File.ReadAllBytes(file));
            else
                seeds.AddRange(ShortPages(file));
        }

        return seeds;
    }

    /// <summary>Single pages of a real file, with what they need, as far as they are short enough; two of each file.</summary>
    private static List<byte[]> ShortPages(string file)
    {
        var pages = new List<byte[]>();
        try
        {
            using var document = PdfDocument.Open(file);
            for (var number = 1; number <= Math.Min(document.NumberOfPages, 12) && pages.Count < 2; number++)
            {
                using var builder = new PdfDocumentBuilder();
                builder.AddPage(document, number);
                if (builder.Build() is { Length: <= LongestSeed } page)
                    pages.Add(page);
            }
        }
#pragma warning disable CA1031 // Not every file can be taken apart; the others do.
        catch (Exception)
#pragma warning restore CA1031
        {
            return pages;
        }

        return pages;
    }
}
