using Denoised.Arxiv.Calendar;
using Denoised.Domain;
using Denoised.Overviews;
using Denoised.Storage;
using Denoised.Summaries;

namespace Denoised.Collecting;

/// <summary>Records invented papers on an empty site, and removes them when the first real paper is announced.</summary>
public sealed class SampleRecorder(
    PaperDayTable paperDays, PaperTable papers, ListingTable listings, OverviewTable overviews, StoredDays storedDays, WorkQueues queues, TimeProvider time)
{
    // Not the name of an arXiv category.
    private const string SampleListing = "samples";

    /// <summary>Records invented papers. The first real listing removes them.</summary>
    public async Task RecordAsync(ISamplePapers samples, ListingDay day, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(samples);
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

    /// <summary>Removes the sample papers, if the tables contain no others.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
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
            await storedDays.DeletePapersAsync(only, cancellationToken);
            await queues.SendAsync(new DayMessage(only, DateTimeOffset.MaxValue), TimeSpan.Zero, cancellationToken);
        }
    }
}
