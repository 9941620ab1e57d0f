using System.Net;
using Azure;
using Azure.Data.Tables;

namespace Denoised.Storage;

/// <summary>Distributed leases, stored as rows of the pacing table. Expiry is measured by the storage service's clock.</summary>
public sealed class SharedLeases(TableServiceClient service, TimeProvider time)
{
    private const string Partition = "leases";

    private readonly TableClient table = service.GetTableClient(TableNames.Pacing);

    /// <summary>Acquires a lease unless another instance holds it.</summary>
    /// <param name="name">The lease's name.</param>
    /// <param name="duration">The time to expiry. The handle renews the lease until it is disposed.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
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
            // Another instance was faster, or this write conflicts with its own first attempt, whose response was lost.
            return await SharedLease.FindOwnAsync(table, row, cancellationToken) is { } own ? new SharedLease(table, row, own, now, duration, time) : null;
        }
    }
}

/// <summary>An acquired lease: renewed in the background, released on disposal.</summary>
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

    /// <summary>The time of acquisition (storage service clock).</summary>
    public DateTimeOffset AcquiredAt { get; }

    /// <summary>Cancelled if renewal failed; another instance may then hold the lease.</summary>
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
            catch (Exception exception) when (exception is RequestFailedException || StorageErrors.Caused(exception))
            {
                // The lease expires by itself.
            }
        }

        stopped.Dispose();
        lost.Dispose();
    }

    /// <summary>Gets the row's ETag if this lease still owns the row; otherwise null.</summary>
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
                catch (Exception exception) when (StorageErrors.Caused(exception) && time.GetElapsedTime(renewed) < duration * 2 / 3)
                {
                    // There is time for another attempt before the lease expires.
                }
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // Released.
        }
        catch (Exception exception) when (exception is RequestFailedException || StorageErrors.Caused(exception))
        {
            await lost.CancelAsync();
        }
    }

    // Only the first read is cancellable: a cancelled write may still succeed, and the release needs the resulting ETag.
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
            // Only this instance writes an unexpired lease, so the conflict may be with its own renewal, whose response was lost.
            if (await FindOwnAsync(table, row, CancellationToken.None) is not { } own)
                throw;
            etag = (await table.UpdateEntityAsync(row, own, TableUpdateMode.Replace, CancellationToken.None)).Headers.ETag!.Value;
        }
    }
}
