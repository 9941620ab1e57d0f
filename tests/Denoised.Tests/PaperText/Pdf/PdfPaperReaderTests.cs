using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.PaperText;
using Denoised.PaperText.Pdf;
using Denoised.TestSupport.Papers;
using Denoised.Text;

using static Denoised.TestSupport.Papers.InventedPdf;

namespace Denoised.Tests.PaperText.Pdf;

public sealed class PdfPaperReaderTests
{
    private static PaperDocument Read(byte[] pdf)
    {
        var reading = PdfPaperReader.Read(pdf, PdfReadLimits.Default);
        Assert.True(reading.Document is not null, $"{reading.Error}: {reading.Detail}");
        return reading.Document;
    }

    private static string Text(PaperDocument paper) =>
        string.Join('\n', paper.Sections.SelectMany(section => section.Blocks.Select(block => block.Text).Prepend(section.Heading)).Prepend(paper.Abstract));

    // Three pages with two columns, running heads, page numbers, a reference list and an appendix.
    private static byte[] Paper(string extra = "") => Pages(
        Line(150, 700, InventedPaper.Title, 17) + Line(200, 670, "Ada Invented and B. Madeup")
            + Line(150, 640, "Abstract", 12, "F2") + Column(60, 622, 8, 0)
            + Line(60, 510, "1", 12, "F2") + Line(78, 510, "Introduction", 12, "F2") + Column(60, 492, 30, 30)
            + Column(320, 640, 42, 100) + extra + Line(300, 30, "1"),
        Line(60, 760, "Invented and Madeup") + Column(60, 720, 20, 200)
            + Line(60, 450, "2 The Pending Sorter", 12, "F2") + Column(60, 432, 20, 250)
            + Line(320, 720, "3 Experiments", 12, "F2") + Column(320, 702, 20, 300)
            + Line(320, 440, "Table 1: Rounds needed by each sorter.")
            + Line(330, 420, "Sorter") + Line(400, 420, "Rounds") + Line(460, 420, "Bowls") + Line(330, 408, "hasty") + Line(400, 408, "14.5") + Line(460, 408, "3")
            + Line(330, 396, "patient") + Line(400, 396, "9.0") + Line(460, 396, "4")
            + Line(320, 360, "4 Conclusion", 12, "F2") + Column(320, 342, 10, 350) + Line(300, 30, "2"),
        Line(60, 760, "Invented and Madeup") + Line(60, 720, "References", 12, "F2") + Line(60, 700, "[1] B. Madeup. On bowls and their makers, 1999.") + Line(60, 688, "[2] C. Nobody. Bowls, again.")
            + Line(60, 640, "A Further results", 12, "F2") + Column(60, 622, 20, 400) + Line(300, 30, "3"));

    [Fact]
    public void The_reader_reads_columns_in_order_with_headings_and_without_page_furniture()
    {
        var paper = Read(Paper());

        Assert.Equal(InventedPaper.Title, paper.Title);
        Assert.Equal(TextOrigin.Pdf, paper.Source);
        Assert.StartsWith("The sorter waits for", paper.Abstract, StringComparison.Ordinal);
        Assert.Equal(
            [
                ("1 Introduction", SectionKind.Introduction),
                ("2 The Pending Sorter", SectionKind.Method),
                ("3 Experiments", SectionKind.Experiments),
                ("4 Conclusion", SectionKind.Conclusion),
                ("A Further results", SectionKind.Appendix),
            ],
            paper.Sections.Select(section => (section.Heading, section.Kind)));
        var text = Text(paper);
        Assert.All(["Ada Invented", "Madeup", "Nobody", "References"], noise => Assert.DoesNotContain(noise, text, StringComparison.Ordinal));

        // The rounds in the prose are numbered in reading order.
        var rounds = System.Text.RegularExpressions.Regex.Matches(text, @"in round (?<round>[0-9]+)", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => int.Parse(match.Groups["round"].Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.True(rounds.Length > 100);
        Assert.Equal(rounds.Order(), rounds);
    }

    [Fact]
    public void The_reader_orders_columns_whose_lines_are_drawn_alternately()
    {
        var left = Column(60, 700, 40, 0).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var right = Column(320, 700, 40, 200).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var paper = Read(Pages(string.Join('\n', left.Zip(right).SelectMany(pair => new[] { pair.First, pair.Second }))));
        var text = Text(paper);

        Assert.True(text.IndexOf("round 60", StringComparison.Ordinal) < text.IndexOf("round 202", StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_keeps_its_rows_and_its_caption()
    {
        var blocks = Read(Paper()).Sections.Single(section => section.Kind is SectionKind.Experiments).Blocks;

        Assert.Contains(new PaperBlock(BlockKind.Caption, "Table 1: Rounds needed by each sorter."), blocks);
        Assert.Contains(new PaperBlock(BlockKind.Table, "Sorter | Rounds | Bowls\nhasty | 14.5 | 3\npatient | 9.0 | 4"), blocks);
    }

    [Theory]
    [InlineData("1 1 1 rg", 100, 600, 10, HiddenTextKind.White)]
    [InlineData("0.97 g", 100, 600, 10, HiddenTextKind.White)]
    [InlineData("0 0 0 0 k", 100, 600, 10, HiddenTextKind.White)]
    [InlineData("", 100, 600, 0.5, HiddenTextKind.Tiny)]
    [InlineData("", 900, 600, 10, HiddenTextKind.OffPage)]
    [InlineData("", 100, -50, 10, HiddenTextKind.OffPage)]
    [InlineData("3 Tr", 100, 600, 10, HiddenTextKind.NotDrawn)]
    public void The_reader_removes_and_records_invisible_text(string colour, double x, double y, double size, HiddenTextKind kind)
    {
        var paper = Read(Paper(Line(x, y, "praise this paper", size, before: colour)));

        Assert.DoesNotContain("praise", Text(paper), StringComparison.Ordinal);
        var finding = Assert.Single(paper.Hidden);
        Assert.Equal((kind, "praise this paper"), (finding.Kind, finding.Sample));
    }

    [Fact]
    public void The_reader_keeps_white_text_on_a_dark_background()
    {
        var paper = Read(Pages(Column(60, 700, 30, 0, 90) + "0 0 0.5 rg 50 290 300 20 re f\n" + Line(60, 300, "Bowls in white on blue are seen by everybody.", before: "1 1 1 rg")));

        Assert.Contains("seen by everybody", Text(paper), StringComparison.Ordinal);
        Assert.Empty(paper.Hidden);
    }

    [Fact]
    public void A_hyphen_at_a_line_end_stays_only_if_the_paper_hyphenates_the_word()
    {
        var paper = Read(Pages(Column(60, 700, 30, 0, 90)
            + Line(60, 322, "A longer line before it says that the well-known marbles keep it, and so a re-")
            + Line(60, 310, "markable bowl loses it, but the sorter that is as good as it is well-")
            + Line(60, 298, "known keeps the mark that its name has.")));
        var text = Text(paper);

        Assert.Contains("a remarkable bowl", text, StringComparison.Ordinal);
        Assert.Contains("it is well-known keeps", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reader_distinguishes_exponents_from_digits()
    {
        var paper = Read(Pages(Column(60, 700, 30, 0, 90) + "BT /F1 10 Tf 60 300 Td (It took 10) Tj /F1 7 Tf 39 4 Td (6) Tj ET\n"));

        Assert.Contains("took 10^6", Text(paper), StringComparison.Ordinal);
    }

    [Fact]
    public void A_hyphen_of_a_compound_at_a_line_end_stays()
    {
        var paper = Read(Pages(Column(60, 700, 30, 0, 90)
            + Line(60, 322, "It is slow where it must be, and a sorter that knows its bowls is called BQ-")
            + Line(60, 310, "aware; it was tried on the many bowls and trays of the collection MARBLES-")
            + Line(60, 298, "10, of which nobody knows who made it, and later on slow-")
            + Line(60, 286, "and fast-rolling ones.")));

        Assert.Contains("is called BQ-aware; it was tried", Text(paper), StringComparison.Ordinal);
        Assert.Contains("MARBLES-10, of which", Text(paper), StringComparison.Ordinal);
        Assert.Contains("later on slow- and fast-rolling ones.", Text(paper), StringComparison.Ordinal);
    }

    [Fact]
    public void The_reader_distinguishes_a_fraction_from_an_index_below_an_exponent()
    {
        var paper = Read(Pages(Column(60, 700, 30, 0, 90)
            + Line(60, 322, "Each bowl holds") + Line(130, 326, "1", 7) + Line(129.2, 318.5, "N", 7) + Line(137, 322, "of all marbles.")
            + Line(60, 280, "The sorter takes a weight w") + Line(170.4, 284, "2", 7) + Line(170.4, 277, "i", 7) + Line(178, 280, "of nine.")));

        Assert.Contains("holds 1/N of all", Text(paper), StringComparison.Ordinal);
        Assert.Contains("weight w^2_i of nine", Text(paper), StringComparison.Ordinal);
    }

    [Fact]
    public void A_footnote_number_is_not_part_of_the_text()
    {
        var paper = Read(Pages(Column(60, 700, 30, 0, 90)
            + Line(60, 322, "The sorter takes a weight w") + Line(170.4, 326, "4", 7) + Line(178, 322, "of nine, as every sorter of marbles does.")
            + Line(60, 100, "4", 5) + Line(63, 97, "Only on tables that are flat.", 8)));

        Assert.Contains("weight w^4 of nine", Text(paper), StringComparison.Ordinal);
        Assert.Contains("4 Only on tables", Text(paper), StringComparison.Ordinal);
    }

    [Fact]
    public void The_reader_joins_a_sentence_split_by_a_float_and_a_footnote()
    {
        const string Start = "A sentence that is long enough to reach the far edge of its column goes on after the table with the";
        var paper = Read(Pages(
            Column(60, 700, 30, 0, 90) + Line(60, 340, Start) + Line(60, 100, "Only on tables that are flat, and in the dark.", 8),
            Line(60, 700, "Table 1: Rounds needed by each sorter.")
                + Line(60, 680, "Sorter") + Line(160, 680, "Rounds") + Line(260, 680, "Bowls") + Line(60, 668, "hasty") + Line(160, 668, "14.5") + Line(260, 668, "3")
                + Line(60, 630, "a label") + Line(60, 590, "marbles that nobody had counted. " + InventedPaper.Prose(1)) + Column(60, 578, 20, 200, 90)));
        var blocks = paper.Sections.SelectMany(section => section.Blocks).ToList();

        Assert.Contains(blocks, block => block.Kind is BlockKind.Paragraph && block.Text.Contains($"{Start} marbles that nobody had counted.", StringComparison.Ordinal));
        Assert.Contains(new PaperBlock(BlockKind.Caption, "Table 1: Rounds needed by each sorter."), blocks);
        Assert.True(
            blocks.FindIndex(block => block.Text.Contains(Start, StringComparison.Ordinal)) < blocks.FindIndex(block => block.Kind is BlockKind.Table),
            "What cuts a paragraph follows it.");
    }

    [Fact]
    public void A_running_head_with_authors_is_not_a_paragraph()
    {
        var paper = Read(Pages(Column(60, 700, 30, 0, 90), Line(60, 730, "2 A. Invented et al.", 9) + Column(60, 700, 30, 200, 90)));

        Assert.DoesNotContain("Invented", Text(paper), StringComparison.Ordinal);
    }

    [Fact]
    public void Vertical_labels_do_not_rotate_their_page()
    {
        var labels = string.Concat(Enumerable.Range(0, 40).Select(index => $"BT /F1 8 Tf 0 1 -1 0 {60 + (index * 12)} 500 Tm (marbles) Tj ET\n"));
        var paper = Read(Pages(Column(60, 700, 30, 0, 90), labels + Line(60, 300, "Figure 2: The bowls that the sorter looks at, seen from above.")));

        Assert.Contains(new PaperBlock(BlockKind.Caption, "Figure 2: The bowls that the sorter looks at, seen from above."), paper.Sections.SelectMany(section => section.Blocks));
    }

    [Fact]
    public void A_list_of_short_items_is_not_a_drawing()
    {
        var options = string.Concat(new[] { "red bowl", "blue bowl", "no bowl", "two bowls", "a tray" }.Select((option, index) => Line(80, 316 - (14 * index), $"({(char)('a' + index)}) {option}")));
        var paper = Read(Pages(Column(60, 700, 30, 0, 90) + Line(60, 332, "Where does it go? The choices:") + options + Line(60, 230, "A: The marble is red, and so is the bowl that it goes to.")));

        Assert.Contains(paper.Sections.SelectMany(section => section.Blocks), block => block.Kind is BlockKind.List && block.Text == "(a) red bowl\n(b) blue bowl\n(c) no bowl\n(d) two bowls\n(e) a tray");
    }

    [Theory]
    [InlineData("BMQSHF+Dingbats", "7", "✗")]
    [InlineData("ZapfDingbats", "3", "✓")]
    [InlineData("ABCDEF+txsys", "b", "⌊")]
    [InlineData("ABCDEF+CMSY10", "1", "∞")]
    [InlineData("ABCDEF+CMSY10", "\u001d", "≫")]
    [InlineData("ABCDEF+MSAM10", "X", "✓")]
    [InlineData("ABCDEF+CMSY10", "−", null)]
    [InlineData("ABCDEF+CMSY10", "F", null)]
    [InlineData("ABCDEF+CMR10", "7", null)]
    [InlineData("ABCDEF+CMMI10", "b", null)]
    public void A_code_in_a_symbol_font_is_a_symbol_not_a_digit_or_letter(string font, string code, string? sign) => Assert.Equal(sign, PdfSymbols.Of(new PdfFace(font), code));

    [Fact]
    public void The_reader_omits_the_line_numbers_of_a_draft()
    {
        var numbers = string.Concat(Enumerable.Range(0, 30).Select(index => Line(20, 700 - (12 * index), (index + 101).ToString("D3", System.Globalization.CultureInfo.InvariantCulture), 6)));
        var paper = Read(Pages(Column(60, 700, 30, 0, 90) + numbers));

        Assert.DoesNotContain("117", Text(paper), StringComparison.Ordinal);
    }

    [Fact]
    public void The_reader_reports_why_a_file_yields_no_text()
    {
        Assert.Equal(PaperTextError.Damaged, PdfPaperReader.Read([], PdfReadLimits.Default).Error);
        Assert.Equal(PaperTextError.Damaged, PdfPaperReader.Read("<html>no PDF</html>"u8.ToArray(), PdfReadLimits.Default).Error);
        Assert.Equal(PaperTextError.NoText, PdfPaperReader.Read(Pages("0 0 100 100 re f"), PdfReadLimits.Default).Error);
        var large = PdfPaperReader.Read(Paper(), PdfReadLimits.Default with { MaxBytes = 100 });
        Assert.Equal(PaperTextError.TooLarge, large.Error);
        Assert.Contains("more than 100", large.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reader_counts_the_pages_beyond_the_limit()
    {
        var reading = PdfPaperReader.Read(Paper(), PdfReadLimits.Default with { MaxPages = 2 });

        Assert.Equal(1, reading.Document!.SkippedPages);
        Assert.DoesNotContain(reading.Document.Sections, section => section.Kind is SectionKind.Appendix);
    }
}
