using Azure;
using Azure.Data.Tables;

namespace Denoised.Storage;

/// <summary>Distributed leases, stored as rows of the coordination table. Expiry is measured by the storage service's clock.</summary>
public sealed class SharedLeases(TableServiceClient service, TimeProvider time)
{
    internal const string Partition = "leases";

    private readonly TableClient table = service.GetTableClient(TableNames.Coordination);

    /// <summary>Acquires a lease unless another instance holds it.</summary>
    /// <param name="name">The lease's name.</param>
    /// <param name="duration">The time to expiry. The handle renews the lease until it is disposed.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    public async Task<SharedLease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        var row = new SharedRow(table, Partition, name, time);
        var owner = Guid.NewGuid().ToString("N");
        var acquired = await row.ChangeAsync(
            content => content.Entity?.GetDateTimeOffset("Until") is { } until && until + StorageClock.Margin > content.ServedAt
                ? null
                : SharedLease.ToEntity(owner, content.ServedAt + duration),
            cancellationToken);
        return acquired is null ? null : new SharedLease(row, owner, acquired.ServedAt, duration, time);
    }
}

/// <summary>An acquired lease: renewed in the background, released on disposal.</summary>
public sealed class SharedLease : IAsyncDisposable
{
    private readonly SharedRow row;
    private readonly string owner;
    private readonly CancellationTokenSource stopped = new();
    private readonly CancellationTokenSource lost = new();
    private readonly Task renewing;

    internal SharedLease(SharedRow row, string owner, DateTimeOffset acquiredAt, TimeSpan duration, TimeProvider time)
    {
        AcquiredAt = acquiredAt;
        this.row = row;
        this.owner = owner;
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
            try
            {
                await ChangeAsync(static _ => DateTimeOffset.UnixEpoch.AddYears(1), CancellationToken.None);
            }
            catch (Exception exception) when (exception is RequestFailedException || StorageErrors.IsTransient(exception))
            {
                // The lease expires by itself.
            }
        }

        stopped.Dispose();
        lost.Dispose();
    }

    /// <summary>The columns of a lease's row.</summary>
    internal static TableEntity ToEntity(string owner, DateTimeOffset until) => new() { ["Owner"] = owner, ["Until"] = until };

    private async Task RenewAsync(TimeSpan duration, TimeProvider time)
    {
        var renewed = time.GetTimestamp();
        try
        {
            while (true)
            {
                await Task.Delay(duration / 3, time, stopped.Token);
                var startedAt = time.GetTimestamp();
                try
                {
                    if (!await ChangeAsync(content => content.ServedAt + duration, stopped.Token))
                    {
                        await lost.CancelAsync();
                        return;
                    }

                    renewed = startedAt;
                }
                catch (Exception exception) when (StorageErrors.IsTransient(exception) && time.GetElapsedTime(renewed) < duration * 2 / 3)
                {
                    // There is time for another attempt before the lease expires.
                }
            }
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            // Released.
        }
        catch (Exception exception) when (exception is RequestFailedException || StorageErrors.IsTransient(exception))
        {
            await lost.CancelAsync();
        }
    }

    /// <summary>Sets the expiry.</summary>
    /// <returns>False if another instance owns the row.</returns>
    private async Task<bool> ChangeAsync(Func<SharedRowContent, DateTimeOffset> until, CancellationToken cancellationToken) =>
        await row.ChangeAsync(content => content.Entity?.GetString("Owner") == owner ? ToEntity(owner, until(content)) : null, cancellationToken) is not null;
}
