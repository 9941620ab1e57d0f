namespace Denoised.Grounding;

/// <summary>Features that measure how closely a passage belongs to its paper. Each ranges from about 0 to 1.</summary>
/// <param name="Subject">The similarity to title and abstract.</param>
/// <param name="Context">The similarity to the adjacent sentences.</param>
/// <param name="Nearest">The similarity to the most similar sentence of the paper.</param>
/// <param name="Shared">
/// The number of content words that also occur elsewhere in the paper, in quarters: four are enough. A share would accept a short sentence with one
/// common word.
/// </param>
internal readonly record struct TopicFeatures(double Subject, double Context, double Nearest, double Shared)
{
    /// <summary>The features in the order of their weights.</summary>
    public double[] Values => [Subject, Context, Nearest, Shared];
}

/// <summary>
/// Checks that evidence is about the paper: similar to its subject and to the adjacent sentences, and in the same words. Text that an attacker
/// planted in a paper rarely is.
/// </summary>
internal static class TopicCheck
{
    // The title and four sentences: with fewer, the comparison is unreliable.
    private const int ShortPaperSentences = 5;

    private const int EnoughShared = 4;

    /// <summary>Reports evidence with another subject.</summary>
    public static GroundingFinding? Find(EvidencePassage evidence, GroundingThresholds thresholds) =>
        evidence.Paper.Count > ShortPaperSentences
        && evidence.Topic.Values.Zip(thresholds.TopicWeights, static (value, weight) => value * weight).Sum() < thresholds.Topic
            ? new(GroundingKind.Topic, "its evidence is not about the paper; rest it on another sentence")
            : null;

    /// <summary>Measures a passage.</summary>
    public static TopicFeatures Measure(EvidencePassage evidence)
    {
        var paper = evidence.Paper;
        var stems = evidence.Sentences.SelectMany(sentence => sentence.Stems).ToHashSet();
        var around = GroundedPaper.Embed(string.Join(". ", evidence.Context.Select(sentence => sentence.Plain)));
        return new TopicFeatures(
            evidence.Embedding.Similarity(evidence.Subject),
            evidence.Embedding.Similarity(around),
            paper.NearestTo(evidence.Embedding, evidence),
            Math.Min(EnoughShared, paper.CountSharedElsewhere(stems, evidence)) / (double)EnoughShared);
    }
}
