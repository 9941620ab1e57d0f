using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Denoised.Domain;
using Denoised.LocalHost.Emulator;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;
using Denoised.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Denoised.Tests.Publishing;

public sealed class PublishingRaceTests(StorageFixture storage)
{
    private const int Publishers = 4;
    private const int Rounds = 400;
    private const int RoundsToOnePaper = 50;

    /// <summary>The hour of production, scaled so that files are removed while the race is on; a reader takes far less from index to files.</summary>
    private static readonly TimeSpan keep = TimeSpan.FromSeconds(6);

    private static readonly ListingDay[] days = [ListingDay.Parse("2026-03-16"), ListingDay.Parse("2026-03-17")];

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Four_publishers_against_a_changing_table_show_the_last_state_and_never_less_than_before()
    {
        // Hundreds of rounds on an emulator that goes through the rows of other tests too would be slow.
        await using var emulator = await AzuriteProcess.StartAsync(new AzuriteOptions(), line => TestContext.Current.SendDiagnosticMessage(line), TestContext.Current.CancellationToken);
        var account = emulator.ConnectionString;
        await using var product = On(account);
        await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);

        // One paper of each day carries the number of its revision in its title.
        await product.Get<PaperTable>().InsertAsync([.. days.Select((day, index) => InventedRows.Row(index, day, title: "0"))], TestContext.Current.CancellationToken);

        using var finished = new CancellationTokenSource();
        var reader = ReadUntilAsync(product, finished.Token);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => PublishChangesAsync(account, publisher)));
        watch.Stop();
        await finished.CancelAsync();
        var reads = await reader;

        var site = await product.ReadSiteAsync();
        foreach (var day in days)
        {
            var rows = await product.Get<PaperTable>().ReadDayAsync(day, TestContext.Current.CancellationToken);
            Assert.Equal(rows.Select(row => (row.Paper.Id, row.Paper.Title)), site.Papers[day].Select(paper => (paper.Id, paper.Title)));
            Assert.Equal(rows.Count, site.Index!.Days.Single(entry => entry.Day == day).Counts.Announced);
        }

        Assert.Equal(Rounds, days.Sum(Revision) + (Rounds / RoundsToOnePaper));
        Assert.Equal((Rounds / RoundsToOnePaper) + days.Length, site.Papers.Values.Sum(papers => papers.Count));
        Assert.True(reads > 20, $"The reader read the site only {reads} times.");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Rounds} rounds by {Publishers} publishers in {watch.Elapsed.TotalSeconds:0.0} s; the site was read {reads} times."));

        int Revision(ListingDay day) => int.Parse(site.Papers[day][0].Title, CultureInfo.InvariantCulture);
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Four_publishers_of_four_days_on_an_empty_site_all_show_their_day()
    {
        var all = Enumerable.Range(16, Publishers).Select(date => new ListingDay(new DateOnly(2026, 3, date))).ToList();
        for (var repetition = 0; repetition < 5; repetition++)
        {
            var account = storage.TakeAccount();
            await using var product = On(account);
            await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);
            var changed = await product.Get<PaperTable>().InsertAsync([.. all.Select((day, index) => InventedRows.Row(index, day))], TestContext.Current.CancellationToken);

            await Task.WhenAll(all.Select(async day =>
            {
                await using var instance = On(account);
                Assert.Null(await instance.Get<DayPublisher>().PublishAsync(new DayMessage(day, changed), TestContext.Current.CancellationToken));
            }));

            var site = await product.ReadSiteAsync();
            Assert.Equal(all.OrderDescending(), site.Index!.Days.Select(entry => entry.Day));
            Assert.All(all, day => Assert.Single(site.Papers[day]));
        }
    }

    [Fact]
    public async Task A_publication_that_dies_between_any_two_writes_leaves_a_site_that_can_be_read()
    {
        var account = storage.TakeAccount();

        // The hardest case: whatever nothing points to is removed at once.
        await using var product = Product.On(account, arxiv: null, register: Keeping(TimeSpan.Zero));
        await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var table = product.Get<PaperTable>();
        var changed = await table.InsertAsync([InventedRows.Row(1)], TestContext.Current.CancellationToken);
        await product.Get<DayPublisher>().PublishAsync(new DayMessage(InventedRows.Day, changed), TestContext.Current.CancellationToken);

        var writes = 0;
        for (var isComplete = false; !isComplete; writes++)
        {
            Assert.True(writes < 100, "No publication completes.");
            changed = await table.InsertAsync([InventedRows.Row(writes + 2)], TestContext.Current.CancellationToken);
            await using (var crashing = Product.On(account, arxiv: null, register: new CrashPolicy(writes).Register(account)))
            {
                try
                {
                    isComplete = await crashing.Get<DayPublisher>().PublishAsync(new DayMessage(InventedRows.Day, changed), TestContext.Current.CancellationToken) is null;
                }
                catch (Exception exception) when (exception is CrashPolicy.SimulatedCrashException || exception.InnerException is CrashPolicy.SimulatedCrashException)
                {
                    // Dead, as intended.
                }
            }

            await product.Get<DayPublisher>().RemoveUnreferencedAsync(TestContext.Current.CancellationToken);
            var site = await product.ReadSiteAsync();
            Assert.InRange(site.Papers[InventedRows.Day].Count, writes + 1, writes + 2);

            await product.Get<DayPublisher>().PublishAsync(new DayMessage(InventedRows.Day, changed), TestContext.Current.CancellationToken);
            Assert.Equal(writes + 2, (await product.ReadSiteAsync()).Papers[InventedRows.Day].Count);
        }

        Assert.True(writes > 4, $"There were only {writes} writes to crash at.");
    }

    private static Product On(string account) => Product.On(account, arxiv: null, register: Keeping(keep));

    /// <summary>Shorter than the settings allow.</summary>
    private static Action<IServiceCollection> Keeping(TimeSpan time) => services =>
        services.AddSingleton(Options.Create(new PublishingOptions { MinimumInterval = TimeSpan.Zero, KeepUnreferenced = time }));

    /// <summary>An instance of its own that changes a row, publishes, and then must find the change in what readers see.</summary>
    private static async Task PublishChangesAsync(string account, int publisher)
    {
        await using var instance = On(account);
        var table = instance.Get<PaperTable>();
        for (var round = 0; round < Rounds / Publishers; round++)
        {
            var index = (publisher + round) % days.Length;
            var day = days[index];
            var isNew = round % RoundsToOnePaper == publisher;
            var added = InventedRows.Row(100 + (publisher * 1000) + round, day);
            var revision = "";
            DateTimeOffset changed;
            if (isNew)
            {
                changed = await table.InsertAsync([added], TestContext.Current.CancellationToken);
            }
            else
            {
                var written = await table.UpdateAsync(day, InventedRows.Row(index).Paper.Id, (row, _) => row with { Paper = row.Paper with { Title = Next(row.Paper.Title) } }, TestContext.Current.CancellationToken);
                revision = written!.Paper.Title;
                changed = written.Timestamp;
            }

            Assert.Null(await instance.Get<DayPublisher>().PublishAsync(new DayMessage(day, changed), TestContext.Current.CancellationToken));

            var shown = await ReadDayAsync(instance, day);
            if (isNew)
                Assert.Contains(shown, paper => paper.Id == added.Paper.Id);
            else
                Assert.True(Number(shown[0].Title) >= Number(revision), $"Revision {revision} of {day} was published, and {shown[0].Title} is shown.");
        }

        static string Next(string revision) => (Number(revision) + 1).ToString(CultureInfo.InvariantCulture);

        static int Number(string revision) => int.Parse(revision, CultureInfo.InvariantCulture);
    }

    private static async Task<IReadOnlyList<PaperView>> ReadDayAsync(Product instance, ListingDay day)
    {
        var index = (await instance.Get<SiteIndexFile>().ReadAsync(TestContext.Current.CancellationToken)).Index!;
        var papers = new List<PaperView>();
        foreach (var part in index.Days.Single(entry => entry.Day == day).Parts)
        {
            var (content, _, _) = await instance.Get<SiteContainer>().ReadAsync("data/" + part.Details, TestContext.Current.CancellationToken);
            Assert.True(content is not null, $"{part.Details} is missing.");
            await using var gzip = new GZipStream(content.ToStream(), CompressionMode.Decompress);
            papers.AddRange((await JsonSerializer.DeserializeAsync(gzip, PublishingJson.Default.PaperViewArray, TestContext.Current.CancellationToken))!);
        }

        return papers;
    }

    /// <summary>Reads the whole site again and again. A file that is missing fails the read.</summary>
    private static async Task<int> ReadUntilAsync(Product product, CancellationToken finished)
    {
        var seen = new Dictionary<ListingDay, (int Papers, int Revision)>();
        var reads = 0;
        for (; !finished.IsCancellationRequested; reads++)
        {
            var site = await product.ReadSiteAsync();
            var shown = site.Papers.ToDictionary(day => day.Key, day => (day.Value.Count, int.Parse(day.Value[0].Title, CultureInfo.InvariantCulture)));
            foreach (var (day, (papers, revision)) in seen)
            {
                Assert.True(shown.TryGetValue(day, out var now), $"{day} has vanished.");
                Assert.True(now.Count >= papers && now.Item2 >= revision, $"{day} had {papers} papers, revision {revision}; now it has {now.Count}, revision {now.Item2}.");
            }

            Assert.All(site.Index?.Days ?? [], entry => Assert.Equal(entry.Counts.Announced, shown[entry.Day].Count));
            seen = shown;

            // Leaves the storage to the publishers, most of the time.
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }

        return reads;
    }
}
