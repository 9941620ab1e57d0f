using Azure;
using Azure.Data.Tables;
using Denoised.Storage;

namespace Denoised.Model;

/// <summary>
/// Keeps the calls of all instances within the rate limit of the service. A 429 closes the gate for all instances (a shared row) until the time that
/// the service names. Each instance then spaces its calls at a shared interval: it starts from the limit in the response headers, slows down after each
/// further 429 and speeds up slightly with each success. Avoids a thundering herd after a 429 and shares the limit fairly between instances.
/// </summary>
public sealed class ModelRateLimiter(TableServiceClient service, TimeProvider time)
{
    /// <summary>The longest wait in the process. A message with a longer wait is deferred in the queue.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    internal const string Partition = "model-rate-limits";

    private const string Busy = "The model's service is busy.";
    private const double SlowerAfterThrottle = 1.2;
    private const double FasterAfterSuccess = 0.98;

    private static readonly TimeSpan stateCacheDuration = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan minInterval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan maxInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan intervalExpiry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan initialInterval = TimeSpan.FromMilliseconds(250);

    private readonly SharedRow row = new(service.GetTableClient(TableNames.Coordination), Partition, "model", time);
    private readonly Lock sync = new();
    private TimeSpan interval;
    private DateTimeOffset nextStart;
    private DateTimeOffset lastSlowed;
    private DateTimeOffset sharedReadAt;
    private Task<PauseState>? shared;
    private ETag seen;

    /// <summary>Returns the current wait of a call and its reason; zero when the gate is open.</summary>
    public async Task<(TimeSpan Wait, string Reason)> GetPauseAsync(CancellationToken cancellationToken)
    {
        var (until, reason, _) = await ReadSharedAsync(cancellationToken);
        var now = time.GetUtcNow();
        lock (sync)
        {
            var own = nextStart > until && interval > minInterval ? nextStart : until;
            return (own > now ? own - now : TimeSpan.Zero, reason);
        }
    }

    /// <summary>Returns the reason and the end of a closure for all instances; null while the gate is open.</summary>
    public async Task<ModelPause?> FindPauseAsync(CancellationToken cancellationToken)
    {
        var (until, reason, _) = await ReadSharedAsync(cancellationToken);
        return until > time.GetUtcNow() ? new ModelPause(reason, until) : null;
    }

    /// <summary>Waits for the next slot.</summary>
    /// <returns>The start of the call, for <see cref="ReportThrottledAsync"/>; null when the wait would exceed <see cref="MaxWait"/>.</returns>
    public async Task<DateTimeOffset?> WaitForSlotAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var until = (await ReadSharedAsync(cancellationToken)).Until;
            TimeSpan wait;
            lock (sync)
            {
                var now = time.GetUtcNow();
                var start = Max(now, Max(nextStart, until));
                wait = start - now;
                if (wait > MaxWait)
                    return null;
                nextStart = start + interval;
            }

            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);

            // Another call may have been throttled during the wait.
            if ((await ReadSharedAsync(cancellationToken)).Until <= time.GetUtcNow())
                return time.GetUtcNow();
        }
    }

    /// <summary>Reports that the service accepted a call.</summary>
    public void ReportSuccess()
    {
        lock (sync)
        {
            interval *= FasterAfterSuccess;
            if (interval < minInterval)
                interval = TimeSpan.Zero;
        }
    }

    /// <summary>Reports a 429.</summary>
    /// <param name="startedAt">The start of the call. Of several concurrent calls, only the first 429 slows the interval.</param>
    /// <param name="retryAfter">The delay that the service names, or null.</param>
    /// <param name="requestsPerMinute">The limit that the service names, or null.</param>
    /// <param name="cancellationToken">Cancels the write of the shared row.</param>
    public async Task ReportThrottledAsync(DateTimeOffset startedAt, TimeSpan? retryAfter, int? requestsPerMinute, CancellationToken cancellationToken)
    {
        // Another instance may have been throttled by the same limit and have slowed the shared interval already.
        await ReadAsync();
        TimeSpan closed;
        var isSlower = false;
        lock (sync)
        {
            var now = time.GetUtcNow();
            if (startedAt >= lastSlowed)
            {
                var named = requestsPerMinute is > 0 ? TimeSpan.FromMinutes(1) / requestsPerMinute.Value : initialInterval;
                interval = interval < named ? named : Min(interval * SlowerAfterThrottle, maxInterval);
                lastSlowed = now;
                isSlower = true;
            }

            closed = retryAfter ?? Max(interval * 2, TimeSpan.FromSeconds(1));

            // Calls that already wait keep their order after the closure.
            nextStart = Max(nextStart, now + closed + GetJitter());
        }

        await WriteAsync(closed, Busy, isSlower, cancellationToken);
    }

    /// <summary>Closes the gate for all instances, unless it is closed for longer already.</summary>
    /// <param name="closed">The duration.</param>
    /// <param name="reason">The reason, as a sentence.</param>
    /// <param name="cancellationToken">Cancels the write of the shared row.</param>
    public async Task PauseAsync(TimeSpan closed, string reason, CancellationToken cancellationToken)
    {
        await WriteAsync(closed, reason, isSlower: false, cancellationToken);
    }

    private async Task WriteAsync(TimeSpan closed, string reason, bool isSlower, CancellationToken cancellationToken)
    {
        var written = await row.ChangeAsync(
            content =>
            {
                var until = content.ServedAt + closed;
                var previous = content.Entity?.GetDateTimeOffset("NotBefore");
                if (previous >= until && !isSlower)
                    return null;
                lock (sync)
                {
                    return new TableEntity
                    {
                        ["NotBefore"] = previous > until ? previous : until,
                        ["Reason"] = reason,
                        ["PaceMilliseconds"] = interval.TotalMilliseconds,
                    };
                }
            },
            cancellationToken);
        if (written is null)
            return;
        lock (sync)
        {
            seen = written.Entity!.ETag;
            shared = null;
        }
    }

    /// <summary>Reads the shared row, at most once a second.</summary>
    private Task<PauseState> ReadSharedAsync(CancellationToken cancellationToken)
    {
        lock (sync)
        {
            var now = time.GetUtcNow();
            if (shared is null || shared.IsFaulted || now - sharedReadAt > stateCacheDuration)
            {
                sharedReadAt = now;
                shared = ReadAsync();
            }

            return shared.WaitAsync(cancellationToken);
        }
    }

    private async Task<PauseState> ReadAsync()
    {
        var (entity, servedAt, _) = await row.ReadAsync(CancellationToken.None);
        if (entity?.GetDateTimeOffset("NotBefore") is not { } notBefore)
            return new PauseState(DateTimeOffset.MinValue, Busy, TimeSpan.Zero);

        // Converts the storage service's time to local time.
        var closing = new PauseState(
            time.GetUtcNow() + (notBefore - servedAt),
            entity.GetString("Reason") ?? Busy,
            TimeSpan.FromMilliseconds(entity.GetDouble("PaceMilliseconds") ?? 0));
        lock (sync)
        {
            if (seen != entity.ETag)
            {
                // Adopts the interval of another instance, unless it is outdated.
                seen = entity.ETag;
                if (time.GetUtcNow() - closing.Until < intervalExpiry)
                {
                    interval = closing.Interval;
                    lastSlowed = time.GetUtcNow();
                    nextStart = Max(nextStart, closing.Until + GetJitter());
                }
            }
        }

        return closing;
    }

    /// <summary>A random delay of up to one interval, because the opening gate has room for one call in total, not one per instance.</summary>
    private TimeSpan GetJitter() => interval * Random.Shared.NextDouble();

    private static DateTimeOffset Max(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    /// <summary>The content of the shared row, in local time.</summary>
    private sealed record PauseState(DateTimeOffset Until, string Reason, TimeSpan Interval);
}

/// <summary>The reason why the model is not called.</summary>
/// <param name="Reason">The reason, as a sentence; includes the service's message, if any.</param>
/// <param name="Until">The time of the next attempt.</param>
public sealed record ModelPause(string Reason, DateTimeOffset Until);
