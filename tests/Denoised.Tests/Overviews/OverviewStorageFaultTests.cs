

using Denoised.Domain;
using Denoised.Overviews;
using Denoised.Publishing;
using Denoised.Simulators.Storage;
using Denoised.Storage;
using Denoised.Tests.Model;

namespace Denoised.Tests.Overviews;

/// <summary>A day's overview whose row is written while storage fails: one model call pays for it, and readers see it.</summary>
public sealed class OverviewStorageFaultTests(StorageFixture storage)
{
    /// <summary>The client library makes each request five times.</summary>
    private const int ClientAttempts = 5;

    private static readonly DayMessage request = new(ModelWorld.Tuesday, DateTimeOffset.UnixEpoch, Overview: true);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Tier", "Long")]
    [InlineData(ClientAttempts)]
    [InlineData(ClientAttempts + 2)]
    public async Task An_overview_whose_final_write_loses_its_answer_is_paid_for_once_and_shown(int lost)
    {
        await using var world = await WorldAsync();
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);
        proxy.FaultFor = sent => IsWriteOfOverview(sent) && IsAnswered(world) && proxy.Faults.Total < lost ? StorageFault.AnswerLost : null;

        await world.Add(("AzureWebJobsStorage", proxy.ConnectionString)).Get<OverviewGenerator>().OverviewAsync(request, Stop);

        Assert.Equal(lost, proxy.Faults.Counts[StorageFault.AnswerLost]);
        await ShowsModelsForOneCallAsync(world);
    }

    [Fact]
    public async Task An_overview_each_of_whose_writes_loses_an_answer_is_paid_for_once_and_shown()
    {
        await using var world = await WorldAsync();
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);

        // What rules chose, the lease, the model's overview: the repetition of each write is answered.
        var writes = 0;
        proxy.FaultFor = sent => IsWriteOfOverview(sent) && Interlocked.Increment(ref writes) % 2 == 1 ? StorageFault.AnswerLost : null;

        await world.Add(("AzureWebJobsStorage", proxy.ConnectionString)).Get<OverviewGenerator>().OverviewAsync(request, Stop);

        Assert.Equal(3, proxy.Faults.Counts[StorageFault.AnswerLost]);
        await ShowsModelsForOneCallAsync(world);
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task An_overview_is_paid_for_once_though_storage_is_away_longer_than_its_client_retries()
    {
        await using var world = await WorldAsync();
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);
        proxy.FaultFor = sent => IsWriteOfOverview(sent) && IsAnswered(world) && proxy.Faults.Total < ClientAttempts + 2 ? StorageFault.ServerBusy : null;

        await world.Add(("AzureWebJobsStorage", proxy.ConnectionString)).Get<OverviewGenerator>().OverviewAsync(request, Stop);

        Assert.Equal(ClientAttempts + 2, proxy.Faults.Counts[StorageFault.ServerBusy]);
        await ShowsModelsForOneCallAsync(world);
    }

    [Fact]
    public async Task An_overview_that_storage_interrupts_before_its_call_is_released_at_once()
    {
        await using var world = await WorldAsync();
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);

        // From the lease on, the reservation of tokens is refused as often as the client library asks for it.
        var isLeased = false;
        proxy.FaultFor = sent =>
        {
            isLeased |= IsWriteOfOverview(sent) && sent.Method != "POST";
            return isLeased && world.Model.Calls.All(call => call.Day is null) && sent.Path.Contains("pacing", StringComparison.Ordinal) && proxy.Faults.Total < ClientAttempts
                ? StorageFault.ServerBusy
                : null;
        };

        await world.Add(("AzureWebJobsStorage", proxy.ConnectionString)).Get<OverviewGenerator>().OverviewAsync(request, Stop);

        var row = await world.OverviewAsync();
        Assert.Equal((FallbackReason.Failure, 1, null), (row!.Obstacle, row.Attempts, row.LeaseOwner));
        await ShowsModelsForOneCallAsync(world);
    }

    private static bool IsWriteOfOverview(StorageRequest sent) =>
        sent is { Service: StorageService.Table, IsWrite: true } && sent.Path.Contains(TableNames.Overviews, StringComparison.Ordinal);

    private static bool IsAnswered(ModelWorld world) => world.Model.Calls.Any(call => call is { Day: not null, EndedAt: not null });

    private static async Task ShowsModelsForOneCallAsync(ModelWorld world)
    {
        await world.WorkAsync();
        var (index, _, _) = await world.Product.Get<DayPublisher>().ReadIndexAsync(Stop);
        var shown = await world.Product.Get<PublishedPapers>().ReadOverviewAsync(index!.Days[0], Stop);
        Assert.Equal(SummaryMethod.Model, shown?.Provenance.Method);
        Assert.Single(world.Model.Calls, call => call.Day is not null);
    }

    /// <summary>A day whose papers are all summarized, and whose messages are gone.</summary>
    private async Task<ModelWorld> WorldAsync()
    {
        const int Papers = OverviewPlan.FewestPapers;
        var world = await ModelWorld.StartAsync(storage);
        world.AnnounceDay(Papers);
        await world.OnlyCollectAsync();
        await Task.WhenAll(Enumerable.Range(1, Papers).Select(number => world.DeliverAsync(number)));
        await world.ForgetMessagesAsync(QueueNames.Papers, QueueNames.Days);
        return world;
    }
}
