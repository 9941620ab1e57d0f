using Denoised.Arxiv;
using Denoised.Arxiv.Calendar;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Collecting;

/// <summary>
/// Records newly announced papers. The order of the writes makes a crash safe: the claim of the paper's day, the row, the message.
/// </summary>
public sealed partial class NewPaperRecorder(
    PaperDayTable paperDays,
    PaperTable papers,
    SampleRecorder samples,
    WorkQueues queues,
    SummaryPlan plan,
    IOptions<ArxivOptions> options,
    TimeProvider time,
    ILogger<NewPaperRecorder> logger)
{
    private const int PositionsInCategory = 100_000;

    /// <summary>Records the papers of a listing that are not recorded yet.</summary>
    /// <param name="listing">The listing.</param>
    /// <param name="day">The day of the listing.</param>
    /// <param name="own">The new papers whose primary category is the listing's.</param>
    /// <param name="known">The papers that the day has already.</param>
    /// <param name="isNewest">Whether it is the newest day, which the model summarizes.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The number of papers that belong to the day.</returns>
    public async Task<int> RecordAsync(
        Listing listing,
        ListingDay day,
        IReadOnlyList<AnnouncedPaper> own,
        IReadOnlySet<ArxivId> known,
        bool isNewest,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(listing);
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(known);
        if (own.Count > 0)
            await samples.RemoveAsync(cancellationToken);

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

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Category} {Day}: {Papers} papers recorded.")]
        public static partial void Recorded(ILogger logger, string category, ListingDay day, int papers);
    }
}
