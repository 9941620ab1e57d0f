using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Storage.Queues;

namespace Denoised.Storage;

/// <summary>Sends messages. They live for ever: what is not done yet must not vanish after the service's default of seven days.</summary>
public sealed class WorkQueues(QueueServiceClient service)
{
    /// <summary>The service hides a message for at most seven days; a day less leaves room.</summary>
    public static readonly TimeSpan LongestSleep = TimeSpan.FromDays(6);

    private const int AtOnce = 16;

    private static readonly TimeSpan forEver = TimeSpan.FromSeconds(-1);

    private readonly QueueClient papers = service.GetQueueClient(QueueNames.Papers);
    private readonly QueueClient days = service.GetQueueClient(QueueNames.Days);
    private readonly QueueClient collections = service.GetQueueClient(QueueNames.Collections);
    private readonly SleepingMessages sleeping = new();

    /// <summary>Sends a message that becomes visible after a delay (clamped to <see cref="LongestSleep"/>).</summary>
    public Task SendAsync(PaperMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        SendAsync(papers, message, DenoisedJson.Default.PaperMessage, delay, cancellationToken);

    /// <summary>Sends messages that are visible at once, several at a time. Where one cannot be sent, others may have been.</summary>
    public Task SendAsync(IEnumerable<PaperMessage> messages, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (message, token) =>
            await SendAsync(message, TimeSpan.Zero, token));

    /// <inheritdoc cref="SendAsync(PaperMessage, TimeSpan, CancellationToken)"/>
    public Task SendAsync(DayMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        SendAsync(days, message, DenoisedJson.Default.DayMessage, delay, cancellationToken);

    /// <inheritdoc cref="SendAsync(PaperMessage, TimeSpan, CancellationToken)"/>
    public Task SendAsync(CollectionMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        SendAsync(collections, message, DenoisedJson.Default.CollectionMessage, delay, cancellationToken);

    /// <summary>
    /// Sends a message again that came before its time, unless one that this process put off asks for the same and sleeps no longer. A message may come
    /// twice, and sending it may fail after it was sent: where each copy were put off by a copy, they would become more and more.
    /// </summary>
    public Task PutOffAsync(PaperMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        PutOffAsync((QueueNames.Papers, message), DateTimeOffset.MinValue, delay, () => SendAsync(message, delay, cancellationToken));

    /// <summary>As for a paper's message; one about a later change of the same day asks for the same, and more.</summary>
    public Task PutOffAsync(DayMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        PutOffAsync((QueueNames.Days, message with { Changed = default }), message.Changed, delay, () => SendAsync(message, delay, cancellationToken));

    /// <inheritdoc cref="PutOffAsync(PaperMessage, TimeSpan, CancellationToken)"/>
    public Task PutOffAsync(CollectionMessage message, TimeSpan delay, CancellationToken cancellationToken) =>
        PutOffAsync((QueueNames.Collections, message), DateTimeOffset.MinValue, delay, () => SendAsync(message, delay, cancellationToken));

    /// <summary>Roughly how many messages wait in each queue, and how long the oldest visible one has waited to be seen (null: none is visible).</summary>
    public async Task<QueueBacklog> ReadBacklogAsync(string queueName, CancellationToken cancellationToken)
    {
        var queue = service.GetQueueClient(queueName);
        var properties = await queue.GetPropertiesAsync(cancellationToken);
        var peeked = await queue.PeekMessageAsync(cancellationToken);
        return new QueueBacklog(queueName, properties.Value.ApproximateMessagesCount, peeked.Value?.InsertedOn);
    }

    private async Task PutOffAsync((string Queue, object What) key, DateTimeOffset upTo, TimeSpan delay, Func<Task> send)
    {
        // Before it is sent: it does not wake earlier than that.
        var until = SleepingMessages.Now + Hidden(delay);
        if (sleeping.Covers(key, upTo, until))
            return;
        await send();
        sleeping.Add(key, upTo, until);
    }

    private static async Task SendAsync<T>(QueueClient queue, T message, JsonTypeInfo<T> type, TimeSpan delay, CancellationToken cancellationToken) =>
        await queue.SendMessageAsync(JsonSerializer.Serialize(message, type), Hidden(delay), forEver, cancellationToken);

    private static TimeSpan Hidden(TimeSpan delay) =>
        TimeSpan.FromSeconds(Math.Ceiling((delay < TimeSpan.Zero ? TimeSpan.Zero : delay > LongestSleep ? LongestSleep : delay).TotalSeconds));
}

/// <summary>What waits in a queue.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Messages">Approximately, the hidden ones among them.</param>
/// <param name="Oldest">When the first visible message was sent, or null where none is visible.</param>
public sealed record QueueBacklog(string Queue, int Messages, DateTimeOffset? Oldest);
