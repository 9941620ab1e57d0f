using Azure;
using Azure.Data.Tables;
using Denoised.Storage;

namespace Denoised.Model;

/// <summary>
/// Keeps the calls of all instances within the rate limit of the service. A 429 closes the gate for all instances (a shared row) until the time that
/// the service names. Each instance then spaces its calls at a shared pace: it starts from the limit in the response headers, slows down after each
/// further 429 and speeds up slightly with each success. Avoids a thundering herd after a 429 and shares the limit fairly between instances.
/// </summary>
public sealed class ModelRateLimiter(TableServiceClient service, TimeProvider time)
{
    /// <summary>The longest wait in the process. A message with a longer wait is deferred in the queue.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private const string Busy = "The model's service is busy.";
    private const double SlowerAfterThrottle = 1.2;
    private const double FasterAfterSuccess = 0.98;

    private static readonly TimeSpan sharedFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan shortestPace = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan longestPace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan forgottenAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan firstPace = TimeSpan.FromMilliseconds(250);

    private readonly SharedRow row = new(service.GetTableClient(TableNames.Pacing), "model-rate-limits", "model", time);
    private readonly Lock sync = new();
    private TimeSpan pace;
    private DateTimeOffset nextStart;
    private DateTimeOffset lastSlowed;
    private DateTimeOffset sharedReadAt;
    private Task<Closing>? shared;
    private ETag seen;

    /// <summary>Returns the current wait of a call and its reason; zero when the gate is open.</summary>
    public async Task<(TimeSpan Wait, string Reason)> ClosedForAsync(CancellationToken cancellationToken)
    {
        var (until, reason, _) = await ReadSharedAsync(cancellationToken);
        var now = time.GetUtcNow();
        lock (sync)
        {
            var own = nextStart > until && pace > shortestPace ? nextStart : until;
            return (own > now ? own - now : TimeSpan.Zero, reason);
        }
    }

    /// <summary>Returns the reason and the end of a closure for all instances; null while the gate is open.</summary>
    public async Task<ModelPause?> FindClosureAsync(CancellationToken cancellationToken)
    {
        var (until, reason, _) = await ReadSharedAsync(cancellationToken);
        return until > time.GetUtcNow() ? new ModelPause(reason, until) : null;
    }

    /// <summary>Waits for the next slot.</summary>
    /// <returns>The start of the call, for <see cref="ThrottledAsync"/>; null when the wait would exceed <see cref="LongestWait"/>.</returns>
    public async Task<DateTimeOffset?> EnterAsync(CancellationToken cancellationToken)
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
                if (wait > LongestWait)
                    return null;
                nextStart = start + pace;
            }

            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);

            // Another call may have been throttled during the wait.
            if ((await ReadSharedAsync(cancellationToken)).Until <= time.GetUtcNow())
                return time.GetUtcNow();
        }
    }

    /// <summary>Reports that the service accepted a call.</summary>
    public void Succeeded()
    {
        lock (sync)
        {
            pace *= FasterAfterSuccess;
            if (pace < shortestPace)
                pace = TimeSpan.Zero;
        }
    }

    /// <summary>Reports a 429.</summary>
    /// <param name="began">The start of the call. Of several concurrent calls, only the first 429 slows the pace.</param>
    /// <param name="retryAfter">The delay that the service names, or null.</param>
    /// <param name="requestsPerMinute">The limit that the service names, or null.</param>
    /// <param name="cancellationToken">Cancels the write of the shared row.</param>
    public async Task ThrottledAsync(DateTimeOffset began, TimeSpan? retryAfter, int? requestsPerMinute, CancellationToken cancellationToken)
    {
        // Another instance may have been throttled by the same limit and have slowed the shared pace already.
        await ReadAsync();
        TimeSpan closed;
        var isSlower = false;
        lock (sync)
        {
            var now = time.GetUtcNow();
            if (began >= lastSlowed)
            {
                var named = requestsPerMinute is > 0 ? TimeSpan.FromMinutes(1) / requestsPerMinute.Value : firstPace;
                pace = pace < named ? named : Min(pace * SlowerAfterThrottle, longestPace);
                lastSlowed = now;
                isSlower = true;
            }

            closed = retryAfter ?? Max(pace * 2, TimeSpan.FromSeconds(1));

            // Calls that already wait keep their order after the closure.
            nextStart = Max(nextStart, now + closed + Apart());
        }

        await WriteAsync(closed, Busy, isSlower, cancellationToken);
    }

    /// <summary>Closes the gate for all instances, unless it is closed for longer already.</summary>
    /// <param name="closed">The duration.</param>
    /// <param name="reason">The reason, as a sentence.</param>
    /// <param name="cancellationToken">Cancels the write of the shared row.</param>
    public async Task CloseAsync(TimeSpan closed, string reason, CancellationToken cancellationToken)
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
                        ["PaceMilliseconds"] = pace.TotalMilliseconds,
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
    private Task<Closing> ReadSharedAsync(CancellationToken cancellationToken)
    {
        lock (sync)
        {
            var now = time.GetUtcNow();
            if (shared is null || shared.IsFaulted || now - sharedReadAt > sharedFor)
            {
                sharedReadAt = now;
                shared = ReadAsync();
            }

            return shared.WaitAsync(cancellationToken);
        }
    }

    private async Task<Closing> ReadAsync()
    {
        var (entity, servedAt, _) = await row.ReadAsync(CancellationToken.None);
        if (entity?.GetDateTimeOffset("NotBefore") is not { } notBefore)
            return new Closing(DateTimeOffset.MinValue, Busy, TimeSpan.Zero);

        // Converts the storage service's time to local time.
        var closing = new Closing(
            time.GetUtcNow() + (notBefore - servedAt),
            entity.GetString("Reason") ?? Busy,
            TimeSpan.FromMilliseconds(entity.GetDouble("PaceMilliseconds") ?? 0));
        lock (sync)
        {
            if (seen != entity.ETag)
            {
                // Adopts the pace of another instance, unless it is outdated.
                seen = entity.ETag;
                if (time.GetUtcNow() - closing.Until < forgottenAfter)
                {
                    pace = closing.Pace;
                    lastSlowed = time.GetUtcNow();
                    nextStart = Max(nextStart, closing.Until + Apart());
                }
            }
        }

        return closing;
    }

    /// <summary>A random delay of up to one pace, because the opening gate has room for one call in total, not one per instance.</summary>
    private TimeSpan Apart() => pace * Random.Shared.NextDouble();

    private static DateTimeOffset Max(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    /// <summary>The content of the shared row, in local time.</summary>
    private sealed record Closing(DateTimeOffset Until, string Reason, TimeSpan Pace);
}

/// <summary>The reason why the model is not called.</summary>
/// <param name="Reason">The reason, as a sentence; includes the service's message, if any.</param>
/// <param name="Until">The time of the next attempt.</param>
public sealed record ModelPause(string Reason, DateTimeOffset Until);
