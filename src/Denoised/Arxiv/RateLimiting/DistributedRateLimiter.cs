using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Denoised.Storage;
using Microsoft.Extensions.Logging;

namespace Denoised.Arxiv.RateLimiting;

/// <summary>
/// A distributed rate limiter: grants leases for requests to arXiv, one at a time per limit across all instances.
/// <para>
/// Each limit is one table row, changed only by conditional writes. The holder marks the row as in flight before the request. After reading the
/// response it releases the row with the interval until the next request. The lease of a crashed holder expires, since no request outlives its
/// timeout.
/// </para>
/// <para>
/// The limiter does not rely on synchronised clocks. A row is free in either of two cases: the storage service's <c>Date</c> header has passed the
/// row's <c>notBefore</c> (with margins for the header's one-second resolution and for clock skew within the service), or this process has seen the
/// row unchanged for the row's full wait, measured by its own monotonic clock.
/// </para>
/// </summary>
public sealed partial class DistributedRateLimiter(TableClient table, TimeProvider time, TimeSpan clockMargin, ILogger<DistributedRateLimiter> logger)
{
    internal const string Partition = "rate-limits";

    /// <summary>The longest accepted pause; a longer Retry-After is capped.</summary>
    private static readonly TimeSpan maxPause = TimeSpan.FromHours(6);

    private readonly ConcurrentDictionary<string, Watch> watches = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> queues = new(StringComparer.Ordinal);

    /// <summary>Waits for a lease. Dispose it only after reading the response.</summary>
    /// <exception cref="ArxivException">
    /// <see cref="ArxivFailure.Throttled"/>: the pause requested by arXiv exceeds <see cref="RateLimit.MaxPause"/>.
    /// </exception>
    public async Task<RateLimitLease> AcquireAsync(RateLimit limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limit);

        // Only one waiter per process polls the table; the others queue here.
        var queue = queues.GetOrAdd(limit.Name, static _ => new SemaphoreSlim(1));
        await queue.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var (lease, wait, isPause) = await TryTakeAsync(limit, cancellationToken);
                if (lease is not null)
                    return lease;
                if (isPause && wait > limit.MaxPause && wait > limit.Interval + clockMargin + StorageClock.Resolution)
                    throw new ArxivException(
                        ArxivFailure.Throttled, $"arXiv requested a pause; {wait.TotalSeconds:0} s remain.") { RetryAfter = wait };
                // The holder may release long before its timeout, so poll at intervals. Jitter keeps several waiters from polling in step.
                var look = TimeSpan.FromTicks(Math.Clamp(limit.Interval.Ticks / 4, TimeSpan.TicksPerMillisecond * 5, TimeSpan.TicksPerSecond * 3));
                var delay = (wait < look ? wait : look) + (look * (NextJitter() / 4));
                await Task.Delay(delay, time, cancellationToken);
            }
        }
        finally
        {
            queue.Release();
        }
    }

    /// <summary>Takes a lease if one is available immediately; otherwise returns null.</summary>
    public async Task<RateLimitLease?> TryAcquireAsync(RateLimit limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limit);
        return (await TryTakeAsync(limit, cancellationToken)).Lease;
    }

    /// <summary>Releases a lease. The next one is available after <paramref name="pause"/>.</summary>
    internal async Task ReleaseAsync(RateLimitLease lease, TimeSpan pause, CancellationToken cancellationToken)
    {
        pause = pause > maxPause ? maxPause : pause;
        var released = time.GetTimestamp();
        try
        {
            var content = await CreateRow(lease.Limit).ChangeAsync(
                content => content.Entity?.GetString("owner") != lease.Owner
                    ? null
                    : new TableEntity
                    {
                        ["owner"] = "",
                        ["lastOwner"] = lease.Owner,
                        ["inFlightUntil"] = null,
                        ["notBefore"] = lease.LatestTime(released) + pause + clockMargin,
                        ["waitMilliseconds"] = Milliseconds(pause),
                    },
                cancellationToken);
            if (content is null)
                Log.LeaseLost(logger, lease.Limit.Name);
            else
                Observe(lease.Limit, content.Entity!.ETag.ToString(), released);
        }
        catch (Exception exception) when (exception is RequestFailedException || StorageErrors.IsTransient(exception))
        {
            // Storage is unavailable (the client library wraps its retries in an AggregateException). The lease expires on its own; until then no
            // instance sends a request.
            Log.NotReleased(logger, exception, lease.Limit.Name);
        }
    }

    private async Task<(RateLimitLease? Lease, TimeSpan Wait, bool IsPause)> TryTakeAsync(RateLimit limit, CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid().ToString("N");
        var (wait, isPause, askedAt, latest) = (TimeSpan.Zero, false, 0L, default(DateTimeOffset));
        var written = await CreateRow(limit).ChangeAsync(
            content =>
            {
                if (content.Entity is { } held && Wait(limit, held, content.ServedAt) is var left && left > TimeSpan.Zero)
                {
                    (wait, isPause) = (left, held.GetString("owner") is "");
                    return null;
                }

                // Both times are those of the read, not of the write, so that derived times are late rather than early.
                (askedAt, latest) = (content.AskedAt, content.ServedAt + StorageClock.Resolution);
                var lifetime = limit.RequestTimeout + clockMargin;
                return new TableEntity
                {
                    ["owner"] = owner,
                    ["inFlightUntil"] = latest + lifetime,
                    ["notBefore"] = latest + lifetime + limit.Interval,
                    // The holder's timeout starts before its query, so others may count the lease's lifetime from when they first see the row.
                    ["waitMilliseconds"] = Milliseconds(lifetime + limit.Interval),
                };
            },
            cancellationToken);
        return written is null ? (null, wait, isPause) : (new RateLimitLease(this, limit, owner, time, askedAt, latest), TimeSpan.Zero, false);
    }

    /// <summary>The time until the row is free: the shorter of the estimates by Date header and by observation.</summary>
    private TimeSpan Wait(RateLimit limit, TableEntity row, DateTimeOffset date)
    {
        var watched = time.GetElapsedTime(Observe(limit, row.ETag.ToString(), time.GetTimestamp()));
        var byWatching = TimeSpan.FromMilliseconds(row.GetInt64("waitMilliseconds") ?? 0) - watched;
        var byDate = row.GetDateTimeOffset("notBefore") - date ?? byWatching;
        return byWatching < byDate ? byWatching : byDate;
    }

    /// <summary>The time at which this process first saw the row's current version, in ticks of its monotonic clock.</summary>
    private long Observe(RateLimit limit, string etag, long now) =>
        watches.AddOrUpdate(
            limit.Name,
            static (_, seen) => seen,
            static (_, watch, seen) => watch.ETag == seen.ETag ? watch : seen,
            new Watch(etag, now)).FirstSeenAt;

    private SharedRow CreateRow(RateLimit limit) => new(table, Partition, limit.Name, time);

    private static long Milliseconds(TimeSpan span) => (long)Math.Ceiling(span.TotalMilliseconds);

#pragma warning disable CA5394 // Jitter is not security-sensitive.
    private static double NextJitter() => Random.Shared.NextDouble();
#pragma warning restore CA5394

    private sealed record Watch(string ETag, long FirstSeenAt);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The lease of rate limit {Limit} was lost before it was released.")]
        public static partial void LeaseLost(ILogger logger, string limit);

        [LoggerMessage(LogLevel.Warning, "The lease of limit {Limit} could not be released; it will expire.")]
        public static partial void NotReleased(ILogger logger, Exception exception, string limit);
    }
}
