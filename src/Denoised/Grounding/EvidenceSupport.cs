namespace Denoised.Grounding;

/// <summary>Features that measure how closely the evidence matches a sentence. Each ranges from about 0 to 1, margins from -1.</summary>
/// <param name="Similarity">The similarity of sentence and evidence.</param>
/// <param name="SimilarityWithContext">The similarity of the sentence to the evidence with its context.</param>
/// <param name="Shared">The share of the sentence's content words that the evidence contains. Words of the context count half.</param>
/// <param name="Margin">The similarity of the evidence minus that of the most similar other sentence of the paper.</param>
/// <param name="SharedMargin">The shared words of the evidence minus those of the other sentence of the paper that shares most.</param>
/// <param name="Subject">The similarity of the sentence to title and abstract.</param>
/// <param name="KnownShare">The share of the sentence's content words that occur anywhere in the paper.</param>
/// <param name="Length">The logarithm of the paper's length: in a long paper, more sentences compete.</param>
internal readonly record struct SupportFeatures(
    double Similarity, double SimilarityWithContext, double Shared, double Margin, double SharedMargin, double Subject, double KnownShare, double Length)
{
    /// <summary>The features in the order of their weights.</summary>
    public double[] Values => [Similarity, SimilarityWithContext, Shared, Margin, SharedMargin, Subject, KnownShare, Length];

    /// <summary>The weighted sum of the features.</summary>
    public double Score(IReadOnlyList<double> weights)
    {
        var values = Values;
        var score = weights[values.Length];
        for (var index = 0; index < values.Length; index++)
            score += weights[index] * values[index];
        return score;
    }
}

/// <summary>Checks that the evidence has the same subject as the sentence, and that no other sentence of the paper matches much better.</summary>
internal static class EvidenceSupport
{
    /// <summary>Reports weak support.</summary>
    public static GroundingFinding? Find(Claim claim, EvidencePassage evidence, GroundingThresholds thresholds) =>
        Measure(claim, evidence).Score(thresholds.Weights) < thresholds.Support
            ? new(GroundingKind.Support, "its evidence is about something else; name the sentences that it rests on")
            : null;

    /// <summary>Measures the support of a sentence.</summary>
    public static SupportFeatures Measure(Claim claim, EvidencePassage evidence)
    {
        var (paper, source) = (evidence.Paper, evidence.Paper.Source);
        var stems = claim.Stems.Select(source.StemOf).OfType<int>().ToArray();
        double total = Math.Max(1, claim.Stems.Count);
        var own = SharedBy(stems, evidence.Sentences) / total;
        var near = SharedBy(stems, evidence.Sentences.Concat(evidence.Context)) / total;
        var similarity = evidence.Sentences.Select(sentence => claim.Embedding.Similarity(paper.EmbeddingOf(sentence.Index)))
            .Append(claim.Embedding.Similarity(evidence.Embedding))
            .Max();
        return new SupportFeatures(
            similarity,
            claim.Embedding.Similarity(evidence.EmbeddingWithContext),
            (own + near) / 2,
            similarity - paper.NearestTo(claim.Embedding, evidence),
            own - (paper.MaxSharedStems(stems, evidence) / total),
            claim.Embedding.Similarity(evidence.Subject),
            stems.Length / total,
            Math.Log(paper.Count) / 10);
    }

    private static int SharedBy(int[] stems, IEnumerable<SourceSentence> sentences) =>
        stems.Count(stem => sentences.Any(sentence => Array.BinarySearch(sentence.Stems, stem) >= 0));
}
