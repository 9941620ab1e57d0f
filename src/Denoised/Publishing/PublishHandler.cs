using Denoised.Overviews;
using Denoised.Storage;

namespace Denoised.Publishing;

/// <summary>Handles the messages of the queue of days and of its poison queue.</summary>
public sealed class PublishHandler(DayPublisher publisher, OverviewGenerator generator, WorkQueues queues, StorageSetup setup, PoisonMessages discarded) : IDisposable
{
    // A batch of messages is mostly one day's: the first rebuilds, the others then find it done, instead of all rebuilding and all but one in vain.
    private readonly SemaphoreSlim publishLock = new(1);

    /// <summary>Rebuilds the day that a message names, or puts the message off where it was rebuilt a moment ago; or looks at the day's overview.</summary>
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
                return;

            // Whatever has changed until now is then seen, too: the others of the day that come too early need no message of their own.
            now += StorageClock.Margin;
            await queues.DeferAsync(request with { Changed = request.Changed > now ? request.Changed : now }, wait, cancellationToken);
        }
        finally
        {
            publishLock.Release();
        }
    }

    /// <summary>Records that the host has given up on a message. The next collection enqueues each day whose snapshot is out of date.</summary>
    public Task RecordPoisonedAsync(string message, CancellationToken cancellationToken) => discarded.RecordPoisonedAsync(QueueNames.Days, message, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => publishLock.Dispose();
}
