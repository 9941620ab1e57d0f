using Denoised.Papers;
using Denoised.Storage;

namespace Denoised.Collecting;

/// <summary>Handles the messages of the queue of collections and of its poison queue.</summary>
public sealed class CollectRequests(Collector collector, WorkQueues queues, StorageSetup setup, DiscardedMessages discarded)
{
    /// <summary>Asks for a collection of whatever is due.</summary>
    public Task AskAsync(CancellationToken cancellationToken) => AskAsync(day: null, cancellationToken);

    /// <summary>Asks for a collection of whatever is due.</summary>
    /// <param name="day">A listing day to read again from its catch-up page, or null for none.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public async Task AskAsync(ListingDay? day, CancellationToken cancellationToken)
    {
        await setup.EnsureCreatedAsync(cancellationToken);
        await queues.SendAsync(new CollectionMessage(day), TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Collects as a message asks.</summary>
    /// <param name="message">JSON of a <see cref="CollectionMessage"/>; an empty one asks for whatever is due.</param>
    /// <param name="dequeueCount">How often it has been delivered.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task CollectAsync(string message, int dequeueCount, CancellationToken cancellationToken)
    {
        var request = string.IsNullOrWhiteSpace(message)
            ? new CollectionMessage()
            : await discarded.ParseAsync(QueueNames.Collections, message, DenoisedJson.Default.CollectionMessage, cancellationToken);
        if (request is not null)
            await collector.CollectAsync(request, isRetry: request.IsRetry || dequeueCount > 1, cancellationToken);
    }

    /// <summary>Records that the host has given up on a message. The next collection reads what is due.</summary>
    public Task RecordPoisonedAsync(string message, CancellationToken cancellationToken) =>
        discarded.RecordPoisonedAsync(QueueNames.Collections, message, cancellationToken);
}
