using Denoised.Domain;

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

    /// <summary>The authors' institutions as the full text names them; empty if none was found or no full text was read.</summary>
    public IReadOnlyList<string> Affiliations { get; init; } = [];

    /// <summary>Replaced model summaries, oldest first, with the reason for each replacement.</summary>
    public IReadOnlyList<PreviousSummary> Previous { get; init; } = [];

    /// <summary>Whether all work on the paper is finished.</summary>
    public bool IsFinal => State is PaperState.Summarized or PaperState.Failed;

    /// <inheritdoc/>
    internal override string Key => Paper.Id.Key;
}
