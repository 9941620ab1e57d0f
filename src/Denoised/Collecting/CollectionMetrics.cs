using Denoised.Storage;

namespace Denoised.Collecting;

/// <summary>Records what a collection leaves behind: the age of each queue's oldest message, and the share of extractive summaries.</summary>
public sealed class CollectionMetrics(WorkQueues queues, ModelCoverage coverage, TimeProvider time)
{
    /// <summary>Records the metrics.</summary>
    public async Task RecordAsync(CancellationToken cancellationToken)
    {
        foreach (var name in QueueNames.All)
        {
            var backlog = await queues.ReadBacklogAsync(name, cancellationToken);
            var age = backlog.Oldest is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds) : 0;
            Telemetry.OldestMessage.Record(age, new KeyValuePair<string, object?>("queue", name));
        }

        if (await coverage.FindExtractiveShareAsync(cancellationToken) is { } share)
            Telemetry.ExtractiveShare.Record(share);
    }
}
