using System.Net;
using Azure;
using Azure.Data.Tables;

namespace Denoised.Storage;

/// <summary>
/// A table row that many instances change. A change reads the row, computes its new content, and writes it only if no other instance has written in
/// the meantime; otherwise it starts over. Each write stores its id, so that a write recognises itself when its response was lost.
/// </summary>
internal sealed class SharedRow(TableClient table, string partition, string key, TimeProvider time)
{
    /// <summary>The ids of the latest writes, newest first. There are more of them than instances that can write during one retry.</summary>
    private const string WritesColumn = "Writes";

    private const int WritesKept = 32;
    private const int IdLength = 12;

    /// <summary>Reads the row.</summary>
    public async Task<SharedRowContent> ReadAsync(CancellationToken cancellationToken)
    {
        var askedAt = time.GetTimestamp();
        var response = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return new SharedRowContent(response.HasValue ? response.Value : null, response.GetRawResponse().ServedAt(), askedAt);
    }

    /// <summary>Changes the row.</summary>
    /// <param name="change">Computes the new columns from the row's content, or null to leave the row unchanged. Called again after a lost race.</param>
    /// <param name="cancellationToken">Cancels the change; a cancelled write may still succeed.</param>
    /// <param name="known">The content of an earlier read or change, which saves the first read.</param>
    /// <returns>The content as written, or null if <paramref name="change"/> returned null.</returns>
    /// <exception cref="WriteContentionException">Other instances were faster at every attempt.</exception>
    public async Task<SharedRowContent?> ChangeAsync(
        Func<SharedRowContent, TableEntity?> change,
        CancellationToken cancellationToken,
        SharedRowContent? known = null)
    {
        var id = Guid.NewGuid().ToString("N")[..IdLength];
        var contention = new WriteContention($"The row {partition}/{key} of {table.Name}");
        while (true)
        {
            known ??= await ReadAsync(cancellationToken);
            var writes = known.Entity?.GetString(WritesColumn) ?? "";
            if (writes.Contains(id, StringComparison.Ordinal))
                return known;
            if (change(known) is not { } changed)
                return null;

            (changed.PartitionKey, changed.RowKey) = (partition, key);
            changed[WritesColumn] = id + writes[..Math.Min(writes.Length, (WritesKept - 1) * IdLength)];
            var askedAt = time.GetTimestamp();
            try
            {
                var written = known.Entity is { } read
                    ? await table.UpdateEntityAsync(changed, read.ETag, TableUpdateMode.Replace, cancellationToken)
                    : await table.AddEntityAsync(changed, cancellationToken);
                changed.ETag = written.Headers.ETag!.Value;
                return new SharedRowContent(changed, written.ServedAt(), askedAt);
            }
            catch (RequestFailedException exception) when (exception.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict or (int)HttpStatusCode.NotFound)
            {
                // A read cannot distinguish a missing table from a missing row.
                if (StorageErrors.IsMissingStore(exception))
                    await table.CreateIfNotExistsAsync(cancellationToken);
                known = null;
                await contention.BackOffAsync(cancellationToken);
            }
        }
    }
}

/// <summary>The content of a shared row.</summary>
/// <param name="Entity">The row, or null if it does not exist.</param>
/// <param name="ServedAt">The time of the read or write by the clock of the storage service.</param>
/// <param name="AskedAt">The time before the request, in ticks of this process's monotonic clock.</param>
internal sealed record SharedRowContent(TableEntity? Entity, DateTimeOffset ServedAt, long AskedAt);
