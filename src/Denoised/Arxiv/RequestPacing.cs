using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Denoised.Storage;
using Microsoft.Extensions.Logging;

namespace Denoised.Arxiv;

/// <summary>
/// Hands out permits for requests to arXiv, one at a time for each limit, over all instances together.
/// <para>
/// A limit is one row in a table, changed only by conditional writes. Whoever makes a request marks the row as in flight first and, when the answer
/// is read, releases it with the pause that follows. A holder that dies leaves a row that lapses: no request outlives its time-out.
/// </para>
/// <para>
/// No machine's own clock decides. The row may be taken when the storage service's <c>Date</c> header says that its time has come (rounded
/// to the safe side, since the header counts whole seconds, with a margin for the clocks of the service's own machines), or when this
/// process has itself watched the unchanged row for as long as it asks to be left alone, which needs no clock in common at all.
/// </para>
/// </summary>
public sealed partial class RequestPacing(TableClient table, TimeProvider time, TimeSpan clockMargin, ILogger<RequestPacing> logger)
{
    /// <summary>The table's name.</summary>
    public const string TableName = "pacing";

    private const string Partition = "permits";

    /// <summary>The <c>Date</c> header leaves the fraction of a second out.</summary>
    private static readonly TimeSpan dateResolution = TimeSpan.FromSeconds(1);

    /// <summary>A pause that arXiv asks for is believed up to this length.</summary>
    private static readonly TimeSpan longestPause = TimeSpan.FromHours(6);

    private readonly ConcurrentDictionary<string, Watch> watches = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> queues = new(StringComparer.Ordinal);

    /// <summary>Waits for a permit. Dispose it when the answer is read, and not before.</summary>
    /// <exception cref="ArxivException">
    /// <see cref="ArxivFailure.Throttled"/>: arXiv asked for a pause that lasts longer than <see cref="RequestLimit.LongestPause"/> from now.
    /// </exception>
    public async Task<Permit> AcquireAsync(RequestLimit limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limit);

        // One of this process's waiters asks the table at a time; the others wait in line.
        var queue = queues.GetOrAdd(limit.Name, static _ => new SemaphoreSlim(1));
        await queue.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var (permit, wait, isPause) = await TryTakeAsync(limit, cancellationToken);
                if (permit is not null)
                    return permit;
                if (isPause && wait > limit.LongestPause && wait > limit.Interval + clockMargin + dateResolution)
                    throw new ArxivException(ArxivFailure.Throttled, $"arXiv asked for a pause, which lasts {wait.TotalSeconds:0} more seconds.") { RetryAfter = wait };
                // A holder may release long before its time-out, so look again now and then; several waiters must not look in step.
                var look = TimeSpan.FromTicks(Math.Clamp(limit.Interval.Ticks / 4, TimeSpan.TicksPerMillisecond * 5, TimeSpan.TicksPerSecond * 3));
                var delay = (wait < look ? wait : look) + (look * (Jitter() / 4));
                await Task.Delay(delay, time, cancellationToken);
            }
        }
        finally
        {
            queue.Release();
        }
    }

    /// <summary>Takes a permit if there is one now; null if not.</summary>
    public async Task<Permit?> TryAcquireAsync(RequestLimit limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(limit);
        return (await TryTakeAsync(limit, cancellationToken)).Permit;
    }

    /// <summary>Releases a permit: the next one is given after <paramref name="pause"/>.</summary>
    internal async Task ReleaseAsync(Permit permit, TimeSpan pause, CancellationToken cancellationToken)
    {
        pause = pause > longestPause ? longestPause : pause;
        var released = time.GetTimestamp();
        var row = new TableEntity(Partition, permit.Limit.Name)
        {
            ["owner"] = "",
            ["lastOwner"] = permit.Owner,
            ["inFlightUntil"] = null,
            ["notBefore"] = permit.LatestTime(released) + pause + clockMargin,
            ["waitMilliseconds"] = Milliseconds(pause),
        };
        try
        {
            var response = await table.UpdateEntityAsync(row, permit.ETag, TableUpdateMode.Replace, cancellationToken);
            Observe(permit.Limit, response.Headers.ETag?.ToString() ?? "", released);
        }
        catch (RequestFailedException exception) when (exception.Status is 404 or 412)
        {
            // The row is no longer ours: it lapsed and somebody else has it, or this very write arrived twice. Both leave nothing to release.
            Log.NotOurs(logger, permit.Limit.Name);
        }
        catch (Exception exception) when (exception is RequestFailedException or AggregateException)
        {
            // Storage cannot be reached (the client library reports its own repetitions together). The permit lapses by itself;
            // until then nobody makes a request, which is the safe side.
            Log.NotReleased(logger, exception, permit.Limit.Name);
        }
    }

    private async Task<(Permit? Permit, TimeSpan Wait, bool IsPause)> TryTakeAsync(RequestLimit limit, CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid().ToString("N");
        var contention = new WriteContention($"The limit '{limit.Name}'");
        while (true)
        {
            // Everything that is derived from the service's time counts from before the question: its answer can only be later.
            var asked = time.GetTimestamp();
            var answer = await table.GetEntityIfExistsAsync<TableEntity>(Partition, limit.Name, cancellationToken: cancellationToken);
            var raw = answer.GetRawResponse();

            // Without the header there is no common time, only what this process watches itself.
            var date = raw.Headers.Date;
            if (answer.HasValue && Wait(limit, answer.Value!, date) is var wait && wait > TimeSpan.Zero)
                return (null, wait, answer.Value!.GetString("owner") is "");
            if (date is null)
                throw new RequestFailedException(raw.Status, "The storage service's answer has no Date header, which pacing depends on.");

            var latest = date.Value + dateResolution;
            var lifetime = limit.RequestTimeout + clockMargin;
            var row = new TableEntity(Partition, limit.Name)
            {
                ["owner"] = owner,
                ["inFlightUntil"] = latest + limit.RequestTimeout + clockMargin,
                ["notBefore"] = latest + limit.RequestTimeout + clockMargin + limit.Interval,
                // The holder counts its own time-out from before it asked, so the row's lifetime may count from when others first see it.
                ["waitMilliseconds"] = Milliseconds(lifetime + limit.Interval),
            };
            try
            {
                var written = answer.HasValue
                    ? await table.UpdateEntityAsync(row, answer.Value!.ETag, TableUpdateMode.Replace, cancellationToken)
                    : await table.AddEntityAsync(row, cancellationToken);
                return (new Permit(this, limit, owner, written.Headers.ETag ?? ETag.All, time, asked, latest), TimeSpan.Zero, false);
            }
            catch (RequestFailedException exception) when (exception.Status == 404)
            {
                // The first request ever: there is no table. (A missing table and a missing row look alike when they are read.)
                await table.CreateIfNotExistsAsync(cancellationToken);
                await contention.BackOffAsync(cancellationToken);
            }
            catch (RequestFailedException exception) when (exception.Status is 409 or 412)
            {
                // Another instance was first, or the client library repeated a write that had already succeeded: the row says which.
                var current = await table.GetEntityIfExistsAsync<TableEntity>(Partition, limit.Name, cancellationToken: cancellationToken);
                if (current.HasValue && current.Value!.GetString("owner") == owner)
                    return (new Permit(this, limit, owner, current.Value.ETag, time, asked, latest), TimeSpan.Zero, false);
                await contention.BackOffAsync(cancellationToken);
            }
        }
    }

    /// <summary>How long the row still asks to be left alone: the shorter of the two ways to know.</summary>
    private TimeSpan Wait(RequestLimit limit, TableEntity row, DateTimeOffset? date)
    {
        var watched = time.GetElapsedTime(Observe(limit, row.ETag.ToString(), time.GetTimestamp()));
        var byWatching = TimeSpan.FromMilliseconds(row.GetInt64("waitMilliseconds") ?? 0) - watched;
        var byDate = row.GetDateTimeOffset("notBefore") - date ?? byWatching;
        return byWatching < byDate ? byWatching : byDate;
    }

    /// <summary>When this process first saw the row as it is, in ticks of its own monotonic clock.</summary>
    private long Observe(RequestLimit limit, string etag, long now) =>
        watches.AddOrUpdate(
            limit.Name,
            static (_, seen) => seen,
            static (_, watch, seen) => watch.ETag == seen.ETag ? watch : seen,
            new Watch(etag, now)).Since;

    private static long Milliseconds(TimeSpan span) => (long)Math.Ceiling(span.TotalMilliseconds);

#pragma warning disable CA5394 // Not a secret: it only keeps waiters out of step.
    private static double Jitter() => Random.Shared.NextDouble();
#pragma warning restore CA5394

    private sealed record Watch(string ETag, long Since);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The permit of limit {Limit} was no longer ours when it was released.")]
        public static partial void NotOurs(ILogger logger, string limit);

        [LoggerMessage(LogLevel.Warning, "The permit of limit {Limit} could not be released; it lapses by itself.")]
        public static partial void NotReleased(ILogger logger, Exception exception, string limit);
    }
}
