using Azure;
using Azure.Data.Tables;
using Denoised.Simulators.Storage;

namespace Denoised.Tests.Simulators;

public sealed class StorageProxyTests(StorageFixture storage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StorageFault.InternalServerError, 500, false)]
    [InlineData(StorageFault.ServerBusy, 503, false)]
    [InlineData(StorageFault.ConnectionReset, 0, false)]
    [InlineData(StorageFault.ResponseLost, 0, true)]
    [InlineData(StorageFault.TimedOutAfterWrite, 500, true)]
    public async Task A_fault_occurs_before_or_after_the_write(StorageFault fault, int status, bool isWritten)
    {
        await using var proxy = await StorageProxy.StartAsync(storage.TakeAccount(), Stop);
        var table = await TableAsync(proxy);
        proxy.Faults.FailNext(fault);
        Assert.Equal(status, (await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new TableEntity("p", "r"), Stop))).Status);
        Assert.Equal(isWritten, (await table.GetEntityIfExistsAsync<TableEntity>("p", "r", cancellationToken: Stop)).HasValue);
        Assert.Equal(1, proxy.Faults.Counts[fault]);
    }

    [Fact]
    public async Task Only_conditional_writes_fail_with_412_and_only_reads_break_off()
    {
        await using var proxy = await StorageProxy.StartAsync(storage.TakeAccount(), Stop);
        var table = await TableAsync(proxy);
        proxy.Faults.FailNext(StorageFault.ConditionNotMet);
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Text"] = new string('x', 20_000) }, Stop);
        var read = await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(new TableEntity("p", "r"), read.Value.ETag, TableUpdateMode.Replace, Stop));
        Assert.Equal((412, "UpdateConditionNotSatisfied"), (refused.Status, refused.ErrorCode));

        proxy.Faults.FailNext(StorageFault.BrokenTransfer);
        await table.AddEntityAsync(new TableEntity("p", "s"), Stop);
        await Assert.ThrowsAnyAsync<Exception>(() => table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop));
        Assert.Equal(20_000, (await table.GetEntityAsync<TableEntity>("p", "r", cancellationToken: Stop)).Value.GetString("Text").Length);
    }

    private static async Task<TableClient> TableAsync(StorageProxy proxy)
    {
        var table = new TableClient(proxy.ConnectionString, "proxied", new TableClientOptions { Retry = { MaxRetries = 0 } });
        await table.CreateAsync(Stop);
        return table;
    }
}
