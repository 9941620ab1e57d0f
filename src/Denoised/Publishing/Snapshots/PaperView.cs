using Denoised.Domain;

namespace Denoised.Publishing.Snapshots;

/// <summary>A paper, whole: what the API answers and what "Read more" shows.</summary>
public sealed record PaperView
{
    public required ArxivId Id { get; init; }

    public required int Version { get; init; }

    public required ListingDay Day { get; init; }

    public required AnnounceType AnnounceType { get; init; }

    /// <summary>The listing day of the replacement that brought this version, where it is not the first announcement.</summary>
    public ListingDay? ReplacedOn { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<string> Authors { get; init; }

    public required string Abstract { get; init; }

    public required string PrimaryCategory { get; init; }

    public required IReadOnlyList<string> Categories { get; init; }

    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public string? Comment { get; init; }

    /// <summary>Where it appears ("ICML 2026"), read from the comment; null where the comment does not say.</summary>
    public string? Venue { get; init; }

    public string? Doi { get; init; }

    public string? JournalReference { get; init; }

    public string? License { get; init; }

    public bool Withdrawn { get; init; }

    /// <summary>arXiv's listing had it and no longer has it.</summary>
    public bool Retracted { get; init; }

    public bool Sample { get; init; }

    public required PaperLinks Links { get; init; }

    public required PaperStatus Status { get; init; }

    /// <summary>Why there is no model's summary, or why it failed.</summary>
    public string? Reason { get; init; }

    public required Summary Summary { get; init; }

    /// <summary>What the checks found and what was read, in one line ("All 4 points quoted · full text read"); null for extractive summaries.</summary>
    public string? Checks { get; init; }

    /// <summary>Former model summaries, the latest last, each with the reason why it was redone.</summary>
    public IReadOnlyList<PreviousSummary> Previous { get; init; } = [];
}

/// <summary>Where a paper is on arXiv.</summary>
public sealed record PaperLinks(string Abs, string Pdf, string Html);
