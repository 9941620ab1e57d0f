namespace Denoised.Grounding;

/// <summary>Why the paper does not support a sentence.</summary>
/// <param name="Kind">Which check objects.</param>
/// <param name="Message">What is wrong and where, with the words in question: for the model's repair, never for readers.</param>
internal sealed record GroundingFinding(GroundingKind Kind, string Message);

/// <summary>The checks of a sentence against its evidence.</summary>
internal enum GroundingKind
{
    /// <summary>The evidence is about something else.</summary>
    Support,

    /// <summary>A number does not follow from the evidence, or is of another unit there.</summary>
    Number,

    /// <summary>A name, version or size does not stand in the evidence.</summary>
    Name,

    /// <summary>The evidence says the opposite: a negation or a direction.</summary>
    Polarity,

    /// <summary>A superlative, novelty, universal or missing hedge.</summary>
    Strength,

    /// <summary>The evidence is not about the paper.</summary>
    Topic,

    /// <summary>No statement about the work in the third person.</summary>
    Form,
}
