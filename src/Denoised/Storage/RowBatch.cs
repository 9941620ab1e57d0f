using Azure.Data.Tables;

namespace Denoised.Storage;

/// <summary>
/// Rows that are written together or not at all. Table Storage takes at most 100 rows of one partition, each once; the local emulator
/// accepts more, so that the rule is kept here. Source: https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions.
/// </summary>
public sealed class RowBatch
{
    /// <summary>How many rows one batch takes.</summary>
    public const int MaxRows = 100;

    private readonly List<TableTransactionAction> actions = [];
    private readonly HashSet<string> rowKeys = new(StringComparer.Ordinal);

    /// <summary>How many rows are in it.</summary>
    public int Count => actions.Count;

    /// <summary>Adds a row to insert, which must not exist.</summary>
    /// <exception cref="InvalidOperationException">The batch is full, holds another partition's rows, or holds this row.</exception>
    public void Insert(ITableEntity row) => Add(new TableTransactionAction(TableTransactionActionType.Add, row));

    /// <summary>Adds a row to write in place of the one that was read; if that has changed, the batch fails.</summary>
    /// <exception cref="InvalidOperationException">The batch is full, holds another partition's rows, or holds this row.</exception>
    public void Replace(ITableEntity row, Azure.ETag read) => Add(new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, read));

    /// <summary>Adds a row to delete, whatever its state.</summary>
    /// <exception cref="InvalidOperationException">The batch is full, holds another partition's rows, or holds this row.</exception>
    public void Delete(ITableEntity row) => Add(new TableTransactionAction(TableTransactionActionType.Delete, row, Azure.ETag.All));

    /// <summary>Writes all rows, or none and throws <see cref="TableTransactionFailedException"/>.</summary>
    /// <returns>When (the storage service's clock).</returns>
    public async Task<DateTimeOffset> SubmitAsync(TableClient table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        return (await table.SubmitTransactionAsync(actions, cancellationToken)).GetRawResponse().ServedAt();
    }

    private void Add(TableTransactionAction action)
    {
        if (actions.Count == MaxRows)
            throw new InvalidOperationException($"A batch holds {MaxRows} rows; row {action.Entity.RowKey} is one too many.");
        if (actions.Count > 0 && actions[0].Entity.PartitionKey != action.Entity.PartitionKey)
            throw new InvalidOperationException($"A batch holds rows of one partition; this one is of {actions[0].Entity.PartitionKey}, and row {action.Entity.RowKey} of {action.Entity.PartitionKey}.");
        if (!rowKeys.Add(action.Entity.RowKey))
            throw new InvalidOperationException($"A batch holds a row once; {action.Entity.RowKey} is in it already.");
        actions.Add(action);
    }
}
