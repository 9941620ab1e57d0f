using System.Xml.Linq;
using Denoised.Collecting;
using Denoised.Domain;
using Denoised.Publishing.Snapshots;
using Denoised.Simulators.Arxiv;
using Denoised.Storage;
using Denoised.TestSupport.Papers;
using Denoised.Tests.Arxiv;
using Microsoft.AspNetCore.Http;

namespace Denoised.Tests.Collecting;

/// <summary>
/// Collections with invalid input from arXiv. The run reports each problem, and the problem affects no other category or entry.
/// </summary>
public sealed class BadInputTests(StorageFixture storage)
{
    private static readonly ListingDay day = ListingDay.Parse("2026-03-17");

    [Theory]
    [InlineData(ArxivFault.HtmlInsteadOfXml, "HTML page")]
    [InlineData(ArxivFault.TruncatedBody, "not well-formed XML")]
    [InlineData(ArxivFault.BrokenTransfer, "cannot be reached")]
    [InlineData(ArxivFault.ConnectionReset, "cannot be reached")]
    [InlineData(ArxivFault.InternalServerError, "500")]
    [InlineData(ArxivFault.TooManyRequestsWithRetryAfter, "429")]
    public async Task An_unreadable_feed_is_reported_and_affects_no_other_category(ArxivFault fault, string reason)
    {
        await using var arxiv = await ArxivSimulator.StartAsync(
            new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = day.Date }, TestContext.Current.CancellationToken);
        foreach (var number in Enumerable.Range(1, 6))
            arxiv.Announce(new SimulatedPaper { Id = $"2603.{number:00000}", Title = $"Invented {number}", Abstract = $"We invent number {number}.", Categories = [number % 2 == 0 ? "cs.LG" : "stat.ML"] });
        await using var product = Product.On(storage.TakeAccount(), arxiv, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Arxiv:Categories"] = "cs.LG,stat.ML" });
        product.Time.MoveTo(day);

        arxiv.FaultFor = request => request.Path.StartsWith("/rss/cs.LG", StringComparison.Ordinal) ? fault : null;
        await product.CollectAsync();

        var run = await RunAsync(product);
        Assert.Equal("incomplete", run.Outcome);
        var message = Assert.Single(run.Messages, message => message.StartsWith("cs.LG: ", StringComparison.Ordinal));
        Assert.Contains("/rss/cs.LG", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Equal(["2603.00001", "2603.00003", "2603.00005"], await ShownAsync(product));

        arxiv.FaultFor = null;
        await product.ForgetLeasesAsync();
        await product.CollectAsync();
        Assert.Equal("complete", (await RunAsync(product)).Outcome);
        Assert.Equal(6, (await ShownAsync(product)).Count);
    }

    [Fact]
    public async Task An_unknown_category_is_reported_once_and_stores_nothing()
    {
        await using var server = await LocalArxiv.StartAsync(context => context.Request.Path.Value! switch
        {
            "/rss/cs.LG" => context.Response.WriteAsync(ArxivWriter.Rss([ArxivWriter.Sample()])),
            "/rss/cs.ZZ" => RefuseAsync(context, "Bad subject class 'ZZ'."),
            var path when path.StartsWith("/catchup/cs.LG/", StringComparison.Ordinal) => context.Response.WriteAsync(NoEntries(path)),
            var path when path.StartsWith("/catchup/", StringComparison.Ordinal) => RefuseAsync(context, "Invalid archive."),
            _ => context.Response.WriteAsync(ArxivWriter.Api([ArxivWriter.Sample()])),
        });
        await using var product = On(server, "cs.LG,cs.ZZ");

        await product.CollectAsync();

        var run = await RunAsync(product);
        Assert.Equal("incomplete", run.Outcome);
        Assert.Contains("no category 'cs.ZZ'", Assert.Single(run.Messages), StringComparison.Ordinal);
        Assert.Equal(["2603.00001"], await ShownAsync(product));
        Assert.Single(server.Visits, visit => visit.Path.Contains("cs.ZZ", StringComparison.Ordinal));
        Assert.DoesNotContain((await product.Get<ListingTable>().ReadAllAsync(TestContext.Current.CancellationToken)).SelectMany(records => records), record => record.Category == "cs.ZZ");
        Assert.All((await product.ReadSiteAsync()).Index!.Days, entry => Assert.Empty(entry.Notes));
    }

    [Fact]
    public async Task The_run_quotes_an_API_error_and_the_papers_appear_without_API_data()
    {
        await using var server = await LocalArxiv.StartAsync(context => context.Request.Path.Value! switch
        {
            "/rss/cs.LG" => context.Response.WriteAsync(ArxivWriter.Rss([ArxivWriter.Sample()])),
            var path when path.StartsWith("/catchup/", StringComparison.Ordinal) => context.Response.WriteAsync(NoEntries(path)),
            _ => context.Response.WriteAsync(ArxivWriter.ApiError("incorrect id format for 2603.00001")),
        });
        await using var product = On(server, "cs.LG");

        await product.CollectAsync();

        var message = Assert.Single((await RunAsync(product)).Messages);
        Assert.Contains("incorrect id format for 2603.00001", message, StringComparison.Ordinal);
        Assert.Equal(["2603.00001"], await ShownAsync(product));
    }

    [Fact]
    public async Task Invalid_entries_are_reported_and_the_others_appear()
    {
        var monstrous = ArxivWriter.Sample("2603.00008") with { Abstract = Noise(2_000_000) };
        var feed = XDocument.Parse(ArxivWriter.Rss([.. Enumerable.Range(1, 7).Select(number => ArxivWriter.Sample($"2603.{number:00000}")), monstrous]));
        var items = feed.Descendants("item").ToList();
        items[1].Element("title")!.Remove();
        items[2].Element("guid")!.Value = "oai:arXiv.org:nonsense";
        items[2].Element("link")!.Value = "https://arxiv.org/";
        items[3].Elements().Single(element => element.Name.LocalName == "announce_type").Value = "resurrected";
        items[4].Element("description")!.Value = "";
        items[5].Elements("category").Remove();
        await using var server = await LocalArxiv.StartAsync(context => context.Request.Path.Value! switch
        {
            "/rss/cs.LG" => context.Response.WriteAsync(feed.ToString()),
            var path when path.StartsWith("/catchup/", StringComparison.Ordinal) => context.Response.WriteAsync(NoEntries(path)),
            _ => context.Response.WriteAsync(ArxivWriter.Api([ArxivWriter.Sample("2603.00001"), ArxivWriter.Sample("2603.00007")])),
        });
        await using var product = On(server, "cs.LG");

        await product.CollectAsync();

        Assert.Equal(["2603.00001", "2603.00007"], await ShownAsync(product));
        var run = await RunAsync(product);
        Assert.Equal("incomplete", run.Outcome);
        Assert.All(["2603.00002", "nonsense", "resurrected", "2603.00005", "2603.00006"], name => Assert.Contains(run.Messages, message => message.Contains(name, StringComparison.Ordinal)));

        // The ledger of the day contains the same notes and marks the day as incomplete.
        var record = Assert.Single(await product.Get<ListingTable>().ReadAsync(day, TestContext.Current.CancellationToken));
        Assert.False(record.IsComplete);
        Assert.Equal(2, record.Announced);
        Assert.Contains(record.Notes, note => note.StartsWith("2603.00008 is left out", StringComparison.Ordinal));
        Assert.Equal(record.Notes, (await product.ReadSiteAsync()).Index!.Days[0].Notes);
    }

    [Fact]
    public async Task A_day_completed_from_the_catch_up_page_stays_complete()
    {
        var feed = XDocument.Parse(ArxivWriter.Rss([ArxivWriter.Sample("2603.00001"), ArxivWriter.Sample("2603.00002")]));
        feed.Descendants("item").Last().Element("title")!.Remove();
        await using var server = await LocalArxiv.StartAsync(context => context.Request.Path.Value! switch
        {
            "/rss/cs.LG" => context.Response.WriteAsync(feed.ToString()),
            "/catchup/cs.LG/2026-03-17" => context.Response.WriteAsync(ArxivWriter.CatchUp([(ArxivWriter.Sample("2603.00001"), AnnounceType.New), (ArxivWriter.Sample("2603.00002"), AnnounceType.New)])),
            var path when path.StartsWith("/catchup/", StringComparison.Ordinal) => context.Response.WriteAsync(NoEntries(path)),
            _ => context.Response.WriteAsync(ArxivWriter.Api([ArxivWriter.Sample("2603.00001"), ArxivWriter.Sample("2603.00002")])),
        });
        await using var product = On(server, "cs.LG");
        await product.CollectAsync();
        Assert.Equal(["2603.00001"], await ShownAsync(product));

        // At this hour the feed is no longer just late, so the collector reads the catch-up page of the day.
        product.Time.MoveTo(new DateTimeOffset(2026, 3, 17, 13, 20, 0, TimeSpan.Zero));
        await product.CollectAsync();
        Assert.Equal(["2603.00001", "2603.00002"], await ShownAsync(product));
        var before = await product.DumpTableAsync(TableNames.Listings);

        await product.CollectAsync();
        Assert.Equal(before, await product.DumpTableAsync(TableNames.Listings));
        Assert.Single(server.Visits, visit => visit.Path.StartsWith("/catchup/cs.LG/2026-03-17", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_run_reports_a_feed_without_a_day()
    {
        await using var server = await LocalArxiv.StartAsync(context => context.Request.Path.Value! switch
        {
            "/rss/cs.LG" => context.Response.WriteAsync(ArxivWriter.Rss([ArxivWriter.Sample()], pubDate: null)),
            var path when path.StartsWith("/catchup/", StringComparison.Ordinal) => context.Response.WriteAsync(NoEntries(path)),
            _ => context.Response.WriteAsync(ArxivWriter.Api([])),
        });
        await using var product = On(server, "cs.LG");

        await product.CollectAsync();

        var run = await RunAsync(product);
        Assert.Equal("incomplete", run.Outcome);
        Assert.Contains("names no day", Assert.Single(run.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_API_response_does_not_prove_that_a_day_is_empty()
    {
        var isWell = false;
        await using var server = await LocalArxiv.StartAsync(context => context.Request.Path.Value! switch
        {
            "/rss/cs.LG" => context.Response.WriteAsync(ArxivWriter.Rss([ArxivWriter.Sample()])),
            var path when path.StartsWith("/catchup/", StringComparison.Ordinal) => isWell ? context.Response.WriteAsync(NoEntries(path)) : context.Response.WriteAsync("<html><body>Maintenance</body></html>"),
            _ => context.Response.WriteAsync(ArxivWriter.Api([], total: 0)),
        });
        await using var product = On(server, "cs.LG");

        await product.CollectAsync();
        Assert.Contains((await RunAsync(product)).Messages, message => message.Contains("no submissions of 2026-03-16", StringComparison.Ordinal));
        Assert.Empty(await product.Get<ListingTable>().ReadAsync(ListingDay.Parse("2026-03-16"), TestContext.Current.CancellationToken));

        isWell = true;
        await product.CollectAsync();
        Assert.True(Assert.Single(await product.Get<ListingTable>().ReadAsync(ListingDay.Parse("2026-03-16"), TestContext.Current.CancellationToken)).IsComplete);
    }

    private static string NoEntries(string path) =>
        ArxivWriter.CatchUp([], date: ListingDay.Parse(path[^10..]).Date.ToString("ddd, d MMM yyyy", System.Globalization.CultureInfo.InvariantCulture));

    private static Task RefuseAsync(HttpContext context, string text)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync(text);
    }

    private static async Task<CollectionRun> RunAsync(Product product) => (await product.Get<RunTable>().ReadAsync(TestContext.Current.CancellationToken))!;

    private static async Task<IReadOnlyList<string>> ShownAsync(Product product) =>
        (await product.ReadSiteAsync()).Papers.TryGetValue(day, out var papers) ? [.. papers.Select((PaperView paper) => paper.Id.Value)] : [];

    private static string Noise(int length)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-";
#pragma warning disable CA5394 // Not security-sensitive.
        return string.Create(length, new Random(1), static (letters, random) => random.GetItems(Letters, letters));
#pragma warning restore CA5394
    }

    private Product On(LocalArxiv server, string categories)
    {
        var address = server.Address.ToString();
        var product = Product.On(storage.TakeAccount(), arxiv: null, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Arxiv:FeedAddress"] = address,
            ["Arxiv:ApiAddress"] = address,
            ["Arxiv:PageAddress"] = address,
            ["Arxiv:Categories"] = categories,
        });
        product.Time.MoveTo(day);
        return product;
    }
}
