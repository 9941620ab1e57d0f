using Denoised.Arxiv.Feeds;
using Denoised.PaperText;
using Denoised.PaperText.Html;
using Denoised.PaperText.Pdf;
using Denoised.Simulators;
using Denoised.TestSupport.Papers;

using static Denoised.TestSupport.Papers.InventedPdf;

namespace Denoised.Tests.PaperText;

/// <summary>The checks that accept a document as the announced paper, and layouts of PDFs that must not split a sentence.</summary>
public sealed class DocumentCheckTests
{
    private const string Abstract = "We sort marbles and wait. It takes nine rounds.";

    private static PaperDocument Html(string html) => HtmlPaperReader.Read(html).Document ?? throw new InvalidOperationException(HtmlPaperReader.Read(html).Detail);

    private static PaperDocument Pdf(byte[] pdf) => PdfPaperReader.Read(pdf, PdfReadLimits.Default).Document!;

    private static string Case(string path)
    {
        var file = RepositoryFolder.PathOf("..", "shared", "cases", path);
        Assert.SkipUnless(File.Exists(file), $"The case '{file}' does not exist.");
        return file;
    }

    [Theory]
    [InlineData("Sorting Marbles by Patience", true)]
    [InlineData("SORTING {\\em Marbles} by Patience: a Study of $n$ Bowls", true)]
    [InlineData("A Checklist for Every Submission", false)]
    public void The_title_comparison_ignores_TeX_case_and_subtitle(string title, bool isSame) =>
        Assert.Equal(isSame, PaperIdentity.Difference(Html(InventedPaper.Page()), title, "Nine words that stand nowhere else in it.") is null);

    [Fact]
    public void The_abstract_identifies_a_paper_with_a_changed_title() =>
        Assert.Null(PaperIdentity.Difference(Html(InventedPaper.Page()), "Lanterns at Noon, Reconsidered", Abstract));

    [Fact]
    public void The_title_comparison_ignores_case() =>
        Assert.Null(PaperIdentity.Difference(Html(InventedPaper.Page()), "SORTING MARBLES BY PATIENCE", "Nine words that stand nowhere else in it."));

    [Fact]
    public void A_document_with_the_title_but_another_abstract_is_rejected()
    {
        var other = string.Join(' ', Enumerable.Range('a', 26).Select(letter => $"lantern{(char)letter}"));

        Assert.NotNull(PaperIdentity.Difference(Html(InventedPaper.Page()), InventedPaper.Title, other));
    }

    [Theory]
    [InlineData("html/02-empty-sections.html", PaperTextError.Truncated)]
    [InlineData("html/02-raw-latex.html", PaperTextError.ConversionFailed)]
    public void The_reader_rejects_a_failed_conversion(string path, PaperTextError problem) =>
        Assert.Equal(problem, HtmlPaperReader.Read(File.ReadAllText(Case(path))).Error);

    [Fact]
    public void Two_sections_without_text_show_that_the_page_is_truncated()
    {
        const string Empty = "<section class=\"ltx_section\"><h2 class=\"ltx_title\">5 Ablations</h2></section><section class=\"ltx_section\"><h2 class=\"ltx_title\">6 Costs</h2></section>";
        var page = InventedPaper.Page().Replace("<section class=\"ltx_bibliography\"", $"{Empty}<section class=\"ltx_bibliography\"", StringComparison.Ordinal);

        Assert.Equal(PaperTextError.Truncated, HtmlPaperReader.Read(page).Error);
    }

    [Fact]
    public void LaTeXML_commands_in_the_text_show_that_the_conversion_failed() =>
        Assert.Equal(PaperTextError.ConversionFailed, HtmlPaperReader.Read(InventedPaper.Page($"<p class=\"ltx_p\">{string.Concat(Enumerable.Repeat("\\lx@cref{sec} holds. ", 5))}</p>")).Error);

    [Fact]
    public void Many_TeX_commands_in_the_text_show_that_the_conversion_failed() =>
        Assert.Equal(PaperTextError.ConversionFailed, HtmlPaperReader.Read(InventedPaper.Page($"<p class=\"ltx_p\">{string.Concat(Enumerable.Repeat("\\textbf holds. ", 60))}</p>")).Error);

    [Theory]
    [InlineData("Methods", SectionKind.Method)]
    [InlineData("Attention Maps", SectionKind.Appendix)]
    [InlineData("Additional Experiments", SectionKind.Appendix)]
    [InlineData("B Method", SectionKind.Appendix)]
    [InlineData("Broader Impact", SectionKind.Limitations)]
    public void The_heading_decides_the_kind_of_a_section_after_the_references(string heading, SectionKind kind) =>
        Assert.Equal(kind, SectionKinds.AfterReferences(heading, [SectionKind.Introduction, SectionKind.Results, SectionKind.Discussion]));

    [Fact]
    public void A_methods_section_after_the_references_is_the_method() =>
        Assert.Equal(SectionKind.Method, HtmlPaperReader.Read(File.ReadAllText(Case("html/20-methods-after-references.html"))).Document!.Sections[^1].Kind);

    [Fact]
    public void Accents_roots_and_delimiters_stay_in_their_sentence()
    {
        var blocks = Pdf(File.ReadAllBytes(Case("pdf/03-accents.pdf"))).Sections[0].Blocks;

        var text = Assert.Single(blocks).Text;
        Assert.Contains("can achieve O (√T) and O (log T) bounds", text, StringComparison.Ordinal);
        Assert.Contains("action value Q\u0302(s, d) is updated", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_delimiter_belongs_to_the_line_of_its_neighbours()
    {
        PdfFace text = new("CMR10"), large = new("CMEX10");
        PdfPageGlyphs page = new(1, 612, 792, [new("O", 60, 67, 500, 10, text), new("(", 68, 73, 511, 10, large), new("n", 73, 78, 500, 10, text), new(")", 78, 83, 511, 10, large)]);

        Assert.Equal("O(n)", Assert.Single(PdfLines.Of(page)).Text);
    }

    [Fact]
    public void A_run_in_heading_ends_at_its_full_stop()
    {
        var sections = Pdf(File.ReadAllBytes(Case("pdf/04-runin.pdf"))).Sections;

        Assert.Equal(
            ["Relative and Structural Attention.", "Learnable Biases and Masking Rows.", "Batch-level calibration surpasses other two."],
            sections.Where(section => section.Level == 2).Select(section => section.Heading));
        Assert.StartsWith("Modified attention scores", sections.First(section => section.Level == 2).Blocks[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Data sets.", "", "Data sets.")]
    [InlineData("Data sets", ".", "Data sets.")]
    [InlineData("Data sets", ",", null)]
    [InlineData("Theorem 3.", "", null)]
    [InlineData("Keywords: marbles.", "", null)]
    public void A_run_in_heading_is_bold_text_with_a_full_stop_and_not_a_theorem(string bold, string after, string? heading)
    {
        PdfFace text = new("CMR10"), strong = new("CMBX10");
        var glyphs = $"{bold}{after} We use three.".Select((sign, index) => (sign, index)).Where(glyph => glyph.sign != ' ')
            .Select(glyph => new PdfGlyph(glyph.sign.ToString(), 60 + (5 * glyph.index), 65 + (5 * glyph.index), 500, 10, glyph.index < bold.Length ? strong : text));

        var line = Assert.Single(PdfLines.Of(new PdfPageGlyphs(1, 612, 792, [.. glyphs])));

        Assert.Equal(heading, PdfRunInHeading.Of(line)?.Heading);
    }

    [Theory]
    [InlineData("´e", "é")]
    [InlineData("e´", "é")]
    [InlineData("ˆQ", "Q\u0302")]
    [InlineData("Qˆ", "Q\u0302")]
    public void An_accent_before_or_after_its_letter_combines_with_it(string drawn, string read)
    {
        PdfFace face = new("CMR10");

        var joined = PdfAccents.Joined([.. drawn.Select(sign => new PdfGlyph(sign.ToString(), 60, 66, 500, 10, face))]);

        Assert.Equal(read, Assert.Single(joined).Text);
    }

    [Fact]
    public void The_body_text_is_found_despite_a_long_appendix_in_small_print()
    {
        var paper = Pdf(File.ReadAllBytes(Case("pdf/05-long-small-appendix.pdf")));

        Assert.Equal(6, paper.Sections.Count);
        Assert.Equal(86, paper.Abstract.Split(' ').Length);
    }

    [Fact]
    public void A_drop_cap_is_the_first_letter_of_its_word()
    {
        var paper = Pdf(Pages(Line(60, 698, "T", 26) + Line(80, 710, "HIS paper sorts marbles by waiting for them in rows") + Line(80, 698, "of nine and more, which is slower than by hand") + Column(60, 686, 30, 0, 90)));

        Assert.Contains("THIS paper sorts marbles", string.Join(' ', paper.Sections.SelectMany(section => section.Blocks).Select(block => block.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_number_above_a_wide_margin_is_not_a_paragraph()
    {
        var paper = Pdf(Pages(Column(60, 700, 30, 0, 90) + Line(300, 139, "1"), Column(60, 700, 30, 60, 90) + Line(300, 139, "2")));

        Assert.DoesNotContain(paper.Sections.SelectMany(section => section.Blocks), block => block.Text is "1" or "2");
    }
}
