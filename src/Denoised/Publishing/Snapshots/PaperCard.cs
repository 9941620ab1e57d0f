using Denoised.Domain;

namespace Denoised.Publishing.Snapshots;

/// <summary>What a card shows of a paper before it is opened.</summary>
public sealed record PaperCard
{
    public required ArxivId Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    /// <summary>The first eight authors.</summary>
    public required IReadOnlyList<string> Authors { get; init; }

    /// <summary>How many authors there are.</summary>
    public required int AuthorCount { get; init; }

    /// <summary>The primary one first.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The claims alone.</summary>
    public required IReadOnlyList<string> KeyPoints { get; init; }

    public required PaperStatus Status { get; init; }

    /// <summary>Why there is no model's summary, or why it failed.</summary>
    public string? Reason { get; init; }

    /// <summary>Where it appears ("ICML 2026"), where the authors said so.</summary>
    public string? Venue { get; init; }

    public bool Withdrawn { get; init; }

    public bool Sample { get; init; }

    /// <inheritdoc cref="PaperView.Checks"/>
    public string? Checks { get; init; }
}

/// <summary>What a reader is told about a paper's summary.</summary>
public enum PaperStatus
{
    /// <summary>The extractive summary is shown while the model's is waited for.</summary>
    Pending,

    /// <summary>The model's summary is shown; for an invented paper the one written by hand.</summary>
    Model,

    /// <summary>The extractive summary is what there is.</summary>
    Extractive,

    /// <summary>The model's summary failed; the extractive one is shown, with the reason.</summary>
    Failed,
}
