using Denoised.Papers;
using Denoised.Summaries;

namespace Denoised.Storage;

/// <summary>A paper's row: metadata, summary and processing state.</summary>
public sealed record PaperRow : WorkRow
{
    /// <summary>The paper's sort key within the day: first by category order, then by listing order.</summary>
    public required int Position { get; init; }

    /// <summary>The announcement type in the listing.</summary>
    public required AnnounceType AnnounceType { get; init; }

    /// <summary>The paper's metadata.</summary>
    public required Paper Paper { get; init; }

    /// <summary>Whether the paper is invented.</summary>
    public bool Sample { get; init; }

    /// <summary>Whether arXiv's API has returned this version's metadata.</summary>
    public bool Enriched { get; init; }

    /// <summary>The listing day of the replacement that introduced the current version; null for the first announcement.</summary>
    public ListingDay? ReplacedOn { get; init; }

    /// <summary>Whether a later reading of the day's listing no longer contained the paper.</summary>
    public bool Retracted { get; init; }

    /// <summary>The state of the paper's summary.</summary>
    public required PaperState State { get; init; }

    /// <summary>How often the paper was deferred.</summary>
    public int Deferrals { get; init; }

    /// <summary>The version whose PDF is being parsed, written before parsing starts. If a later attempt finds it, parsing crashed the process.</summary>
    public int? PdfTried { get; init; }

    /// <summary>The displayed summary: extractive at first, later the model's.</summary>
    public required Summary Summary { get; init; }

    /// <summary>Replaced model summaries, oldest first, with the reason for each replacement.</summary>
    public IReadOnlyList<FormerSummary> Former { get; init; } = [];

    /// <summary>Whether all work on the paper is finished.</summary>
    public bool IsFinal => State is PaperState.Summarized or PaperState.Failed;

    /// <inheritdoc/>
    internal override string Key => Paper.Id.Key;
}

/// <summary>A model summary that was replaced.</summary>
/// <param name="Summary">The replaced summary.</param>
/// <param name="Reason">The reason for the replacement.</param>
/// <param name="ReplacedAt">The time of the replacement.</param>
public sealed record FormerSummary(Summary Summary, string Reason, DateTimeOffset ReplacedAt);

/// <summary>Why a paper has no model summary.</summary>
public enum SummaryObstacle
{
    /// <summary>No reason: nothing prevents the model summary.</summary>
    None,

    /// <summary>No model is configured. Retried once one is.</summary>
    NoModel,

    /// <summary>The day was backfilled, and the settings exclude backfilled days from model summaries. Retried when that setting changes.</summary>
    Backfill,

    /// <summary>The day's token budget is exhausted. A later collection retries.</summary>
    Budget,

    /// <summary>The model service is throttling, unreachable, or rejects requests because of its configuration.</summary>
    Throttled,

    /// <summary>arXiv's rate limit for pages admits another paper first.</summary>
    Turn,

    /// <summary>arXiv does not respond, or asks clients to back off.</summary>
    ArxivBusy,

    /// <summary>The latest attempt failed.</summary>
    Failure,

    /// <summary>The paper is withdrawn, so there is nothing to summarize.</summary>
    Withdrawn,

    /// <summary>The service's content filter rejected the paper. Final.</summary>
    ContentFilter,

    /// <summary>The model refused. Final.</summary>
    Refused,

    /// <summary>The model's output failed verification even after one repair, or was truncated at every output limit. Final.</summary>
    Unverified,
}
