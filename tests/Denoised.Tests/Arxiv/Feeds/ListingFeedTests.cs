using CsCheck;
using Denoised.Arxiv;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.TestSupport.Papers;

namespace Denoised.Tests.Arxiv.Feeds;

public sealed class ListingFeedTests
{
    [Theory]
    [InlineData("rss_cs.LG_2026-04-27.xml", "cs.LG", "2026-04-27")]
    [InlineData("rss_cs.AI_2026-04-27.xml", "cs.AI", "2026-04-27")]
    [InlineData("rss_cs.CL_2026-04-27.xml", "cs.CL", "2026-04-27")]
    [InlineData("atom_cs.AI_2025-08-20.xml", "cs.AI", "2025-08-20")]
    public void The_parser_reads_every_entry_of_a_real_feed(string file, string category, string day)
    {
        var xml = RealArxiv.Text("rss/" + file);
        var listing = ListingFeed.Parse(xml, category);

        Assert.Equal(ListingDay.Parse(day), listing.Day);
        Assert.Equal(ListingSource.Feed, listing.Source);
        Assert.Empty(listing.Problems);
        Assert.NotEmpty(listing.Papers);
        Assert.Equal(xml.Split("Announce Type:").Length - 1, listing.Papers.Count);
        Assert.All(listing.Papers, paper =>
        {
            Assert.Equal(1, paper.Paper.Version);
            Assert.NotEmpty(paper.Paper.Authors);
            Assert.StartsWith("http", paper.Paper.License, StringComparison.Ordinal);
            Assert.Contains(category, paper.Paper.Categories);
            Assert.Equal(paper.Type == AnnounceType.New, paper.Paper.PrimaryCategory == category);
            Assert.DoesNotContain("Announce Type", paper.Paper.Abstract, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_real_paper_round_trips_through_the_feed()
    {
        foreach (var file in RealArxiv.ListingFiles())
        {
            var papers = RealArxiv.Records(file).DistinctBy(static paper => paper.Id).ToList();
            var listing = ListingFeed.Parse(ArxivWriter.Rss(papers), "cs.LG");

            Assert.Equal([], listing.Problems);
            foreach (var (expected, read) in papers.Zip(listing.Papers, static (expected, read) => (expected, read.Paper)))
            {
                Assert.Equal(expected.Id, read.Id);
                Assert.Equal(expected.Version, read.Version);
                Assert.Equal(expected.Title.Trim(), read.Title);
                Assert.Equal(expected.Abstract.Trim(), read.Abstract);
                Assert.Equal(expected.Categories, read.Categories);
                Assert.Equal(expected.PrimaryCategory, read.PrimaryCategory);
            }
        }
    }

    [Fact]
    public void The_parser_keeps_announce_types_versions_and_the_first_category()
    {
        var first = ArxivWriter.Sample() with { Version = 3 };
        foreach (var (text, type) in new[] { ("new", AnnounceType.New), ("cross", AnnounceType.Cross), ("replace", AnnounceType.Replace), ("replace-cross", AnnounceType.ReplaceCross) })
        {
            var read = Assert.Single(ListingFeed.Parse(ArxivWriter.Rss([first], type: text), "cs.LG").Papers);
            Assert.Equal(type, read.Type);
            Assert.Equal(3, read.Paper.Version);
            Assert.Equal("cs.LG", read.Paper.PrimaryCategory);
            Assert.Equal(first.License, read.Paper.License);
        }
    }

    [Theory]
    [InlineData("Ada Example, Bob Sample", new[] { "Ada Example", "Bob Sample" })]
    [InlineData("Ada Example,  Mononym, :, The Sample Team", new[] { "Ada Example", "Mononym", ":", "The Sample Team" })]
    [InlineData("Ada Example (Institute of Things, Place), Bob Sample (Elsewhere)", new[] { "Ada Example", "Bob Sample" })]
    [InlineData("Unbalanced (, Bob Sample", new[] { "Unbalanced (", "Bob Sample" })]
    [InlineData("(A Collaboration)", new[] { "(A Collaboration)" })]
    [InlineData("Zoë Ångström, 李 四, O'Neil Jr.", new[] { "Zoë Ångström", "李 四", "O'Neil Jr." })]
    [InlineData("", new string[0])]
    public void Commas_outside_affiliations_separate_authors(string creator, string[] names) => Assert.Equal(names, ArxivText.Authors(creator));

    [Theory]
    [InlineData("guid>", "nothing>", "link>", "none>", "no guid")]
    [InlineData("2603.00002v1</guid>", "hello</guid>", "abs/2603.00002<", "abs/hello<", "hello")]
    [InlineData(">new<", ">weird<", "", "", "'weird'")]
    [InlineData("We invent a method and report that it works.", " ", "", "", "abstract is empty")]
    public void An_invalid_entry_is_reported_and_the_others_are_read(string before, string after, string alsoBefore, string alsoAfter, string reason)
    {
        var papers = new[] { ArxivWriter.Sample("2603.00001"), ArxivWriter.Sample("2603.00002"), ArxivWriter.Sample("2603.00003") };
        var items = ArxivWriter.Rss(papers).Split("</item>");
        items[1] = Swap(Swap(items[1], before, after), alsoBefore, alsoAfter);

        var listing = ListingFeed.Parse(string.Join("</item>", items), "cs.LG");

        Assert.Equal(["2603.00001", "2603.00003"], listing.Papers.Select(static paper => paper.Paper.Id.Value));
        var problem = Assert.Single(listing.Problems);
        Assert.Contains("entry 2", problem, StringComparison.Ordinal);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_parser_drops_control_characters_and_keeps_the_paper()
    {
        var xml = ArxivWriter.Rss([ArxivWriter.Sample()]).Replace("a method", "a\u0008 me&#x0;thod", StringComparison.Ordinal);
        Assert.Contains("invent a method", Assert.Single(ListingFeed.Parse(xml, "cs.LG").Papers).Paper.Abstract, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_feed_has_its_day_and_no_papers()
    {
        var listing = ListingFeed.Parse(ArxivWriter.Rss([], pubDate: "Sat, 21 Mar 2026 00:00:00 -0400"), "cs.LG");
        Assert.Equal(ListingDay.Parse("2026-03-21"), listing.Day);
        Assert.Empty(listing.Papers);
        Assert.Empty(listing.Problems);
    }

    [Theory]
    [InlineData("2026-03-17T04:00:19+00:00", "2026-03-17")]
    [InlineData("2026-03-18T03:59:00Z", "2026-03-17")]
    public void The_day_of_an_Atom_feed_without_entries_is_the_Eastern_date_of_its_update(string updated, string day)
    {
        var listing = ListingFeed.Parse($"""<feed xmlns="http://www.w3.org/2005/Atom"><title>cs.LG updates</title><updated>{updated}</updated></feed>""", "cs.LG");

        Assert.Equal(ListingDay.Parse(day), listing.Day);
        Assert.Empty(listing.Problems);
    }

    [Fact]
    public void The_parser_takes_the_version_from_the_description_if_the_guid_has_none()
    {
        var xml = ArxivWriter.Rss([ArxivWriter.Sample() with { Version = 3 }]);
        const string Guid = "v3</guid>";
        Assert.Contains(Guid, xml, StringComparison.Ordinal);

        var listing = ListingFeed.Parse(xml.Replace(Guid, "</guid>", StringComparison.Ordinal), "cs.LG");

        Assert.Equal(3, Assert.Single(listing.Papers).Paper.Version);
    }

    [Theory]
    [InlineData("Sun, 01 Nov 2026 00:00:00 -0400", "2026-11-01")]
    [InlineData("Tue, 3 Mar 2026 23:59:00 -0500", "2026-03-03")]
    [InlineData("17 Mar 2026 00:00 EDT", "2026-03-17")]
    public void The_day_of_a_feed_is_its_date_without_a_time_zone_conversion(string pubDate, string day) =>
        Assert.Equal(ListingDay.Parse(day), ListingFeed.Parse(ArxivWriter.Rss([], pubDate: pubDate), "cs.LG").Day);

    [Theory]
    [InlineData("yesterday")]
    [InlineData(null)]
    public void A_feed_without_a_valid_date_has_no_day_and_one_problem(string? pubDate)
    {
        var listing = ListingFeed.Parse(ArxivWriter.Rss([ArxivWriter.Sample()], pubDate: pubDate), "cs.LG");
        Assert.Null(listing.Day);
        Assert.Single(listing.Papers);
        Assert.Contains(listing.Problems, static problem => problem.Contains("pubDate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1899, false)]
    [InlineData(1900, true)]
    public void A_feed_close_to_arXivs_limit_has_a_problem(int length, bool alarms)
    {
        var listing = ListingFeed.Parse(ArxivWriter.Rss(Enumerable.Range(1, length).Select(static number => ArxivWriter.Sample($"2603.{number:00000}"))), "cs.LG");
        Assert.Equal(length, listing.Papers.Count);
        Assert.Equal(alarms, listing.Problems.Count == 1);
    }

    [Fact]
    public void A_paper_listed_twice_counts_once()
    {
        var listing = ListingFeed.Parse(ArxivWriter.Rss([ArxivWriter.Sample(), ArxivWriter.Sample()]), "cs.LG");
        Assert.Single(listing.Papers);
        Assert.Contains("2603.00001", Assert.Single(listing.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("Service unavailable", "not well-formed XML")]
    [InlineData("<!DOCTYPE html><html><body>Sorry</body></html>", "HTML page")]
    [InlineData("<!DOCTYPE rss [<!ENTITY x \"y\">]><rss/>", "DTD")]
    [InlineData("<opml><body/></opml>", "<opml>")]
    [InlineData("<rss><channel><item>", "not well-formed XML")]
    [InlineData("<rss/>", "no title")]
    public void The_error_says_why_a_text_is_not_a_feed(string text, string reason)
    {
        var exception = Assert.Throws<ArxivException>(() => ListingFeed.Parse(text, "cs.LG"));
        Assert.Equal(ArxivFailure.Malformed, exception.Failure);
        if (text.Length > 0)
            Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feed_error_is_an_unknown_category_error_with_the_category()
    {
        var exception = Assert.Throws<ArxivException>(() => ListingFeed.Parse(ArxivWriter.Rss([]).Replace("cs.LG updates", "Feed error for query: cs.XX", StringComparison.Ordinal), "cs.XX"));
        Assert.Equal(ArxivFailure.UnknownCategory, exception.Failure);
        Assert.Contains("cs.XX", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feed_truncated_anywhere_is_an_error()
    {
        var xml = ArxivWriter.Rss([ArxivWriter.Sample(), ArxivWriter.Sample("2603.00002")]);
        Gen.Int[0, xml.Length - 2].Sample(length =>
            Assert.Equal(ArxivFailure.Malformed, Assert.Throws<ArxivException>(() => ListingFeed.Parse(xml[..length], "cs.LG")).Failure));
    }

    [Fact]
    public void A_damaged_feed_yields_papers_or_an_error_with_a_message()
    {
        foreach (var xml in RealArxiv.Texts("rss").Append(ArxivWriter.Rss([ArxivWriter.Sample(), ArxivWriter.Sample("2603.00002")])))
            Mutation.Of(xml).Sample(mutated => GivesOrNames(() => ListingFeed.Parse(mutated, "cs.LG")), iter: 300);
    }

    internal static void GivesOrNames(Func<object> parse)
    {
        try
        {
            Assert.NotNull(parse());
        }
        catch (ArxivException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
    }

    private static string Swap(string text, string before, string after)
    {
        Assert.True(before.Length == 0 || text.Contains(before, StringComparison.Ordinal), $"'{before}' is not in the sample.");
        return before.Length == 0 ? text : text.Replace(before, after, StringComparison.Ordinal);
    }
}
