using Denoised.Collecting;
using Denoised.Papers;
using Denoised.Publishing;
using Denoised.Storage;
using Denoised.Summaries;

namespace Denoised.Api;

/// <summary><c>GET /api/days</c>.</summary>
/// <param name="Days">The days held, newest first.</param>
public sealed record DaysAnswer(IReadOnlyList<DaySummary> Days);

/// <summary>A day held.</summary>
/// <param name="Day">The listing day.</param>
/// <param name="AnnouncedAt">When arXiv announced it, by its calendar.</param>
/// <param name="Sample">Invented papers.</param>
/// <param name="Notes">What a reader should know of the day.</param>
/// <param name="Counts">How many papers are in which state.</param>
/// <param name="Tags">The tags that occur, most frequent first.</param>
public sealed record DaySummary(ListingDay Day, DateTimeOffset AnnouncedAt, bool Sample, IReadOnlyList<string> Notes, DayCounts Counts, IReadOnlyList<TagCount> Tags);

/// <summary><c>GET /api/days/{day}</c>.</summary>
/// <param name="Day">The listing day.</param>
/// <param name="AnnouncedAt">When arXiv announced it, by its calendar.</param>
/// <param name="Sample">Invented papers.</param>
/// <param name="Notes">What a reader should know of the day.</param>
/// <param name="Counts">How many papers are in which state, the whole day's.</param>
/// <param name="Tags">The tags that occur, the whole day's.</param>
/// <param name="Glance">The whole day at a glance; absent until the day is complete, and where it has few papers.</param>
/// <param name="Total">How many papers match.</param>
/// <param name="Papers">The matching papers of this page, in arXiv's order.</param>
/// <param name="Next">The cursor of the next page, or null on the last.</param>
public sealed record DayAnswer(
    ListingDay Day,
    DateTimeOffset AnnouncedAt,
    bool Sample,
    IReadOnlyList<string> Notes,
    DayCounts Counts,
    IReadOnlyList<TagCount> Tags,
    GlanceView? Glance,
    int Total,
    IReadOnlyList<PaperView> Papers,
    string? Next);

/// <summary><c>GET /api/status</c>.</summary>
public sealed record StatusAnswer
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The latest collection, or null before the first.</summary>
    public CollectionRun? LastRun { get; init; }

    /// <summary>When the next collection is due.</summary>
    public DateTimeOffset? NextRun { get; init; }

    /// <summary>The ledger of each day held, newest first.</summary>
    public required IReadOnlyList<DayLedger> Days { get; init; }

    /// <summary>How many papers are in which state, over all days.</summary>
    public required Backlog Backlog { get; init; }

    /// <summary>Papers whose summary failed for good.</summary>
    public required IReadOnlyList<FailedPaper> Failures { get; init; }

    /// <summary>What waits in the queues.</summary>
    public required IReadOnlyList<QueueBacklog> Queues { get; init; }

    /// <summary>Messages that were completed without their work, by queue; absent queues have none.</summary>
    public required IReadOnlyList<DiscardedCount> Discarded { get; init; }

    /// <summary>Tokens and their estimated cost, a UTC day each, newest first.</summary>
    public required IReadOnlyList<DayUsage> Usage { get; init; }

    /// <summary>Why the model is not called now, and until when; null while it is.</summary>
    public ModelClosure? Model { get; init; }

    /// <summary>When the service retires the model; null where that is more than 90 days away, unknown, or no model is configured.</summary>
    public DateOnly? ModelRetiresOn { get; init; }

    /// <summary>The tokens that a UTC day may use.</summary>
    public required long DailyTokenBudget { get; init; }
}

/// <summary><c>POST /api/collections</c>, <c>POST /api/summaries</c>: what was asked for, and will be done.</summary>
/// <param name="Accepted">In a sentence.</param>
public sealed record AcceptedAnswer(string Accepted);

/// <summary>The ledger of a day: what arXiv announced, and what readers see.</summary>
/// <param name="Day">The listing day.</param>
/// <param name="Announced">Papers that the listings announced.</param>
/// <param name="Recorded">Papers in the table.</param>
/// <param name="Shown">Papers in the snapshot that readers load.</param>
/// <param name="Summarized">Papers with the summary that they are to have.</param>
/// <param name="Extractive">Of these, the extractive ones.</param>
/// <param name="Waiting">Papers that wait for the model.</param>
/// <param name="Failed">Papers whose summary failed.</param>
/// <param name="Retracted">Papers that the listing no longer has.</param>
/// <param name="Complete">All categories' listings were read whole.</param>
/// <param name="Sample">Invented papers.</param>
/// <param name="PublishedAt">When the snapshot was read from the table.</param>
/// <param name="Notes">What was odd.</param>
public sealed record DayLedger(
    ListingDay Day,
    int Announced,
    int Recorded,
    int Shown,
    int Summarized,
    int Extractive,
    int Waiting,
    int Failed,
    int Retracted,
    bool Complete,
    bool Sample,
    DateTimeOffset? PublishedAt,
    IReadOnlyList<string> Notes);

/// <summary>Papers by state.</summary>
/// <param name="Announced">Waiting to be begun.</param>
/// <param name="Summarizing">Being worked on.</param>
/// <param name="OverBudget">Extractive for now: a later collection takes them up again when the day's token budget has room.</param>
/// <param name="OldestWaiting">Since when the paper that waits longest has not been touched, or null where none waits.</param>
public sealed record Backlog(int Announced, int Summarizing, int OverBudget, DateTimeOffset? OldestWaiting);

/// <summary>A paper whose summary failed.</summary>
public sealed record FailedPaper(ArxivId Id, ListingDay Day, string? Reason, int Attempts);
