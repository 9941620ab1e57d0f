using Denoised.Papers;

namespace Denoised.Arxiv;

/// <summary>Where a listing was read. Stored by name.</summary>
public enum ListingSource
{
    /// <summary>The feed at rss.arxiv.org: exactly what was announced, with versions and licences.</summary>
    Feed,

    /// <summary>
    /// A catch-up page: exactly what was announced, but without licences, with long author lists cut short, and
    /// without the versions of replacements (they read 1 until the API says more).
    /// </summary>
    CatchUp,

    /// <summary>The API's submission dates, which only approximate a listing: late papers are missing from it.</summary>
    SubmissionDates,
}

/// <summary>What arXiv announced in one category on one day.</summary>
public sealed record Listing
{
    /// <summary>The category that was asked for, such as <c>cs.LG</c>.</summary>
    public required string Category { get; init; }

    /// <summary>
    /// The day in the listing's own words; null when it names none. A feed that still names an older day has not been
    /// rebuilt yet, which is not the same as an empty day.
    /// </summary>
    public required ListingDay? Day { get; init; }

    /// <summary>In the listing's order. Replacements and papers whose primary category is another one are among them.</summary>
    public required IReadOnlyList<AnnouncedPaper> Papers { get; init; }

    /// <summary>One sentence for each entry that could not be read (with its identifier or position) and for whatever else looks wrong.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Where it was read.</summary>
    public required ListingSource Source { get; init; }

    /// <summary>It announces more entries than it shows.</summary>
    public bool IsPartial { get; init; }

    /// <summary>It shows entries that cannot be read.</summary>
    public bool HasUnreadableEntries { get; init; }
}
