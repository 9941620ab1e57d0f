namespace Denoised.Grounding;

/// <summary>
/// Weights and thresholds of the checks that compare embeddings and words. <c>Denoised.Benchmarks grounding fit</c> prints them; docs/grounding.md
/// describes the procedure.
/// </summary>
/// <param name="Weights">The weights of <see cref="SupportFeatures"/> in order, followed by the constant.</param>
/// <param name="Support">The minimum score of a supported sentence.</param>
/// <param name="TopicWeights">The weights of <see cref="TopicFeatures"/> in order.</param>
/// <param name="Topic">The minimum score of evidence about the paper.</param>
internal sealed record GroundingThresholds(IReadOnlyList<double> Weights, double Support, IReadOnlyList<double> TopicWeights, double Topic)
{
    /// <summary>The fitted values.</summary>
    public static GroundingThresholds Default { get; } = new(
        [2.434, 1.515, 4.95, 2.728, 4.725, 0.207, 2.511, 0.186, -4.73], -1.737, [1.408, 1.762, 1.182, 7.137], 2.37);
}
