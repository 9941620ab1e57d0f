using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Storage;

namespace Denoised.Collecting;

/// <summary>A contradiction between the date or category of a listing and its content.</summary>
/// <param name="Reason">The reason, as a sentence.</param>
/// <param name="IsWrongListing">Whether it is the listing of another day or category. Its papers do not belong to the day.</param>
public sealed record ListingAnomaly(string Reason, bool IsWrongListing);

/// <summary>
/// Compares the content of a listing with its date and category. arXiv has served the items of the previous day under the current date. Each paper is
/// announced as new in one listing only, which makes its identifier a reliable check.
/// </summary>
public sealed class ListingAnomalies(PaperDayTable paperDays, ListingTable listings)
{
    /// <summary>Finds the first contradiction.</summary>
    /// <param name="listing">The listing.</param>
    /// <param name="day">The day that the listing states.</param>
    /// <param name="own">The papers that are new in the category of the listing.</param>
    /// <param name="recorded">The stored papers of the day.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    /// <returns>The first contradiction, or null.</returns>
    public async Task<ListingAnomaly?> FindAsync(
        Listing listing, ListingDay day, IReadOnlyList<AnnouncedPaper> own, IReadOnlyList<PaperProgress> recorded, CancellationToken cancellationToken)
    {
        var name = $"The {Name(listing.Source)} of {listing.Category} for {day}";
        var ids = own.Select(announced => announced.Paper.Id).ToHashSet();

        // Every entry of a category's listing carries that category. It is the primary category of each new entry that is not a cross-list.
        if (listing.Papers.Any(announced => !announced.Paper.Categories.Contains(listing.Category, StringComparer.Ordinal))
            || (own.Count == 0 && listing.Papers.Any(announced => announced.Type == AnnounceType.New)))
        {
            return new ListingAnomaly($"{name} shows papers of another category.", IsWrongListing: own.Count == 0);
        }

        // Once the day has papers of its own, overlap with an earlier day is an exception, not a repeated listing.
        if (own.Count > 0 && !recorded.Any(row => ids.Contains(row.Id))
            && await CountEarlierAsync(listing.Category, day, ids, cancellationToken) is > 0 and var earlier)
        {
            return earlier == own.Count
                ? new ListingAnomaly($"{name} repeats the papers of an earlier listing.", IsWrongListing: true)
                : new ListingAnomaly($"{name} repeats {earlier} papers of an earlier listing.", IsWrongListing: false);
        }

        var isWholeFeed = listing is { Source: ListingSource.Feed, Problems.Count: 0 };
        return isWholeFeed && recorded.Count(row => row.PrimaryCategory == listing.Category && !row.Retracted && !ids.Contains(row.Id)) is > 0 and var lacking
            ? new ListingAnomaly($"{name} lacks {lacking} papers that were announced.", IsWrongListing: false)
            : null;
    }

    /// <summary>
    /// Counts the papers that belong to earlier listings. Ignores days that were rebuilt from submission dates: they can hold papers of the next
    /// listing.
    /// </summary>
    private async Task<int> CountEarlierAsync(string category, ListingDay day, HashSet<ArxivId> ids, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var earlier in (await paperDays.FindAsync(ids, cancellationToken)).Values.Where(recorded => recorded < day).CountBy(recorded => recorded))
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
