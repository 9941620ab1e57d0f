using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;

namespace Denoised.Storage;

/// <summary>The number of discarded messages of a queue: messages deleted without being processed.</summary>
/// <param name="Queue">The queue that the messages were sent to.</param>
/// <param name="Poisoned">Messages that the host moved to the poison queue.</param>
/// <param name="Unreadable">Messages that could not be parsed.</param>
/// <param name="LatestAt">The time at which the latest one was discarded.</param>
public sealed record PoisonMessageCount(string Queue, long Poisoned, long Unreadable, DateTimeOffset LatestAt);

/// <summary>
/// Parses messages and counts discarded ones. A message that cannot be parsed is deleted, because a retry would fail again and the next collection
/// finds all pending work.
/// </summary>
public sealed partial class PoisonMessages(TableServiceClient service, StorageSetup setup, TimeProvider time, ILogger<PoisonMessages> logger)
{
    private const string Partition = "discarded";
    private const string PoisonedColumn = "Poisoned";
    private const string UnreadableColumn = "Unreadable";
    private const int LoggedLength = 200;

    private readonly TableClient table = service.GetTableClient(TableNames.Coordination);

    /// <summary>Parses a message. Logs and counts it if that fails.</summary>
    /// <param name="queue">The queue that the message was sent to.</param>
    /// <param name="text">The message text.</param>
    /// <param name="type">The message type.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <returns>The message; null if the caller must return without any work, so that the message is deleted.</returns>
    public async Task<T?> ParseAsync<T>(string queue, string text, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(text, type) is { } message)
                return message;
            Log.Unreadable(logger, queue, Truncate(text), "it is null");
        }
        catch (JsonException exception)
        {
            Log.Unreadable(logger, queue, Truncate(text), exception.Message);
        }

        await CountAsync(queue, UnreadableColumn, cancellationToken);
        return null;
    }

    /// <summary>Logs and counts a message from a poison queue.</summary>
    /// <param name="queue">The original queue, not the poison queue.</param>
    /// <param name="text">The message text.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    public async Task RecordPoisonedAsync(string queue, string text, CancellationToken cancellationToken)
    {
        Log.Poisoned(logger, queue, Truncate(text));
        await CountAsync(queue, PoisonedColumn, cancellationToken);
    }

    /// <summary>Reads the counts of all queues that have any.</summary>
    public async Task<IReadOnlyList<PoisonMessageCount>> ReadAllAsync(CancellationToken cancellationToken)
    {
        var counts = new List<PoisonMessageCount>();
        await foreach (var row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), cancellationToken: cancellationToken))
            counts.Add(new PoisonMessageCount(row.RowKey, row.GetInt64(PoisonedColumn) ?? 0, row.GetInt64(UnreadableColumn) ?? 0, row.Timestamp ?? default));
        return counts;
    }

    /// <summary>Increments a count.</summary>
    private async Task CountAsync(string queue, string column, CancellationToken cancellationToken)
    {
        Telemetry.Discarded.Add(1, new("queue", queue), new("reason", column.ToLowerInvariant()));
        await setup.EnsureCreatedAsync(cancellationToken);
        await new SharedRow(table, Partition, queue, time).ChangeAsync(
            content =>
            {
                var row = content.Entity ?? [];
                row[column] = (row.GetInt64(column) ?? 0) + 1;
                return row;
            },
            cancellationToken);
    }

    private static string Truncate(string text) => text.Length <= LoggedLength ? text : text[..LoggedLength] + "…";

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A message of queue '{Queue}' cannot be parsed and was deleted: {Message} ({Reason})")]
        public static partial void Unreadable(ILogger logger, string queue, string message, string reason);

        [LoggerMessage(LogLevel.Error, "The host gave up on a message of queue '{Queue}': {Message}")]
        public static partial void Poisoned(ILogger logger, string queue, string message);
    }
}
