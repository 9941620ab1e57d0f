using Denoised.Arxiv;
using Denoised.Arxiv.Calendar;
using Denoised.Domain;
using Denoised.Storage;
using Microsoft.Extensions.Logging;

namespace Denoised.Collecting;

/// <summary>
/// Adds fields that the listing lacks (dates, comment, DOI, journal reference, separate authors) from arXiv's API. The API can be down for hours:
/// collections work without it, and a later one retries.
/// </summary>
public sealed partial class MetadataEnrichment(ArxivClient arxiv, PaperTable papers, WorkQueues queues, SummaryPlan plan, ILogger<MetadataEnrichment> logger)
{
    private const int IdsInRequest = 100;

    /// <summary>Enriches all stored papers that are not enriched yet. Stops at the first failure.</summary>
    /// <param name="problems">Receives a sentence when the API does not respond.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task EnrichAsync(List<string> problems, CancellationToken cancellationToken)
    {
        foreach (var day in await papers.ReadDaysAsync(cancellationToken))
        {
            // Ordered by identifier: the rows of a chunk are adjacent in the table.
            var bare = (await papers.ReadProgressAsync(day, cancellationToken)).Where(row => !row.Enriched);
            foreach (var chunk in bare.Chunk(IdsInRequest))
            {
                try
                {
                    var answer = await arxiv.ReadMetadataAsync([.. chunk.Select(row => row.Id)], cancellationToken);
                    await RecordAsync(day, answer.Papers, cancellationToken);
                }
                catch (ArxivException exception)
                {
                    Log.Failed(logger, exception.Message);
                    problems.Add($"The API's metadata is missing for now: {exception.Message}");
                    return;
                }
            }
        }
    }

    private async Task RecordAsync(ListingDay day, IReadOnlyList<Paper> found, CancellationToken cancellationToken)
    {
        var byId = found.DistinctBy(paper => paper.Id).ToDictionary(paper => paper.Id);
        if (byId.Count == 0)
            return;

        var written = await papers.UpdateManyAsync(day, byId.Keys.ToHashSet(), (row, now) => Enrich(row, byId[row.Paper.Id], now), cancellationToken);
        foreach (var (_, row) in written.Where(change => change.Written.Paper.Version > change.Previous.Paper.Version && !change.Written.IsFinal))
            await queues.SendAsync(new PaperMessage(day, row.Paper.Id), TimeSpan.Zero, cancellationToken);
        if (written.Count > 0)
            await queues.SendAsync(new DayMessage(day, written.Max(change => change.Written.Timestamp)), TimeSpan.Zero, cancellationToken);
    }

    private PaperRow? Enrich(PaperRow row, Paper found, DateTimeOffset now)
    {
        if (row.Enriched || !PaperTable.FitsInRow(found))
            return null;

        // The API has a newer version than the row: the listing of the replacement did not name the version (catch-up pages do not).
        if (found.Version > row.Paper.Version && plan.Replace(row, found, AnnouncementCalendar.LatestListingDay(now), now) is { } replaced)
            return replaced with { Enriched = true };

        var isSameVersion = found.Version == row.Paper.Version;
        var paper = row.Paper with
        {
            Published = found.Published ?? row.Paper.Published,
            Updated = isSameVersion ? found.Updated : row.Paper.Updated,
            Authors = isSameVersion && found.Authors.Count > 0 ? found.Authors : row.Paper.Authors,
            Comment = found.Comment ?? row.Paper.Comment,
            Doi = found.Doi ?? row.Paper.Doi,
            JournalReference = found.JournalReference ?? row.Paper.JournalReference,
        };
        var enriched = row with { Paper = paper, Enriched = true };
        return paper.IsWithdrawn && !row.Paper.IsWithdrawn ? plan.Restart(enriched, withModel: true, "the paper was withdrawn", now) : enriched;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The API did not answer; going on without: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
