using Denoised.Publishing;
using Denoised.Storage;
using Microsoft.Extensions.Options;

namespace Denoised.Delivery;

/// <summary>Enqueues the digest of the newest day once the day is complete.</summary>
public sealed class DeliveryScheduler(
    DeliveryChannels channels, DeliveryReader reader, DeliveryTable table, WorkQueues queues, IOptions<PublishingOptions> options) : IPublicationObserver
{
    /// <summary>Longer than a message waits behind others.</summary>
    private static readonly TimeSpan overdueAfter = TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public async Task OnPublishedAsync(CancellationToken cancellationToken)
    {
        if (channels.Configured.Count == 0 || await reader.FindCompleteDayAsync(cancellationToken) is not { } day)
            return;

        // The categories of a listing are read one after the other. After the delay, the handler checks again whether the day is complete.
        foreach (var channel in channels.Configured)
        {
            if (await table.NeedsMessageAsync(channel.Name, day, overdueAfter, cancellationToken))
                await queues.SendAsync(new DeliveryMessage(day, channel.Name), options.Value.MinimumInterval, cancellationToken);
        }
    }
}
