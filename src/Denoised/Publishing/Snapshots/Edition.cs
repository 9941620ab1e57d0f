using Denoised.Domain;

namespace Denoised.Publishing.Snapshots;

/// <summary>What readers are about to see: the index that is going to be written, the papers of each of its days, in the day's order, and the overviews of the days that have one.</summary>
internal sealed record Edition(SiteIndex Index, IReadOnlyDictionary<ListingDay, IReadOnlyList<PaperView>> PapersOf)
{
    /// <summary>By day; a day without an overview is missing.</summary>
    public IReadOnlyDictionary<ListingDay, OverviewView> Overviews { get; init; } = new Dictionary<ListingDay, OverviewView>();

    /// <summary>All papers: days newest first, a day's papers in its order.</summary>
    public IEnumerable<PaperView> Papers => Index.Days.SelectMany(day => PapersOf[day.Day]);
}
