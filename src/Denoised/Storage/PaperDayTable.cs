using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Papers;

namespace Denoised.Storage;

/// <summary>
/// Which day a paper belongs to: the first that claims it, for good. Partitioned by the year and month in the identifier, so that a listing's
/// papers are claimed a hundred at a time.
/// </summary>
public sealed class PaperDayTable(TableServiceClient service)
{
    private readonly TableClient table = service.GetTableClient(TableNames.PaperDays);

    /// <summary>Claims papers for a day, except those that another day has.</summary>
    /// <returns>The day that each belongs to.</returns>
    public async Task<IReadOnlyDictionary<ArxivId, ListingDay>> ClaimAsync(IReadOnlyCollection<ArxivId> ids, ListingDay day, CancellationToken cancellationToken)
    {
        var claimed = new Dictionary<ArxivId, ListingDay>();
        foreach (var partition in ids.Distinct().GroupBy(Partition, StringComparer.Ordinal))
        {
            // Neighbours, so that what is claimed already is read at once.
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
                    batch.Insert(Row(id, day));
                await batch.SubmitAsync(table, cancellationToken);
                foreach (var id in free)
                    claimed[id] = day;
            }
            catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.Conflict)
            {
                // Some are claimed: by another collection, or by this one, which died since or was not told that it had succeeded. The others are left to claim.
                await ReadAsync(partition, free, claimed, cancellationToken);
                await contention.BackOffAsync(cancellationToken);
            }
        }
    }

    /// <summary>The days that papers belong to, of those that are held.</summary>
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

    /// <summary>The day that a paper belongs to, or null where it is not held.</summary>
    public async Task<ListingDay?> FindAsync(ArxivId id, CancellationToken cancellationToken)
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(Partition(id), id.Key, ["Day"], cancellationToken);
        return response.HasValue ? ListingDay.Parse(response.Value!.GetString("Day")) : null;
    }

    private async Task ReadAsync(string partition, ArxivId[] ids, Dictionary<ArxivId, ListingDay> found, CancellationToken cancellationToken)
    {
        var byKey = ids.ToDictionary(id => id.Key, StringComparer.Ordinal);
        await foreach (var row in table.QueryAsync<TableEntity>(RowRange.Filter(partition, byKey.Keys), select: ["RowKey", "Day"], cancellationToken: cancellationToken))
        {
            if (byKey.TryGetValue(row.RowKey, out var id))
                found[id] = ListingDay.Parse(row.GetString("Day"));
        }
    }

    /// <summary>Forgets papers.</summary>
    public Task DeleteAsync(IEnumerable<ArxivId> ids, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(ids, cancellationToken, async (id, token) => await table.DeleteEntityAsync(Partition(id), id.Key, ETag.All, token));

    private static TableEntity Row(ArxivId id, ListingDay day) => new(Partition(id), id.Key) { ["Schema"] = 1, ["Day"] = day.ToString() };

    // 2603.15569 and math/0211159: the four digits of year and month begin the number in both styles.
    private static string Partition(ArxivId id) => id.Key[(id.Key.IndexOf('~', StringComparison.Ordinal) + 1)..][..4];
}
