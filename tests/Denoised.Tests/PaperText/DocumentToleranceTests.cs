using Denoised.PaperText;
using Denoised.PaperText.Html;
using Denoised.TestSupport.Papers;

namespace Denoised.Tests.PaperText;

/// <summary>Changes and damages of a document that are tolerated, and others that lead to a rejection.</summary>
public sealed class DocumentToleranceTests
{
    private const string Unrelated = "Nine words that stand nowhere else in it.";

    // Three broken references alone are too few to reject the page.
    private const string LostReferences =
        "<p class=\"ltx_p\">See <a class=\"ltx_ref ltx_missing_label\">X</a>, <a class=\"ltx_ref ltx_missing_label\">Y</a>, <a class=\"ltx_ref ltx_missing_label\">Z</a>.</p>";

    [Theory]
    [InlineData("SORTING MARBLES BY PATIENCE")]
    [InlineData("S\\-orting M\\-arbles b\\-y P\\-atience")]
    public void The_title_comparison_ignores_capitals_and_hyphenation_commands(string title) =>
        Assert.Null(PaperIdentity.Difference(Read(InventedPaper.Page()).Document!, title, Unrelated));

    [Fact]
    public void The_abstract_identifies_a_paper_with_another_title() =>
        Assert.Null(PaperIdentity.Difference(Read(InventedPaper.Page()).Document!, "On Glass Spheres in Bowls", "We sort marbles and wait. It takes nine rounds."));

    [Fact]
    public void Many_error_markers_show_that_the_conversion_failed()
    {
        var marked = InventedPaper.Page($"<p class=\"ltx_p\">{string.Concat(Enumerable.Repeat("<span class=\"ltx_ERROR undefined\">x</span> ", 80))}</p>");

        Assert.Equal(PaperTextError.ConversionFailed, Read(marked).Error);
    }

    [Fact]
    public void Many_broken_references_show_that_the_page_is_truncated() =>
        Assert.Equal(PaperTextError.Truncated, Read(InventedPaper.Page(string.Concat(Enumerable.Repeat(LostReferences, 4)))).Error);

    [Fact]
    public void The_reader_tolerates_one_weak_sign_of_damage_and_rejects_two()
    {
        const string Empty = "<section class=\"ltx_section\"><h2 class=\"ltx_title\">5 Costs</h2></section>";

        Assert.NotNull(Read(InventedPaper.Page(LostReferences)).Document);
        Assert.NotNull(Read(WithSection(InventedPaper.Page(), Empty)).Document);
        Assert.Equal(PaperTextError.Truncated, Read(WithSection(InventedPaper.Page(LostReferences), Empty)).Error);
    }

    [Fact]
    public void Sections_with_text_only_in_subsections_are_not_empty()
    {
        static string Parent(int number) =>
            $"<section class=\"ltx_section\"><h2 class=\"ltx_title ltx_title_section\">{number} Part</h2><section class=\"ltx_subsection\">"
            + $"<h3 class=\"ltx_title ltx_title_subsection\">{number}.1 Costs</h3><div class=\"ltx_para\"><p class=\"ltx_p\">{InventedPaper.Prose(3, number)}</p></div></section></section>";

        Assert.NotNull(Read(WithSection(InventedPaper.Page(), Parent(5) + Parent(6))).Document);
    }

    private static PaperTextResult Read(string page) => HtmlPaperReader.Read(page);

    private static string WithSection(string page, string section) =>
        page.Replace("<section class=\"ltx_bibliography\"", $"{section}<section class=\"ltx_bibliography\"", StringComparison.Ordinal);
}
