using System.Text.Json;
using Azure.Storage.Queues;
using Denoised.Collecting;
using Denoised.Domain;
using Denoised.Overviews;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;
using Denoised.Simulators.Arxiv;
using Denoised.Storage;
using Denoised.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Tests.Collecting;

public sealed class CollectorTests(StorageFixture storage)
{
    private static readonly (string Day, int Papers)[] realDays =
        [("2026-03-16", 86), ("2026-03-17", 262), ("2026-03-18", 102), ("2026-03-19", 86), ("2026-03-20", 101), ("2026-03-23", 88), ("2026-03-24", 169)];

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Every_paper_of_the_seven_real_days_appears()
    {
        await using var arxiv = await ArxivSimulator.StartAsync(NoRateLimit with { ListingsFolder = RealInput.Path("arxiv/listings") }, TestContext.Current.CancellationToken);
        await using var product = Product.On(storage.TakeAccount(), arxiv);

        foreach (var (day, _) in realDays)
        {
            arxiv.Today = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
            product.Time.MoveTo(ListingDay.Parse(day));
            await product.CollectAsync();
        }

        var site = await product.ReadSiteAsync();
        Assert.Equal(realDays.Reverse(), site.Index!.Days.Select(day => (day.Day.ToString(), day.Counts.Announced)));
        Assert.Equal(894, site.Papers.Values.Sum(papers => papers.Count));
        Assert.All(site.Index.Days, day => Assert.Equal(day.Counts.Announced, site.Papers[day.Day].DistinctBy(paper => paper.Id).Count()));
        Assert.All(site.Index.Days, day => Assert.Empty(day.Notes));
        Assert.Empty(arxiv.RequestsWithoutContact);
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Collecting_the_same_day_again_changes_nothing()
    {
        await using var arxiv = await ArxivSimulator.StartAsync(NoRateLimit with { ListingsFolder = RealInput.Path("arxiv/listings"), Today = new DateOnly(2026, 3, 17) }, TestContext.Current.CancellationToken);
        await using var product = Product.On(storage.TakeAccount(), arxiv);
        product.Time.MoveTo(ListingDay.Parse("2026-03-17"));
        await product.CollectAsync();
        var before = await StateAsync();

        for (var time = 0; time < 3; time++)
        {
            await product.Get<Collector>().CollectAsync(new CollectionMessage(), isRetry: false, TestContext.Current.CancellationToken);
            Assert.Equal(0, await product.CountMessagesAsync(QueueNames.Papers));
            Assert.Equal(0, await product.CountMessagesAsync(QueueNames.Days));
        }

        Assert.Equal(before, await StateAsync());

        async Task<IReadOnlyList<string>> StateAsync() =>
            [.. await product.DumpTableAsync(TableNames.Papers), .. await product.DumpTableAsync(TableNames.PaperDays), .. await product.DumpTableAsync(TableNames.Listings)];
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task The_odd_papers_appear_unchanged_on_the_site_and_in_the_API()
    {
        var odd = File.ReadLines(RealInput.Path("arxiv/listings/odd_cases.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var papers = odd.Select((record, index) => Simulated(record, index)).Append(new SimulatedPaper
        {
            Id = "2603.99999",
            Title = "A Consortium Paper Made for This Test",
            Authors = [.. Enumerable.Range(1, 5000).Select(number => $"Author {number} of a Långe–List")],
            Abstract = "We are five thousand.",
            Categories = ["cs.LG"],
            Comment = "Invented for a test.",
        }).ToList();
        await using var arxiv = await ArxivSimulator.StartAsync(NoRateLimit with { Today = new DateOnly(2026, 3, 17) }, TestContext.Current.CancellationToken);
        foreach (var paper in papers)
            arxiv.Announce(paper);
        await using var product = Product.On(storage.TakeAccount(), arxiv, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Arxiv:Categories"] = string.Join(',', papers.Select(paper => paper.Primary).Distinct()),
        });
        product.Time.MoveTo(ListingDay.Parse("2026-03-17"));

        await product.CollectAsync();

        var shown = (await product.ReadSiteAsync()).Papers.Values.Single().ToDictionary(paper => paper.Id.Value);
        Assert.Equal(papers.Select(paper => paper.Id).Distinct().Order(StringComparer.Ordinal), shown.Keys.Order(StringComparer.Ordinal));
        var api = product.Get<Denoised.Api.PapersApi>();
        foreach (var paper in papers.DistinctBy(paper => paper.Id))
        {
            AssertSame(paper, shown[paper.Id]);
            var answer = Assert.IsType<Denoised.Api.RepresentationResult>(await api.GetPaperAsync(paper.Id, TestContext.Current.CancellationToken));
            AssertSame(paper, JsonSerializer.Deserialize(answer.Representation.Body, PublishingJson.Default.PaperView)!);
        }
    }

    [Fact]
    public async Task The_publication_lag_of_a_day_is_measured_until_the_site_shows_it()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);
        await product.Get<StorageSetup>().EnsureCreatedAsync(stop);
        await product.Get<PaperTable>().InsertAsync([InventedRows.Row(1)], stop);
        var measured = new System.Collections.Concurrent.ConcurrentQueue<double>();
        using var listener = new System.Diagnostics.Metrics.MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "denoised.publication.lag")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => measured.Enqueue(value));
        listener.Start();

        // Other tests of this process record the same metric, but never with so long a lag.
        await product.Get<Repair>().RepairAsync(isRetry: false, DateTimeOffset.UtcNow.AddHours(1_000), stop);
        Assert.Contains(measured, lag => lag is > 999 and < 1_001);
        await product.DrainAsync();
        measured.Clear();
        await product.Get<Repair>().RepairAsync(isRetry: false, DateTimeOffset.UtcNow.AddHours(1_000), stop);
        Assert.DoesNotContain(measured, lag => lag > 999);
        Assert.Contains(0, measured);
    }

    [Fact]
    public async Task A_repeated_collection_enqueues_only_papers_that_no_instance_has_started()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);
        await product.Get<StorageSetup>().EnsureCreatedAsync(stop);
        var (now, waiting) = (DateTimeOffset.UtcNow, new Func<int, PaperRow>(number => InventedRows.Row(number) with { State = PaperState.Announced, FallbackReason = FallbackReason.None }));
        await product.Get<PaperTable>().InsertAsync(
            [
                waiting(1),
                waiting(2) with { NotBefore = now.AddMinutes(10) },
                waiting(3) with { State = PaperState.Summarizing, Attempts = 1, LeaseOwner = "a test", LeaseEnd = now.AddMinutes(10) },
                waiting(4) with { Attempts = 1 },
                InventedRows.Row(5),
            ],
            stop);

        await product.Get<Repair>().RepairAsync(isRetry: false, now, stop);
        Assert.Equal(0, await product.CountMessagesAsync(QueueNames.Papers));
        await product.Get<Repair>().RepairAsync(isRetry: true, now, stop);
        var message = Assert.Single((await product.Get<QueueServiceClient>().GetQueueClient(QueueNames.Papers).ReceiveMessagesAsync(10, cancellationToken: stop)).Value);
        Assert.Contains("2603.00001", message.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_during_a_collection_defer_one_message_for_each_day()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var product = Product.On(storage.TakeAccount(), arxiv: null, [new("Collect:LeaseDuration", "00:00:05")]);
        await product.Get<StorageSetup>().EnsureCreatedAsync(stop);
        var collector = product.Get<Collector>();
        var day = new CollectionMessage(ListingDay.Parse("2026-03-17"));
        await using (await product.Get<SharedLeases>().TryAcquireAsync("collection", TimeSpan.FromMinutes(10), stop))
        {
            foreach (var request in Enumerable.Repeat(new CollectionMessage(), 5).Concat(Enumerable.Repeat(day, 5)))
                await collector.CollectAsync(request, isRetry: false, stop);
            Assert.Equal(2, await product.CountMessagesAsync(QueueNames.Collections));

            // A deferred message that becomes visible while the collection still runs is deferred again.
            var queue = product.Get<QueueServiceClient>().GetQueueClient(QueueNames.Collections);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(TimeSpan.FromMinutes(3));
            while (!(await queue.PeekMessagesAsync(2, limit.Token)).Value.Any(message => message.Body.ToString().Contains("2026-03-17", StringComparison.Ordinal)))
                await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
            await queue.ClearMessagesAsync(stop);
            await collector.CollectAsync(day, isRetry: false, stop);
            Assert.Equal(1, await product.CountMessagesAsync(QueueNames.Collections));
        }
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_collection_that_crashes_after_any_write_loses_no_paper()
    {
        await using var arxiv = await ArxivSimulator.StartAsync(NoRateLimit with { Today = new DateOnly(2026, 3, 17) }, TestContext.Current.CancellationToken);
        foreach (var number in Enumerable.Range(1, 12))
            arxiv.Announce(Invented(number));
        var writes = await CrashAfterEveryWriteAsync(arxiv, async (product, _) => Assert.Equal(12, (await product.ReadSiteAsync()).Papers.Values.Single().Count));

        Assert.True(writes > 40, $"There were only {writes} writes to crash at.");
    }

    [Fact]
    public async Task Without_arXiv_and_papers_the_site_shows_samples_until_the_first_listing()
    {
        var connection = storage.TakeAccount();
        await using (var alone = await ShowSamplesAsync(connection))
        {
            var site = await alone.ReadSiteAsync();
            Assert.True(Assert.Single(site.Index!.Days).Sample);
            Assert.Contains("could not be read", Assert.Single(site.Index.Days[0].Notes), StringComparison.Ordinal);
            Assert.All(site.Papers.Values.Single(), paper => Assert.True(paper.Sample));
            Assert.NotNull(site.Index.Days[0].Overview);
            Assert.Equal(site.Index.Days[0].Day, await alone.Get<PaperDayTable>().FindAsync(site.Papers.Values.Single()[0].Id, TestContext.Current.CancellationToken));
        }

        await using var arxiv = await ArxivSimulator.StartAsync(NoRateLimit with { Today = new DateOnly(2026, 3, 17) }, TestContext.Current.CancellationToken);
        arxiv.Announce(Invented(1));
        await using var product = Product.On(connection, arxiv);
        product.Time.MoveTo(ListingDay.Parse("2026-03-17"));
        await product.CollectAsync();

        var real = await product.ReadSiteAsync();
        Assert.False(Assert.Single(real.Index!.Days).Sample);
        Assert.Equal("2603.00001", Assert.Single(real.Papers.Values.Single()).Id.Value);
        Assert.Single(await product.DumpTableAsync(TableNames.Papers));
        Assert.Single(await product.DumpTableAsync(TableNames.PaperDays));
        Assert.Null((await product.Get<OverviewTable>().ReadAsync(ListingDay.Parse("2026-03-17"), TestContext.Current.CancellationToken)).Row);
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task No_samples_remain_if_the_first_real_collection_crashes_after_any_write()
    {
        await using var arxiv = await ArxivSimulator.StartAsync(NoRateLimit with { Today = new DateOnly(2026, 3, 17) }, TestContext.Current.CancellationToken);
        arxiv.Announce(Invented(1));
        var writes = await CrashAfterEveryWriteAsync(
            arxiv,
            async (product, written) =>
            {
                var site = await product.ReadSiteAsync();
                Assert.Equal("2603.00001", Assert.Single(site.Papers.Values.Single()).Id.Value);
                Assert.Empty(Assert.Single(site.Index!.Days).Notes);
                Assert.All(await product.Get<ListingTable>().ReadAsync(ListingDay.Parse("2026-03-17"), TestContext.Current.CancellationToken), record => Assert.True(record.IsComplete, $"{record} after {written} writes"));
            },
            prepareAsync: async account => await (await ShowSamplesAsync(account)).DisposeAsync());

        Assert.True(writes > 10, $"There were only {writes} writes to crash at.");
    }

    /// <summary>
    /// For each n, a collection on a new account crashes after its n-th write. The next instance continues the collection, and the test checks the result.
    /// The loop ends when a collection completes.
    /// </summary>
    /// <returns>The number of writes after which a collection crashed.</returns>
    private async Task<int> CrashAfterEveryWriteAsync(ArxivSimulator arxiv, Func<Product, int, Task> lookAsync, Func<string, Task>? prepareAsync = null)
    {
        var writes = 0;
        for (var isComplete = false; !isComplete; writes++)
        {
            Assert.True(writes < 500, "No collection completes.");
            var account = storage.TakeAccount();
            if (prepareAsync is not null)
                await prepareAsync(account);
            await using (var crashing = Product.On(account, arxiv, register: new CrashPolicy(writes).Register(account)))
            {
                crashing.Time.MoveTo(ListingDay.Parse("2026-03-17"));
                isComplete = await CompletesAsync(crashing.CollectAsync());
            }

            await using var product = Product.On(account, arxiv);
            product.Time.MoveTo(ListingDay.Parse("2026-03-17"));
            await product.ForgetLeasesAsync();
            await product.Get<Collector>().CollectAsync(new CollectionMessage(), isRetry: true, TestContext.Current.CancellationToken);
            await product.DrainAsync();
            await lookAsync(product, writes);
        }

        return writes;
    }

    /// <summary>Creates a product that has not reached arXiv yet.</summary>
    private static async Task<Product> ShowSamplesAsync(string connection)
    {
        var product = Product.On(connection, arxiv: null, register: services => services.AddSingleton<ISamplePapers>(new TwoSamples()));
        product.Time.MoveTo(ListingDay.Parse("2026-03-17"));
        await product.CollectAsync();
        return product;
    }

    /// <summary>Returns true if the work completes, false if the instance crashes.</summary>
    private static async Task<bool> CompletesAsync(Task work)
    {
        try
        {
            await work;
            return true;
        }
        catch (CrashPolicy.SimulatedCrashException)
        {
            return false;
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is CrashPolicy.SimulatedCrashException))
        {
            return false;
        }
    }

    private static ArxivSimulatorOptions NoRateLimit { get; } = new() { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero };

    private static void AssertSame(SimulatedPaper expected, PaperView actual)
    {
        Assert.Equal(expected.Title, actual.Title);
        Assert.Equal(expected.Authors, actual.Authors);
        Assert.Equal(expected.Abstract, actual.Abstract);
        Assert.Equal(expected.Comment, actual.Comment);
        Assert.Equal(expected.Categories, actual.Categories);
    }

    private static SimulatedPaper Invented(int number) => new()
    {
        Id = $"2603.{number:00000}",
        Title = $"An Invented Paper, Number {number}",
        Abstract = $"Tests need papers. We invent number {number}. It works in {number} of {number} cases.",
        Categories = ["cs.LG"],
    };

    private static SimulatedPaper Simulated(JsonElement record, int index) => new()
    {
        Id = record.GetProperty("id").GetString()!,
        Title = record.GetProperty("title").GetString()!,
        Authors = [.. record.GetProperty("authors").EnumerateArray().Select(author => author.GetString()!)],
        Abstract = record.GetProperty("abstract").GetString()!,
        Categories = [.. record.GetProperty("categories").EnumerateArray().Select(category => category.GetString()!)],
        Comment = record.GetProperty("comment").GetString(),
        Published = record.GetProperty("published").ValueKind == JsonValueKind.String ? record.GetProperty("published").GetDateTimeOffset() : null,
    };

    private sealed class TwoSamples : ISamplePapers
    {
        public IReadOnlyList<AnnouncedPaper> Read() =>
        [
            .. new[] { "9912.00001", "9912.00002" }.Select((id, position) => new AnnouncedPaper(
                new Paper { Id = ArxivId.Parse(id), Title = "Invented", Authors = ["Nobody"], Abstract = "Nothing.", PrimaryCategory = "cs.LG", Categories = ["cs.LG"] }, AnnounceType.New, position)),
        ];

        public DailyOverview OverviewAt(DateTimeOffset now) => new()
        {
            Paragraph = "Nothing.",
            Themes = [new OverviewTheme("Nothing", "nothing", "Both are invented.", [.. Read().Select(announced => announced.Paper.Id)])],
            Provenance = new OverviewProvenance { Method = SummaryMethod.Sample, PromptVersion = "sample", Papers = 2, CreatedAt = now },
        };
    }
}
