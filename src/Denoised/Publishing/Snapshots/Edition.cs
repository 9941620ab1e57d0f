using Denoised.Domain;

namespace Denoised.Publishing.Snapshots;

/// <summary>The content of a publication: the index to be written, the papers of each day in order, the overviews, and the related papers.</summary>
internal sealed record Edition(SiteIndex Index, IReadOnlyDictionary<ListingDay, IReadOnlyList<PaperView>> PapersOf)
{
    /// <summary>The overviews by day. Days without an overview are missing.</summary>
    public IReadOnlyDictionary<ListingDay, OverviewView> Overviews { get; init; } = new Dictionary<ListingDay, OverviewView>();

    /// <summary>The related papers of each paper that has any.</summary>
    public IReadOnlyDictionary<ArxivId, RelatedPapers> Related { get; init; } = new Dictionary<ArxivId, RelatedPapers>();

    /// <summary>Returns the related papers of a paper.</summary>
    public RelatedPapers RelatedTo(ArxivId id) => Related.GetValueOrDefault(id) ?? RelatedPapers.None;

    /// <summary>All papers: newest day first, in the order of the day.</summary>
    public IEnumerable<PaperView> Papers => Index.Days.SelectMany(day => PapersOf[day.Day]);
}
