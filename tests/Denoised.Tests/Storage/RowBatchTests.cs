using Azure.Data.Tables;
using Denoised.Storage;

namespace Denoised.Tests.Storage;

public sealed class RowBatchTests(StorageFixture storage)
{
    [Fact]
    public void A_batch_rejects_more_than_100_rows()
    {
        var batch = new RowBatch();
        for (var row = 0; row < RowBatch.MaxRows; row++)
            batch.Insert(new TableEntity("2026-03-17", $"row{row}"));

        Assert.Contains("row100", Assert.Throws<InvalidOperationException>(() => batch.Insert(new TableEntity("2026-03-17", "row100"))).Message, StringComparison.Ordinal);
        Assert.Equal(RowBatch.MaxRows, batch.Count);
    }

    [Fact]
    public void A_batch_rejects_another_partition_and_a_repeated_row()
    {
        var batch = new RowBatch();
        batch.Insert(new TableEntity("2026-03-17", "a"));

        var other = Assert.Throws<InvalidOperationException>(() => batch.Delete(new TableEntity("2026-03-18", "b"))).Message;
        Assert.Contains("2026-03-17", other, StringComparison.Ordinal);
        Assert.Contains("2026-03-18", other, StringComparison.Ordinal);
        Assert.Contains("a is in it already", Assert.Throws<InvalidOperationException>(() => batch.Delete(new TableEntity("2026-03-17", "a"))).Message, StringComparison.Ordinal);
        Assert.Equal(1, batch.Count);
    }

    [Fact]
    public async Task A_batch_is_atomic()
    {
        var table = storage.Tables().GetTableClient("batches");
        await table.CreateAsync(TestContext.Current.CancellationToken);
        await table.AddEntityAsync(new TableEntity("p", "b"), TestContext.Current.CancellationToken);

        var failing = new RowBatch();
        failing.Insert(new TableEntity("p", "a"));
        failing.Insert(new TableEntity("p", "b"));
        await Assert.ThrowsAsync<TableTransactionFailedException>(() => failing.SubmitAsync(table, TestContext.Current.CancellationToken));
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "a", cancellationToken: TestContext.Current.CancellationToken)).HasValue);

        var passing = new RowBatch();
        passing.Insert(new TableEntity("p", "a"));
        passing.Delete(new TableEntity("p", "b"));
        Assert.InRange(await passing.SubmitAsync(table, TestContext.Current.CancellationToken) - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        Assert.True((await table.GetEntityIfExistsAsync<TableEntity>("p", "a", cancellationToken: TestContext.Current.CancellationToken)).HasValue);
        Assert.False((await table.GetEntityIfExistsAsync<TableEntity>("p", "b", cancellationToken: TestContext.Current.CancellationToken)).HasValue);
    }
}
