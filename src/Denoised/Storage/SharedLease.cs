using System.Net;
using Azure;
using Azure.Data.Tables;

namespace Denoised.Storage;

/// <summary>Leases that all instances share, on rows of the pacing table, by the storage service's clock.</summary>
public sealed class SharedLeases(TableServiceClient service, TimeProvider time)
{
    private const string Partition = "leases";

    private readonly TableClient table = service.GetTableClient(TableNames.Pacing);

    /// <summary>Takes a lease unless somebody holds it.</summary>
    /// <param name="name">What it is on.</param>
    /// <param name="duration">It ends after this time unless it is renewed, which the handle does until it is disposed.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    public async Task<SharedLease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(Partition, name, cancellationToken: cancellationToken);
        var now = response.GetRawResponse().ServedAt();
        if (response.HasValue && response.Value!.GetDateTimeOffset("Until") is { } until && until + StorageClock.Margin > now)
            return null;

        var row = new TableEntity(Partition, name) { ["Owner"] = Guid.NewGuid().ToString("N"), ["Until"] = now + duration };
        try
        {
            var written = response.HasValue
                ? await table.UpdateEntityAsync(row, response.Value!.ETag, TableUpdateMode.Replace, cancellationToken)
                : await table.AddEntityAsync(row, cancellationToken);
            return new SharedLease(table, row, written.Headers.ETag!.Value, now, duration, time);
        }
        catch (RequestFailedException exception) when (exception.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict or (int)HttpStatusCode.NotFound)
        {
            // Somebody else was faster; or this very write, repeated because its answer was lost.
            return await SharedLease.FindOwnAsync(table, row, cancellationToken) is { } own ? new SharedLease(table, row, own, now, duration, time) : null;
        }
    }
}

/// <summary>A lease that is held: renewed in the background, given back when disposed.</summary>
public sealed class SharedLease : IAsyncDisposable
{
    private readonly TableClient table;
    private readonly TableEntity row;
    private readonly CancellationTokenSource stopped = new();
    private readonly CancellationTokenSource lost = new();
    private readonly Task renewing;
    private ETag etag;

    internal SharedLease(TableClient table, TableEntity row, ETag etag, DateTimeOffset acquiredAt, TimeSpan duration, TimeProvider time)
    {
        AcquiredAt = acquiredAt;
        this.table = table;
        this.row = row;
        this.etag = etag;
        renewing = RenewAsync(duration, time);
    }

    /// <summary>When it was taken (the storage service's clock).</summary>
    public DateTimeOffset AcquiredAt { get; }

    /// <summary>Cancelled when the lease could not be renewed, so that somebody else may hold it.</summary>
    public CancellationToken Lost => lost.Token;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopped.CancelAsync();
        await renewing;
        if (!lost.IsCancellationRequested)
        {
            row["Until"] = DateTimeOffset.UnixEpoch.AddYears(1);
            try
            {
                await table.UpdateEntityAsync(row, etag, TableUpdateMode.Replace, CancellationToken.None);
            }
            catch (Exception exception) when (exception is RequestFailedException || StorageOutage.Caused(exception))
            {
                // It ends by itself.
            }
        }

        stopped.Dispose();
        lost.Dispose();
    }

    /// <summary>The row's version where it is as this lease has written it last, else null.</summary>
    internal static async Task<ETag?> FindOwnAsync(TableClient table, TableEntity row, CancellationToken cancellationToken)
    {
        var current = await table.GetEntityIfExistsAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: cancellationToken);
        return current.HasValue && current.Value!.GetString("Owner") == row.GetString("Owner") ? current.Value.ETag : null;
    }

    private async Task RenewAsync(TimeSpan duration, TimeProvider time)
    {
        var renewed = time.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(duration / 3, time, stopped.Token);
                var began = time.GetTimestamp();
                try
                {
                    await RenewOnceAsync(duration);
                    renewed = began;
                }
                catch (Exception exception) when (StorageOutage.Caused(exception) && time.GetElapsedTime(renewed) < duration * 2 / 3)
                {
                    // There is time for another attempt before anybody else may take it.
                }
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // Given back.
        }
        catch (Exception exception) when (exception is RequestFailedException || StorageOutage.Caused(exception))
        {
            await lost.CancelAsync();
        }
    }

    // Only the first read can be cancelled: a cancelled write may still succeed, and the release needs the ETag that it leaves.
    private async Task RenewOnceAsync(TimeSpan duration)
    {
        var read = await table.GetEntityAsync<TableEntity>(row.PartitionKey, row.RowKey, cancellationToken: stopped.Token);
        row["Until"] = read.GetRawResponse().ServedAt() + duration;
        try
        {
            etag = (await table.UpdateEntityAsync(row, etag, TableUpdateMode.Replace, CancellationToken.None)).Headers.ETag!.Value;
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.PreconditionFailed)
        {
            // Nobody else writes what is ours: it was this renewal itself, or the one before, whose answer was lost.
            if (await FindOwnAsync(table, row, CancellationToken.None) is not { } own)
                throw;
            etag = (await table.UpdateEntityAsync(row, own, TableUpdateMode.Replace, CancellationToken.None)).Headers.ETag!.Value;
        }
    }
}
