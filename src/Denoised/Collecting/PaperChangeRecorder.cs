using Denoised.Arxiv.Calendar;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Storage;
using Microsoft.Extensions.Logging;

namespace Denoised.Collecting;

/// <summary>Records what a listing says about papers that are stored already: replacements and retractions.</summary>
public sealed partial class PaperChangeRecorder(
    PaperDayTable paperDays, PaperTable papers, WorkQueues queues, SummaryPlan plan, ILogger<PaperChangeRecorder> logger)
{
    /// <summary>Updates the rows of papers that the listing announces as replaced.</summary>
    public async Task RecordReplacementsAsync(Listing listing, ListingDay day, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var replacements = listing.Papers.Where(announced => announced.Type is AnnounceType.Replace or AnnounceType.ReplaceCross);
        await Parallel.ForEachAsync(
            replacements, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (announced, token) =>
        {
            if (await paperDays.FindAsync(announced.Paper.Id, token) is not { } storedDay)
                return;

            var written = await papers.UpdateAsync(storedDay, announced.Paper.Id, (row, now) => Replace(listing, row, announced.Paper, day, now), token);
            if (written is null)
                return;
            if (written.State == PaperState.Announced)
                await queues.SendAsync(new PaperMessage(storedDay, announced.Paper.Id), TimeSpan.Zero, token);
            await queues.SendAsync(new DayMessage(storedDay, written.Timestamp), TimeSpan.Zero, token);
            Log.Replaced(logger, announced.Paper.Id, announced.Paper.Version);
        });
    }

    /// <summary>
    /// Marks the papers that are missing from arXiv's page of the day, and clears the mark of those that reappear. A feed marks none: it can lack
    /// papers that arXiv has announced (see <see cref="ListingAnomalies"/>).
    /// </summary>
    /// <param name="listing">The listing.</param>
    /// <param name="day">The day of the listing.</param>
    /// <param name="own">The new papers whose primary category is the listing's.</param>
    /// <param name="recorded">The papers that were recorded before.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The number of the day's papers of this category that the listing lacks. They were announced, and stay visible.</returns>
    public async Task<int> RecordRetractionsAsync(
        Listing listing,
        ListingDay day,
        IReadOnlyList<AnnouncedPaper> own,
        IReadOnlyList<PaperProgress> recorded,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(recorded);
        var listed = own.Select(announced => announced.Paper.Id).ToHashSet();
        var ofCategory = recorded.Where(row => row.PrimaryCategory == listing.Category).ToList();
        var isCompleteListing = listing.Source == ListingSource.CatchUp && !listing.IsPartial && !listing.HasUnreadableEntries;
        var changed = DateTimeOffset.MinValue;
        foreach (var row in ofCategory.Where(row => row.Retracted == listed.Contains(row.Id) && (row.Retracted || isCompleteListing)))
        {
            if (await papers.UpdateAsync(
                    day, row.Id, (current, _) => current with { Retracted = !listed.Contains(row.Id) }, cancellationToken) is not { } written)
            {
                continue;
            }

            changed = written.Timestamp;
            Log.Retracted(logger, row.Id, day, written.Retracted ? "is no longer in" : "is back in");
        }

        if (changed > DateTimeOffset.MinValue)
            await queues.SendAsync(new DayMessage(day, changed), TimeSpan.Zero, cancellationToken);
        return ofCategory.Count(row => !listed.Contains(row.Id));
    }

    private PaperRow? Replace(Listing listing, PaperRow row, Paper replacement, ListingDay day, DateTimeOffset now)
    {
        if (listing.Source == ListingSource.Feed)
            return plan.Replace(row, replacement, day, now);

        // Catch-up pages do not state the version of a replacement; the API does.
        return row.Enriched && row.Paper.Updated < AnnouncementCalendar.SubmissionWindow(day).From ? row with { Enriched = false } : null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Paper} {Change} the listing of {Day}.")]
        public static partial void Retracted(ILogger logger, ArxivId paper, ListingDay day, string change);

        [LoggerMessage(LogLevel.Information, "{Paper} was replaced by version {Version}.")]
        public static partial void Replaced(ILogger logger, ArxivId paper, int version);
    }
}
