using Denoised.Publishing;
using Denoised.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>Publishes snapshots for readers.</summary>
public sealed class PublishFunctions(PublishHandler requests)
{
    /// <summary>Rebuilds a day's snapshot.</summary>
    [Function("PublishDay")]
    public Task PublishDay([QueueTrigger(QueueNames.Days)] string message, CancellationToken cancellationToken) =>
        requests.PublishAsync(message, cancellationToken);

    /// <summary>Counts a day message from the poison queue.</summary>
    [Function("RecordPoisonedDay")]
    public Task RecordPoisonedDay([QueueTrigger(QueueNames.PoisonedDays)] string message, CancellationToken cancellationToken) =>
        requests.RecordPoisonedAsync(message, cancellationToken);
}
