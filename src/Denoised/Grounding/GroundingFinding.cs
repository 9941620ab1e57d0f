namespace Denoised.Grounding;

/// <summary>A reason why the paper does not support a sentence.</summary>
/// <param name="Kind">The check that failed.</param>
/// <param name="Message">The defect, its position and the words concerned. The model uses it for a repair; readers never see it.</param>
internal sealed record GroundingFinding(GroundingKind Kind, string Message);

/// <summary>The checks of a sentence against its evidence.</summary>
internal enum GroundingKind
{
    /// <summary>The evidence has another subject.</summary>
    Support,

    /// <summary>A number does not follow from the evidence, or has another unit there.</summary>
    Number,

    /// <summary>A name, version or size does not occur in the evidence.</summary>
    Name,

    /// <summary>The evidence states the opposite: a negation or a direction.</summary>
    Polarity,

    /// <summary>A superlative, novelty, universal or missing hedge.</summary>
    Strength,

    /// <summary>The evidence is not about the paper.</summary>
    Topic,

    /// <summary>The sentence is not a statement about the work in the third person.</summary>
    Form,
}
