using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Papers;

namespace Denoised.Storage;

/// <summary>Which day a paper belongs to: the first that claims it, for good.</summary>
public sealed class PaperDayTable(TableServiceClient service)
{
    private const string RowKey = "day";

    private readonly TableClient table = service.GetTableClient(TableNames.PaperDays);

    /// <summary>Claims a paper for a day, unless another day has it.</summary>
    /// <returns>The day that it belongs to.</returns>
    public async Task<ListingDay> ClaimAsync(ArxivId id, ListingDay day, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await table.AddEntityAsync(new TableEntity(id.Key, RowKey) { ["Schema"] = 1, ["Day"] = day.ToString() }, cancellationToken);
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
        var response = await table.GetEntityIfExistsAsync<TableEntity>(id.Key, RowKey, ["Day"], cancellationToken);
        return response.HasValue ? ListingDay.Parse(response.Value!.GetString("Day")) : null;
    }

    /// <summary>Forgets papers.</summary>
    public Task DeleteAsync(IEnumerable<ArxivId> ids, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(ids, cancellationToken, async (id, token) => await table.DeleteEntityAsync(id.Key, RowKey, ETag.All, token));
}
