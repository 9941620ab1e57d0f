using System.Text.Json.Serialization;
using Denoised.Domain;

namespace Denoised.Publishing.Snapshots;

/// <summary>The data of a collapsed card.</summary>
public sealed record PaperCard
{
    public required ArxivId Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    /// <summary>The first eight authors.</summary>
    public required IReadOnlyList<string> Authors { get; init; }

    /// <summary>The total number of authors.</summary>
    public required int AuthorCount { get; init; }

    /// <summary>The categories, the primary one first.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The claims without their evidence: the TL;DR, if there is one, and the key points.</summary>
    public required IReadOnlyList<string> KeyPoints { get; init; }

    /// <summary>The language of the claims, a BCP 47 tag; null for English.</summary>
    public string? Language { get; init; }

    public required PaperStatus Status { get; init; }

    /// <summary>The reason why there is no model summary, or why it failed.</summary>
    public string? Reason { get; init; }

    /// <summary>The venue ("ICML 2026"), if the authors state it.</summary>
    public string? Venue { get; init; }

    public bool Withdrawn { get; init; }

    public bool Sample { get; init; }

    /// <inheritdoc cref="PaperView.Checks"/>
    public string? Checks { get; init; }
}

/// <summary>The status of a paper's summary for readers.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PaperStatus>))]
public enum PaperStatus
{
    /// <summary>The page shows the extractive summary while the model summary is pending.</summary>
    Pending,

    /// <summary>The page shows the model summary, or for a sample the handwritten one.</summary>
    Model,

    /// <summary>Only the extractive summary exists.</summary>
    Extractive,

    /// <summary>The model summary failed. The page shows the extractive one and the reason.</summary>
    Failed,
}
