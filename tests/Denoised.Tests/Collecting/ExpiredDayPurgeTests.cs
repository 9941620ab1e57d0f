using Denoised.Collecting;
using Denoised.Domain;
using Denoised.Storage;
using Denoised.Tests.Model;

namespace Denoised.Tests.Collecting;

public sealed class ExpiredDayPurgeTests(StorageFixture storage)
{
    private static readonly string[] days = ["2026-03-17", "2026-03-18", "2026-03-19"];

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Retention_keeps_the_newest_days_and_purges_everything_of_the_others()
    {
        await using var world = await FilledAsync(retention: 3);
        var shrunk = world.Add(("Collect:RetentionDays", "2"));

        await shrunk.Get<ExpiredDayPurge>().PurgeAsync(TestContext.Current.CancellationToken);

        await AssertOnlyTheNewestAsync(world);
        var before = await StateAsync(world);
        await shrunk.Get<ExpiredDayPurge>().PurgeAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before, await StateAsync(world));

        // The next collection does not restore the purged days either.
        await shrunk.Get<Collector>().CollectAsync(new CollectionMessage(), isRetry: false, TestContext.Current.CancellationToken);
        await shrunk.DrainAsync();
        await AssertOnlyTheNewestAsync(world);
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_purge_that_crashes_after_any_write_completes_in_the_next_run()
    {
        var writes = 0;
        for (var isThrough = false; !isThrough; writes++)
        {
            Assert.True(writes < 100, "No run gets through.");
            await using var world = await FilledAsync(retention: 3);
            await using (var dying = Product.On(world.Account, world.Arxiv, [new("Collect:RetentionDays", "2")], new Death(writes).Register(world.Account)))
            {
                try
                {
                    await dying.Get<ExpiredDayPurge>().PurgeAsync(TestContext.Current.CancellationToken);
                    isThrough = true;
                }
                catch (Exception exception) when (IsDeath(exception))
                {
                    // At every moment the papers of each day in the public index exist.
                    var site = await world.Product.ReadSiteAsync();
                    foreach (var (day, papers) in site.Papers)
                        Assert.Equal(papers.Count, (await world.RowsAsync(day)).Count);
                }
            }

            await world.Add(("Collect:RetentionDays", "2")).Get<ExpiredDayPurge>().PurgeAsync(TestContext.Current.CancellationToken);
            await AssertOnlyTheNewestAsync(world);
        }

        Assert.InRange(writes, 6, 99);
    }

    private static bool IsDeath(Exception exception) =>
        exception is Death.DiedException || exception is AggregateException { InnerExceptions: var inner } && inner.All(IsDeath);

    private async Task<ModelWorld> FilledAsync(int retention)
    {
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

    private static async Task AssertOnlyTheNewestAsync(ModelWorld world)
    {
        var site = await world.Product.ReadSiteAsync();
        Assert.Equal(["2026-03-19", "2026-03-18"], site.Index!.Days.Select(day => day.Day.ToString()));
        Assert.Equal(4, site.Papers.Values.Sum(papers => papers.Count));
        Assert.Equal(["2026-03-19", "2026-03-18"], (await world.Product.Get<PaperTable>().ReadDaysAsync(TestContext.Current.CancellationToken)).Select(day => day.ToString()));
        Assert.Equal(4, (await world.Product.RowsAsync(TableNames.PaperDays)).Count);
        Assert.All(await world.Product.Get<ListingTable>().ReadAllAsync(TestContext.Current.CancellationToken), records => Assert.Contains(records.Key.ToString(), days[1..]));
    }

    private static async Task<IReadOnlyList<string>> StateAsync(ModelWorld world) =>
        [.. await world.Product.RowsAsync(TableNames.Papers), .. await world.Product.RowsAsync(TableNames.PaperDays), .. await world.Product.RowsAsync(TableNames.Listings)];
}
