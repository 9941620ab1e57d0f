using Denoised.Arxiv.RateLimiting;
using Denoised.Model;
using Denoised.Simulators.Storage;
using Denoised.Storage;

namespace Denoised.Tests.Storage;

/// <summary>An optimistic write that loses every attempt ends with an error instead of an infinite loop.</summary>
public sealed class WriteContentionTests(StorageFixture storage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_optimistic_write_gives_up_after_the_last_attempt()
    {
        await using var proxy = await StorageProxy.StartAsync(storage.TakeAccount(), Stop);
        await using var product = Product.On(proxy.ConnectionString, arxiv: null);
        await product.Get<StorageSetup>().EnsureCreatedAsync(Stop);
        await product.Get<PaperTable>().InsertAsync([InventedRows.Row(1)], Stop);
        var line = product.Get<PageSlots>();
        await line.ReserveAsync(Stop);
        var budget = product.Get<TokenBudget>();
        await budget.TryReserveAsync(Stop);
        var gate = product.Get<ModelRateLimiter>();
        await gate.PauseAsync(TimeSpan.FromSeconds(1), "A test.", Stop);
        var discarded = product.Get<PoisonMessages>();
        await discarded.RecordPoisonedAsync(QueueNames.Days, "{}", Stop);

        proxy.FaultFor = static _ => StorageFault.ConditionNotMet;
        await Task.WhenAll(
        [
            GivesUpAsync(() => product.Get<PaperTable>().UpdateAsync(InventedRows.Day, InventedRows.Row(1).Paper.Id, (row, _) => row with { Reason = "changed" }, Stop)),
            GivesUpAsync(() => line.ReserveAsync(Stop)),
            GivesUpAsync(() => budget.TryReserveAsync(Stop)),
            GivesUpAsync(() => gate.PauseAsync(TimeSpan.FromMinutes(1), "A test.", Stop)),
            GivesUpAsync(() => discarded.RecordPoisonedAsync(QueueNames.Days, "{}", Stop)),
        ]);
        Assert.Equal(5 * WriteContention.MaxAttempts, proxy.Faults.Counts[StorageFault.ConditionNotMet]);
    }

    [Fact]
    public void A_write_that_gave_up_counts_as_a_transient_error() => Assert.True(StorageErrors.IsTransient(new WriteContentionException("A test.")));

    private static async Task GivesUpAsync(Func<Task> write) => await Assert.ThrowsAsync<WriteContentionException>(write);
}
