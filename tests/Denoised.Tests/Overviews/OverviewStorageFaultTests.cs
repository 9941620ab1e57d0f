using Denoised.Domain;
using Denoised.Overviews;
using Denoised.Publishing;
using Denoised.Simulators.Storage;
using Denoised.Storage;
using Denoised.Tests.Model;

namespace Denoised.Tests.Overviews;

/// <summary>Storage faults while the overview of a day is written. The overview costs one model call and appears on the site.</summary>
public sealed class OverviewStorageFaultTests(StorageFixture storage)
{
    /// <summary>The number of attempts that the client library makes for each request.</summary>
    private const int ClientAttempts = 5;

    private static readonly DayMessage request = new(ModelWorld.Tuesday, DateTimeOffset.UnixEpoch, Overview: true);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Tier", "Long")]
    [InlineData(ClientAttempts)]
    [InlineData(ClientAttempts + 2)]
    public async Task A_lost_response_to_the_final_write_costs_no_second_model_call(int lost)
    {
        await using var world = await WorldAsync();
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);
        proxy.FaultFor = sent => IsWriteOfOverview(sent) && IsAnswered(world) && proxy.Faults.Total < lost ? StorageFault.ResponseLost : null;

        await world.Add(("AzureWebJobsStorage", proxy.ConnectionString)).Get<OverviewGenerator>().GenerateAsync(request, Stop);

        Assert.Equal(lost, proxy.Faults.Counts[StorageFault.ResponseLost]);
        await ShowsModelsForOneCallAsync(world);
    }

    [Fact]
    public async Task A_lost_response_to_every_write_costs_no_second_model_call()
    {
        await using var world = await WorldAsync();
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);

        // The writes of the rule-based overview, the lease and the model's overview each lose their first response.
        var writes = 0;
        proxy.FaultFor = sent => IsWriteOfOverview(sent) && Interlocked.Increment(ref writes) % 2 == 1 ? StorageFault.ResponseLost : null;

        await world.Add(("AzureWebJobsStorage", proxy.ConnectionString)).Get<OverviewGenerator>().GenerateAsync(request, Stop);

        Assert.Equal(3, proxy.Faults.Counts[StorageFault.ResponseLost]);
        await ShowsModelsForOneCallAsync(world);
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task An_outage_longer_than_the_client_retries_costs_no_second_model_call()
    {
        await using var world = await WorldAsync();
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);
        proxy.FaultFor = sent => IsWriteOfOverview(sent) && IsAnswered(world) && proxy.Faults.Total < ClientAttempts + 2 ? StorageFault.ServerBusy : null;

        await world.Add(("AzureWebJobsStorage", proxy.ConnectionString)).Get<OverviewGenerator>().GenerateAsync(request, Stop);

        Assert.Equal(ClientAttempts + 2, proxy.Faults.Counts[StorageFault.ServerBusy]);
        await ShowsModelsForOneCallAsync(world);
    }

    [Fact]
    public async Task A_storage_failure_before_the_model_call_releases_the_lease_at_once()
    {
        await using var world = await WorldAsync();
        await using var proxy = await StorageProxy.StartAsync(world.Account, Stop);

        // After the lease is acquired, every attempt of the client library to reserve tokens fails.
        var isLeased = false;
        proxy.FaultFor = sent =>
        {
            isLeased |= IsWriteOfOverview(sent) && sent.Method != "POST";
            return isLeased && world.Model.Calls.All(call => call.Day is null) && sent.Path.Contains("coordination", StringComparison.Ordinal) && proxy.Faults.Total < ClientAttempts
                ? StorageFault.ServerBusy
                : null;
        };

        await world.Add(("AzureWebJobsStorage", proxy.ConnectionString)).Get<OverviewGenerator>().GenerateAsync(request, Stop);

        var row = await world.OverviewAsync();
        Assert.Equal((FallbackReason.Failure, 1, null), (row!.FallbackReason, row.Attempts, row.LeaseOwner));
        await ShowsModelsForOneCallAsync(world);
    }

    private static bool IsWriteOfOverview(StorageRequest sent) =>
        sent is { Service: StorageService.Table, IsWrite: true } && sent.Path.Contains(TableNames.Overviews, StringComparison.Ordinal);

    private static bool IsAnswered(ModelWorld world) => world.Model.Calls.Any(call => call is { Day: not null, EndedAt: not null });

    private static async Task ShowsModelsForOneCallAsync(ModelWorld world)
    {
        await world.WorkAsync();
        var (index, _, _) = await world.Product.Get<SiteIndexFile>().ReadAsync(Stop);
        var shown = await world.Product.Get<PublishedPapers>().ReadOverviewAsync(index!.Days[0], Stop);
        Assert.Equal(SummaryMethod.Model, shown?.Provenance.Method);
        Assert.Single(world.Model.Calls, call => call.Day is not null);
    }

    /// <summary>Summarizes all papers of a day and deletes the messages.</summary>
    private async Task<ModelWorld> WorldAsync()
    {
        const int Papers = OverviewPlan.MinPapers;
        var world = await ModelWorld.StartAsync(storage);
        world.AnnounceDay(Papers);
        await world.OnlyCollectAsync();
        await Task.WhenAll(Enumerable.Range(1, Papers).Select(number => world.DeliverAsync(number)));
        await world.ForgetMessagesAsync(QueueNames.Papers, QueueNames.Days);
        return world;
    }
}
