using Denoised.Arxiv;
using Denoised.Papers;
using Denoised.Storage;

namespace Denoised.Collecting;

/// <summary>A contradiction between what a listing says of itself and what it shows.</summary>
/// <param name="Reason">In a sentence.</param>
/// <param name="IsOtherListing">It is another day's or another category's listing: nothing in it belongs to the day.</param>
public sealed record ListingDoubt(string Reason, bool IsOtherListing);

/// <summary>
/// Compares a listing's content with its date and category. arXiv has served yesterday's items under today's date; each paper is announced as new in one
/// listing only, so its identifier tells.
/// </summary>
public sealed class ListingDoubts(PaperDayTable paperDays, ListingTable listings)
{
    /// <summary>Looks for a contradiction.</summary>
    /// <param name="listing">The listing.</param>
    /// <param name="day">The day that it names.</param>
    /// <param name="own">Its papers that are new in its category.</param>
    /// <param name="held">The day's papers that are recorded.</param>
    /// <param name="cancellationToken">Stops the reads.</param>
    /// <returns>The first that is found, or null.</returns>
    public async Task<ListingDoubt?> FindAsync(
        Listing listing, ListingDay day, IReadOnlyList<AnnouncedPaper> own, IReadOnlyList<PaperProgress> held, CancellationToken cancellationToken)
    {
        var name = $"The {Name(listing.Source)} of {listing.Category} for {day}";
        var ids = own.Select(announced => announced.Paper.Id).ToHashSet();

        // Every entry of a category's listing carries the category, and a new one that is no cross-list has it as its primary category.
        if (listing.Papers.Any(announced => !announced.Paper.Categories.Contains(listing.Category, StringComparer.Ordinal))
            || (own.Count == 0 && listing.Papers.Any(announced => announced.Type == AnnounceType.New)))
        {
            return new ListingDoubt($"{name} shows papers of another category.", IsOtherListing: own.Count == 0);
        }

        // Once the day has papers of its own, what an earlier day has of them is an exception and no sign.
        if (own.Count > 0 && !held.Any(row => ids.Contains(row.Id)) && await CountEarlierAsync(listing.Category, day, ids, cancellationToken) is > 0 and var earlier)
        {
            return earlier == own.Count
                ? new ListingDoubt($"{name} repeats the papers of an earlier listing.", IsOtherListing: true)
                : new ListingDoubt($"{name} repeats {earlier} papers of an earlier listing.", IsOtherListing: false);
        }

        var isWholeFeed = listing is { Source: ListingSource.Feed, Problems.Count: 0 };
        return isWholeFeed && held.Count(row => row.PrimaryCategory == listing.Category && !row.Retracted && !ids.Contains(row.Id)) is > 0 and var lacking
            ? new ListingDoubt($"{name} lacks {lacking} papers that were announced.", IsOtherListing: false)
            : null;
    }

    /// <summary>How many papers belong to earlier listings. A day that was rebuilt from submission dates may hold papers of the next listing: it does not count.</summary>
    private async Task<int> CountEarlierAsync(string category, ListingDay day, HashSet<ArxivId> ids, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var earlier in (await paperDays.FindAsync(ids, cancellationToken)).Values.Where(held => held < day).CountBy(held => held))
        {
            var records = await listings.ReadAsync(earlier.Key, cancellationToken);
            if (!records.Any(record => record.Category == category && record.Source == ListingSource.SubmissionDates))
                count += earlier.Value;
        }

        return count;
    }

    private static string Name(ListingSource source) => source switch
    {
        ListingSource.Feed => "feed",
        ListingSource.CatchUp => "catch-up page",
        _ => "API's window",
    };
}
