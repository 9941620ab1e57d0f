using System.Text.Json.Serialization;
using Denoised.Papers;

namespace Denoised.Summaries;

/// <summary>
/// What a researcher needs to decide whether to open a paper. A field the text says nothing about is null, never invented.
/// </summary>
public sealed record Summary
{
    /// <summary>1 to 3 tags of <see cref="Tag.All"/>, the most fitting first.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>3 to 5, where the text gives as many.</summary>
    public required IReadOnlyList<KeyPoint> KeyPoints { get; init; }

    /// <summary>What the paper is about and found.</summary>
    [JsonPropertyName("summary")]
    public string? Overview { get; init; }

    /// <summary>What is missing or hard, a sentence of the abstract; only in extractive summaries.</summary>
    public string? Problem { get; init; }

    /// <summary>How it was done.</summary>
    public string? Methodology { get; init; }

    /// <summary>What came out, with the figures.</summary>
    public string? Results { get; init; }

    /// <summary>What follows from it.</summary>
    public string? Implications { get; init; }

    /// <summary>The quote of <see cref="Results"/> that says most of it.</summary>
    public Evidence? ResultsEvidence { get; init; }

    /// <summary>What the sentences of the prose rest on, in their order; null for extractive summaries, and for those that were written before this was kept.</summary>
    public IReadOnlyList<SentenceEvidence>? Evidence { get; init; }

    /// <summary>Where it comes from.</summary>
    public required Provenance Provenance { get; init; }
}
