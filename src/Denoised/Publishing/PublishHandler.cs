using Denoised.Overviews;
using Denoised.Storage;

namespace Denoised.Publishing;

/// <summary>Handles the messages of the day queue and its poison queue.</summary>
public sealed class PublishHandler(
    DayPublisher publisher,
    OverviewGenerator generator,
    WorkQueues queues,
    StorageSetup setup,
    PoisonMessages discarded,
    IPublicationObserver observer) : IDisposable
{
    // The messages of a batch usually belong to one day. Handling one at a time lets the first rebuild the day and the others skip it, instead of
    // conflicting.
    private readonly SemaphoreSlim publishLock = new(1);

    /// <summary>
    /// Rebuilds the day of a message, or defers the message if the last rebuild is too recent. For an overview message, updates the day's overview.
    /// </summary>
    public async Task PublishAsync(string message, CancellationToken cancellationToken)
    {
        if (await discarded.ParseAsync(QueueNames.Days, message, StorageJson.Default.DayMessage, cancellationToken) is not { } request)
            return;

        await setup.EnsureCreatedAsync(cancellationToken);
        if (request.Overview)
        {
            await generator.GenerateAsync(request, cancellationToken);
            return;
        }

        await publishLock.WaitAsync(cancellationToken);
        try
        {
            if (await publisher.PublishAsync(request, cancellationToken) is not var (wait, now))
            {
                await observer.OnPublishedAsync(cancellationToken);
                return;
            }

            // The deferred rebuild includes all changes until now, so other early messages for this day need no deferral of their own.
            now += StorageClock.Margin;
            await queues.DeferAsync(request with { Changed = request.Changed > now ? request.Changed : now }, wait, cancellationToken);
        }
        finally
        {
            publishLock.Release();
        }
    }

    /// <summary>Records that the host has given up on a message. The next collection enqueues each day whose snapshot is out of date.</summary>
    public Task RecordPoisonedAsync(string message, CancellationToken cancellationToken) =>
        discarded.RecordPoisonedAsync(QueueNames.Days, message, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => publishLock.Dispose();
}
