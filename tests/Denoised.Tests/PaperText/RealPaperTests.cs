using System.Text.RegularExpressions;
using Denoised.Arxiv.Feeds;
using Denoised.PaperText;
using Denoised.PaperText.Html;
using Denoised.PaperText.Pdf;

namespace Denoised.Tests.PaperText;

/// <summary>
/// Real papers, which are not in this repository. The tests check the structure, and that HTML and PDF of a paper agree.
/// </summary>
public sealed partial class RealPaperTests
{
    private static string File(string path) => Path.Combine(RealInput.Path("arxiv"), path);

    private static PaperDocument Html(string name) => Usable(HtmlPaperReader.Read(System.IO.File.ReadAllText(File($"html/{name}"))));

    private static PaperDocument Pdf(string name) => Usable(PdfPaperReader.Read(System.IO.File.ReadAllBytes(File($"pdf/{name}")), PdfReadLimits.Default));

    private static PaperDocument Usable(PaperTextResult reading)
    {
        Assert.True(reading.Document is not null, $"{reading.Error}: {reading.Detail}");
        return reading.Document;
    }

    private static string Text(PaperDocument paper) => string.Join('\n', paper.Sections.SelectMany(section => section.Blocks.Select(block => block.Text)));

    private static void AssertWellFormed(PaperDocument paper, int leastWords, int mostWords)
    {
        Assert.InRange(paper.Title.Split(' ').Length, 3, 25);
        Assert.InRange(paper.Abstract.Split(' ').Length, 60, 400);
        Assert.InRange(paper.BodyWords, leastWords, mostWords);
        Assert.Empty(paper.Hidden);
        Assert.Contains(paper.Sections, section => section.Kind is SectionKind.Introduction);
        Assert.DoesNotContain(paper.Sections, section => section.Heading.EndsWith("References", StringComparison.OrdinalIgnoreCase));
        Assert.All(paper.Sections.SelectMany(section => section.Blocks), block => Assert.False(string.IsNullOrWhiteSpace(block.Text)));

        // The numbered sections are complete and in ascending order.
        var numbers = paper.Sections.Where(section => section.Level == 1 && section.Kind is not SectionKind.Appendix)
            .Select(section => Leading().Match(section.Heading)).Where(match => match.Success).Select(match => int.Parse(match.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(Enumerable.Range(1, numbers.Length), numbers);

        var text = Text(paper);
        Assert.DoesNotContain("Report issue", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?m)^\[[0-9]+\] \p{Lu}.*(19|20)[0-9]{2}\.$", text);
        Assert.DoesNotMatch("[\uFB00-\uFB06\u200B\u00AD\0]", text);
    }

    [Theory]
    [InlineData("1307.8133.html", 5500, 7500)]
    [InlineData("1706.03762.html", 3800, 4800)]
    [InlineData("1707.08043.engrafo.html", 2500, 3600)]
    [InlineData("2305.03393.html", 3000, 4200)]
    [InlineData("cognitive_type.arxiv_html.fragment.html", 3800, 4800)]
    public void The_reader_reads_real_HTML(string name, int leastWords, int mostWords) => AssertWellFormed(Html(name), leastWords, mostWords);

    [Fact]
    public void The_reader_detects_a_page_without_its_middle()
    {
        var reading = HtmlPaperReader.Read(System.IO.File.ReadAllText(File("html/1904.07818.ar5iv.html")));

        Assert.Equal(PaperTextError.Truncated, reading.Error);
    }

    [Theory]
    [InlineData("1706.03762.pdf", 3800, 5000)]
    [InlineData("1910.02054.pdf", 8000, 9500)]
    [InlineData("2203.14465.pdf", 9000, 10500)]
    [InlineData("2205.14135.pdf", 12000, 15500)]
    [InlineData("distillation.pdf", 4500, 5500)]
    [InlineData("futoma2017_1706.04152.pdf", 4500, 5300)]
    [InlineData("resnet.pdf", 6800, 8200)]
    public void The_reader_reads_a_real_PDF(string name, int leastWords, int mostWords) => AssertWellFormed(Pdf(name), leastWords, mostWords);

    [Fact]
    public void The_reader_reads_scans_and_reports_why_it_cannot_read_a_PDF()
    {
        Assert.Equal(PaperTextError.PasswordProtected, PdfPaperReader.Read(System.IO.File.ReadAllBytes(File("pdf/password.pdf")), PdfReadLimits.Default).Error);
        Assert.True(Pdf("copy-protected.pdf").BodyWords > 300);
        Assert.True(Pdf("pdf-with-ocr-text.pdf").BodyWords > 100);
    }

    [Fact]
    public void Html_and_pdf_of_one_paper_agree()
    {
        var html = Html("1706.03762.html");
        var pdf = Pdf("1706.03762.pdf");

        Assert.Equal(html.Title, pdf.Title);
        Assert.Equal(
            html.Sections.Where(section => section.Level == 1 && Leading().IsMatch(section.Heading)).Select(section => (section.Heading, section.Kind)),
            pdf.Sections.Where(section => section.Level == 1 && Leading().IsMatch(section.Heading)).Select(section => (section.Heading, section.Kind)));

        var words = WordsOf(Text(pdf)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var prose = html.Sections.SelectMany(section => section.Blocks).Where(block => block.Kind is BlockKind.Paragraph or BlockKind.Caption or BlockKind.List)
            .SelectMany(block => WordsOf(Markup().Replace(block.Text, " "))).ToArray();
        var found = prose.Count(words.Contains);
        Assert.True(found > 0.97 * prose.Length, $"{found} of {prose.Length} words of the HTML stand in the PDF's text.");

        // The tables of the PDF contain every number of the HTML tables outside maths.
        var numbers = Tables(html).SelectMany(text => Number().Matches(Maths().Replace(text, " ")).Select(match => match.Value)).ToArray();
        var tables = string.Join('\n', Tables(pdf));
        Assert.True(numbers.Length > 60);
        var lost = numbers.Where(number => !tables.Contains(number, StringComparison.Ordinal)).ToArray();
        Assert.True(lost.Length < 0.03 * numbers.Length, $"Lost: {string.Join(' ', lost)}");
    }

    private static IEnumerable<string> Tables(PaperDocument paper) => paper.Sections.SelectMany(section => section.Blocks).Where(block => block.Kind is BlockKind.Table).Select(block => block.Text);

    private static IEnumerable<string> WordsOf(string text) => Word().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"^(?<number>[0-9]{1,2})\.? \p{L}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Leading();

    [GeneratedRegex(@"\p{L}{4,}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"[0-9]+\.[0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\$[^$]*\$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Maths();

    // Maths, and citations that appear as keys because the page lacks its bibliography.
    [GeneratedRegex(@"\$[^$]*\$|\([^()]*, \)|\S*[0-9:]\S*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Markup();
}
