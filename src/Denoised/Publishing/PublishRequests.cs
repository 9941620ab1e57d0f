using Denoised.Glances;
using Denoised.Storage;

namespace Denoised.Publishing;

/// <summary>What the queue of days carries.</summary>
public sealed class PublishRequests(DayPublisher publisher, DayGlancer glancer, WorkQueues queues) : IDisposable
{
    // A batch of messages is mostly one day's: the first rebuilds, the others then find it done, instead of all rebuilding and all but one in vain.
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Rebuilds the day that a message names, or puts the message off where it was rebuilt a moment ago; or looks at the day's glance.</summary>
    public async Task PublishAsync(string message, CancellationToken cancellationToken)
    {
        var request = Message.Parse(message, DenoisedJson.Default.DayMessage);
        if (request.Glance)
        {
            await glancer.GlanceAsync(request, cancellationToken);
            return;
        }

        await turn.WaitAsync(cancellationToken);
        try
        {
            if (await publisher.PublishAsync(request, cancellationToken) is not var (wait, now))
                return;

            // Whatever has changed until now is then seen, too: the others of the day that come too early need no message of their own.
            now += StorageClock.Margin;
            await queues.PutOffAsync(request with { Changed = request.Changed > now ? request.Changed : now }, wait, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();
}
