using Denoised.Delivery;
using Denoised.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>Delivers the digest of each listing day to the operator's channels.</summary>
public sealed class DeliveryFunctions(DeliveryHandler requests)
{
    /// <summary>Sends a digest.</summary>
    [Function("DeliverDigest")]
    public Task DeliverDigest([QueueTrigger(QueueNames.Deliveries)] string message, CancellationToken cancellationToken) =>
        requests.DeliverAsync(message, cancellationToken);

    /// <summary>Counts a delivery message from the poison queue.</summary>
    [Function("RecordPoisonedDelivery")]
    public Task RecordPoisonedDelivery([QueueTrigger(QueueNames.PoisonedDeliveries)] string message, CancellationToken cancellationToken) =>
        requests.RecordPoisonedAsync(message, cancellationToken);
}
