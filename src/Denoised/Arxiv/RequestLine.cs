using System.Net;
using Azure;
using Azure.Data.Tables;
using Denoised.Storage;
using Microsoft.Extensions.Options;

namespace Denoised.Arxiv;

/// <summary>
/// Gives those who want to read a page of arxiv.org their places in a line that all instances share: each is told how long to sleep until it is
/// about its turn. A place is an estimate, not a permit; who comes and finds no permit takes another place.
/// </summary>
public sealed class RequestLine(TableServiceClient service, IOptions<ArxivOptions> options)
{
    private const string Partition = "lines";
    private const string Row = "pages";

    /// <summary>A request takes longer than its pause: the permit's margins, and the answer itself.</summary>
    private static readonly TimeSpan answering = TimeSpan.FromSeconds(1);

    private readonly TableClient table = service.GetTableClient(TableNames.Pacing);

    /// <summary>Takes the last place.</summary>
    /// <returns>How long it is until then.</returns>
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
                // Somebody else took that place.
                await contention.BackOffAsync(cancellationToken);
            }
        }
    }
}
