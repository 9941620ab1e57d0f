using Denoised.Papers;

namespace Denoised.Arxiv;

/// <summary>The source of a listing. Stored by name.</summary>
public enum ListingSource
{
    /// <summary>The feed at rss.arxiv.org: the exact announcement, with versions and licences.</summary>
    Feed,

    /// <summary>
    /// A catch-up page: the exact announcement, but without licences, with truncated author lists, and without versions of replacements (1 until
    /// the API provides them).
    /// </summary>
    CatchUp,

    /// <summary>The API's submission dates. They only approximate a listing: delayed papers are missing.</summary>
    SubmissionDates,
}

/// <summary>arXiv's announcement in one category on one day.</summary>
public sealed record Listing
{
    /// <summary>The requested category, such as <c>cs.LG</c>.</summary>
    public required string Category { get; init; }

    /// <summary>
    /// The day stated in the listing; null if it states none. A feed that still states an older day has not been rebuilt yet; it does not mean an
    /// empty day.
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
