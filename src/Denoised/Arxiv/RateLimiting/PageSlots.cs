using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Storage;
using Microsoft.Extensions.Options;

namespace Denoised.Arxiv.RateLimiting;

/// <summary>
/// Reserves time slots for page requests to arxiv.org across all instances. The caller defers its message until the slot is due. A slot is an
/// estimate, not a rate limit lease: a caller that then finds no lease reserves another slot.
/// </summary>
public sealed class PageSlots(TableServiceClient service, IOptions<ArxivOptions> options)
{
    private const string Partition = "lines";
    private const string Row = "pages";

    /// <summary>The time that a request takes beyond the interval: the lease's margins and the response.</summary>
    private static readonly TimeSpan answering = TimeSpan.FromSeconds(1);

    private readonly TableClient table = service.GetTableClient(TableNames.Pacing);

    /// <summary>Reserves the next free slot.</summary>
    /// <returns>The time until the slot.</returns>
    public async Task<TimeSpan> TakePlaceAsync(CancellationToken cancellationToken)
    {
        var step = options.Value.PageInterval + options.Value.ClockMargin + (options.Value.PageInterval > answering ? answering : options.Value.PageInterval);
        var contention = new WriteContention("The line of page requests");
        while (true)
        {
            var answer = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
            var now = answer.GetRawResponse().ServedAt();
            var last = answer.HasValue ? answer.Value!.GetDateTimeOffset("Last") ?? now : now;
            var place = (last > now ? last : now) + step;
            var row = new TableEntity(Partition, Row) { ["Last"] = place };
            try
            {
                if (answer.HasValue)
                    await table.UpdateEntityAsync(row, answer.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
                else
                    await table.AddEntityAsync(row, cancellationToken);
                return place - now;
            }
            catch (RequestFailedException exception) when (exception.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict)
            {
                // Another instance reserved this slot first.
                await contention.BackOffAsync(cancellationToken);
            }
        }
    }
}
