using Denoised.Domain;

namespace Denoised.Publishing.Snapshots;

/// <summary>The content of a publication: the index to be written, the papers of each day in order, and the overviews.</summary>
internal sealed record Edition(SiteIndex Index, IReadOnlyDictionary<ListingDay, IReadOnlyList<PaperView>> PapersOf)
{
    /// <summary>The overviews by day. Days without an overview are missing.</summary>
    public IReadOnlyDictionary<ListingDay, OverviewView> Overviews { get; init; } = new Dictionary<ListingDay, OverviewView>();

    /// <summary>All papers: newest day first, in the order of the day.</summary>
    public IEnumerable<PaperView> Papers => Index.Days.SelectMany(day => PapersOf[day.Day]);
}
