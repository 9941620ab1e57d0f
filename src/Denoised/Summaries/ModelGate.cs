using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Storage;

namespace Denoised.Summaries;

/// <summary>
/// What keeps the calls of all instances together within what the service allows. A 429 closes the gate for everybody (a shared row) until
/// the time that the service gives; each instance then lets its calls through one by one, at a pace that it learns: the limit the service
/// names in its headers, slower after each further 429, a little faster with each success. So nobody storms the service when the gate opens.
/// </summary>
public sealed class ModelGate(TableServiceClient service, TimeProvider time)
{
    /// <summary>Longer waits than this are not waited out in the process; the paper sleeps in the queue.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private const string Partition = "gates";
    private const string Row = "model";
    private const string Busy = "The model's service is busy.";
    private const double SlowerAfterThrottle = 1.2;
    private const double FasterAfterSuccess = 0.985;

    private static readonly TimeSpan sharedFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan shortestPace = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan longestPace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan firstPace = TimeSpan.FromMilliseconds(250);

    private readonly TableClient table = service.GetTableClient(TableNames.Pacing);
    private readonly Lock sync = new();
    private TimeSpan pace;
    private DateTimeOffset nextStart;
    private DateTimeOffset lastSlowed;
    private DateTimeOffset sharedReadAt;
    private Task<(DateTimeOffset Until, string Reason)>? shared;

    /// <summary>How long a call would have to wait now, and why; zero when the gate is open.</summary>
    public async Task<(TimeSpan Wait, string Reason)> ClosedForAsync(CancellationToken cancellationToken)
    {
        var (until, reason) = await ReadSharedAsync(cancellationToken);
        var now = time.GetUtcNow();
        lock (sync)
        {
            var own = nextStart > until && pace > shortestPace ? nextStart : until;
            return (own > now ? own - now : TimeSpan.Zero, reason);
        }
    }

    /// <summary>Waits for this call's turn.</summary>
    /// <returns>When the call began, for <see cref="ThrottledAsync"/>; or null where the wait would be longer than <see cref="LongestWait"/>.</returns>
    public async Task<DateTimeOffset?> EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (until, _) = await ReadSharedAsync(cancellationToken);
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
        TimeSpan closed;
        DateTimeOffset until;
        lock (sync)
        {
            var now = time.GetUtcNow();
            if (began >= lastSlowed)
            {
                var named = requestsPerMinute is > 0 ? TimeSpan.FromMinutes(1) / requestsPerMinute.Value : firstPace;
                pace = pace < named ? named : Min(pace * SlowerAfterThrottle, longestPace);
                lastSlowed = now;
            }

            closed = retryAfter ?? Max(pace * 2, TimeSpan.FromSeconds(1));
            until = now + closed;

            // Those that wait already keep their turns, behind the gate.
            nextStart = Max(nextStart, until);
        }

        await CloseAsync(closed, Busy, cancellationToken);
    }

    /// <summary>Closes the gate for all instances, unless it is closed for longer already.</summary>
    /// <param name="closed">For how long.</param>
    /// <param name="reason">Why, in a sentence.</param>
    /// <param name="cancellationToken">Stops the write of the shared row.</param>
    public async Task CloseAsync(TimeSpan closed, string reason, CancellationToken cancellationToken)
    {
        await WriteAsync(closed, reason, cancellationToken);
        lock (sync)
            shared = null;
    }

    private async Task WriteAsync(TimeSpan closed, string reason, CancellationToken cancellationToken)
    {
        while (true)
        {
            var response = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
            var until = response.GetRawResponse().ServedAt() + closed;
            if (response.HasValue && response.Value!.GetDateTimeOffset("NotBefore") >= until)
                return;

            var entity = new TableEntity(Partition, Row) { ["NotBefore"] = until, ["Reason"] = reason };
            try
            {
                if (response.HasValue)
                    await table.UpdateEntityAsync(entity, response.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
                else
                    await table.AddEntityAsync(entity, cancellationToken);
                return;
            }
            catch (RequestFailedException exception) when (exception.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict)
            {
                // Another instance was refused, too: look at what it wrote.
            }
        }
    }

    /// <summary>Until when the gate is closed, by this instance's clock; asked of the service at most once a second.</summary>
    private Task<(DateTimeOffset Until, string Reason)> ReadSharedAsync(CancellationToken cancellationToken)
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

    private async Task<(DateTimeOffset Until, string Reason)> ReadAsync()
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: CancellationToken.None);
        if (!response.HasValue || response.Value!.GetDateTimeOffset("NotBefore") is not { } notBefore)
            return (DateTimeOffset.MinValue, Busy);

        // The row is in the storage service's time, what is waited for in ours.
        return (time.GetUtcNow() + (notBefore - response.GetRawResponse().ServedAt()), response.Value!.GetString("Reason") ?? Busy);
    }

    private static DateTimeOffset Max(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
