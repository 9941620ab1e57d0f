using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Domain;

namespace Denoised.Storage;

/// <summary>
/// A table with optimistic concurrency. Each write is conditional on the ETag and carries a unique identifier: if a response is lost, the client library
/// repeats the write, and the service rejects the repetition. The identifier distinguishes this case from another instance's write.
/// </summary>
/// <typeparam name="TRow">The row type.</typeparam>
/// <param name="service">The table service client.</param>
/// <param name="name">The table's name.</param>
public abstract class WorkTable<TRow>(TableServiceClient service, string name)
    where TRow : WorkRow
{
    private const int Schema = 1;

    /// <summary>The column of <see cref="WorkRow.WriteId"/>.</summary>
    private protected const string WriteColumn = "Write";

    private protected TableClient Table { get; } = service.GetTableClient(name);

    /// <summary>Replaces a row if it has not changed since it was read; inserts a row that was never read.</summary>
    /// <returns>The row with its new ETag and time; null if another instance has changed, inserted or deleted it.</returns>
    public Task<TRow?> TryWriteAsync(TRow row, CancellationToken cancellationToken) => TryWriteAsync(row, NewWriteId(), cancellationToken);

    /// <summary>Creates an identifier for one write, shared by all its attempts.</summary>
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
        catch (RequestFailedException exception) when (!StorageErrors.IsMissingStore(exception)
            && exception.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.NotFound or (int)HttpStatusCode.Conflict)
        {
            var current = await Table.GetEntityIfExistsAsync<TableEntity>(entity.PartitionKey, entity.RowKey, [WriteColumn, "Timestamp"], cancellationToken);
            return current.HasValue && current.Value!.GetString(WriteColumn) == writeId
                ? row with { ETag = current.Value.ETag, Timestamp = current.Value.Timestamp ?? current.GetRawResponse().ServedAt(), WriteId = writeId }
                : null;
        }
    }

    /// <summary>Changes a row. Reads the row again and retries if another instance has changed it.</summary>
    /// <param name="day">The row's partition.</param>
    /// <param name="key">The row key.</param>
    /// <param name="change">Takes the row and the time (storage service clock); returns the new row, or null to leave it unchanged.</param>
    /// <param name="writeId">Identifies the write. If an earlier attempt has succeeded, its result is returned.</param>
    /// <param name="cancellationToken">Cancels the update.</param>
    /// <returns>The row as written; null if it does not exist or was left unchanged.</returns>
    internal async Task<TRow?> UpdateAsync(
        ListingDay day,
        string key,
        Func<TRow, DateTimeOffset, TRow?> change,
        string writeId,
        CancellationToken cancellationToken)
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
    /// <returns>The row (null if it does not exist) and the time (storage service clock).</returns>
    private protected async Task<(TRow? Row, DateTimeOffset Now)> ReadAsync(ListingDay day, string key, CancellationToken cancellationToken)
    {
        var response = await Table.GetEntityIfExistsAsync<TableEntity>(day.ToString(), key, cancellationToken: cancellationToken);
        return (response.HasValue ? ToRow(response.Value!) : null, response.GetRawResponse().ServedAt());
    }

    /// <summary>Writes the columns that are specific to the row type.</summary>
    private protected abstract void WriteColumns(TRow row, TableEntity entity);

    /// <summary>Reads the columns that are specific to the row type.</summary>
    private protected abstract TRow ReadColumns(TableEntity entity);

    /// <summary>Converts a row to an entity.</summary>
    private protected TableEntity ToEntity(TRow row, string writeId)
    {
        var entity = new TableEntity(row.Day.ToString(), row.Key)
        {
            ["Schema"] = Schema,
            [WriteColumn] = writeId,
            ["FallbackReason"] = row.FallbackReason.ToString(),
            ["Reason"] = row.Reason,
            ["Attempts"] = row.Attempts,
            ["NotBefore"] = row.NotBefore,
            ["LeaseOwner"] = row.LeaseOwner,
            ["LeaseEnd"] = row.LeaseEnd,
        };
        WriteColumns(row, entity);
        return entity;
    }

    /// <summary>Converts an entity to a row.</summary>
    private protected TRow ToRow(TableEntity entity)
    {
        if (entity.GetInt32("Schema") is not Schema)
            throw new InvalidDataException($"Row {entity.PartitionKey}/{entity.RowKey} of {Table.Name} has schema {entity.GetInt32("Schema")}; this version reads {Schema}.");

        return ReadColumns(entity) with
        {
            FallbackReason = Parse<FallbackReason>(entity, "FallbackReason"),
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

    /// <summary>Parses an enum column.</summary>
    private protected TEnum Parse<TEnum>(TableEntity entity, string column)
        where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(entity.GetString(column), out var value)
            ? value
            : throw new InvalidDataException($"Row {entity.PartitionKey}/{entity.RowKey} of {Table.Name}: '{entity.GetString(column)}' is no {column}.");
}
