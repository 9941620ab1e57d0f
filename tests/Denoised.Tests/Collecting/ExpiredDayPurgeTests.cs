using Denoised.Collecting;
using Denoised.Domain;
using Denoised.Storage;
using Denoised.Tests.Model;

namespace Denoised.Tests.Collecting;

public sealed class ExpiredDayPurgeTests(StorageFixture storage)
{
    /// <summary>Guards against a purge that writes nothing: the loop would then test no crash.</summary>
    private const int MinWrites = 6;

    private static readonly string[] days = ["2026-03-17", "2026-03-18", "2026-03-19"];

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Purge_keeps_the_newest_days_and_deletes_all_data_of_older_days()
    {
        await using var world = await CreateWithThreeDaysAsync(retention: 3);
        var shorterRetention = world.Add(("Collect:RetentionDays", "2"));

        await shorterRetention.Get<ExpiredDayPurge>().PurgeAsync(TestContext.Current.CancellationToken);

        await AssertOnlyNewestDaysRemainAsync(world);
        var before = await DumpTablesAsync(world);
        await shorterRetention.Get<ExpiredDayPurge>().PurgeAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before, await DumpTablesAsync(world));

        // The next collection does not restore the purged days either.
        await shorterRetention.Get<Collector>().CollectAsync(new CollectionMessage(), isRetry: false, TestContext.Current.CancellationToken);
        await shorterRetention.DrainAsync();
        await AssertOnlyNewestDaysRemainAsync(world);
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_purge_that_crashes_after_any_write_completes_in_the_next_run()
    {
        var writes = 0;
        for (var isComplete = false; !isComplete; writes++)
        {
            Assert.True(writes < 100, "The purge did not complete within 100 writes.");
            await using var world = await CreateWithThreeDaysAsync(retention: 3);
            await using (var crashing = Product.On(world.Account, world.Arxiv, [new("Collect:RetentionDays", "2")], new CrashPolicy(writes).Register(world.Account)))
            {
                try
                {
                    await crashing.Get<ExpiredDayPurge>().PurgeAsync(TestContext.Current.CancellationToken);
                    isComplete = true;
                }
                catch (Exception exception) when (IsSimulatedCrash(exception))
                {
                    // Every day in the published index still has all its rows.
                    var site = await world.Product.ReadSiteAsync();
                    foreach (var (day, papers) in site.Papers)
                        Assert.Equal(papers.Count, (await world.ReadPaperRowsAsync(day)).Count);
                }
            }

            await world.Add(("Collect:RetentionDays", "2")).Get<ExpiredDayPurge>().PurgeAsync(TestContext.Current.CancellationToken);
            await AssertOnlyNewestDaysRemainAsync(world);
        }

        Assert.True(writes >= MinWrites, $"The purge made only {writes} writes.");
    }

    private static bool IsSimulatedCrash(Exception exception) =>
        exception is CrashPolicy.SimulatedCrashException || exception is AggregateException { InnerExceptions: var inner } && inner.All(IsSimulatedCrash);

    private async Task<ModelWorld> CreateWithThreeDaysAsync(int retention)
    {
        // No model: extractive summaries.
        var world = await ModelWorld.StartAsync(
            storage, [new("Collect:RetentionDays", retention.ToString(System.Globalization.CultureInfo.InvariantCulture)), new("Summarizer:Endpoint", null)]);
        var number = 1;
        foreach (var day in days)
        {
            world.Arxiv.Today = ListingDay.Parse(day).Date;
            world.Announce(2, first: number);
            number += 2;
        }

        world.Product.Time.MoveTo(ListingDay.Parse(days[^1]));
        await world.CollectAsync();
        Assert.Equal(days.Length, (await world.Product.Get<PaperTable>().ReadDaysAsync(TestContext.Current.CancellationToken)).Count);
        return world;
    }

    private static async Task AssertOnlyNewestDaysRemainAsync(ModelWorld world)
    {
        var site = await world.Product.ReadSiteAsync();
        Assert.Equal(["2026-03-19", "2026-03-18"], site.Index!.Days.Select(day => day.Day.ToString()));
        Assert.Equal(4, site.Papers.Values.Sum(papers => papers.Count));
        Assert.Equal(["2026-03-19", "2026-03-18"], (await world.Product.Get<PaperTable>().ReadDaysAsync(TestContext.Current.CancellationToken)).Select(day => day.ToString()));
        Assert.Equal(4, (await world.Product.DumpTableAsync(TableNames.PaperDays)).Count);
        Assert.All(await world.Product.Get<ListingTable>().ReadAllAsync(TestContext.Current.CancellationToken), listing => Assert.Contains(listing.Key.ToString(), days[1..]));
    }

    private static async Task<IReadOnlyList<string>> DumpTablesAsync(ModelWorld world) =>
        [.. await world.Product.DumpTableAsync(TableNames.Papers), .. await world.Product.DumpTableAsync(TableNames.PaperDays), .. await world.Product.DumpTableAsync(TableNames.Listings)];
}
