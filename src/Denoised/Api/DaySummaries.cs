using System.Collections.Concurrent;
using System.Globalization;
using Denoised.Domain;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;

namespace Denoised.Api;

/// <summary>
/// Describes the stored days. Tags are part of the summaries, so counting them decompresses all papers of a day. The result is cached until one of the
/// day's rows or listings changes.
/// </summary>
public sealed class DaySummaries(PaperTable papers, ListingTable listings)
{
    private readonly ConcurrentDictionary<ListingDay, (string Revision, DaySummary Summary)> known = new();

    /// <summary>Reads the stored days, newest first.</summary>
    public async Task<IReadOnlyList<DaySummary>> ReadAsync(CancellationToken cancellationToken)
    {
        var days = await papers.ReadDaysAsync(cancellationToken);
        foreach (var gone in known.Keys.Except(days))
            known.TryRemove(gone, out _);

        var summaries = new List<DaySummary>();
        foreach (var day in days)
            summaries.Add(await ReadAsync(day, cancellationToken));
        return summaries;
    }

    private async Task<DaySummary> ReadAsync(ListingDay day, CancellationToken cancellationToken)
    {
        // The revision is read first: a concurrent write causes a second read, not a missed change.
        var progress = await papers.ReadProgressAsync(day, cancellationToken);
        var records = await listings.ReadAsync(day, cancellationToken);
        var listed = records.OrderBy(record => record.Category, StringComparer.Ordinal)
            .Select(record => string.Create(CultureInfo.InvariantCulture, $"{record.Category} {record.ReadAt.UtcTicks}"));
        var revision = string.Join(' ', [DaySnapshot.RevisionOf(progress.Select(row => (row.Id, row.Timestamp)), overview: null), .. listed]);
        if (known.TryGetValue(day, out var cached) && cached.Revision == revision)
            return cached.Summary;

        var entry = DaySnapshot.Describe(day, await papers.ReadDayAsync(day, cancellationToken), records, [], readAt: default);
        var summary = new DaySummary(day, entry.AnnouncedAt, entry.Sample, entry.Notes, entry.Counts, entry.Tags);
        known[day] = (revision, summary);
        return summary;
    }
}
