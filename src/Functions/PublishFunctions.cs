using Denoised.Publishing;
using Denoised.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>Keeps what readers load up to date.</summary>
public sealed class PublishFunctions(PublishRequests requests)
{
    /// <summary>Rebuilds a day.</summary>
    [Function("PublishDay")]
    public Task PublishDay([QueueTrigger(QueueNames.Days)] string message, CancellationToken cancellationToken) =>
        requests.PublishAsync(message, cancellationToken);

    /// <summary>Counts a day whose message the host has given up on.</summary>
    [Function("RecordPoisonedDay")]
    public Task RecordPoisonedDay([QueueTrigger(QueueNames.PoisonedDays)] string message, CancellationToken cancellationToken) =>
        requests.RecordPoisonedAsync(message, cancellationToken);
}
