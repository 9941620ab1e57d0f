using Denoised.Grounding;

namespace Denoised.Benchmarks.Grounding;

/// <summary>Fits the weights of the support score by logistic regression, and the thresholds to a share of false alarms.</summary>
internal static class GroundingFit
{
    private const double FalseAlarms = 0.02;
    private const double TopicFalseAlarms = 0.015;
    private const int TopicPapers = 400;
    private const double Ridge = 0.002;
    private const int Rounds = 4_000;
    private const double Step = 1.0;

    /// <summary>Fits on pairs, of which no one is held out.</summary>
    public static GroundingThresholds Of(IReadOnlyList<LabelledPair> pairs)
    {
        var examples = pairs.Where(pair => pair.IsFaithful || pair.Kind is "other sentence" or "other paper" or "instruction" or "off-topic")
            .Select(pair => (Features: EvidenceSupport.Measure(new Claim(pair.Claim, pair.Evidence.Paper), pair.Evidence).Values, pair.IsFaithful)).ToList();
        var weights = Regress(examples);
        var faithful = pairs.Where(pair => pair.IsFaithful).ToList();
        var planted = pairs.Where(pair => pair.Kind.EndsWith("planted", StringComparison.Ordinal)).Select(pair => (Features: pair.Evidence.Topic.Values, IsFaithful: false));
        var topical = PairCorpus.ReadOnTopicSentences(TopicPapers).Concat(faithful.Select(pair => pair.Evidence)).Select(evidence => (Features: evidence.Topic.Values, IsFaithful: true)).Concat(planted).ToList();
        var topicWeights = Regress(topical)[..^1].Select(weight => Math.Round(weight, 3)).ToArray();
        var topics = topical.Where(example => example.IsFaithful).Select(example => example.Features.Zip(topicWeights, (value, weight) => value * weight).Sum()).Order().ToList();
        var topic = topics[(int)(TopicFalseAlarms * topics.Count)] - 0.005;

        // What the other checks refuse counts as a false alarm too: the score may refuse what is left of the 2 %.
        var open = new GroundingThresholds(weights, double.NegativeInfinity, topicWeights, topic);
        var refused = faithful.Where(pair => GroundingCheck.Check(pair.Claim, pair.Evidence, open).Count > 0).ToHashSet();
        var left = Math.Max(0, (int)Math.Floor(FalseAlarms * faithful.Count) - refused.Count);
        var scores = faithful.Where(pair => !refused.Contains(pair))
            .Select(pair => EvidenceSupport.Measure(new Claim(pair.Claim, pair.Evidence.Paper), pair.Evidence).Score(weights)).Order().ToList();
        return open with { Weights = [.. weights.Select(weight => Math.Round(weight, 3))], Support = Math.Round(scores[left] - 0.005, 3), Topic = Math.Round(topic, 3) };
    }

    private static double[] Regress(List<(double[] Features, bool IsFaithful)> examples)
    {
        var size = examples[0].Features.Length;
        var weights = new double[size + 1];
        double faithful = examples.Count(example => example.IsFaithful);
        for (var round = 0; round < Rounds; round++)
        {
            var gradient = new double[size + 1];
            foreach (var (features, isFaithful) in examples)
            {
                var score = weights[size];
                for (var index = 0; index < size; index++)
                    score += weights[index] * features[index];
                var error = ((isFaithful ? 1 : 0) - (1 / (1 + Math.Exp(-score)))) / (isFaithful ? faithful : examples.Count - faithful);
                for (var index = 0; index < size; index++)
                    gradient[index] += error * features[index];
                gradient[size] += error;
            }

            for (var index = 0; index <= size; index++)
                weights[index] += Step * (gradient[index] - (index < size ? Ridge * weights[index] / 2 : 0));
        }

        return weights;
    }
}
