using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Storage;

namespace Denoised.Summaries;

/// <summary>
/// What keeps the calls of all instances together within what the service allows. A 429 closes the gate for everybody (a shared row) until
/// the time that the service gives; each instance then lets its calls through one by one, at a pace that is learnt together: the limit the
/// service names in its headers, slower after each further 429, which the row tells all, and a little faster with each success. So nobody
/// storms the service when the gate opens, and no instance gets by at the others' expense.
/// </summary>
public sealed class ModelGate(TableServiceClient service, TimeProvider time)
{
    /// <summary>Longer waits than this are not waited out in the process; the paper sleeps in the queue.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private const string Partition = "gates";
    private const string Row = "model";
    private const string Busy = "The model's service is busy.";
    private const double SlowerAfterThrottle = 1.2;
    private const double FasterAfterSuccess = 0.98;

    private static readonly TimeSpan sharedFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan shortestPace = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan longestPace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan forgottenAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan firstPace = TimeSpan.FromMilliseconds(250);

    private readonly TableClient table = service.GetTableClient(TableNames.Pacing);
    private readonly Lock sync = new();
    private TimeSpan pace;
    private DateTimeOffset nextStart;
    private DateTimeOffset lastSlowed;
    private DateTimeOffset sharedReadAt;
    private Task<Closing>? shared;
    private ETag seen;

    /// <summary>How long a call would have to wait now, and why; zero when the gate is open.</summary>
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

    /// <summary>Why and until when the gate is closed for all instances; null while it is open.</summary>
    public async Task<ModelClosure?> FindClosureAsync(CancellationToken cancellationToken)
    {
        var (until, reason, _) = await ReadSharedAsync(cancellationToken);
        return until > time.GetUtcNow() ? new ModelClosure(reason, until) : null;
    }

    /// <summary>Waits for this call's turn.</summary>
    /// <returns>When the call began, for <see cref="ThrottledAsync"/>; or null where the wait would be longer than <see cref="LongestWait"/>.</returns>
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

            // Somebody may have been refused meanwhile.
            if ((await ReadSharedAsync(cancellationToken)).Until <= time.GetUtcNow())
                return time.GetUtcNow();
        }
    }

    /// <summary>A call was let through by the service.</summary>
    public void Succeeded()
    {
        lock (sync)
        {
            pace *= FasterAfterSuccess;
            if (pace < shortestPace)
                pace = TimeSpan.Zero;
        }
    }

    /// <summary>A call was refused with 429.</summary>
    /// <param name="began">When it began: of the calls that were under way together only one slows the pace.</param>
    /// <param name="retryAfter">What the service said, or null.</param>
    /// <param name="requestsPerMinute">The limit that the service names, or null.</param>
    /// <param name="cancellationToken">Stops the write of the shared row.</param>
    public async Task ThrottledAsync(DateTimeOffset began, TimeSpan? retryAfter, int? requestsPerMinute, CancellationToken cancellationToken)
    {
        // Another instance may have been refused for the same reason a moment ago, and have slowed down for all.
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

            // Those that wait already keep their turns, behind the gate.
            nextStart = Max(nextStart, now + closed + Apart());
        }

        await WriteAsync(closed, Busy, isSlower, cancellationToken);
    }

    /// <summary>Closes the gate for all instances, unless it is closed for longer already.</summary>
    /// <param name="closed">For how long.</param>
    /// <param name="reason">Why, in a sentence.</param>
    /// <param name="cancellationToken">Stops the write of the shared row.</param>
    public async Task CloseAsync(TimeSpan closed, string reason, CancellationToken cancellationToken)
    {
        await WriteAsync(closed, reason, isSlower: false, cancellationToken);
    }

    private async Task WriteAsync(TimeSpan closed, string reason, bool isSlower, CancellationToken cancellationToken)
    {
        var contention = new WriteContention("The model's gate");
        while (true)
        {
            var response = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
            var until = response.GetRawResponse().ServedAt() + closed;
            var former = response.HasValue ? response.Value!.GetDateTimeOffset("NotBefore") : null;
            if (former >= until && !isSlower)
                return;

            TimeSpan told;
            lock (sync)
                told = pace;
            var entity = new TableEntity(Partition, Row)
            {
                ["NotBefore"] = former > until ? former : until,
                ["Reason"] = reason,
                ["PaceMilliseconds"] = told.TotalMilliseconds,
            };
            try
            {
                var written = response.HasValue
                    ? await table.UpdateEntityAsync(entity, response.Value!.ETag, TableUpdateMode.Replace, cancellationToken)
                    : await table.AddEntityAsync(entity, cancellationToken);
                lock (sync)
                {
                    seen = written.Headers.ETag!.Value;
                    shared = null;
                }

                return;
            }
            catch (RequestFailedException exception) when (exception.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict)
            {
                // Another instance was refused, too: look at what it wrote.
                await contention.BackOffAsync(cancellationToken);
            }
        }
    }

    /// <summary>The gate as all instances see it; asked of the service at most once a second.</summary>
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
        var response = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: CancellationToken.None);
        if (!response.HasValue || response.Value!.GetDateTimeOffset("NotBefore") is not { } notBefore)
            return new Closing(DateTimeOffset.MinValue, Busy, TimeSpan.Zero);

        // The row is in the storage service's time, what is waited for in ours.
        var closing = new Closing(
            time.GetUtcNow() + (notBefore - response.GetRawResponse().ServedAt()),
            response.Value!.GetString("Reason") ?? Busy,
            TimeSpan.FromMilliseconds(response.Value!.GetDouble("PaceMilliseconds") ?? 0));
        lock (sync)
        {
            if (seen != response.Value!.ETag)
            {
                // What another instance has learnt since; long ago it is history, and the first calls tell.
                seen = response.Value!.ETag;
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

    /// <summary>When the gate opens there is room for one call, not for one of each instance.</summary>
    private TimeSpan Apart() => pace * Random.Shared.NextDouble();

    private static DateTimeOffset Max(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    /// <summary>What the shared row says, in this instance's time.</summary>
    private sealed record Closing(DateTimeOffset Until, string Reason, TimeSpan Pace);
}

/// <summary>Why the model is not called.</summary>
/// <param name="Reason">In a sentence, with the service's own words where it gave any.</param>
/// <param name="Until">When it is tried again.</param>
public sealed record ModelClosure(string Reason, DateTimeOffset Until);
