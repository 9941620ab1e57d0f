using Denoised.Papers;
using Denoised.Summaries;

namespace Denoised.Storage;

/// <summary>A paper's row: its metadata, its summary and how far it has come.</summary>
public sealed record PaperRow : WorkRow
{
    /// <summary>Its place in the day, by the order of the categories and of each listing.</summary>
    public required int Position { get; init; }

    /// <summary>How it was announced.</summary>
    public required AnnounceType AnnounceType { get; init; }

    /// <summary>Its metadata.</summary>
    public required Paper Paper { get; init; }

    /// <summary>An invented paper.</summary>
    public bool Sample { get; init; }

    /// <summary>arXiv's API has been asked and has answered for this version.</summary>
    public bool Enriched { get; init; }

    /// <summary>The listing day of the replacement that brought the present version, where it is not the first announcement.</summary>
    public ListingDay? ReplacedOn { get; init; }

    /// <summary>A later reading of the day's listing no longer had it.</summary>
    public bool Retracted { get; init; }

    /// <summary>How far its summary has come.</summary>
    public required PaperState State { get; init; }

    /// <summary>How often it was put off.</summary>
    public int Deferrals { get; init; }

    /// <summary>The version whose PDF is being parsed, written before that begins: where it is still there afterwards, the parsing took the process with it.</summary>
    public int? PdfTried { get; init; }

    /// <summary>The summary that is shown: extractive from the start, the model's when it is there.</summary>
    public required Summary Summary { get; init; }

    /// <summary>Former model summaries, the latest last, each with the reason why it was redone.</summary>
    public IReadOnlyList<FormerSummary> Former { get; init; } = [];

    /// <summary>Nothing more is to be done for it.</summary>
    public bool IsFinal => State is PaperState.Summarized or PaperState.Failed;

    /// <inheritdoc/>
    internal override string Key => Paper.Id.Key;
}

/// <summary>A summary that another one took the place of.</summary>
/// <param name="Summary">It.</param>
/// <param name="Reason">Why it was redone.</param>
/// <param name="ReplacedAt">When.</param>
public sealed record FormerSummary(Summary Summary, string Reason, DateTimeOffset ReplacedAt);

/// <summary>What stands between a paper and its model's summary.</summary>
public enum SummaryObstacle
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>No model is configured. Taken up again when one is.</summary>
    NoModel,

    /// <summary>It belongs to a day that was filled in later, and the model is not to write those. Taken up when that setting changes.</summary>
    Backfill,

    /// <summary>The day's token budget is used up. Taken up again by a later collection.</summary>
    Budget,

    /// <summary>The model's service is busy, cannot be reached, or does not take requests as they are configured.</summary>
    Throttled,

    /// <summary>arXiv lets one page be read in a while, and it is not this paper's turn.</summary>
    Turn,

    /// <summary>arXiv does not answer, or asks for a pause.</summary>
    ArxivBusy,

    /// <summary>The latest attempt failed.</summary>
    Failure,

    /// <summary>The paper is withdrawn: there is nothing to summarize.</summary>
    Withdrawn,

    /// <summary>The service's content filter refused the paper. Final.</summary>
    ContentFilter,

    /// <summary>The model refused. Final.</summary>
    Refused,

    /// <summary>What the model wrote failed the checks, also after one repair, or was cut at every limit. Final.</summary>
    Unverified,
}
