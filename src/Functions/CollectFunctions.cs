using Denoised.Collecting;
using Denoised.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>Collects arXiv's announcements and purges old days.</summary>
public sealed class CollectFunctions(CollectionHandler requests, ExpiredDayPurge retention)
{
    /// <summary>
    /// Runs three times a day. Only enqueues a collection: after a crash, the host delivers a queue message again, but does not repeat a timer invocation.
    /// </summary>
    [Function("CollectPapers")]
    public Task CollectPapers([TimerTrigger("%CollectSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        requests.EnqueueAsync(cancellationToken);

    /// <summary>Runs a collection.</summary>
    [Function("CollectOnRequest")]
    public Task CollectOnRequest([QueueTrigger(QueueNames.Collections)] string message, FunctionContext context, CancellationToken cancellationToken) =>
        requests.CollectAsync(message, context.DequeueCount(), cancellationToken);

    /// <summary>Counts a collection message from the poison queue.</summary>
    [Function("RecordPoisonedCollection")]
    public Task RecordPoisonedCollection([QueueTrigger(QueueNames.PoisonedCollections)] string message, CancellationToken cancellationToken) =>
        requests.RecordPoisonedAsync(message, cancellationToken);

    /// <summary>Purges days beyond the retention period, once a day.</summary>
    [Function("PurgeExpiredDays")]
    public Task PurgeExpiredDays([TimerTrigger("%PurgeSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        retention.PurgeAsync(cancellationToken);
}
