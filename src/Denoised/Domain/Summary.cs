using System.Text.Json.Serialization;

namespace Denoised.Domain;

/// <summary>
/// The information a researcher needs to decide whether to open a paper. A field that the text does not cover is null, never invented.
/// </summary>
public sealed record Summary
{
    /// <summary>1 to 3 tags of <see cref="Tag.All"/>, the most relevant first.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The main result in one sentence; null in extractive summaries, and where the model wrote none that passed the checks.</summary>
    public KeyPoint? Tldr { get; init; }

    /// <summary>3 to 5 key points, or fewer if the text does not support as many.</summary>
    public required IReadOnlyList<KeyPoint> KeyPoints { get; init; }

    /// <summary>The subject and the findings of the paper.</summary>
    [JsonPropertyName("summary")]
    public string? Overview { get; init; }

    /// <summary>The gap or difficulty, a sentence of the abstract; in extractive summaries only.</summary>
    public string? Problem { get; init; }

    /// <summary>The method.</summary>
    public string? Methodology { get; init; }

    /// <summary>The results, with numbers.</summary>
    public string? Results { get; init; }

    /// <summary>The consequences of the results.</summary>
    public string? Implications { get; init; }

    /// <summary>The quote that is most similar to <see cref="Results"/>.</summary>
    public Evidence? ResultsEvidence { get; init; }

    /// <summary>
    /// The evidence of the prose, in the order of its sentences; null for extractive summaries, and for summaries written before this field existed.
    /// </summary>
    public IReadOnlyList<SentenceEvidence>? Evidence { get; init; }

    /// <summary>The method, input and cost of the summary.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>The TL;DR, if there is one, then the key points.</summary>
    public IEnumerable<KeyPoint> Claims() => Tldr is null ? KeyPoints : KeyPoints.Prepend(Tldr);
}
