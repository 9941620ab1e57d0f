using Denoised.Papers;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Collecting;

/// <summary>
/// Reads what arXiv announced, records it, and asks for the summaries. One collection runs at a time, whatever the number of instances.
/// Each step can be repeated: a collection that dies is made good by the next one.
/// </summary>
public sealed partial class Collector(
    StorageSetup setup,
    SharedLeases leases,
    RunTable runs,
    ListingReader reader,
    ListingRecorder recorder,
    Enrichment enrichment,
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

    /// <summary>Collects, or, where another collection runs, asks for one after it.</summary>
    /// <param name="request">What is to be collected.</param>
    /// <param name="isRetry">Whether the same request died before.</param>
    /// <param name="cancellationToken">Stops the work.</param>
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
        var reading = new ListingReading(request, time.GetUtcNow(), problems);
        await reader.ReadFeedsAsync(reading, cancellationToken);

        // Before the missed days: where arXiv cannot be reached at all, each attempt takes its time.
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
