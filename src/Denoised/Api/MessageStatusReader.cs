using Denoised.Delivery;
using Denoised.Storage;

namespace Denoised.Api;

/// <summary>Reads the state of the queues, of discarded messages, and of the deliveries to the operator.</summary>
public sealed class MessageStatusReader(WorkQueues queues, PoisonMessages discarded, DeliveryChannels channels, DeliveryTable deliveries)
{
    /// <summary>Returns the backlog of each queue.</summary>
    public async Task<IReadOnlyList<QueueBacklog>> ReadQueuesAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(QueueNames.All.Select(name => queues.ReadBacklogAsync(name, cancellationToken)));

    /// <summary>Returns the numbers of discarded messages.</summary>
    public Task<IReadOnlyList<PoisonMessageCount>> ReadDiscardedAsync(CancellationToken cancellationToken) => discarded.ReadAllAsync(cancellationToken);

    /// <summary>Returns the newest delivery of each configured channel.</summary>
    public async Task<IReadOnlyList<DeliveryStatus>> ReadDeliveriesAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(channels.Configured.Select(channel => deliveries.ReadAsync(channel.Name, cancellationToken)));
}
