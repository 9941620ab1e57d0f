namespace Denoised.Summaries;

/// <summary>Who wrote a summary, from what, and at what cost.</summary>
public sealed record Provenance : Authorship
{
    /// <summary>What was read.</summary>
    public required TextSource Source { get; init; }

    /// <summary>The arXiv version that was read.</summary>
    public required int PaperVersion { get; init; }

    /// <summary>What the checks counted in what is shown; null for extractive summaries, whose every sentence is a quote.</summary>
    public CheckTally? Tally { get; init; }

    /// <summary>What a verifier made of it; null where none was asked, or its call failed.</summary>
    public Verification? Verification { get; init; }
}

/// <summary>What the checks counted in a model's summary, as it is shown.</summary>
/// <param name="Claims">Key points.</param>
/// <param name="Quoted">Those with a quote from the text.</param>
/// <param name="Weak">Those whose quote supports them only in part.</param>
/// <param name="Dropped">Key points and sections that the model wrote and that are not shown, since they failed a check.</param>
/// <param name="Numbers">Numbers in all that is shown.</param>
/// <param name="NumbersFound">Those that stand in the text or follow from it.</param>
public sealed record CheckTally(int Claims, int Quoted, int Weak, int Dropped, int Numbers, int NumbersFound);

/// <summary>Who wrote a summary.</summary>
public enum SummaryMethod
{
    /// <summary>Sentences of the abstract, chosen by rules.</summary>
    Extractive,

    /// <summary>A language model, checked by code.</summary>
    Model,
}

/// <summary>What was read to write a summary.</summary>
public enum TextSource
{
    /// <summary>The abstract alone.</summary>
    Abstract,

    /// <summary>arXiv's HTML of the paper.</summary>
    Html,

    /// <summary>The PDF.</summary>
    Pdf,
}
