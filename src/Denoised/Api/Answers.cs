using Denoised.Collecting;
using Denoised.Delivery;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;

namespace Denoised.Api;

/// <summary><c>GET /api/days</c>.</summary>
/// <param name="Days">The stored days, newest first.</param>
public sealed record DaysResponse(IReadOnlyList<DaySummary> Days);

/// <summary>A stored day.</summary>
/// <param name="Day">The listing day.</param>
/// <param name="AnnouncedAt">The scheduled time of arXiv's announcement.</param>
/// <param name="Sample">True if the papers are invented.</param>
/// <param name="Notes">Irregularities of this day, for readers.</param>
/// <param name="Counts">The number of papers in each state.</param>
/// <param name="Tags">The tags of the day's papers, most frequent first.</param>
public sealed record DaySummary(
    ListingDay Day,
    DateTimeOffset AnnouncedAt,
    bool Sample,
    IReadOnlyList<string> Notes,
    DayCounts Counts,
    IReadOnlyList<TagCount> Tags);

/// <summary><c>GET /api/days/{day}</c>.</summary>
/// <param name="Day">The listing day.</param>
/// <param name="AnnouncedAt">The scheduled time of arXiv's announcement.</param>
/// <param name="Sample">True if the papers are invented.</param>
/// <param name="Notes">Irregularities of this day, for readers.</param>
/// <param name="Counts">The number of papers in each state, for the whole day.</param>
/// <param name="Tags">The tags of the day's papers, for the whole day.</param>
/// <param name="Overview">The overview of the whole day; null until the day is complete, and for days with few papers.</param>
/// <param name="Total">The number of matching papers.</param>
/// <param name="Papers">The matching papers of this page, in arXiv's order.</param>
/// <param name="Next">The cursor of the next page; null on the last page.</param>
public sealed record DayResponse(
    ListingDay Day,
    DateTimeOffset AnnouncedAt,
    bool Sample,
    IReadOnlyList<string> Notes,
    DayCounts Counts,
    IReadOnlyList<TagCount> Tags,
    OverviewView? Overview,
    int Total,
    IReadOnlyList<PaperView> Papers,
    string? Next);

/// <summary><c>GET /api/status</c>.</summary>
public sealed record StatusResponse
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The latest collection; null before the first one.</summary>
    public CollectionRun? LastRun { get; init; }

    /// <summary>The scheduled time of the next collection.</summary>
    public DateTimeOffset? NextRun { get; init; }

    /// <summary>The ledger of each stored day, newest first.</summary>
    public required IReadOnlyList<DayLedger> Days { get; init; }

    /// <summary>The backlog over all days.</summary>
    public required Backlog Backlog { get; init; }

    /// <summary>Papers whose summary failed permanently.</summary>
    public required IReadOnlyList<FailedPaper> Failures { get; init; }

    /// <summary>The backlog of each queue.</summary>
    public required IReadOnlyList<QueueBacklog> Queues { get; init; }

    /// <summary>Discarded messages by queue; queues without any are omitted.</summary>
    public required IReadOnlyList<PoisonMessageCount> Discarded { get; init; }

    /// <summary>The newest delivery of each channel that the operator has configured.</summary>
    public required IReadOnlyList<DeliveryStatus> Deliveries { get; init; }

    /// <summary>Tokens and their estimated cost per UTC day, newest first.</summary>
    public required IReadOnlyList<DailyTokenUsage> Usage { get; init; }

    /// <summary>Why calls to the model are paused, and until when; null while they are not.</summary>
    public ModelPause? Model { get; init; }

    /// <summary>The model's retirement date; null if it is more than 90 days away or unknown, or if no model is configured.</summary>
    public DateOnly? ModelRetiresOn { get; init; }

    /// <summary>The token budget per UTC day.</summary>
    public required long DailyTokenBudget { get; init; }
}

/// <summary><c>POST /api/collections</c>, <c>POST /api/summaries</c>: confirms an accepted request.</summary>
/// <param name="Accepted">The accepted work, as a sentence.</param>
public sealed record AcceptedResponse(string Accepted);

/// <summary>The ledger of a day: compares arXiv's announcement with the published snapshot.</summary>
/// <param name="Day">The listing day.</param>
/// <param name="Announced">Papers announced by the listings.</param>
/// <param name="Recorded">Papers in the table.</param>
/// <param name="Shown">Papers in the published snapshot.</param>
/// <param name="Summarized">Papers with their final summary.</param>
/// <param name="Extractive">Summarized papers whose final summary is extractive.</param>
/// <param name="Pending">Papers that wait for the model.</param>
/// <param name="Failed">Papers whose summary failed.</param>
/// <param name="Retracted">Papers that the listing no longer contains.</param>
/// <param name="Complete">True if the listings of all categories were read completely.</param>
/// <param name="Sample">True if the papers are invented.</param>
/// <param name="PublishedAt">The time at which the snapshot was read from the table.</param>
/// <param name="Notes">Irregularities of this day.</param>
public sealed record DayLedger(
    ListingDay Day,
    int Announced,
    int Recorded,
    int Shown,
    int Summarized,
    int Extractive,
    int Pending,
    int Failed,
    int Retracted,
    bool Complete,
    bool Sample,
    DateTimeOffset? PublishedAt,
    IReadOnlyList<string> Notes);

/// <summary>The number of unfinished papers by state.</summary>
/// <param name="Announced">Papers not started yet.</param>
/// <param name="Summarizing">Papers in progress.</param>
/// <param name="OverBudget">Papers with an extractive summary for now: a later collection retries them once the day's token budget allows it.</param>
/// <param name="OldestWaiting">The last write to the unfinished paper that has waited longest; null if there is none.</param>
public sealed record Backlog(int Announced, int Summarizing, int OverBudget, DateTimeOffset? OldestWaiting);

/// <summary>A paper whose summary failed.</summary>
public sealed record FailedPaper(ArxivId Id, ListingDay Day, string? Reason, int Attempts);
