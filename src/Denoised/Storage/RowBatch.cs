using Azure.Data.Tables;

namespace Denoised.Storage;

/// <summary>
/// Rows written in one transaction. Table Storage accepts at most 100 distinct rows of one partition. The local emulator accepts more, so this class
/// enforces the rule. Source: https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions.
/// </summary>
public sealed class RowBatch
{
    /// <summary>The maximum number of rows in a batch.</summary>
    public const int MaxRows = 100;

    private readonly List<TableTransactionAction> actions = [];
    private readonly HashSet<string> rowKeys = new(StringComparer.Ordinal);

    /// <summary>The number of rows in this batch.</summary>
    public int Count => actions.Count;

    /// <summary>Adds a row to insert. The batch fails if the row exists.</summary>
    /// <exception cref="InvalidOperationException">The batch is full, belongs to another partition, or already contains this row.</exception>
    public void Insert(ITableEntity row) => Add(new TableTransactionAction(TableTransactionActionType.Add, row));

    /// <summary>Adds a row to replace. The batch fails if the row has changed since it was read.</summary>
    /// <exception cref="InvalidOperationException">The batch is full, belongs to another partition, or already contains this row.</exception>
    public void Replace(ITableEntity row, Azure.ETag read) => Add(new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, read));

    /// <summary>Adds a row to delete, regardless of changes.</summary>
    /// <exception cref="InvalidOperationException">The batch is full, belongs to another partition, or already contains this row.</exception>
    public void Delete(ITableEntity row) => Add(new TableTransactionAction(TableTransactionActionType.Delete, row, Azure.ETag.All));

    /// <summary>Writes all rows, or none and throws <see cref="TableTransactionFailedException"/>.</summary>
    /// <returns>The time of the write (storage service clock).</returns>
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
