using Denoised.Domain;

namespace Denoised.Publishing.Snapshots;

/// <summary>All data of a paper: the response of the API and the content of "Read more".</summary>
public sealed record PaperView
{
    public required ArxivId Id { get; init; }

    public required int Version { get; init; }

    public required ListingDay Day { get; init; }

    public required AnnounceType AnnounceType { get; init; }

    /// <summary>The listing day of the replacement that announced this version; null for the first announcement.</summary>
    public ListingDay? ReplacedOn { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<string> Authors { get; init; }

    /// <summary>The authors' institutions as the full text names them, at most twelve; empty if none is certain or no full text was read.</summary>
    public IReadOnlyList<string> Affiliations { get; init; } = [];

    public required string Abstract { get; init; }

    public required string PrimaryCategory { get; init; }

    public required IReadOnlyList<string> Categories { get; init; }

    public DateTimeOffset? Published { get; init; }

    public DateTimeOffset? Updated { get; init; }

    public string? Comment { get; init; }

    /// <summary>The venue ("ICML 2026"), read from the comment; null if the comment does not state one.</summary>
    public string? Venue { get; init; }

    /// <summary>arXiv's DOI field, which may hold several.</summary>
    public string? Doi { get; init; }

    /// <summary>The DOIs in <see cref="Doi"/>; null if there is none.</summary>
    public IReadOnlyList<string>? Dois { get; init; }

    public string? JournalReference { get; init; }

    /// <summary>The address of the licence.</summary>
    public string? License { get; init; }

    /// <summary>The name of the licence ("CC BY 4.0"), or its address if arXiv does not offer it.</summary>
    public string? LicenseName { get; init; }

    /// <summary>The addresses of the code repositories in comment and abstract; null if there is none.</summary>
    public IReadOnlyList<string>? CodeRepositories { get; init; }

    public bool Withdrawn { get; init; }

    /// <summary>Whether arXiv has removed the paper from its listing.</summary>
    public bool Retracted { get; init; }

    public bool Sample { get; init; }

    public required PaperLinks Links { get; init; }

    public required PaperStatus Status { get; init; }

    /// <summary>The reason why there is no model summary, or why it failed.</summary>
    public string? Reason { get; init; }

    public required Summary Summary { get; init; }

    /// <summary>Why a model's summary lacks sections; null if it has all.</summary>
    public MissingSections? MissingSections { get; init; }

    /// <summary>
    /// The result of the checks and the text that was read, in one line ("All 4 points quoted · full text read"); null for extractive summaries.
    /// </summary>
    public string? Checks { get; init; }

    /// <summary>Previous model summaries, the latest last, each with the reason for its replacement.</summary>
    public IReadOnlyList<PreviousSummary> Previous { get; init; } = [];
}

/// <summary>The addresses of a paper on arXiv.</summary>
public sealed record PaperLinks(string Abs, string Pdf, string Html);
