using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Storage;

namespace Denoised.Collecting;

/// <summary>Handles the messages of the collection queue and of its poison queue.</summary>
public sealed class CollectionHandler(
    Collector collector, WorkQueues queues, StorageSetup setup, PoisonMessages discarded, IPublicationObserver observer)
{
    /// <summary>Enqueues a collection of everything that is due.</summary>
    public Task EnqueueAsync(CancellationToken cancellationToken) => EnqueueAsync(day: null, cancellationToken);

    /// <summary>Enqueues a collection of everything that is due.</summary>
    /// <param name="day">A listing day to read again from its catch-up page, or null.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task EnqueueAsync(ListingDay? day, CancellationToken cancellationToken)
    {
        await setup.EnsureCreatedAsync(cancellationToken);
        await queues.SendAsync(new CollectionMessage(day), TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Runs the collection that a message requests.</summary>
    /// <param name="message">JSON of a <see cref="CollectionMessage"/>. An empty message requests everything that is due.</param>
    /// <param name="dequeueCount">The dequeue count of the message.</param>
    /// <param name="cancellationToken">Cancels the collection.</param>
    public async Task CollectAsync(string message, int dequeueCount, CancellationToken cancellationToken)
    {
        var request = string.IsNullOrWhiteSpace(message)
            ? new CollectionMessage()
            : await discarded.ParseAsync(QueueNames.Collections, message, StorageJson.Default.CollectionMessage, cancellationToken);
        if (request is null)
            return;
        await collector.CollectAsync(request, isRetry: request.IsRetry || dequeueCount > 1, cancellationToken);

        // The last listing of a day may add no paper, so that no publication follows.
        await observer.OnPublishedAsync(cancellationToken);
    }

    /// <summary>Records that the host moved a message to the poison queue. The next collection reads everything that is due.</summary>
    public Task RecordPoisonedAsync(string message, CancellationToken cancellationToken) =>
        discarded.RecordPoisonedAsync(QueueNames.Collections, message, cancellationToken);
}
