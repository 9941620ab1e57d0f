using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;

namespace Denoised.Api;

/// <summary>Reads how far each listing day is: announced, recorded, summarized and shown.</summary>
public sealed class LedgerReader(PaperTable papers, ListingTable listings, SiteIndexFile indexFile)
{
    /// <summary>Returns the ledgers, newest day first, the papers that are not finished, and those that failed.</summary>
    public async Task<(IReadOnlyList<DayLedger> Days, Backlog Backlog, IReadOnlyList<FailedPaper> Failures)> ReadAsync(CancellationToken cancellationToken)
    {
        var listingsByDay = await listings.ReadAllAsync(cancellationToken);
        var (index, _, _) = await indexFile.ReadAsync(cancellationToken);
        var ledgers = new List<DayLedger>();
        var all = new List<PaperProgress>();
        var days = (await papers.ReadDaysAsync(cancellationToken)).Union(listingsByDay.Select(ofDay => ofDay.Key));
        foreach (var day in days.OrderByDescending(day => day.Date))
        {
            var rows = await papers.ReadProgressAsync(day, cancellationToken);
            all.AddRange(rows);
            ledgers.Add(BuildLedger(day, rows, [.. listingsByDay[day]], index?.Days.FirstOrDefault(entry => entry.Day == day)));
        }

        var unfinished = all.Where(row => !row.IsFinal).ToList();
        var backlog = new Backlog(
            unfinished.Count(row => row.State == PaperState.Announced),
            unfinished.Count(row => row.State == PaperState.Summarizing),
            all.Count(row => row.IsFinal && row.FallbackReason == FallbackReason.Budget),
            unfinished.Count > 0 ? unfinished.Min(row => row.Timestamp) : null);
        var failures = all.Where(row => row.State == PaperState.Failed).Select(row => new FailedPaper(row.Id, row.Day, row.Reason, row.Attempts));
        return (ledgers, backlog, [.. failures]);
    }

    private static DayLedger BuildLedger(ListingDay day, IReadOnlyList<PaperProgress> rows, IReadOnlyList<ListingRecord> listings, DayEntry? published) => new(
        day,
        listings.Sum(record => record.Announced),
        rows.Count(row => !row.Sample),
        published?.Counts.Announced ?? 0,
        rows.Count(row => row.State == PaperState.Summarized),
        rows.Count(row => row.State == PaperState.Summarized && row.Method == SummaryMethod.Extractive),
        rows.Count(row => !row.IsFinal),
        rows.Count(row => row.State == PaperState.Failed),
        rows.Count(row => row.Retracted),
        listings.Count > 0 && listings.All(record => record.IsComplete),
        rows.Any(row => row.Sample),
        published?.ReadAt,
        published?.Notes ?? [.. listings.SelectMany(record => record.Notes)]);
}
