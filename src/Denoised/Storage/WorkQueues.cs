using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Storage.Queues;

namespace Denoised.Storage;

/// <summary>Sends queue messages. They never expire: the service's default of seven days would drop pending work.</summary>
public sealed class WorkQueues(QueueServiceClient service)
{
    /// <summary>The maximum visibility delay. The service allows seven days; one day is a safety margin.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromDays(6);

    private const int MaxParallelSends = 16;

    private static readonly TimeSpan noExpiry = TimeSpan.FromSeconds(-1);

    private readonly QueueClient papers = service.GetQueueClient(QueueNames.Papers);
    private readonly QueueClient days = service.GetQueueClient(QueueNames.Days);
    private readonly QueueClient collections = service.GetQueueClient(QueueNames.Collections);
    private readonly QueueClient deliveries = service.GetQueueClient(QueueNames.Deliveries);
    private readonly DeferredMessages deferredMessages = new();

    /// <summary>Sends a message that becomes visible after a delay (clamped to <see cref="MaxDelay"/>).</summary>
    public Task SendAsync(PaperMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        SendAsync(papers, message, StorageJson.Default.PaperMessage, delay, cancellationToken);

    /// <summary>Sends messages that are visible at once, several in parallel. After an error, some of them may have been sent.</summary>
    public Task SendAsync(IEnumerable<PaperMessage> messages, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            messages,
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelSends, CancellationToken = cancellationToken },
            async (message, token) =>
            await SendAsync(message, TimeSpan.Zero, token));

    /// <inheritdoc cref="SendAsync(PaperMessage, TimeSpan, CancellationToken)"/>
    public Task SendAsync(DayMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        SendAsync(days, message, StorageJson.Default.DayMessage, delay, cancellationToken);

    /// <inheritdoc cref="SendAsync(PaperMessage, TimeSpan, CancellationToken)"/>
    public Task SendAsync(CollectionMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        SendAsync(collections, message, StorageJson.Default.CollectionMessage, delay, cancellationToken);

    /// <inheritdoc cref="SendAsync(PaperMessage, TimeSpan, CancellationToken)"/>
    public Task SendAsync(DeliveryMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        SendAsync(deliveries, message, StorageJson.Default.DeliveryMessage, delay, cancellationToken);

    /// <summary>
    /// Defers a message that was delivered too early by sending it again. Skips this if this process has deferred an equal message to the same time or
    /// earlier. Delivery is at least once, and a failed send may have succeeded: without this check, each deferral would multiply the duplicates.
    /// </summary>
    public Task DeferAsync(PaperMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        DeferAsync((QueueNames.Papers, message), DateTimeOffset.MinValue, delay, () => SendAsync(message, delay, cancellationToken));

    /// <summary>Defers a day's message, like a paper's. A message about a later change of the same day also covers earlier changes.</summary>
    public Task DeferAsync(DayMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        DeferAsync((QueueNames.Days, message with { Changed = default }), message.Changed, delay, () => SendAsync(message, delay, cancellationToken));

    /// <inheritdoc cref="DeferAsync(PaperMessage, TimeSpan, CancellationToken)"/>
    public Task DeferAsync(CollectionMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        DeferAsync((QueueNames.Collections, message), DateTimeOffset.MinValue, delay, () => SendAsync(message, delay, cancellationToken));

    /// <inheritdoc cref="DeferAsync(PaperMessage, TimeSpan, CancellationToken)"/>
    public Task DeferAsync(DeliveryMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        DeferAsync((QueueNames.Deliveries, message), DateTimeOffset.MinValue, delay, () => SendAsync(message, delay, cancellationToken));

    /// <summary>Reads a queue's approximate length and the insertion time of its first visible message.</summary>
    public async Task<QueueBacklog> ReadBacklogAsync(string queueName, CancellationToken cancellationToken)
    {
        var queue = service.GetQueueClient(queueName);
        var properties = await queue.GetPropertiesAsync(cancellationToken);
        var peeked = await queue.PeekMessageAsync(cancellationToken);
        return new QueueBacklog(queueName, properties.Value.ApproximateMessagesCount, peeked.Value?.InsertedOn);
    }

    private async Task DeferAsync((string Queue, object Message) key, DateTimeOffset upTo, TimeSpan delay, Func<Task> send)
    {
        // Computed before the send, so it is a lower bound of the time at which the message becomes visible.
        var until = DeferredMessages.Now + ToVisibilityDelay(delay);
        if (deferredMessages.Covers(key, upTo, until))
            return;
        await send();
        deferredMessages.Add(key, upTo, until);
    }

    private static async Task SendAsync<T>(QueueClient queue, T message, JsonTypeInfo<T> type, TimeSpan delay, CancellationToken cancellationToken) =>
        await queue.SendMessageAsync(JsonSerializer.Serialize(message, type), ToVisibilityDelay(delay), noExpiry, cancellationToken);

    private static TimeSpan ToVisibilityDelay(TimeSpan delay) =>
        TimeSpan.FromSeconds(Math.Ceiling((delay < TimeSpan.Zero ? TimeSpan.Zero : delay > MaxDelay ? MaxDelay : delay).TotalSeconds));
}

/// <summary>The backlog of a queue.</summary>
/// <param name="Queue">The queue's name.</param>
/// <param name="Messages">The approximate number of messages, including hidden ones.</param>
/// <param name="Oldest">The insertion time of the first visible message; null if none is visible.</param>
public sealed record QueueBacklog(string Queue, int Messages, DateTimeOffset? Oldest);
