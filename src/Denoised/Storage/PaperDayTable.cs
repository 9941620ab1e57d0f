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
        foreach (var chunk in ids.Distinct().GroupBy(Partition, StringComparer.Ordinal).SelectMany(partition => partition.Chunk(RowBatch.MaxRows)))
        {
            try
            {
                var batch = new RowBatch();
                foreach (var id in chunk)
                    batch.Insert(Row(id, day));
                await batch.SubmitAsync(table, cancellationToken);
                foreach (var id in chunk)
                    claimed[id] = day;
            }
            catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.Conflict)
            {
                // One of them is claimed: each for itself then.
                foreach (var id in chunk)
                    claimed[id] = await ClaimAsync(id, day, cancellationToken);
            }
        }

        return claimed;
    }

    /// <summary>Claims a paper for a day, unless another day has it.</summary>
    /// <returns>The day that it belongs to.</returns>
    public async Task<ListingDay> ClaimAsync(ArxivId id, ListingDay day, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await table.AddEntityAsync(Row(id, day), cancellationToken);
                return day;
            }
            catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.Conflict)
            {
                // It may be forgotten between the two requests; then it is free to be claimed.
                if (await FindAsync(id, cancellationToken) is { } claimed)
                    return claimed;
            }
        }
    }

    /// <summary>The day that a paper belongs to, or null where it is not held.</summary>
    public async Task<ListingDay?> FindAsync(ArxivId id, CancellationToken cancellationToken)
    {
        var response = await table.GetEntityIfExistsAsync<TableEntity>(Partition(id), id.Key, ["Day"], cancellationToken);
        return response.HasValue ? ListingDay.Parse(response.Value!.GetString("Day")) : null;
    }

    /// <summary>Forgets papers.</summary>
    public Task DeleteAsync(IEnumerable<ArxivId> ids, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(ids, cancellationToken, async (id, token) => await table.DeleteEntityAsync(Partition(id), id.Key, ETag.All, token));

    private static TableEntity Row(ArxivId id, ListingDay day) => new(Partition(id), id.Key) { ["Schema"] = 1, ["Day"] = day.ToString() };

    // 2603.15569 and math/0211159: the four digits of year and month begin the number in both styles.
    private static string Partition(ArxivId id) => id.Key[(id.Key.IndexOf('~', StringComparison.Ordinal) + 1)..][..4];
}
