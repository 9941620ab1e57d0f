using Denoised.Domain;
using Denoised.Overviews;
using Denoised.Storage;

namespace Denoised.Publishing;

/// <summary>The rows of a listing day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Rows">Its papers; samples only if there is nothing else.</param>
/// <param name="Listings">How its listings were read.</param>
/// <param name="Overview">Its overview, or null.</param>
internal sealed record DayContent(ListingDay Day, IReadOnlyList<PaperRow> Rows, IReadOnlyList<ListingRecord> Listings, OverviewRow? Overview);

/// <summary>Reads what the tables hold of a listing day.</summary>
public sealed class DayReader(PaperTable papers, ListingTable listings, OverviewTable overviews)
{
    /// <summary>Reads a day.</summary>
    internal async Task<DayContent> ReadAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var rows = await papers.ReadDayAsync(day, cancellationToken);
        if (rows.Any(row => !row.Sample))
            rows = [.. rows.Where(row => !row.Sample)];
        return new DayContent(day, rows, await listings.ReadAsync(day, cancellationToken), (await overviews.ReadAsync(day, cancellationToken)).Row);
    }
}
