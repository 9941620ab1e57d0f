using Denoised.Arxiv.Calendar;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Collecting;

/// <summary>
/// Reads the announcements of arXiv, records them and enqueues the summaries. One collection runs at a time across all instances. Each step is
/// idempotent: the next collection completes one that crashed.
/// </summary>
public sealed partial class Collector(
    SharedLeases leases,
    RunTable runs,
    CollectionSteps steps,
    CollectionMetrics metrics,
    WorkQueues queues,
    IOptions<CollectOptions> options,
    TimeProvider time,
    ILogger<Collector> logger)
{
    private const string LeaseName = "collection";

    /// <summary>Runs a collection. While another collection runs, enqueues one to follow it.</summary>
    /// <param name="request">The collection to run.</param>
    /// <param name="isRetry">Whether an earlier delivery of the same request crashed.</param>
    /// <param name="cancellationToken">Cancels the collection.</param>
    public async Task CollectAsync(CollectionMessage request, bool isRetry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await using var lease = await leases.TryAcquireAsync(LeaseName, options.Value.LeaseDuration, cancellationToken);
        if (lease is null)
        {
            Log.Deferred(logger);
            await queues.DeferAsync(request with { IsRetry = isRetry }, options.Value.LeaseDuration, cancellationToken);
            return;
        }

        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        var started = time.GetUtcNow();
        await runs.WriteAsync(new CollectionRun(started, FinishedAt: null, "running", []), linked.Token);

        var problems = new List<string>();
        var messages = await steps.RunAsync(request, isRetry, lease.AcquiredAt, problems, linked.Token);
        if (problems.Count == 0)
            Telemetry.CollectionsCompleted.Add(1);
        await metrics.RecordAsync(linked.Token);
        await runs.WriteAsync(
            new CollectionRun(started, time.GetUtcNow(), problems.Count == 0 ? "complete" : "incomplete", [.. problems, .. messages]), linked.Token);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Another collection is running; this one is deferred until it ends.")]
        public static partial void Deferred(ILogger logger);
    }
}
