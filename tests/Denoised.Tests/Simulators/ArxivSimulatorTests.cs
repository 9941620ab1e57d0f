using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Denoised.Simulators.Arxiv;
using Microsoft.Extensions.Time.Testing;

namespace Denoised.Tests.Simulators;

public sealed partial class ArxivSimulatorTests
{
    private static readonly XNamespace arxiv = "http://arxiv.org/schemas/atom";
    private static readonly XNamespace atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace dc = "http://purl.org/dc/elements/1.1/";
    private static readonly XNamespace openSearch = "http://a9.com/-/spec/opensearch/1.1/";
    private static readonly DateOnly tuesday = new(2026, 3, 17);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_feed_has_the_format_of_the_real_one()
    {
        await using var simulator = await StartAsync();
        simulator.Announce(Paper("2603.00001", "cs.LG", "cs.AI") with { Authors = ["A. One", "B. Two"], Title = "On $x < y$ & more" });
        simulator.Announce(Paper("2603.00002", "cs.CV", "cs.LG"));
        simulator.Announce(Paper("2603.00003", "cs.CV"));
        simulator.Announce(Paper("2602.00004", "cs.LG") with { Version = 3 }, AnnouncementKind.Replacement);
        simulator.Announce(Paper("2602.00005", "stat.ML", "cs.LG") with { Version = 2 }, AnnouncementKind.Replacement);
        simulator.Announce(Paper("2602.00006", "math.OC", "cs.LG"), AnnouncementKind.CrossList);

        var channel = (await FeedAsync(simulator, "cs.LG")).Root!.Element("channel")!;

        Assert.Equal("Tue, 17 Mar 2026 00:00:00 -0400", channel.Element("pubDate")!.Value);
        Assert.Equal("Tue, 17 Mar 2026 04:00:01 +0000", channel.Element("lastBuildDate")!.Value);
        Assert.Equal(
            ["oai:arXiv.org:2603.00001v1 new", "oai:arXiv.org:2603.00002v1 cross", "oai:arXiv.org:2602.00006v1 cross", "oai:arXiv.org:2602.00004v3 replace", "oai:arXiv.org:2602.00005v2 replace-cross"],
            channel.Elements("item").Select(static item => $"{item.Element("guid")!.Value} {item.Element(arxiv + "announce_type")!.Value}"));
        var first = channel.Element("item")!;
        Assert.Equal("On $x < y$ & more", first.Element("title")!.Value);
        Assert.Equal("https://arxiv.org/abs/2603.00001", first.Element("link")!.Value);
        Assert.StartsWith("arXiv:2603.00001v1 Announce Type: new \nAbstract: We ", first.Element("description")!.Value, StringComparison.Ordinal);
        Assert.Equal(["cs.LG", "cs.AI"], first.Elements("category").Select(static c => c.Value));
        Assert.Equal("A. One, B. Two", first.Element(dc + "creator")!.Value);
        Assert.StartsWith("http://arxiv.org/licenses/", first.Element(dc + "rights")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-01-15", "-0500")]
    [InlineData("2026-03-08", "-0500")]
    [InlineData("2026-03-09", "-0400")]
    [InlineData("2026-11-01", "-0400")]
    [InlineData("2026-11-02", "-0500")]
    public async Task The_feed_has_the_UTC_offset_of_its_date(string day, string offset)
    {
        await using var simulator = await StartAsync();
        simulator.Today = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

        var channel = (await FeedAsync(simulator, "cs.LG")).Root!.Element("channel")!;

        Assert.EndsWith("00:00:00 " + offset, channel.Element("pubDate")!.Value, StringComparison.Ordinal);
        Assert.Empty(channel.Elements("item"));
    }

    [Fact]
    public async Task A_feed_can_be_stale_empty_combined_truncated_or_rejected()
    {
        await using var simulator = await StartAsync(new() { Today = tuesday, FeedLimit = 2 });
        simulator.Catalogue.Announce(tuesday.AddDays(-1), Paper("2603.00009", "cs.LG"));
        simulator.Announce(Paper("2603.00001", "cs.LG"));
        simulator.Announce(Paper("2603.00002", "stat.ML"));
        simulator.Announce(Paper("2603.00003", "stat.ML", "cs.LG"));

        Assert.Equal(["2603.00001", "2603.00002"], await FeedIdsAsync(simulator, "cs.LG+stat.ML"));
        simulator.StaleFeedDay = tuesday.AddDays(-1);
        var stale = (await FeedAsync(simulator, "cs.LG")).Root!.Element("channel")!;
        Assert.StartsWith("Mon, 16 Mar 2026", stale.Element("pubDate")!.Value, StringComparison.Ordinal);
        Assert.Single(stale.Elements("item"));
        simulator.StaleFeedDay = null;
        simulator.FeedIsEmpty = true;
        Assert.Empty(await FeedIdsAsync(simulator, "cs.LG"));
        simulator.FeedIsEmpty = false;
        Assert.True(simulator.Catalogue.Retract(tuesday, "2603.00001"));
        Assert.Equal(["2603.00003"], await FeedIdsAsync(simulator, "cs.LG"));
        using var refused = await GetAsync(simulator, "rss/cs.XX");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("cs.XX", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_returns_identifiers_in_their_order_without_unknown_ones()
    {
        await using var simulator = await StartAsync();
        simulator.Announce(Paper("2603.00001", "cs.LG", "cs.AI") with { Comment = "Withdrawn", Doi = "10.1/x", JournalReference = "J. 1" });
        simulator.Announce(Paper("math/0309136", "math.GT") with { Authors = [.. Enumerable.Range(0, 547).Select(static n => $"Author {n}")] });
        simulator.Catalogue.Announce(tuesday.AddDays(1), Paper("2603.00007", "cs.LG"));

        var feed = await ApiAsync(simulator, "id_list=math.GT/0309136v2,2603.09999,2603.00001,2603.00007");

        Assert.Equal(["http://arxiv.org/abs/math/0309136v2", "http://arxiv.org/abs/2603.00001v1"], feed.Root!.Elements(atom + "entry").Select(static e => e.Element(atom + "id")!.Value));
        Assert.Equal("2", feed.Root.Element(openSearch + "totalResults")!.Value);
        var (first, second) = (feed.Root.Elements(atom + "entry").First(), feed.Root.Elements(atom + "entry").Last());
        Assert.Equal(547, first.Elements(atom + "author").Count());
        Assert.Equal("Withdrawn", second.Element(arxiv + "comment")!.Value);
        Assert.Equal("10.1/x", second.Element(arxiv + "doi")!.Value);
        Assert.Equal("J. 1", second.Element(arxiv + "journal_ref")!.Value);
        Assert.Equal("cs.LG", second.Element(arxiv + "primary_category")!.Attribute("term")!.Value);
        Assert.Null(second.Element(arxiv + "primary_category")!.Attribute("scheme"));
        Assert.Equal(second.Element(atom + "published")!.Value, second.Element(atom + "updated")!.Value);
        var (start, end) = EasternTime.SubmissionWindow(tuesday);
        Assert.InRange(DateTimeOffset.Parse(second.Element(atom + "published")!.Value, CultureInfo.InvariantCulture), start, end);
        Assert.Equal(new DateTimeOffset(2026, 3, 13, 18, 0, 0, TimeSpan.Zero), start);
        Assert.Equal(new DateTimeOffset(2026, 3, 16, 18, 0, 0, TimeSpan.Zero), end);
    }

    [Fact]
    public async Task The_API_searches_by_category_and_time_window_in_pages()
    {
        await using var simulator = await StartAsync();
        for (var i = 0; i < 25; i++)
            simulator.Announce(Paper($"2603.{i:D5}", i % 5 == 0 ? "cs.CV" : "cs.LG") with { Published = new(2026, 3, 16, i % 24, 30, 0, TimeSpan.Zero) });

        async Task<List<string>> Search(string query, int start = 0, int max = 100)
        {
            var feed = await ApiAsync(simulator, $"search_query={Uri.EscapeDataString(query)}&start={start}&max_results={max}");
            return [.. feed.Root!.Elements(atom + "entry").Select(static e => e.Element(atom + "title")!.Value.Split(' ')[^1])];
        }

        var all = await Search("cat:cs.LG");
        Assert.Equal(20, all.Count);
        Assert.Equal(25, (await Search("cat:cs.LG OR cat:cs.CV")).Count);
        Assert.Equal(5, (await Search("cat:cs.* ANDNOT cat:cs.LG")).Count);
        Assert.Equal(["2603.00004", "2603.00003", "2603.00002"], await Search("(cat:cs.LG OR cat:cs.CV) AND submittedDate:[202603160200 TO 202603160459]"));
        Assert.Equal(all, [.. await Search("cat:cs.LG", 0, 8), .. await Search("cat:cs.LG", 8, 8), .. await Search("cat:cs.LG", 16, 8)]);
    }

    [Theory]
    [InlineData("id_list=abc", "incorrect_id_format_for_abc")]
    [InlineData("search_query=cat:cs.LG&max_results=-1", "max_results_must_be_non-negative")]
    [InlineData("search_query=cat:cs.LG&start=x", "start_must_be_an_integer")]
    [InlineData("search_query=cat:cs.LG+AND", "malformed_search_query")]
    [InlineData("search_query=(cat:cs.LG", "malformed_search_query")]
    [InlineData("search_query=submittedDate:[yesterday+TO+today]", "malformed_search_query")]
    public async Task The_API_returns_errors_as_an_entry(string query, string code)
    {
        await using var simulator = await StartAsync();

        using var response = await GetAsync(simulator, "api/query?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var entry = XDocument.Parse(await response.Content.ReadAsStringAsync(Ct)).Root!.Element(atom + "entry")!;
        Assert.Equal("https://arxiv.org/api/errors#" + code, entry.Element(atom + "id")!.Value);
        Assert.Equal("Error", entry.Element(atom + "title")!.Value);
    }

    [Fact]
    public async Task The_older_format_has_the_same_content_with_wrapped_lines()
    {
        await using var simulator = await StartAsync(new() { Today = tuesday, OlderApiFormat = true });
        var paper = Paper("2603.00001", "cs.LG") with { Title = string.Join(' ', Enumerable.Repeat("Invented", 20)) };
        simulator.Announce(paper);

        var entry = (await ApiAsync(simulator, "id_list=2603.00001")).Root!.Element(atom + "entry")!;

        var title = entry.Element(atom + "title")!.Value;
        Assert.Contains("\n  Invented", title, StringComparison.Ordinal);
        Assert.All(title.Split('\n'), static line => Assert.InRange(line.Length, 1, 80));
        Assert.Equal(paper.Title, Spaces().Replace(title, " "));
        Assert.NotNull(entry.Element(arxiv + "primary_category")!.Attribute("scheme"));
    }

    [Fact]
    public async Task Catch_up_pages_contain_the_whole_listing_in_groups()
    {
        await using var simulator = await StartAsync(new() { Today = tuesday, CatchupPageSize = 4 });
        for (var i = 1; i <= 5; i++)
            simulator.Announce(Paper($"2603.0000{i}", "cs.LG", "stat.ML"));
        simulator.Announce(Paper("2603.00006", "cs.CV", "cs.LG") with { Comment = "Code: https://example.org/code.", Abstract = "First.\nSecond <b>." });
        simulator.Announce(Paper("2602.00007", "cs.LG") with { Version = 2 }, AnnouncementKind.Replacement);

        var one = await (await GetAsync(simulator, "catchup/cs.LG/2026-03-17?abs=True")).Content.ReadAsStringAsync(Ct);
        var two = await (await GetAsync(simulator, "catchup/cs.LG/2026-03-17?abs=True&page=2")).Content.ReadAsStringAsync(Ct);
        var none = await (await GetAsync(simulator, "catchup/cs.LG/2026-03-15?abs=True")).Content.ReadAsStringAsync(Ct);

        Assert.Contains("<h1>Catchup results for Machine Learning on Tue, 17 Mar 2026</h1>", one, StringComparison.Ordinal);
        Assert.Contains("Total of 7 entries", one, StringComparison.Ordinal);
        Assert.Contains("<h3>New submissions (showing first 4 of 5 entries)</h3>", one, StringComparison.Ordinal);
        Assert.Contains("abs=True&amp;page=2", one, StringComparison.Ordinal);
        Assert.Contains("<h3>New submissions (continued, showing last 1 of 5 entries)</h3>", two, StringComparison.Ordinal);
        Assert.Contains("<h3>Cross submissions (showing 1 of 1 entries)</h3>", two, StringComparison.Ordinal);
        Assert.Contains("<h3>Replacement submissions (showing 1 of 1 entries)</h3>", two, StringComparison.Ordinal);
        Assert.Contains("(cross-list from cs.CV)", two, StringComparison.Ordinal);
        Assert.Contains("class=\"link-external link-https\">this https URL</a>.", two, StringComparison.Ordinal);
        Assert.Contains("First.<br>Second &lt;b&gt;.", two, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, 7).Select(static n => $"{(n == 7 ? "2602" : "2603")}.0000{n}"), AbstractLinks().Matches(one + two).Select(static m => m.Groups["id"].Value));
        Assert.Contains("Total of 0 entries", none, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("catchup/cs.LG/2026-03-18?abs=True")]
    [InlineData("catchup/cs.LG/2025-12-01?abs=True")]
    [InlineData("catchup/cs.LG/17-03-2026?abs=True")]
    [InlineData("catchup/cs.LG/2026-03-17?abs=true")]
    [InlineData("catchup/cs.LG/2026-03-17?page=0")]
    [InlineData("catchup/cs.LG/2026-03-17?show=all")]
    [InlineData("catchup/cs.XX/2026-03-17")]
    [InlineData("abs/nonsense")]
    public async Task The_simulator_rejects_what_arXiv_rejects(string path)
    {
        await using var simulator = await StartAsync();
        using var response = await GetAsync(simulator, path);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_simulator_checks_the_interval_from_end_to_start_in_each_group()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 17, 5, 0, 0, TimeSpan.Zero));
        await using var simulator = await StartAsync(new() { Today = tuesday, TimeProvider = clock });

        await GetAsync(simulator, "rss/cs.LG");
        await GetAsync(simulator, "catchup/cs.LG/2026-03-17");
        Assert.Empty(simulator.Violations);
        clock.Advance(TimeSpan.FromSeconds(2));
        await GetAsync(simulator, "api/query?id_list=2603.00001");
        clock.Advance(TimeSpan.FromSeconds(3));
        await GetAsync(simulator, "rss/stat.ML");
        clock.Advance(TimeSpan.FromSeconds(9));
        await GetAsync(simulator, "html/2603.00001");

        Assert.Equal(
            [(LimitGroup.FeedAndApi, LimitViolationKind.TooSoon, "/api/query?id_list=2603.00001", "/rss/cs.LG", 2.0, 3.0), (LimitGroup.Pages, LimitViolationKind.TooSoon, "/html/2603.00001", "/catchup/cs.LG/2026-03-17", 14.0, 15.0)],
            simulator.Violations.Select(static v => (v.Group, v.Kind, v.Path, v.PreviousPath, v.Gap.TotalSeconds, v.Required.TotalSeconds)));
        Assert.Equal([200, 200, 200, 200, 404], simulator.Requests.Select(static r => r.Status));
    }

    [Fact]
    public async Task Concurrent_requests_and_a_missing_contact_are_recorded()
    {
        var clock = new FakeTimeProvider();
        await using var simulator = await StartAsync(new() { Today = tuesday, FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, TimeProvider = clock });
        simulator.Announce(Paper("2603.00001", "cs.LG"));
        simulator.Faults.FailNext(ArxivFault.Slow);
        using var client = new HttpClient();
        using var slow = await client.GetAsync(new Uri(simulator.Address, "rss/cs.LG"), HttpCompletionOption.ResponseHeadersRead, Ct);

        await GetAsync(simulator, "api/query?id_list=2603.00001");
        var rest = slow.Content.ReadAsStringAsync(Ct);
        // The response continues only after the clock has advanced, and its delay may start a moment after the first bytes.
        while (await Task.WhenAny(rest, Task.Delay(5, Ct)) != rest)
            clock.Advance(simulator.Options.SlowFor);
        XDocument.Parse(await rest);
        await GetAsync(simulator, "rss/cs.LG");

        var violation = Assert.Single(simulator.Violations);
        Assert.Equal(LimitViolationKind.Concurrent, violation.Kind);
        Assert.Equal("/rss/cs.LG", violation.PreviousPath);
        Assert.Equal(1, Assert.Single(simulator.RequestsWithoutContact).Number);
        Assert.Equal(1, simulator.Faults.Counts[ArxivFault.Slow]);
    }

    [Fact]
    public async Task Feed_and_catch_up_pages_contain_every_paper_of_real_listing_days()
    {
        await using var simulator = await StartAsync(new() { ListingsFolder = RealInput.Path("arxiv/listings"), Today = tuesday, CatchupPageSize = 100 });
        Assert.Equal(7, simulator.Catalogue.Days.Count());

        var items = (await FeedAsync(simulator, "cs.LG")).Descendants("item").ToLookup(static i => i.Element(arxiv + "announce_type")!.Value, static i => i.Element("link")!.Value[^10..]);
        Assert.Equal(262, items["new"].Count());

        List<string> caught = [];
        for (var page = 1; ; page++)
        {
            var html = await (await GetAsync(simulator, $"catchup/cs.LG/2026-03-17?abs=True&page={page}")).Content.ReadAsStringAsync(Ct);
            var found = AbstractLinks().Matches(html).Select(static m => m.Groups["id"].Value).ToList();
            if (found.Count == 0)
                break;
            caught.AddRange(found);
        }

        Assert.Equal([.. items["new"], .. items["cross"]], caught);
        Assert.Equal(262, (await ApiAsync(simulator, "max_results=300&id_list=" + string.Join(',', items["new"]))).Root!.Elements(atom + "entry").Count());
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();

    [GeneratedRegex("""<a href ="/abs/(?<id>[^"]+)" title="Abstract""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AbstractLinks();

    private static Task<ArxivSimulator> StartAsync(ArxivSimulatorOptions? options = null) => ArxivSimulator.StartAsync(options ?? new() { Today = tuesday }, Ct);

    // All papers in this file are invented.
    private static SimulatedPaper Paper(string id, params string[] categories) => new()
    {
        Id = id,
        Title = "An Invented Result " + id,
        Abstract = $"We invent a result for {id}. It holds for 3 of 4 cases.",
        Categories = categories,
    };

    private static async Task<HttpResponseMessage> GetAsync(ArxivSimulator simulator, string path)
    {
        using var client = new HttpClient { BaseAddress = simulator.Address };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("DenoisedTests/1.0 (mailto:tests@example.org)");
        return await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
    }

    private static async Task<XDocument> FeedAsync(ArxivSimulator simulator, string subjects)
    {
        using var response = await GetAsync(simulator, "rss/" + subjects);
        return XDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Ct));
    }

    private static async Task<List<string>> FeedIdsAsync(ArxivSimulator simulator, string subjects) =>
        [.. (await FeedAsync(simulator, subjects)).Descendants("item").Select(static item => item.Element("link")!.Value["https://arxiv.org/abs/".Length..])];

    private static async Task<XDocument> ApiAsync(ArxivSimulator simulator, string query)
    {
        using var response = await GetAsync(simulator, "api/query?" + query);
        return XDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Ct));
    }
}
