using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Publishing.Feeds;
using Denoised.Publishing.Snapshots;
using Denoised.Tests.Publishing.Pages;

namespace Denoised.Tests.Publishing.Feeds;

/// <summary>The feeds against RFC 4287 (Atom), RFC 3339 (dates) and JSON Feed 1.1.</summary>
public sealed partial class FeedTests
{
    private static readonly SiteAddress site = new("https://denoised.example/");
    private static readonly XNamespace atom = "http://www.w3.org/2005/Atom";

    // RFC 4287, sections 4.1.1 and 4.1.2: what each element may contain, and how often at most.
    private static readonly Dictionary<string, int> feedChildren = new(StringComparer.Ordinal)
    {
        ["id"] = 1, ["title"] = 1, ["updated"] = 1, ["subtitle"] = 1, ["generator"] = 1, ["icon"] = 1, ["logo"] = 1, ["rights"] = 1,
        ["author"] = int.MaxValue, ["category"] = int.MaxValue, ["contributor"] = int.MaxValue, ["link"] = int.MaxValue, ["entry"] = int.MaxValue,
    };

    private static readonly Dictionary<string, int> entryChildren = new(StringComparer.Ordinal)
    {
        ["id"] = 1, ["title"] = 1, ["updated"] = 1, ["published"] = 1, ["summary"] = 1, ["content"] = 1, ["rights"] = 1, ["source"] = 1,
        ["author"] = int.MaxValue, ["category"] = int.MaxValue, ["contributor"] = int.MaxValue, ["link"] = int.MaxValue,
    };

    /// <summary>Tags; the empty one stands for the feed of all papers.</summary>
    public static TheoryData<string> Tags => ["", "Theory", "Audio & Speech", "Robotics"];

    [Theory]
    [MemberData(nameof(Tags))]
    public void Each_Atom_feed_satisfies_RFC_4287(string topic)
    {
        var tag = topic.Length == 0 ? null : topic;
        var address = site.Of(Feed.FileName(tag, "atom"))!;
        var feed = XDocument.Parse(Encoding.UTF8.GetString(FeedAtom.Write(Make(OddEdition(), tag, address)))).Root!;

        Assert.Equal(atom + "feed", feed.Name);
        AssertContainer(feed, feedChildren);
        Assert.NotEmpty(feed.Elements(atom + "author"));
        var self = Assert.Single(feed.Elements(atom + "link"), link => link.Attribute("rel")?.Value == "self");
        Assert.Equal((address, "application/atom+xml"), (self.Attribute("href")!.Value, self.Attribute("type")?.Value));
        Assert.Single(feed.Elements(atom + "link"), link => link.Attribute("rel")?.Value is null or "alternate");

        var entries = feed.Elements(atom + "entry").ToList();
        Assert.Equal(tag == "Robotics", entries.Count == 0);
        Assert.Distinct(entries.Append(feed).Select(element => element.Element(atom + "id")!.Value));
        foreach (var entry in entries)
        {
            AssertContainer(entry, entryChildren);
            var content = entry.Element(atom + "content")!;
            Assert.Equal("html", content.Attribute("type")?.Value);
            Assert.False(content.HasElements);
            Assert.NotEqual("", entry.Element(atom + "title")!.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Each_JSON_feed_satisfies_version_1_1(string topic)
    {
        var tag = topic.Length == 0 ? null : topic;
        var address = site.Of(Feed.FileName(tag, "json"))!;
        using var document = JsonDocument.Parse(FeedJson.Write(Make(OddEdition(), tag, address)));
        var feed = document.RootElement;

        Assert.Equal("https://jsonfeed.org/version/1.1", feed.GetProperty("version").GetString());
        Assert.NotEqual("", feed.GetProperty("title").GetString());
        Assert.Equal(address, feed.GetProperty("feed_url").GetString());
        AssertIsAbsolute(feed.GetProperty("home_page_url").GetString());
        Assert.Equal(["description", "feed_url", "home_page_url", "items", "language", "title", "version"], feed.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));

        var items = feed.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(tag == "Robotics", items.Count == 0);
        Assert.Distinct(items.Select(item => item.GetProperty("id").GetString()));
        foreach (var item in items)
        {
            Assert.All(
                item.EnumerateObject(),
                member => Assert.Contains(member.Name, (string[])["id", "url", "external_url", "title", "content_html", "summary", "date_published", "date_modified", "authors", "tags"]));
            Assert.DoesNotContain(item.EnumerateObject(), member => member.Value.ValueKind == JsonValueKind.Null);
            AssertIsAbsolute(item.GetProperty("url").GetString());
            AssertIsAbsolute(item.GetProperty("external_url").GetString());
            Assert.NotEqual("", item.GetProperty("content_html").GetString());
            Assert.Matches(Rfc3339(), item.GetProperty("date_published").GetString());
            Assert.Matches(Rfc3339(), item.GetProperty("date_modified").GetString());
            Assert.All(item.GetProperty("tags").EnumerateArray(), value => Assert.NotEqual("", value.GetString()));
            if (item.TryGetProperty("authors", out var authors))
                Assert.All(authors.EnumerateArray(), author => Assert.NotEqual("", author.GetProperty("name").GetString()));
        }
    }

    [Theory]
    [InlineData(100, 262, 40, 40)]
    [InlineData(100, 60, 60, 60)]
    [InlineData(100, 100, 5)]
    [InlineData(9, 3, 3, 3)]
    public void A_feed_has_one_day_or_a_hundred_entries(int least, params int[] papersOfDays)
    {
        var feed = Make(EditionOf(papersOfDays));
        Assert.Equal(Math.Max(papersOfDays[0], least), feed.Entries.Count);
        Assert.Equal(EditionOf(papersOfDays).Papers.Take(feed.Entries.Count).Select(paper => $"https://arxiv.org/abs/{paper.Id}"), feed.Entries.Select(entry => entry.Id));
    }

    [Fact]
    public void A_feed_keeps_the_day_before_while_papers_of_the_newest_day_are_pending()
    {
        var edition = EditionOf(150, 120, 50);
        var newest = edition.Index.Days[0];
        var pending = edition with
        {
            Index = edition.Index with { Days = [newest with { Counts = newest.Counts with { Pending = 1 } }, .. edition.Index.Days.Skip(1)] },
            PapersOf = edition.PapersOf.ToDictionary(day => day.Key, day => day.Key == newest.Day
                ? (IReadOnlyList<PaperView>)[.. day.Value.Select((paper, place) => place == 7 ? paper with { Status = PaperStatus.Pending } : paper)]
                : day.Value),
        };

        Assert.Equal(149 + 120, Make(pending).Entries.Count);
        Assert.DoesNotContain(Make(pending).Entries, entry => entry.Id.EndsWith(edition.PapersOf[newest.Day][7].Id.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void A_tags_feed_reaches_back_to_a_hundred_of_its_papers()
    {
        var days = Days(3).Select(day => (day, (IReadOnlyList<PaperView>)[.. Enumerable.Range(1, 90).Select(number => InventedPapers.View(number, day, tags: [number % 2 == 0 ? "Theory" : "NLP"]))]));
        Assert.Equal(100, Make(InventedPapers.Edition([.. days]), "Theory").Entries.Count);
    }

    [Fact]
    public void A_site_that_does_not_know_its_address_has_feeds_with_absolute_links_only()
    {
        var edition = EditionOf(3);
        var feed = Feed.Of(edition.Index, Feed.EntriesOf(edition, new SiteAddress(null)), tag: null, new SiteAddress(null), self: null);

        var xml = XDocument.Parse(Encoding.UTF8.GetString(FeedAtom.Write(feed))).Root!;
        AssertContainer(xml, feedChildren);
        Assert.All(xml.Descendants(atom + "link"), link => Assert.StartsWith("https://arxiv.org/", link.Attribute("href")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void An_entry_begins_with_the_TLDR_and_is_described_by_it()
    {
        var paper = InventedPapers.View(1);
        paper = paper with { Summary = paper.Summary with { Tldr = new KeyPoint("Nothing & more is shown, and that for a test.") } };

        var entry = FeedEntry.Of(paper, InventedPapers.Edition((InventedPapers.Day, [paper])).Index.Days[0].AnnouncedAt, site);

        Assert.Contains("</p><p>Nothing &amp; more is shown, and that for a test.</p><ul><li>It shows nothing at all.</li>", entry.Html, StringComparison.Ordinal);
        Assert.Equal("Nothing & more is shown, and that for a test.", entry.Description);
    }

    [Fact]
    public void An_entry_in_another_language_than_English_names_it()
    {
        var papers = new[] { InventedPapers.View(1), InventedPapers.View(2) };
        papers[0] = papers[0] with { Summary = papers[0].Summary with { Provenance = papers[0].Summary.Provenance with { Language = "de" } } };
        papers[1] = papers[1] with { Summary = papers[1].Summary with { Provenance = papers[1].Summary.Provenance with { Language = "en" } } };
        var feed = Make(InventedPapers.Edition((InventedPapers.Day, papers)));

        var xml = XDocument.Parse(Encoding.UTF8.GetString(FeedAtom.Write(feed))).Root!;
        Assert.Equal(["de", null], xml.Elements(atom + "entry").Select(entry => entry.Element(atom + "content")!.Attribute(XNamespace.Xml + "lang")?.Value));
        using var json = JsonDocument.Parse(FeedJson.Write(feed));
        Assert.Equal(["de", null], json.RootElement.GetProperty("items").EnumerateArray().Select(item => item.TryGetProperty("language", out var language) ? language.GetString() : null));
    }

    private static Feed Make(Edition edition, string? tag = null, string? self = null) => Feed.Of(edition.Index, Feed.EntriesOf(edition, site), tag, site, self);

    // An invented identifier contains the day and the number: days are so far apart that no two papers of 399 a day share one.
    private static IEnumerable<ListingDay> Days(int count) => Enumerable.Range(0, count).Select(place => new ListingDay(InventedPapers.Day.Date.AddDays(-4 * place)));

    private static Edition EditionOf(params int[] papersOfDays) =>
        InventedPapers.Edition([.. Days(papersOfDays.Length).Zip(papersOfDays, (day, count) => (day, (IReadOnlyList<PaperView>)[.. Enumerable.Range(1, count).Select(number => InventedPapers.View(number, day))]))]);

    /// <summary>Two days with texts that XML and HTML cannot hold as they are.</summary>
    private static Edition OddEdition() => InventedPapers.Edition([.. Days(2).Select(day => (day, (IReadOnlyList<PaperView>)
    [
        InventedPapers.View(1, day, title: "A <b>bold</b> & \"quoted\" title \u0001\uFFFE\uD800"),
        InventedPapers.View(2, day, authors: ["\u0002", "O’Neill & <Sons>"]),
        InventedPapers.View(3, day, authors: [.. Enumerable.Range(1, 5_000).Select(number => $"Author {number}")]),
        InventedPapers.View(4, day, tags: ["NLP"]),
    ]))]);

    private static void AssertContainer(XElement element, Dictionary<string, int> allowed)
    {
        foreach (var children in element.Elements().GroupBy(child => child.Name))
        {
            Assert.Equal(atom, children.Key.Namespace);
            Assert.True(allowed.TryGetValue(children.Key.LocalName, out var most), $"{element.Name.LocalName} has {children.Key.LocalName}.");
            Assert.True(children.Count() <= most, $"{element.Name.LocalName} has {children.Count()} times {children.Key.LocalName}.");
        }

        AssertIsAbsolute(element.Element(atom + "id")!.Value);
        Assert.NotNull(element.Element(atom + "title"));
        Assert.Matches(Rfc3339(), element.Element(atom + "updated")!.Value);
        if (element.Element(atom + "published") is { } published)
            Assert.Matches(Rfc3339(), published.Value);
        Assert.All(element.Elements(atom + "author"), author => Assert.NotEqual("", Assert.Single(author.Elements(atom + "name")).Value));
        Assert.All(element.Elements(atom + "category"), category => Assert.NotEqual("", category.Attribute("term")!.Value));
        Assert.All(element.Elements(atom + "link"), link => AssertIsAbsolute(link.Attribute("href")!.Value));
        Assert.Distinct(element.Elements(atom + "link").Where(link => link.Attribute("rel")?.Value is null or "alternate").Select(link => link.Attribute("type")?.Value));
    }

    private static void AssertIsAbsolute(string? address) => Assert.True(Uri.TryCreate(address, UriKind.Absolute, out _), $"'{address}' is not absolute.");

    [GeneratedRegex(@"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Rfc3339();
}
