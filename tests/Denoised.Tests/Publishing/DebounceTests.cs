using System.Text.Json;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;
using Denoised.Tests.Storage;

namespace Denoised.Tests.Publishing;

/// <summary>The storage service's clock is what counts here, and it cannot be moved: the minute of production is scaled to some seconds.</summary>
public sealed class DebounceTests(StorageFixture storage)
{
    // Longer than the margin within which two moments of that clock count as the same.
    private static readonly TimeSpan interval = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_burst_leads_to_a_rebuild_now_and_to_at_most_one_an_interval_the_last_of_which_holds_the_last_change()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Publishing:MinimumInterval"] = interval.ToString() });
        await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);
        const int Burst = 12;

        await ChangeAsync(1);
        await product.DrainAsync();
        var first = await PublishedAsync();
        Assert.Equal(1, first.Counts.Announced);

        for (var number = 2; number <= Burst; number++)
            await ChangeAsync(number);
        await product.DrainAsync();

        // Usually one, none where the interval is over already. A busy emulator's Date header may be older than the margin: then a change needs a message
        // of its own. Without merging there is one for each change.
        Assert.InRange(await product.CountMessagesAsync(QueueNames.Days), 0, Burst / 2);

        // At most one rebuild an interval, whatever the messages and however long it takes; at the end the last change is there and no message is left.
        List<DayEntry> rebuilds = [first];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
            await product.DrainAsync();
            if (await PublishedAsync() is var entry && entry.ReadAt != rebuilds[^1].ReadAt)
                rebuilds.Add(entry);
        }
        while (await product.CountMessagesAsync(QueueNames.Days) > 0);

        Assert.Equal(Burst, rebuilds[^1].Counts.Announced);
        Assert.Equal(Burst, (await product.ReadSiteAsync()).Papers[InventedRows.Day].Count);
        Assert.All(rebuilds.Zip(rebuilds.Skip(1)), pair => Assert.True(pair.Second.ReadAt - pair.First.ReadAt >= interval, $"{pair.First.ReadAt:T} and {pair.Second.ReadAt:T} are less than {interval} apart."));

        async Task ChangeAsync(int number)
        {
            var changed = await product.Get<PaperTable>().InsertAsync([InventedRows.Row(number)], TestContext.Current.CancellationToken);
            await product.Get<WorkQueues>().SendAsync(new DayMessage(InventedRows.Day, changed), TimeSpan.Zero, TestContext.Current.CancellationToken);
        }

        async Task<DayEntry> PublishedAsync() =>
            Assert.Single((await product.Get<SiteIndexFile>().ReadAsync(TestContext.Current.CancellationToken)).Index!.Days);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(DayPublisher.PapersInInterval, 1)]
    [InlineData(7_000, 14)]
    public async Task A_large_day_is_rebuilt_less_often(int papers, int minutes)
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Publishing:MinimumInterval"] = "00:01:00" });
        await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var changed = await product.Get<PaperTable>().InsertAsync([InventedRows.Row(1)], TestContext.Current.CancellationToken);
        var publisher = product.Get<DayPublisher>();
        await publisher.PublishAsync(new DayMessage(InventedRows.Day, changed), TestContext.Current.CancellationToken);

        // As if the day had so many papers: what counts is what the index says of it.
        var (index, _, _) = await product.Get<SiteIndexFile>().ReadAsync(TestContext.Current.CancellationToken);
        var entry = Assert.Single(index!.Days);
        var large = index with { Days = [entry with { Counts = entry.Counts with { Announced = papers } }] };
        await product.Get<SiteContainer>().WriteAsync(
            SiteIndexFile.Name, SnapshotFile.Compress(JsonSerializer.SerializeToUtf8Bytes(large, PublishingJson.Default.SiteIndex)), "application/json", SiteContainer.Revalidate, isGzip: true, TestContext.Current.CancellationToken);

        var wait = await publisher.PublishAsync(new DayMessage(InventedRows.Day, DateTimeOffset.MaxValue), TestContext.Current.CancellationToken);

        Assert.InRange(wait!.Value.Wait, TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(minutes));
    }

    [Fact]
    public async Task A_message_about_a_change_that_is_shown_already_rebuilds_nothing()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);
        await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var changed = await product.Get<PaperTable>().InsertAsync([InventedRows.Row(1)], TestContext.Current.CancellationToken);
        var publisher = product.Get<DayPublisher>();
        await publisher.PublishAsync(new DayMessage(InventedRows.Day, changed), TestContext.Current.CancellationToken);
        var (_, before, _) = await product.Get<SiteIndexFile>().ReadAsync(TestContext.Current.CancellationToken);

        Assert.Null(await publisher.PublishAsync(new DayMessage(InventedRows.Day, changed - StorageClock.Margin - TimeSpan.FromSeconds(1)), TestContext.Current.CancellationToken));
        Assert.Equal(before, (await product.Get<SiteIndexFile>().ReadAsync(TestContext.Current.CancellationToken)).ETag);

        // Within the margin nobody knows which came first: it is rebuilt.
        Assert.Null(await publisher.PublishAsync(new DayMessage(InventedRows.Day, changed), TestContext.Current.CancellationToken));
        Assert.NotEqual(before, (await product.Get<SiteIndexFile>().ReadAsync(TestContext.Current.CancellationToken)).ETag);
    }
}
