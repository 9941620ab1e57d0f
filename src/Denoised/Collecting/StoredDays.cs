using Denoised.Domain;
using Denoised.Overviews;
using Denoised.Storage;

namespace Denoised.Collecting;

/// <summary>
/// The listing days in the tables. Deletes references before their targets: the claims of the papers, their rows, then listings and overviews. A
/// deletion that crashed can be repeated.
/// </summary>
public sealed class StoredDays(PaperTable papers, PaperDayTable paperDays, ListingTable listings, OverviewTable overviews)
{
    /// <summary>Returns the days that have papers, newest first.</summary>
    public Task<IReadOnlyList<ListingDay>> ReadAsync(CancellationToken cancellationToken) => papers.ReadDaysAsync(cancellationToken);

    /// <summary>Deletes the papers of a day.</summary>
    /// <returns>The number of papers.</returns>
    public async Task<int> DeletePapersAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var rows = await papers.ReadProgressAsync(day, cancellationToken);
        await paperDays.DeleteAsync(rows.Select(row => row.Id), cancellationToken);
        await papers.DeleteDayAsync(day, cancellationToken);
        return rows.Count;
    }

    /// <summary>Deletes the listings and overviews of all days before a day. Their papers are deleted already.</summary>
    public async Task DeleteListingsBeforeAsync(ListingDay oldest, CancellationToken cancellationToken)
    {
        foreach (var listingsOfDay in await listings.ReadAllAsync(cancellationToken))
        {
            if (listingsOfDay.Key < oldest)
                await listings.DeleteDayAsync(listingsOfDay.Key, cancellationToken);
        }

        await overviews.DeleteBeforeAsync(oldest, cancellationToken);
    }
}
