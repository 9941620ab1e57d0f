using Denoised.Arxiv;
using Denoised.Arxiv.Calendar;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Overviews;
using Denoised.Storage;
using Denoised.Summaries;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Collecting;

/// <summary>
/// Records the papers that a listing announces. The order of the writes makes a crash safe: the claim of the paper's day, the row, the message.
/// </summary>
public sealed partial class ListingRecorder(
    PaperDayTable paperDays,
    PaperTable papers,
    ListingTable listings,
    OverviewTable overviews,
    ListingAnomalies anomalies,
    WorkQueues queues,
    SummaryPlan plan,
    IOptions<ArxivOptions> options,
    TimeProvider time,
    ILogger<ListingRecorder> logger)
{
    // Not the name of an arXiv category.
    private const string SampleListing = "samples";

    private const int PositionsInCategory = 100_000;

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

        var announced = await RecordNewAsync(listing, day, own, recorded.Select(row => row.Id).ToHashSet(), isNewest, cancellationToken);
        await RecordReplacementsAsync(listing, day, cancellationToken);
        var unlisted = await RecordRetractionsAsync(listing, day, own, recorded, cancellationToken);
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

    /// <summary>Records invented papers. The first real listing removes them.</summary>
    public async Task RecordSamplesAsync(ISamplePapers samples, ListingDay day, string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var announced = samples.Read();
        await paperDays.ClaimAsync([.. announced.Select(sample => sample.Paper.Id)], day, cancellationToken);
        var written = await papers.InsertAsync(
            [.. announced.Select(sample => new PaperRow
            {
                Day = day,
                Position = sample.Position,
                AnnounceType = sample.Type,
                Paper = sample.Paper,
                Sample = true,
                Enriched = true,
                State = PaperState.Summarized,
                Reason = "An invented sample.",
                Summary = samples.SummaryOf(sample.Paper.Id, now) ?? ExtractiveSummarizer.Summarize(sample.Paper, now),
            })],
            cancellationToken);
        if (samples.OverviewAt(now) is { } overview)
            await overviews.TryWriteAsync(new OverviewRow { Day = day, Written = overview }, cancellationToken);
        await listings.RecordAsync(
            new ListingRecord
            {
                Day = day,
                Category = SampleListing,
                Entries = 0,
                Announced = 0,
                Source = ListingSource.Feed,
                ReadAt = now,
                IsComplete = false,
                Notes = [reason],
            },
            cancellationToken);
        await queues.SendAsync(new DayMessage(day, written), TimeSpan.Zero, cancellationToken);
    }

    /// <returns>The number of papers that belong to the day.</returns>
    private async Task<int> RecordNewAsync(
        Listing listing,
        ListingDay day,
        List<AnnouncedPaper> own,
        HashSet<ArxivId> known,
        bool isNewest,
        CancellationToken cancellationToken)
    {
        if (own.Count > 0)
            await RemoveSamplesAsync(cancellationToken);

        var offset = PositionsInCategory * options.Value.Categories.ToList().IndexOf(listing.Category);
        var unknown = own.Where(announced => !known.Contains(announced.Paper.Id)).ToList();
        var claims = await paperDays.ClaimAsync([.. unknown.Select(announced => announced.Paper.Id)], day, cancellationToken);

        var now = time.GetUtcNow();
        var rows = new List<PaperRow>();
        foreach (var announced in unknown)
        {
            var claimed = claims[announced.Paper.Id];

            // Another day claimed the paper: the row exists there, or the collection crashed between the claim and the row.
            if (claimed != day && (await papers.ReadAsync(claimed, announced.Paper.Id, cancellationToken)).Row is not null)
                continue;
            rows.Add(plan.CreateRow(announced, claimed, offset + announced.Position, isNewest, now));
        }

        rows.Sort((left, right) => left.Position.CompareTo(right.Position));
        var written = await papers.InsertAsync(rows, cancellationToken);
        await queues.SendAsync(rows.Where(row => !row.IsFinal).Select(row => new PaperMessage(row.Day, row.Paper.Id)), cancellationToken);
        foreach (var changed in rows.Select(row => row.Day).Distinct())
            await queues.SendAsync(new DayMessage(changed, written), TimeSpan.Zero, cancellationToken);

        if (rows.Count > 0)
        {
            Log.Recorded(logger, listing.Category, day, rows.Count);
            Telemetry.Announced.Add(rows.Count);
            if (isNewest && known.Count == 0)
                Telemetry.ListingLag.Record((now - AnnouncementCalendar.AnnouncedAt(day)).TotalHours);
        }

        return own.Count - claims.Values.Count(claimed => claimed != day);
    }

    /// <summary>
    /// Marks the papers that are missing from arXiv's page of the day, and clears the mark of those that reappear. A feed marks none: it can lack
    /// papers that arXiv has announced (see <see cref="ListingAnomalies"/>).
    /// </summary>
    /// <returns>The number of the day's papers of this category that the listing lacks. They were announced, and stay visible.</returns>
    private async Task<int> RecordRetractionsAsync(
        Listing listing,
        ListingDay day,
        List<AnnouncedPaper> own,
        List<PaperProgress> recorded,
        CancellationToken cancellationToken)
    {
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

    private async Task RecordReplacementsAsync(Listing listing, ListingDay day, CancellationToken cancellationToken)
    {
        var replacements = listing.Papers.Where(announced => announced.Type is AnnounceType.Replace or AnnounceType.ReplaceCross);
        await Parallel.ForEachAsync(
            replacements, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (announced, token) =>
        {
            if (await paperDays.FindAsync(announced.Paper.Id, token) is not { } heldOn)
                return;

            var written = await papers.UpdateAsync(heldOn, announced.Paper.Id, (row, now) => Replace(listing, row, announced.Paper, day, now), token);
            if (written is null)
                return;
            if (written.State == PaperState.Announced)
                await queues.SendAsync(new PaperMessage(heldOn, announced.Paper.Id), TimeSpan.Zero, token);
            await queues.SendAsync(new DayMessage(heldOn, written.Timestamp), TimeSpan.Zero, token);
            Log.Replaced(logger, announced.Paper.Id, announced.Paper.Version);
        });
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

    private PaperRow? Replace(Listing listing, PaperRow row, Paper replacement, ListingDay day, DateTimeOffset now)
    {
        if (listing.Source == ListingSource.Feed)
            return plan.Replace(row, replacement, day, now);

        // Catch-up pages do not state the version of a replacement; the API does.
        return row.Enriched && row.Paper.Updated < AnnouncementCalendar.SubmissionWindow(day).From ? row with { Enriched = false } : null;
    }

    private async Task RemoveSamplesAsync(CancellationToken cancellationToken)
    {
        // Sample papers fill a whole day, and it is the only one.
        if (await papers.ReadDaysAsync(cancellationToken) is not [var only])
            return;
        var rows = await papers.ReadProgressAsync(only, cancellationToken);
        if (rows.All(row => row.Sample))
        {
            // Deletes the papers last. After a crash in between, the sample papers identify the day again; a listing without papers would stay.
            await listings.DeleteAsync(only, SampleListing, cancellationToken);
            await overviews.DeleteAsync(only, cancellationToken);
            await paperDays.DeleteAsync(rows.Select(row => row.Id), cancellationToken);
            await papers.DeleteDayAsync(only, cancellationToken);
            await queues.SendAsync(new DayMessage(only, DateTimeOffset.MaxValue), TimeSpan.Zero, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Category} {Day}: {Papers} papers recorded.")]
        public static partial void Recorded(ILogger logger, string category, ListingDay day, int papers);

        [LoggerMessage(LogLevel.Warning, "{Reason}")]
        public static partial void AnomalyFound(ILogger logger, string reason);

        [LoggerMessage(LogLevel.Warning, "{Paper} {Change} the listing of {Day}.")]
        public static partial void Retracted(ILogger logger, ArxivId paper, ListingDay day, string change);

        [LoggerMessage(LogLevel.Information, "{Paper} was replaced by version {Version}.")]
        public static partial void Replaced(ILogger logger, ArxivId paper, int version);
    }
}
