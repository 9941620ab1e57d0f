using Denoised.Domain;

namespace Denoised.Arxiv.Feeds;

/// <summary>arXiv's announcement in one category on one day.</summary>
public sealed record Listing
{
    /// <summary>The requested category, such as <c>cs.LG</c>.</summary>
    public required string Category { get; init; }

    /// <summary>
    /// The day stated in the listing; null if it states none. If the feed states an older day, arXiv has not rebuilt it yet; it does not mean that
    /// nothing was announced.
    /// </summary>
    public required ListingDay? Day { get; init; }

    /// <summary>The papers in listing order, including replacements and cross-listed papers.</summary>
    public required IReadOnlyList<AnnouncedPaper> Papers { get; init; }

    /// <summary>One sentence for each unreadable entry (with its identifier or position) and each other defect.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The source of the listing.</summary>
    public required ListingSource Source { get; init; }

    /// <summary>Whether the listing announces more entries than it shows.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Whether the listing has unreadable entries.</summary>
    public bool HasUnreadableEntries { get; init; }
}
