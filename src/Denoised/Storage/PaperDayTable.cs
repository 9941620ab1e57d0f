using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Domain;

namespace Denoised.Storage;

/// <summary>
/// Maps papers to days. The first day that claims a paper keeps it permanently. The partition key is the year and month of the identifier, which allows
/// a listing's papers to be claimed in batches of 100.
/// </summary>
public sealed class PaperDayTable(TableServiceClient service)
{
    private readonly TableClient table = service.GetTableClient(TableNames.PaperDays);

    /// <summary>Claims papers for a day, except those that another day has claimed.</summary>
    /// <returns>The day of each paper.</returns>
    public async Task<IReadOnlyDictionary<ArxivId, ListingDay>> ClaimAsync(
        IReadOnlyCollection<ArxivId> ids,
        ListingDay day,
        CancellationToken cancellationToken)
    {
        var claimed = new Dictionary<ArxivId, ListingDay>();
        foreach (var partition in ids.Distinct().GroupBy(Partition, StringComparer.Ordinal))
        {
            // Sorted, so each chunk covers a narrow key range: one query reads the existing claims.
            foreach (var chunk in partition.OrderBy(id => id.Key, StringComparer.Ordinal).Chunk(RowBatch.MaxRows))
                await ClaimAsync(partition.Key, chunk, day, claimed, cancellationToken);
        }

        return claimed;
    }

    private async Task ClaimAsync(string partition, ArxivId[] ids, ListingDay day, Dictionary<ArxivId, ListingDay> claimed, CancellationToken cancellationToken)
    {
        var contention = new WriteContention($"Batch {partition} of {TableNames.PaperDays}");
        while (Array.FindAll(ids, id => !claimed.ContainsKey(id)) is { Length: > 0 } free)
        {
            try
            {
                var batch = new RowBatch();
                foreach (var id in free)
                    batch.Insert(CreateRow(id, day));
                await batch.SubmitAsync(table, cancellationToken);
                foreach (var id in free)
                    claimed[id] = day;
            }
            catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.Conflict)
            {
                // Some are claimed already: by another collection, or by a lost or crashed attempt of this one. Read those and retry the others.
                await ReadAsync(partition, free, claimed, cancellationToken);
                await contention.BackOffAsync(cancellationToken);
            }
        }
    }

    /// <summary>Finds the days of papers; papers that are not stored are omitted.</summary>
    public async Task<IReadOnlyDictionary<ArxivId, ListingDay>> FindAsync(IReadOnlyCollection<ArxivId> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ArxivId, ListingDay>();
        foreach (var partition in ids.Distinct().GroupBy(Partition, StringComparer.Ordinal))
        {
            foreach (var chunk in partition.OrderBy(id => id.Key, StringComparer.Ordinal).Chunk(RowBatch.MaxRows))
                await ReadAsync(partition.Key, chunk, found, cancellationToken);
        }

        return found;
    }

    /// <summary>Finds the day of a paper; null if the paper is not stored.</summary>
    public async Task<ListingDay?> FindAsync(ArxivId id, CancellationToken cancellationToken)
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(Partition(id), id.Key, ["Day"], cancellationToken);
        return response.HasValue ? ListingDay.Parse(response.Value!.GetString("Day")) : null;
    }

    private async Task ReadAsync(string partition, ArxivId[] ids, Dictionary<ArxivId, ListingDay> found, CancellationToken cancellationToken)
    {
        var byKey = ids.ToDictionary(id => id.Key, StringComparer.Ordinal);
        await foreach (var row in table.QueryAsync<TableEntity>(
            RowRange.Filter(partition, byKey.Keys), select: ["RowKey", "Day"], cancellationToken: cancellationToken))
        {
            if (byKey.TryGetValue(row.RowKey, out var id))
                found[id] = ListingDay.Parse(row.GetString("Day"));
        }
    }

    /// <summary>Deletes the claims of papers.</summary>
    public Task DeleteAsync(IEnumerable<ArxivId> ids, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(ids, cancellationToken, async (id, token) => await table.DeleteEntityAsync(Partition(id), id.Key, ETag.All, token));

    private static TableEntity CreateRow(ArxivId id, ListingDay day) => new(Partition(id), id.Key) { ["Schema"] = 1, ["Day"] = day.ToString() };

    // 2603.15569 and math/0211159: in both styles, the number starts with two digits each for year and month.
    private static string Partition(ArxivId id) => id.Key[(id.Key.IndexOf('~', StringComparison.Ordinal) + 1)..][..4];
}
