using System.Text.Json.Serialization;
using Denoised.Text;

namespace Denoised.Domain;

/// <summary>The method, input and cost of a summary.</summary>
public sealed record Provenance : GenerationMetadata
{
    /// <summary>The text that was summarized.</summary>
    public required TextOrigin Source { get; init; }

    /// <summary>The arXiv version that was summarized.</summary>
    public required int PaperVersion { get; init; }

    /// <summary>The counts of the checks for the published parts; null for extractive summaries, which consist of quotes.</summary>
    public CheckTally? Tally { get; init; }

    /// <summary>The result of the verifier; null when it was not called or its call failed.</summary>
    public Verification? Verification { get; init; }
}

/// <summary>The counts of the checks for the published parts of a model summary.</summary>
/// <param name="Claims">Key points.</param>
/// <param name="Quoted">Key points with a quote from the text.</param>
/// <param name="Weak">Key points whose quote supports them only in part.</param>
/// <param name="Dropped">Parts of the draft (the TL;DR, key points, sections) that failed a check and are not published.</param>
/// <param name="Numbers">Numbers in the published parts.</param>
/// <param name="NumbersFound">Numbers that occur in the text or follow from it.</param>
public sealed record CheckTally(int Claims, int Quoted, int Weak, int Dropped, int Numbers, int NumbersFound);

/// <summary>The method of a summary.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SummaryMethod>))]
public enum SummaryMethod
{
    /// <summary>Sentences of the abstract, selected by rules.</summary>
    Extractive,

    /// <summary>A language model, checked in code.</summary>
    Model,

    /// <summary>Written by hand, for an invented paper.</summary>
    Sample,
}

/// <summary>The text that a summary is based on.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TextOrigin>))]
public enum TextOrigin
{
    /// <summary>Only the abstract.</summary>
    Abstract,

    /// <summary>The HTML from arXiv.</summary>
    Html,

    /// <summary>The PDF.</summary>
    Pdf,
}
