using Denoised.Arxiv.Calendar;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Storage;
using Microsoft.Extensions.Logging;

namespace Denoised.Collecting;

/// <summary>Records what a listing announces: new papers, replacements and retractions.</summary>
public sealed partial class ListingRecorder(
    PaperTable papers,
    ListingTable listings,
    ListingAnomalies anomalies,
    NewPaperRecorder newPapers,
    PaperChangeRecorder changes,
    WorkQueues queues,
    TimeProvider time,
    ILogger<ListingRecorder> logger)
{
    /// <summary>Records a listing. Existing rows stay unchanged. The content of a listing is checked against its date.</summary>
    /// <param name="listing">The listing; it must have a day.</param>
    /// <param name="isNewest">Whether it is the newest day, which the model summarizes.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The contradiction between the content and the date, or null.</returns>
    public async Task<ListingAnomaly?> RecordAsync(Listing listing, bool isNewest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var day = listing.Day ?? throw new ArgumentException("The listing has no day.", nameof(listing));
        listing = RemoveOversizedPapers(listing);

        // A cross-listed paper is recorded from the listing of its primary category, if that category is followed.
        var own = listing.Papers
            .Where(announced => announced.Type == AnnounceType.New && announced.Paper.PrimaryCategory == listing.Category)
            .DistinctBy(announced => announced.Paper.Id)
            .ToList();
        var recorded = (await papers.ReadProgressAsync(day, cancellationToken)).Where(row => !row.Sample).ToList();
        var anomaly = await anomalies.FindAsync(listing, day, own, recorded, cancellationToken);
        if (anomaly is { IsWrongListing: true })
        {
            Log.AnomalyFound(logger, anomaly.Reason);

            // A day without a listing is not backfilled later either.
            if (AnnouncementCalendar.IsListingDay(day))
                await RecordAsync(
                    listing,
                    day,
                    recorded.Count(row => row.PrimaryCategory == listing.Category),
                    anomaly,
                    hasPapers: recorded.Count > 0,
                    cancellationToken);
            return anomaly;
        }

        var announced = await newPapers.RecordAsync(listing, day, own, recorded.Select(row => row.Id).ToHashSet(), isNewest, cancellationToken);
        await changes.RecordReplacementsAsync(listing, day, cancellationToken);
        var unlisted = await changes.RecordRetractionsAsync(listing, day, own, recorded, cancellationToken);
        await RecordAsync(listing, day, announced + unlisted, anomaly, hasPapers: recorded.Count + announced > 0, cancellationToken);
        return anomaly;
    }

    private async Task RecordAsync(Listing listing, ListingDay day, int announced, ListingAnomaly? anomaly, bool hasPapers, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> notes = anomaly is null ? listing.Problems : [anomaly.Reason, .. listing.Problems];
        var record = new ListingRecord
        {
            Day = day,
            Category = listing.Category,
            Entries = listing.Papers.Count,
            Announced = announced,
            Source = listing.Source,
            ReadAt = time.GetUtcNow(),
            IsComplete = listing.Source == ListingSource.Feed ? notes.Count == 0 : anomaly is not { IsWrongListing: true } && !listing.IsPartial,
            Notes = notes,
        };
        if (await listings.RecordAsync(record, cancellationToken) is var (writtenAt, areNotesChanged) && areNotesChanged && hasPapers)
            await queues.SendAsync(new DayMessage(day, writtenAt), TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Skips entries that exceed the size of a row: one such entry would fail the insert of all others.</summary>
    private static Listing RemoveOversizedPapers(Listing listing)
    {
        var oversized = listing.Papers.Where(announced => !PaperTable.FitsInRow(announced.Paper)).ToList();
        return oversized.Count == 0
            ? listing
            : listing with
            {
                Papers = [.. listing.Papers.Except(oversized)],
                Problems = [
                    .. listing.Problems,
                    .. oversized.Select(announced => $"{announced.Paper.Id} is left out: its title, authors and abstract are longer than a row can hold.")],
            };
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Reason}")]
        public static partial void AnomalyFound(ILogger logger, string reason);
    }
}
