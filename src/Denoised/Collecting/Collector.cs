using Denoised.Arxiv.Calendar;
using Denoised.Domain;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Collecting;

/// <summary>
/// Reads the announcements of arXiv, records them and enqueues the summaries. One collection runs at a time across all instances. Each step is
/// idempotent: the next collection completes one that crashed.
/// </summary>
public sealed partial class Collector(
    StorageSetup setup,
    SharedLeases leases,
    RunTable runs,
    ListingReader reader,
    ListingRecorder recorder,
    MetadataEnrichment enrichment,
    Repair repair,
    PaperTable papers,
    WorkQueues queues,
    ModelCoverage coverage,
    IOptions<CollectOptions> options,
    TimeProvider time,
    ILogger<Collector> logger,
    ISamplePapers? samples = null)
{
    private const string LeaseName = "collection";

    /// <summary>Runs a collection. While another collection runs, enqueues one to follow it.</summary>
    /// <param name="request">The collection to run.</param>
    /// <param name="isRetry">Whether an earlier delivery of the same request crashed.</param>
    /// <param name="cancellationToken">Cancels the collection.</param>
    public async Task CollectAsync(CollectionMessage request, bool isRetry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await setup.EnsureCreatedAsync(cancellationToken);
        await using var lease = await leases.TryAcquireAsync(LeaseName, options.Value.LeaseDuration, cancellationToken);
        if (lease is null)
        {
            Log.PutOff(logger);
            await queues.PutOffAsync(request with { IsRetry = isRetry }, options.Value.LeaseDuration, cancellationToken);
            return;
        }

        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        var started = time.GetUtcNow();
        await runs.WriteAsync(new CollectionRun(started, FinishedAt: null, "running", []), linked.Token);

        var problems = new List<string>();
        var messages = await CollectAsync(request, isRetry, lease.AcquiredAt, problems, linked.Token);
        if (problems.Count == 0)
            Telemetry.CollectionsCompleted.Add(1);
        await TellBacklogAsync(linked.Token);
        if (await coverage.FindExtractiveShareAsync(linked.Token) is { } share)
            Telemetry.ExtractiveShare.Record(share);
        await runs.WriteAsync(new CollectionRun(started, time.GetUtcNow(), problems.Count == 0 ? "complete" : "incomplete", [.. problems, .. messages]), linked.Token);
    }

    private async Task TellBacklogAsync(CancellationToken cancellationToken)
    {
        foreach (var name in QueueNames.All)
        {
            var backlog = await queues.ReadBacklogAsync(name, cancellationToken);
            Telemetry.OldestMessage.Record(backlog.Oldest is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds) : 0, new KeyValuePair<string, object?>("queue", name));
        }
    }

    private async Task<IReadOnlyList<string>> CollectAsync(CollectionMessage request, bool isRetry, DateTimeOffset began, List<string> problems, CancellationToken cancellationToken)
    {
        var reading = new ListingResult(request, time.GetUtcNow(), problems);
        await reader.ReadFeedsAsync(reading, cancellationToken);

        // Before the missed days: when arXiv is unreachable, each of their requests runs into its timeout.
        await ShowSamplesAsync(reading.Newest, problems, cancellationToken);
        await reader.FillMissedDaysAsync(reading, cancellationToken);
        await enrichment.EnrichAsync(problems, cancellationToken);
        await repair.RepairAsync(isRetry, began, cancellationToken);
        return reading.Messages;
    }

    private async Task ShowSamplesAsync(ListingDay newest, List<string> problems, CancellationToken cancellationToken)
    {
        if (samples is null || problems.Count == 0 || (await papers.ReadDaysAsync(cancellationToken)).Count > 0)
            return;

        await recorder.RecordSamplesAsync(samples, newest, "arXiv could not be read yet. These papers are invented samples; the first listing replaces them.", cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Another collection is running; this one is put off until after it.")]
        public static partial void PutOff(ILogger logger);
    }
}
