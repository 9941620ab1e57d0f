using Denoised.Domain;

namespace Denoised.Publishing.Snapshots;

/// <summary><c>data/index.json</c>, the entry point for readers. All files that it references are immutable and written before it.</summary>
public sealed record SiteIndex
{
    /// <summary>The folder of the index and of the files that it references.</summary>
    public const string Folder = "data/";

    /// <summary>The version of the format. Readers reject unknown versions.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>The time of the write (the storage service's clock).</summary>
    public required DateTimeOffset GeneratedAt { get; init; }

    /// <summary>The configured categories, such as <c>cs.LG</c>.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The hours between two collections.</summary>
    public int UpdateHours { get; init; } = 8;

    /// <summary>The deployment of the model, or null without one; summaries are then extractive.</summary>
    public string? Model { get; init; }

    /// <summary>The base address of the HTTP API (<c>https://…/api</c>), if configured.</summary>
    public string? Api { get; init; }

    /// <summary>The destination for error reports (<see cref="PublishingOptions.ReportErrorsTo"/>), if configured.</summary>
    public string? ReportErrorsTo { get; init; }

    /// <summary>
    /// The next announcements by arXiv's calendar, soonest first. A page that is not rebuilt can therefore still show the next one.
    /// </summary>
    public required IReadOnlyList<Announcement> Upcoming { get; init; }

    /// <summary>The retained listing days, newest first.</summary>
    public required IReadOnlyList<DayEntry> Days { get; init; }

    /// <summary>The search file, relative to <c>data/</c>.</summary>
    public string? Search { get; init; }

    /// <summary>The file of the papers' vectors, relative to <c>data/</c>: 64 signed bytes a paper, in the order of <see cref="Search"/>.</summary>
    public string? Vectors { get; init; }
}

/// <summary>One announcement of arXiv.</summary>
/// <param name="Day">The listing day under which it appears.</param>
/// <param name="At">The time of the announcement (20:00 Eastern on the previous evening).</param>
/// <param name="Quiet">The reason why evenings before this announcement have none, as a sentence; null if there is no gap.</param>
public sealed record Announcement(ListingDay Day, DateTimeOffset At, string? Quiet = null);

/// <summary>A listing day in <see cref="SiteIndex"/>.</summary>
public sealed record DayEntry
{
    public required ListingDay Day { get; init; }

    /// <summary>The time of the announcement by arXiv's calendar.</summary>
    public required DateTimeOffset AnnouncedAt { get; init; }

    /// <summary>Whether the papers are samples, shown because arXiv could not be read yet.</summary>
    public bool Sample { get; init; }

    /// <summary>Notes for readers: the reason why the day is incomplete, or that it was rebuilt from submission dates.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The counts, computed from the day's rows.</summary>
    public required DayCounts Counts { get; init; }

    /// <summary>The tags that occur, most frequent first.</summary>
    public required IReadOnlyList<TagCount> Tags { get; init; }

    /// <summary>The day's papers in arXiv's order, in parts.</summary>
    public required IReadOnlyList<DayPart> Parts { get; init; }

    /// <summary>
    /// The overview file (<see cref="OverviewView"/>), relative to <c>data/</c>. Null while the day is incomplete, and for days with few papers.
    /// </summary>
    public string? Overview { get; init; }

    /// <summary>
    /// The file of the related papers of the day's papers (<see cref="RelatedPapers"/> by identifier), relative to <c>data/</c>; null if no paper has
    /// any.
    /// </summary>
    public string? Related { get; init; }

    /// <summary>Whether the day has a map, <c>/days/&lt;date&gt;/map/</c>.</summary>
    public bool HasMap { get; init; }

    /// <summary>The time when reading the rows started (the storage service's clock).</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>
    /// Identifies the state of the rows by their write times. The service's clock has a resolution of one second, so <see cref="ReadAt"/> does not
    /// show whether a row written in that second is included.
    /// </summary>
    public string? Revision { get; init; }
}

/// <summary>The ledger of a day.</summary>
/// <param name="Announced">Papers of the day that the listing announced. The page shows all of them.</param>
/// <param name="Summarized">Papers with their final summary.</param>
/// <param name="Pending">Papers whose summary is pending.</param>
/// <param name="Failed">Papers whose summary failed permanently. The paper states the reason.</param>
/// <param name="Extractive">Summarized papers whose summary is extractive.</param>
public sealed record DayCounts(int Announced, int Summarized, int Pending, int Failed, int Extractive);

/// <summary>The number of papers with a tag.</summary>
public sealed record TagCount(string Tag, int Count);

/// <summary>Up to 32 consecutive papers of a day, in two files relative to <c>data/</c>.</summary>
/// <param name="Cards">A JSON array of <see cref="PaperCard"/>.</param>
/// <param name="Details">A JSON array of <see cref="PaperView"/>, the same papers in the same order.</param>
/// <param name="Count">The number of papers.</param>
public sealed record DayPart(string Cards, string Details, int Count);
