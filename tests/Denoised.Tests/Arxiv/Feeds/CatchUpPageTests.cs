using CsCheck;
using Denoised.Arxiv;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.TestSupport.Papers;

namespace Denoised.Tests.Arxiv.Feeds;

public sealed class CatchUpPageTests
{
    private static readonly Paper cross = ArxivWriter.Sample("2603.00002") with { PrimaryCategory = "cs.CV", Categories = ["cs.CV", "cs.LG"] };

    [Fact]
    public void The_parser_reads_the_groups_of_a_page()
    {
        var page = CatchUpPage.Parse(
            ArxivWriter.CatchUp([
                (ArxivWriter.Sample("2603.00001") with { Comment = "12 pages" }, AnnounceType.New),
                (cross, AnnounceType.Cross),
                (ArxivWriter.Sample("math/0211159"), AnnounceType.Replace),
                (cross with { Id = ArxivId.Parse("2601.00004") }, AnnounceType.ReplaceCross),
            ]),
            "cs.LG");

        Assert.Equal(ListingDay.Parse("2026-03-17"), page.Day);
        Assert.Equal(4, page.Total);
        Assert.Equal(4, page.Entries);
        Assert.False(page.HasNext);
        Assert.Empty(page.Problems);
        Assert.Equal([AnnounceType.New, AnnounceType.Cross, AnnounceType.Replace, AnnounceType.ReplaceCross], page.Papers.Select(static paper => paper.Type));
        Assert.Equal(["2603.00001", "2603.00002", "math/0211159", "2601.00004"], page.Papers.Select(static paper => paper.Paper.Id.Value));
        Assert.Equal([0, 1, 2, 3], page.Papers.Select(static paper => paper.Position));
        var first = page.Papers[0].Paper;
        Assert.Equal("An invented paper", first.Title);
        Assert.Equal(["Ada Example", "Bob Sample"], first.Authors);
        Assert.Equal(["cs.LG", "stat.ML"], first.Categories);
        Assert.Equal("12 pages", first.Comment);
    }

    [Fact]
    public void Every_real_paper_round_trips_through_the_catch_up_page()
    {
        foreach (var file in RealArxiv.ListingFiles())
        {
            var papers = RealArxiv.Records(file).DistinctBy(static paper => paper.Id).ToList();
            var page = CatchUpPage.Parse(ArxivWriter.CatchUp([.. papers.Select(static paper => (paper, AnnounceType.New))]), "cs.LG");

            Assert.Equal([], page.Problems);
            Assert.Equal(papers.Count, page.Papers.Count);
            foreach (var (expected, read) in papers.Zip(page.Papers, static (expected, read) => (expected, read.Paper)))
            {
                Assert.Equal(expected.Id, read.Id);
                Assert.Equal(expected.Title.Trim(), read.Title);
                Assert.Equal(ArxivText.Unwrapped(expected.Abstract), read.Abstract);
                Assert.Equal(expected.Categories, read.Categories);
                Assert.Equal(expected.Authors.Select(ArxivText.Collapsed).Where(static name => name.Length > 0), read.Authors);
            }
        }
    }

    [Fact]
    public void The_abstract_contains_the_address_that_arXiv_replaces_with_a_link_text()
    {
        var html = ArxivWriter.CatchUp([(ArxivWriter.Sample(), AnnounceType.New)])
            .Replace("report that it works.", "report <b>x</b> at <a href=\"https://example.org/a_b\" class=\"link-external\">this https URL</a>.", StringComparison.Ordinal);
        Assert.Equal("We invent a method and report x at https://example.org/a_b.", CatchUpPage.Parse(html, "cs.LG").Papers[0].Paper.Abstract);
    }

    [Fact]
    public void The_parser_detects_a_next_page()
    {
        var entries = new[] { (ArxivWriter.Sample(), AnnounceType.New) };
        Assert.True(CatchUpPage.Parse(ArxivWriter.CatchUp(entries, total: 2001, pages: 2), "cs.LG").HasNext);
        Assert.False(CatchUpPage.Parse(ArxivWriter.CatchUp(entries, total: 2001, page: 2, pages: 2), "cs.LG", 2).HasNext);
    }

    [Fact]
    public void A_page_without_entries_is_an_empty_day()
    {
        var page = CatchUpPage.Parse(ArxivWriter.CatchUp([], date: "Sat, 21 Mar 2026"), "cs.LG");
        Assert.Equal((0, 0, false), (page.Total, page.Entries, page.HasNext));
        Assert.Equal(ListingDay.Parse("2026-03-21"), page.Day);
    }

    [Theory]
    [InlineData("", "", "dlpage")]
    [InlineData("id='dlpage'", "id='other'", "dlpage")]
    [InlineData("17 Mar 2026", "some day", "names no date")]
    [InlineData("Total of", "About", "Total of N entries")]
    [InlineData("New submissions (", "Hot papers (", "Hot papers")]
    [InlineData("<dt>", "<p>", "announces 1 entries and shows none")]
    [InlineData("/abs/", "/abstract/", "none of its 1 entries")]
    public void A_page_with_an_unknown_structure_is_an_error_not_an_empty_day(string before, string after, string reason)
    {
        var html = ArxivWriter.CatchUp([(ArxivWriter.Sample(), AnnounceType.New)]);
        html = before.Length == 0 ? "" : html.Replace(before, after, StringComparison.Ordinal);
        var exception = Assert.Throws<ArxivException>(() => CatchUpPage.Parse(html, "cs.LG"));
        Assert.Equal(ArxivFailure.Malformed, exception.Failure);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_invalid_entry_is_reported_and_the_others_are_read()
    {
        var html = ArxivWriter.CatchUp([(ArxivWriter.Sample("2603.00001", "Odd"), AnnounceType.New), (ArxivWriter.Sample("2603.00002"), AnnounceType.New)]);
        var page = CatchUpPage.Parse(html.Replace(" Odd\n", " \n", StringComparison.Ordinal), "cs.LG");
        Assert.Equal("2603.00002", Assert.Single(page.Papers).Paper.Id.Value);
        Assert.Contains("2603.00001 (entry 1", Assert.Single(page.Problems), StringComparison.Ordinal);
        Assert.Equal(2, page.Entries);
    }

    [Fact]
    public void The_parser_reports_a_shortened_author_list()
    {
        var html = ArxivWriter.CatchUp([(ArxivWriter.Sample(), AnnounceType.New)]).Replace("Bob Sample</a>", "Bob Sample</a> et al. (98 additional authors not shown)", StringComparison.Ordinal);
        var page = CatchUpPage.Parse(html, "cs.LG");
        Assert.Equal(["Ada Example", "Bob Sample"], Assert.Single(page.Papers).Paper.Authors);
        Assert.Contains("2603.00001", Assert.Single(page.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void The_parser_reports_a_group_with_missing_entries()
    {
        var html = ArxivWriter.CatchUp([(ArxivWriter.Sample(), AnnounceType.New)]).Replace("showing 1 of 1", "showing 3 of 3", StringComparison.Ordinal);
        Assert.Contains("showing 3 of 3", Assert.Single(CatchUpPage.Parse(html, "cs.LG").Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<div>", "nest")]
    [InlineData("<i>", "formatting elements open")]
    [InlineData("<i><p>", "formatting elements open")]
    public void The_parser_rejects_a_page_that_nests_too_deep(string piece, string reason)
    {
        var html = ArxivWriter.CatchUp([(ArxivWriter.Sample(), AnnounceType.New)]).Replace("a method", string.Concat(Enumerable.Repeat(piece, 5_000)), StringComparison.Ordinal);
        Assert.Contains(reason, Assert.Throws<ArxivException>(() => CatchUpPage.Parse(html, "cs.LG")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_page_yields_papers_or_an_error_with_a_message()
    {
        var html = ArxivWriter.CatchUp([(ArxivWriter.Sample(), AnnounceType.New), (cross, AnnounceType.Cross), (ArxivWriter.Sample("2603.00003"), AnnounceType.Replace)], pages: 2);
        Mutation.Of(html).Sample(static mutated => ListingFeedTests.GivesOrNames(() => CatchUpPage.Parse(mutated, "cs.LG")), iter: 300);
    }
}
