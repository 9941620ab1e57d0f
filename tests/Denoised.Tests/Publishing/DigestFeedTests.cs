using System.ServiceModel.Syndication;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Publishing.Feeds;
using Denoised.Publishing.Snapshots;
using Denoised.Tests.Api;
using Denoised.Tests.Publishing.Pages;

namespace Denoised.Tests.Publishing;

/// <summary>The digest: one entry a listing day, as Atom and JSON Feed.</summary>
public sealed class DigestFeedTests(RunningApi api) : IClassFixture<RunningApi>
{
    private static readonly ListingDay older = ListingDay.Parse("2026-03-16");

    [Fact]
    public async Task The_digest_has_one_entry_for_each_day_with_its_themes_and_five_papers()
    {
        using var answer = await api.SendAsync("digest.atom");
        Assert.Equal("application/atom+xml; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        using var xml = XmlReader.Create(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var feed = SyndicationFeed.Load(xml);
        Assert.Equal("https://api.example/api/digest.atom", feed.Links.Single(link => link.RelationshipType == "self").Uri.ToString());
        Assert.Equal(["https://site.example/days/2026-03-17/digest/", "https://site.example/days/2026-03-16/digest/"], feed.Items.Select(item => item.Links.Single().Uri.ToString()));

        var day = await api.GetJsonAsync("days/2026-03-17?limit=1");
        var html = Assert.IsType<TextSyndicationContent>(feed.Items.First().Content).Text;
        var parsed = XElement.Parse("<div>" + html.Replace("<br>", "<br/>", StringComparison.Ordinal) + "</div>");
        Assert.Equal(
            ["Most central papers", .. day.GetProperty("overview").GetProperty("themes").EnumerateArray().Select(theme => theme.GetProperty("title").GetString()!)],
            parsed.Elements("h3").Select(heading => heading.Value));
        Assert.Equal(day.GetProperty("overview").GetProperty("paragraph").GetString(), parsed.Elements("p").First().Value);
        Assert.Contains($"{RunningApi.PapersOfNewest} announced", parsed.Value, StringComparison.Ordinal);
        Assert.Equal(5, parsed.Elements("ol").Elements("li").Count());
        Assert.All(parsed.Descendants("a"), link => Assert.StartsWith("https://site.example/papers/", link.Attribute("href")!.Value, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_JSON_Feed_has_the_same_entries()
    {
        using var answer = await api.SendAsync("digest.json");
        Assert.Equal("application/feed+json; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var feed = JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("https://api.example/api/digest.json", feed.GetProperty("feed_url").GetString());
        var items = feed.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["https://site.example/days/2026-03-17/digest/", "https://site.example/days/2026-03-16/digest/"], items.Select(item => item.GetProperty("url").GetString()));
        Assert.Distinct(items.Select(item => item.GetProperty("id").GetString()));
        // Five papers have no overview.
        Assert.Contains("Typical papers", items[1].GetProperty("content_html").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_day_has_no_entry_while_papers_are_pending()
    {
        var edition = InventedPapers.Edition((InventedPapers.Day, [InventedPapers.View(1)]), (older, [InventedPapers.View(2, older)]));
        Assert.Equal(2, Write(edition).Count);

        var pending = edition.Index.Days[0] with { Counts = new DayCounts(2, 1, 1, 0, 0) };
        Assert.Equal("https://site.example/days/2026-03-16/digest/", Assert.Single(Write(edition with { Index = edition.Index with { Days = [pending, edition.Index.Days[1]] } })));

        var sample = edition.Index.Days[0] with { Sample = true };
        Assert.Single(Write(edition with { Index = edition.Index with { Days = [sample, edition.Index.Days[1]] } }));
    }

    [Fact]
    public void A_paper_of_the_digest_has_its_TLDR_or_else_two_key_points()
    {
        var (with, without) = (InventedPapers.View(1), InventedPapers.View(2));
        with = with with { Summary = with.Summary with { Tldr = new KeyPoint("Nothing is shown, and that for a test."), Provenance = with.Summary.Provenance with { Language = "de" } } };
        var edition = InventedPapers.Edition((InventedPapers.Day, [with, without]));

        var html = Assert.Single(DigestFeed.Of(edition, new Dictionary<ListingDay, OverviewView>(), new SiteAddress("https://site.example/"), self: null).Entries).Html;

        var papers = XElement.Parse("<div>" + html.Replace("<br>", "<br/>", StringComparison.Ordinal) + "</div>").Elements("ol").Elements("li").ToDictionary(paper => paper.Descendants("a").Single().Value);
        Assert.Equal("Nothing is shown, and that for a test.", papers[with.Title].Elements("p").Last().Value);
        Assert.Equal("de", papers[with.Title].Elements("p").Last().Attribute("lang")?.Value);
        Assert.Empty(papers[with.Title].Elements("ul"));
        Assert.Equal(["It shows nothing at all.", "It was made up."], papers[without.Title].Elements("ul").Elements("li").Select(point => point.Value));
    }

    [Fact]
    public void Nothing_in_a_title_becomes_markup()
    {
        var edition = InventedPapers.Edition((InventedPapers.Day, [InventedPapers.View(1, title: "A <script>alert(1)</script> \u0001 & \"quotes\"", authors: ["<b>Eve</b>"])]));
        var feed = DigestFeed.Of(edition, new Dictionary<ListingDay, OverviewView>(), new SiteAddress("https://site.example/"), self: null);
        var html = Assert.Single(feed.Entries).Html;
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;Eve", html, StringComparison.Ordinal);
        using var xml = XmlReader.Create(new MemoryStream(FeedAtom.Write(feed)));
        Assert.Single(SyndicationFeed.Load(xml).Items);
    }

    [Fact]
    public void The_central_papers_are_one_of_each_theme_and_then_the_most_similar()
    {
        string[] subjects = ["graph neural networks for node classification", "reinforcement learning of a policy from reward", "speech recognition from audio"];
        List<PaperView> papers = [.. Enumerable.Range(0, 12).Select(number => InventedPapers.View(number + 1, title: $"On {subjects[number % 3]}, part {number}"))];
        // An outlier, which is in the middle of nothing.
        papers[0] = papers[0] with { Title = "Cooking with olive oil", Abstract = "Boil pasta in salted water." };
        var themes = subjects.Index().Select(subject => new ThemeView(subject.Item, $"t{subject.Index}", null, [.. papers.Where((_, place) => place % 3 == subject.Index).Select(paper => new ThemePaper(paper.Id, paper.Title))]));
        var overview = new OverviewView { Day = InventedPapers.Day, Paragraph = "Three subjects.", Themes = [.. themes], Provenance = null! };

        var central = Digest.Central(papers, overview);
        Assert.Equal(5, central.Count);
        Assert.Distinct(central.Select(paper => paper.Id));
        Assert.Equal([0, 1, 2], central.Take(3).Select(paper => papers.IndexOf(paper) % 3));
        Assert.DoesNotContain(papers[0], central);
    }

    private static List<string> Write(Edition edition) =>
        [.. DigestFeed.Of(edition, new Dictionary<ListingDay, OverviewView>(), new SiteAddress("https://site.example/"), self: null).Entries.Select(entry => entry.Address)];
}
