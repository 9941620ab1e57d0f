using Denoised.Domain;

namespace Denoised.Publishing.Snapshots;

/// <summary>
/// <c>data/index.json</c>: the one pointer that readers start from. Everything it names is immutable and there before it is.
/// </summary>
public sealed record SiteIndex
{
    /// <summary>The folder of the index and of everything that it names.</summary>
    public const string Folder = "data/";

    /// <summary>The version of this form; readers refuse what they do not know.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>When it was written (the storage service's clock).</summary>
    public required DateTimeOffset GeneratedAt { get; init; }

    /// <summary>The categories that are followed, such as <c>cs.LG</c>.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The hours between two collections.</summary>
    public int UpdateHours { get; init; } = 8;

    /// <summary>The deployment that writes the summaries, or null where none is configured (they are extractive then).</summary>
    public string? Model { get; init; }

    /// <summary>Where the HTTP API answers (<c>https://…/api</c>), where known.</summary>
    public string? Api { get; init; }

    /// <summary>Where errors are reported (<see cref="PublishingOptions.ReportErrorsTo"/>), where configured.</summary>
    public string? ReportErrorsTo { get; init; }

    /// <summary>The next announcements by arXiv's calendar, soonest first, so that a page that is not rebuilt still tells the next one.</summary>
    public required IReadOnlyList<Announcement> Upcoming { get; init; }

    /// <summary>The listing days held, newest first.</summary>
    public required IReadOnlyList<DayEntry> Days { get; init; }

    /// <summary>The file that search is built from, relative to <c>data/</c>.</summary>
    public string? Search { get; init; }
}

/// <summary>One announcement of arXiv.</summary>
/// <param name="Day">The listing day under which it appears.</param>
/// <param name="At">When it is announced (20:00 Eastern of the evening before).</param>
/// <param name="Quiet">Why evenings go by without an announcement before this one, as a sentence; null where none does.</param>
public sealed record Announcement(ListingDay Day, DateTimeOffset At, string? Quiet = null);

/// <summary>A listing day in <see cref="SiteIndex"/>.</summary>
public sealed record DayEntry
{
    /// <summary>The day.</summary>
    public required ListingDay Day { get; init; }

    /// <summary>When arXiv announced it, by its calendar.</summary>
    public required DateTimeOffset AnnouncedAt { get; init; }

    /// <summary>Invented papers, shown because arXiv could not be read yet.</summary>
    public bool Sample { get; init; }

    /// <summary>Sentences for the reader: why the day is incomplete, that it was rebuilt from submission dates …</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Computed from the day's rows.</summary>
    public required DayCounts Counts { get; init; }

    /// <summary>The tags that occur, most frequent first.</summary>
    public required IReadOnlyList<TagCount> Tags { get; init; }

    /// <summary>The day's papers in arXiv's order, cut into parts.</summary>
    public required IReadOnlyList<DayPart> Parts { get; init; }

    /// <summary>The file of the overview of the day (<see cref="OverviewView"/>), relative to <c>data/</c>; null until the day is complete, and where it has few papers.</summary>
    public string? Overview { get; init; }

    /// <summary>The rows were read at or after this moment (the storage service's clock).</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>
    /// Names the state of the rows that it was made from, by when each was written. The service's clock shows whole seconds: what was written in the second of <see cref="ReadAt"/>
    /// may be in it or not, and this tells.
    /// </summary>
    public string? Revision { get; init; }
}

/// <summary>The ledger of a day.</summary>
/// <param name="Announced">Papers that the listing announced and that belong to the day: all of these are shown.</param>
/// <param name="Summarized">Papers that have the summary they are to have.</param>
/// <param name="Pending">Papers that still wait for theirs.</param>
/// <param name="Failed">Papers whose summary failed for good; the reason stands at the paper.</param>
/// <param name="Extractive">Of the summarized ones: those whose summary is extractive.</param>
public sealed record DayCounts(int Announced, int Summarized, int Pending, int Failed, int Extractive);

/// <summary>How many papers carry a tag.</summary>
public sealed record TagCount(string Tag, int Count);

/// <summary>Up to 32 consecutive papers of a day, in two files relative to <c>data/</c>.</summary>
/// <param name="Cards">A JSON array of <see cref="PaperCard"/>.</param>
/// <param name="Details">A JSON array of <see cref="PaperView"/>, the same papers in the same order.</param>
/// <param name="Count">How many papers.</param>
public sealed record DayPart(string Cards, string Details, int Count);
