using Denoised.Domain;

namespace Denoised.Publishing.Snapshots;

/// <summary>What readers are about to see: the index that is going to be written, the papers of each of its days, in the day's order, and the overview of the newest day.</summary>
internal sealed record Edition(SiteIndex Index, IReadOnlyDictionary<ListingDay, IReadOnlyList<PaperView>> PapersOf, OverviewView? Overview = null)
{
    /// <summary>All papers: days newest first, a day's papers in its order.</summary>
    public IEnumerable<PaperView> Papers => Index.Days.SelectMany(day => PapersOf[day.Day]);
}
