using Denoised.Storage;

namespace Denoised.Publishing;

/// <summary>What the queue of days carries.</summary>
public sealed class PublishRequests(DayPublisher publisher, WorkQueues queues)
{
    /// <summary>Rebuilds the day that a message names, or puts the message off where it was rebuilt a moment ago.</summary>
    public async Task PublishAsync(string message, CancellationToken cancellationToken)
    {
        var request = Message.Parse(message, DenoisedJson.Default.DayMessage);
        if (await publisher.PublishAsync(request, cancellationToken) is { } delay)
            await queues.SendAsync(request, delay, cancellationToken);
    }
}
