using Denoised.Collecting;
using Denoised.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>Reads what arXiv announced.</summary>
public sealed class CollectFunctions(CollectRequests requests, Retention retention)
{
    /// <summary>Three times a day. It only asks for a collection: a queue's message is delivered again after a crash, a timer is not.</summary>
    [Function("CollectPapers")]
    public Task CollectPapers([TimerTrigger("%CollectSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        requests.AskAsync(cancellationToken);

    /// <summary>Collects.</summary>
    [Function("CollectOnRequest")]
    public Task CollectOnRequest([QueueTrigger(QueueNames.Collections)] string message, FunctionContext context, CancellationToken cancellationToken) =>
        requests.CollectAsync(message, context.DequeueCount(), cancellationToken);

    /// <summary>Counts a collection whose message the host has given up on.</summary>
    [Function("RecordPoisonedCollection")]
    public Task RecordPoisonedCollection([QueueTrigger(QueueNames.PoisonedCollections)] string message, CancellationToken cancellationToken) =>
        requests.RecordPoisonedAsync(message, cancellationToken);

    /// <summary>Once a day.</summary>
    [Function("ForgetOldDays")]
    public Task ForgetOldDays([TimerTrigger("%ForgetSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        retention.ForgetAsync(cancellationToken);
}
