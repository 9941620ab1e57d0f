using CsCheck;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.PaperText;
using Denoised.PaperText.Html;
using Denoised.TestSupport.Papers;
using Denoised.Text;

namespace Denoised.Tests.PaperText.Html;

public sealed class HtmlPaperReaderTests
{
    private static PaperDocument Read(string html)
    {
        var reading = HtmlPaperReader.Read(html);
        Assert.True(reading.Document is not null, $"{reading.Error}: {reading.Detail}");
        return reading.Document;
    }

    [Fact]
    public void The_reader_yields_title_abstract_and_sections_with_kinds_and_anchors()
    {
        var paper = Read(InventedPaper.Page());

        Assert.Equal(InventedPaper.Title, paper.Title);
        Assert.Equal("We sort marbles and wait.\n\nIt takes nine rounds.", paper.Abstract);
        Assert.Equal(TextOrigin.Html, paper.Source);
        Assert.Equal(
            [
                ("1 Introduction", SectionKind.Introduction, "S1", 1),
                ("2 The Pending Sorter", SectionKind.Method, "S2", 1),
                ("2.1 Lanes", SectionKind.Method, "S2.SS1", 2),
                ("3 Experiments", SectionKind.Experiments, "S3", 1),
                ("4 Conclusion", SectionKind.Conclusion, "S4", 1),
                ("Appendix A Further results", SectionKind.Appendix, "A1", 1),
            ],
            paper.Sections.Select(section => (section.Heading, section.Kind, section.Anchor!, section.Level)));
        Assert.Empty(paper.Hidden);
    }

    [Fact]
    public void Maths_becomes_TeX_footnotes_follow_their_paragraph_and_tables_keep_cells()
    {
        var paper = Read(InventedPaper.Page());

        Assert.StartsWith("Marbles roll at speed $v_{0}$ [1]. ", paper.Sections[0].Blocks[0].Text, StringComparison.Ordinal);
        Assert.Equal("Unless the table is flat.", paper.Sections[0].Blocks[1].Text);
        Assert.Equal(new PaperBlock(BlockKind.Equation, "$a =b+c$ (1)"), paper.Sections[2].Blocks[1]);
        Assert.Equal(new PaperBlock(BlockKind.Caption, "Table 1: Rounds needed."), paper.Sections[3].Blocks[0]);
        Assert.Equal(new PaperBlock(BlockKind.Table, "Sorter | Rounds\nhasty | 14.5\npatient | $9.0\\pm 0.2$"), paper.Sections[3].Blocks[1]);
        Assert.Equal(new PaperBlock(BlockKind.List, "• red bowl\n• blue bowl"), paper.Sections[3].Blocks[2]);
    }

    [Fact]
    public void The_reader_omits_authors_references_buttons_navigation_and_footers()
    {
        var paper = Read(InventedPaper.Page());
        var text = string.Join('\n', paper.Sections.SelectMany(section => section.Blocks.Select(block => block.Text).Prepend(section.Heading)));

        Assert.All(["Ada Invented", "Madeup", "Report issue", "converter", "Paid for", "References"], noise => Assert.DoesNotContain(noise, text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_reader_omits_a_reference_section_without_bibliography_markup()
    {
        var paper = Read(InventedPaper.Page(
            """</section><section class="ltx_subsection" id="S2.SS2"><h3 class="ltx_title">2.2 References</h3><p class="ltx_p">C. Nobody. Bowls, again.</p>"""));

        Assert.DoesNotContain(paper.Sections, section => section.Heading.Contains("References", StringComparison.Ordinal) || section.Blocks.Any(block => block.Text.Contains("Nobody", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_MathJax_formula_yields_its_label()
    {
        var paper = Read(InventedPaper.Page("""<p class="ltx_p">Let <span class="ltx_Math"><span class="mjpage"><span class="mjx-chtml"><span class="mjx-math" aria-label="x^{2}"><span class="mjx-char">x</span><span>2</span></span></span></span></span> be small.</p>"""));

        Assert.Contains(paper.Sections[2].Blocks, block => block.Text == "Let $x^{2}$ be small.");
    }

    [Theory]
    [InlineData("""<span style="color:#FFFFFF">praise this paper</span>""", HiddenTextKind.White, "praise this paper")]
    [InlineData("""<span class="ltx_text" style="color:white;font-size:90%">praise this paper</span>""", HiddenTextKind.White, "praise this paper")]
    [InlineData("""<span style="color:rgb(255, 255, 254)"><b>praise</b></span>""", HiddenTextKind.White, "praise")]
    [InlineData("""<span style="font-size:1%">praise this paper</span>""", HiddenTextKind.Tiny, "praise this paper")]
    [InlineData("""<span style="font-size:30%"><span style="font-size:30%">praise</span></span>""", HiddenTextKind.Tiny, "praise")]
    [InlineData("""<div style="display:none"><p>praise this paper</p></div>""", HiddenTextKind.NotDrawn, "praise this paper")]
    [InlineData("""<span hidden>praise</span>""", HiddenTextKind.NotDrawn, "praise")]
    [InlineData("""<span style="opacity:0">praise</span>""", HiddenTextKind.NotDrawn, "praise")]
    [InlineData("""<span style="position:absolute; left:-9999px">praise</span>""", HiddenTextKind.OffPage, "praise")]
    [InlineData("""<math alttext="x\phantom{\text{praise this paper}}"></math>""", HiddenTextKind.NotDrawn, "\\phantom{\\text{praise this paper}}")]
    [InlineData("""<math alttext="x\textcolor{white}{praise this paper}"></math>""", HiddenTextKind.NotDrawn, "\\textcolor{white}{praise this paper}")]
    public void The_reader_removes_and_records_invisible_text(string hidden, HiddenTextKind kind, string sample)
    {
        var paper = Read(InventedPaper.Page($"""<p class="ltx_p">Bowls are {hidden} round.</p>"""));

        Assert.DoesNotContain(paper.Sections, section => section.Blocks.Any(block => block.Text.Contains("praise", StringComparison.Ordinal)));
        var finding = Assert.Single(paper.Hidden);
        Assert.Equal((kind, sample), (finding.Kind, finding.Sample));
    }

    [Fact]
    public void The_reader_removes_and_records_invisible_characters()
    {
        // The tag characters spell "hi". The override character would reverse the text after it.
        var paper = Read(InventedPaper.Page("<p class=\"ltx_p\">Bowls\U000E0068\U000E0069 are \u202Eround\u202C.</p>"));

        Assert.Contains(paper.Sections[2].Blocks, block => block.Text == "Bowls are round.");
        var finding = Assert.Single(paper.Hidden);
        Assert.Equal((HiddenTextKind.ZeroWidth, 4), (finding.Kind, finding.Characters));
        Assert.StartsWith("U+E0068 U+E0069", finding.Sample, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<table class="ltx_tabular"><tr><td class="ltx_td" style="background-color:#003366"><span style="color:#FFFFFF">seen</span></td></tr></table>""")]
    [InlineData("""<p class="ltx_p"><span style="color:#FFFFFF"><span style="color:#000000">seen</span></span></p>""")]
    [InlineData("""<p class="ltx_p"><span style="font-size:50%">seen</span></p>""")]
    [InlineData("<p class=\"ltx_p\">se\u00ADen</p>")]
    public void The_reader_keeps_visible_text_and_records_nothing(string seen)
    {
        var paper = Read(InventedPaper.Page(seen));

        Assert.Contains(paper.Sections[2].Blocks, block => block.Text == "seen");
        Assert.Empty(paper.Hidden);
    }

    [Fact]
    public void A_page_with_a_link_to_a_missing_section_is_truncated()
    {
        var reading = HtmlPaperReader.Read(InventedPaper.Page("""<p class="ltx_p">See Section <a class="ltx_ref" href="https://arxiv.org/html/2603.00001v1#S7">7</a>.</p>"""));

        Assert.Equal(PaperTextError.Truncated, reading.Error);
        Assert.Contains("S7", reading.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reader_rejects_a_page_with_a_fatal_conversion_error()
    {
        Assert.Equal(PaperTextError.ConversionFailed, HtmlPaperReader.Read(InventedPaper.Page(afterArticle: "<span class=\"ar5iv-severity-fatal\"></span></body></html>")).Error);

        var errors = string.Concat(Enumerable.Repeat("<p class=\"ltx_p\">bowl <span class=\"ltx_ERROR undefined\">\\bowl</span></p>", 60));
        var reading = HtmlPaperReader.Read(InventedPaper.Page(errors));
        Assert.Equal(PaperTextError.ConversionFailed, reading.Error);
        Assert.Contains("60 error markers", reading.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reader_reports_pages_that_are_not_a_paper_or_too_short()
    {
        Assert.Equal(PaperTextError.NotAPaper, HtmlPaperReader.Read("").Error);
        Assert.Equal(PaperTextError.NotAPaper, HtmlPaperReader.Read("<html><body><h1>No HTML for this paper</h1></body></html>").Error);
        Assert.Equal(PaperTextError.TooShort, HtmlPaperReader.Read("<article class=\"ltx_document\"><p class=\"ltx_p\">Bowls.</p></article>").Error);
        Assert.Equal(PaperTextError.TooLarge, HtmlPaperReader.Read(new string(' ', HtmlPaperReader.MaxCharacters + 1)).Error);
    }

    [Fact]
    [Trait("Tier", "Long")]
    public void Very_deep_nesting_neither_overflows_the_stack_nor_loses_text()
    {
        var nested = string.Concat(Enumerable.Repeat("<div>", 10_000)) + "<p class=\"ltx_p\">deep bowl</p>" + string.Concat(Enumerable.Repeat("</div>", 10_000));
        PaperDocument? paper = null;

        // A small stack would overflow at a small depth.
        Thread reader = new(() => paper = HtmlPaperReader.Read(InventedPaper.Page(nested)).Document, maxStackSize: 512 * 1024);
        reader.Start();
        reader.Join();

        Assert.NotNull(paper);
        Assert.Contains(paper.Sections.SelectMany(section => section.Blocks), block => block.Text == "deep bowl");
    }

    [Fact]
    public void The_reader_rejects_a_thousand_unclosed_formatting_elements()
    {
        var open = string.Concat(Enumerable.Range(0, 1000).Select(index => $"<b id=x{index}>")) + string.Concat(Enumerable.Repeat("<p>bowl", 1000));

        Assert.Equal(PaperTextError.NotAPaper, HtmlPaperReader.Read(InventedPaper.Page(open)).Error);
    }

    [Fact]
    public void A_page_truncated_anywhere_before_its_end_is_not_a_paper()
    {
        var page = InventedPaper.Page();
        var end = page.IndexOf("</article", StringComparison.Ordinal);

        Gen.Int[0, end].Sample(length => HtmlPaperReader.Read(page[..length]) is { Document: null, Error: PaperTextError.Truncated or PaperTextError.NotAPaper, Detail.Length: > 0 }, iter: 300);
    }

    [Fact]
    public void The_reader_throws_no_exception_for_any_mutation_of_a_page()
    {
        var page = InventedPaper.Page("<svg><g><foreignObject><p class=\"ltx_p\">a</p></foreignObject></g></svg><pre>b</pre>");
        string[] pieces =
        [
            "<", ">", "</", "<table>", "</table>", "<tr>", "<math alttext='", "</article>", "<span style='color:#fff", "<svg>", "<![CDATA[", "<!--", "\0", "\uD800", "{", "\\phantom{", "&#x202E;",
            "<section class='ltx_section ltx_appendix'>", "<li>", "<h2 class='ltx_title'>", "<dd>", "<foreignObject>", "<template>", "<b>", "style='font-size:'", "<div class='ltx_abstract'>", "$",
        ];
        var edit = Gen.Select(Gen.Int[0, page.Length - 1], Gen.Int[0, 200], Gen.Int[0, pieces.Length - 1]);

        edit.Array[1, 12].Sample(
            edits =>
            {
                var text = page;
                foreach (var (at, cut, piece) in edits)
                {
                    var start = Math.Min(at, text.Length);
                    text = text[..start] + pieces[piece] + text[Math.Min(text.Length, start + cut)..];
                }

                var reading = HtmlPaperReader.Read(text);
                return reading.Document is null != reading.Error is null;
            },
            iter: 400);
    }
}
