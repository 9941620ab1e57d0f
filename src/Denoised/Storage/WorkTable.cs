using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Papers;

namespace Denoised.Storage;

/// <summary>
/// A table of rows that many instances change. Each write is conditional on the ETag that was read, and has a name: the client library repeats a write whose
/// answer was lost, and the service then refuses it because of itself. The name tells such a write from another instance's.
/// </summary>
/// <typeparam name="TRow">The kind of row.</typeparam>
/// <param name="service">The account's tables.</param>
/// <param name="name">The table's name.</param>
public abstract class WorkTable<TRow>(TableServiceClient service, string name)
    where TRow : WorkRow
{
    private const int Schema = 1;

    /// <summary>Holds <see cref="WorkRow.WriteId"/>.</summary>
    private protected const string WriteColumn = "Write";

    /// <summary>The table.</summary>
    private protected TableClient Table { get; } = service.GetTableClient(name);

    /// <summary>Writes a row if it is still the one that was read, or inserts one that was never read.</summary>
    /// <returns>The row with its new ETag and time, or null where another instance has changed, inserted or removed it.</returns>
    public Task<TRow?> TryWriteAsync(TRow row, CancellationToken cancellationToken) => TryWriteAsync(row, NewWriteId(), cancellationToken);

    /// <summary>A name for one write, the same in each attempt of it.</summary>
    internal static string NewWriteId() => Guid.NewGuid().ToString("N");

    /// <inheritdoc cref="TryWriteAsync(TRow, CancellationToken)"/>
    internal async Task<TRow?> TryWriteAsync(TRow row, string writeId, CancellationToken cancellationToken)
    {
        var entity = ToEntity(row, writeId);
        try
        {
            var response = row.ETag == default
                ? await Table.AddEntityAsync(entity, cancellationToken)
                : await Table.UpdateEntityAsync(entity, row.ETag, TableUpdateMode.Replace, cancellationToken);
            return row with { ETag = response.Headers.ETag!.Value, Timestamp = response.ServedAt(), WriteId = writeId };
        }
        catch (RequestFailedException exception) when (!StorageOutage.IsMissingStore(exception)
            && exception.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.NotFound or (int)HttpStatusCode.Conflict)
        {
            var current = await Table.GetEntityIfExistsAsync<TableEntity>(entity.PartitionKey, entity.RowKey, [WriteColumn, "Timestamp"], cancellationToken);
            return current.HasValue && current.Value!.GetString(WriteColumn) == writeId
                ? row with { ETag = current.Value.ETag, Timestamp = current.Value.Timestamp ?? current.GetRawResponse().ServedAt(), WriteId = writeId }
                : null;
        }
    }

    /// <summary>Changes a row, and reads it again as often as another instance is faster.</summary>
    /// <param name="day">The row's partition.</param>
    /// <param name="key">The row's key.</param>
    /// <param name="change">Given the row and the storage service's time, gives the new row, or null to leave it alone.</param>
    /// <param name="writeId">Names the write; where an earlier attempt of it succeeded, that is the result.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>The row as written, or null where there is none or it was left alone.</returns>
    internal async Task<TRow?> UpdateAsync(ListingDay day, string key, Func<TRow, DateTimeOffset, TRow?> change, string writeId, CancellationToken cancellationToken)
    {
        var contention = new WriteContention($"Row {day}/{key} of {Table.Name}");
        while (true)
        {
            var (row, now) = await ReadAsync(day, key, cancellationToken);
            if (row?.WriteId == writeId)
                return row;
            if (row is null || change(row, now) is not { } changed)
                return null;
            if (await TryWriteAsync(changed, writeId, cancellationToken) is { } written)
                return written;
            await contention.BackOffAsync(cancellationToken);
        }
    }

    /// <summary>Reads one row.</summary>
    /// <returns>The row, or null where there is none, and the storage service's time.</returns>
    private protected async Task<(TRow? Row, DateTimeOffset Now)> ReadAsync(ListingDay day, string key, CancellationToken cancellationToken)
    {
        var response = await Table.GetEntityIfExistsAsync<TableEntity>(day.ToString(), key, cancellationToken: cancellationToken);
        return (response.HasValue ? ToRow(response.Value!) : null, response.GetRawResponse().ServedAt());
    }

    /// <summary>Writes the columns of one kind of row.</summary>
    private protected abstract void WriteColumns(TRow row, TableEntity entity);

    /// <summary>Reads the columns of one kind of row.</summary>
    private protected abstract TRow ReadColumns(TableEntity entity);

    /// <summary>The entity of a row.</summary>
    private protected TableEntity ToEntity(TRow row, string writeId)
    {
        var entity = new TableEntity(row.Day.ToString(), row.Key)
        {
            ["Schema"] = Schema,
            [WriteColumn] = writeId,
            ["Obstacle"] = row.Obstacle.ToString(),
            ["Reason"] = row.Reason,
            ["Attempts"] = row.Attempts,
            ["NotBefore"] = row.NotBefore,
            ["LeaseOwner"] = row.LeaseOwner,
            ["LeaseEnd"] = row.LeaseEnd,
        };
        WriteColumns(row, entity);
        return entity;
    }

    /// <summary>The row of an entity.</summary>
    private protected TRow ToRow(TableEntity entity)
    {
        if (entity.GetInt32("Schema") is not Schema)
            throw new InvalidDataException($"Row {entity.PartitionKey}/{entity.RowKey} of {Table.Name} has schema {entity.GetInt32("Schema")}; this version reads {Schema}.");

        return ReadColumns(entity) with
        {
            Obstacle = Parse<SummaryObstacle>(entity, "Obstacle"),
            Reason = entity.GetString("Reason"),
            Attempts = entity.GetInt32("Attempts") ?? 0,
            NotBefore = entity.GetDateTimeOffset("NotBefore"),
            LeaseOwner = entity.GetString("LeaseOwner"),
            LeaseEnd = entity.GetDateTimeOffset("LeaseEnd"),
            Timestamp = entity.Timestamp ?? default,
            WriteId = entity.GetString(WriteColumn),
            ETag = entity.ETag,
        };
    }

    /// <summary>Parses a column.</summary>
    private protected TEnum Parse<TEnum>(TableEntity entity, string column)
        where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(entity.GetString(column), out var value)
            ? value
            : throw new InvalidDataException($"Row {entity.PartitionKey}/{entity.RowKey} of {Table.Name}: '{entity.GetString(column)}' is no {column}.");
}
