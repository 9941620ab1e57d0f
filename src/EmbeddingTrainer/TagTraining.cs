using System.Globalization;
using System.Text;
using System.Text.Json;
using Denoised.Domain;
using Denoised.Embeddings;

namespace Denoised.EmbeddingTrainer;

/// <summary>
/// Fits the tag model: one logistic regression per tag on the abstract's embedding and the categories, trained on papers labelled by
/// <see cref="TagTopics"/>.
/// Labels are derived from titles, so titles are not features. The biases and the threshold are fitted to manually labelled papers.
/// </summary>
internal sealed class TagTraining
{
    private const int Epochs = 8;
    private const float LearningRate = 0.05f;
    private const float Decay = 1e-5f;
    private const int FewestPapers = 25;

    // Scales byte components to the magnitude for which the hyperparameters above were selected.
    private const float Scale = 8f / 127;

    // A category or title that names a tag is not a feature, because the label follows from it. It adds a constant to the log-odds instead.
    private const double OwnCategory = 1;
    private const double OwnTitle = 2;

    private static readonly double[] thresholds = [-3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1];

    private readonly string[] features;
    private readonly float[][] weights;
    private readonly float[] biases;

    /// <summary>Trains on a corpus. Deterministic.</summary>
    public TagTraining(IReadOnlyList<Paper> corpus)
    {
        features = [.. corpus.SelectMany(paper => paper.Categories).CountBy(category => category).Where(count => count.Value >= FewestPapers && count.Key.All(sign => char.IsLetter(sign) || sign is '.' or '-')).Select(count => count.Key).Order(StringComparer.Ordinal)];
        weights = [.. Tag.All.Select(_ => new float[Embedding.Dimensions + features.Length])];
        biases = new float[Tag.All.Count];
        var examples = corpus.Select(paper => (Features: FeaturesOf(paper.Abstract, paper.Categories), Labels: LabelsOf(paper))).ToArray();
        for (var tag = 0; tag < biases.Length; tag++)
            Train(tag, examples);
    }

    /// <summary>Fits the biases and the threshold; returns the model file and the leave-one-out predictions for the labelled papers.</summary>
    public (string File, IReadOnlyList<TaggedPaper> LeftOut) Fit(IReadOnlyList<LabelledPaper> labelled)
    {
        var model = TagModel.Read(new StringReader(Write(new double[Tag.All.Count], threshold: 0)));
        List<(LabelledPaper Paper, double[] Scores)> all =
            [.. labelled.Select(paper => (paper, model.Scores(paper.Paper.Title, EmbeddingModel.Shared.Embed(paper.Paper.Text), paper.Paper.Categories)))];
        var leftOut = all.ConvertAll(held =>
        {
            var rest = all.FindAll(other => other != held);
            var bias = BiasesOf(rest);
            return new TaggedPaper(held.Paper.Labels, Choose(held.Scores, bias, ThresholdOf(rest, bias)));
        });
        var fitted = BiasesOf(all);
        return (Write(fitted, ThresholdOf(all, fitted)), leftOut);
    }

    private static IReadOnlyList<string> Choose(double[] scores, double[] bias, double threshold) =>
        TagModel.Choose([.. scores.Zip(bias, (score, added) => score + added)], threshold);

    private static double[] BiasesOf(List<(LabelledPaper Paper, double[] Scores)> papers) =>
    [
        .. Tag.All.Select((tag, index) =>
        {
            var given = papers.Count(paper => paper.Paper.Labels.Contains(tag));
            var expected = papers.Sum(paper => 1 / (1 + Math.Exp(-paper.Scores[index])));
            return Math.Log((given + 1) / (expected + 1));
        }),
    ];

    private static double ThresholdOf(List<(LabelledPaper Paper, double[] Scores)> papers, double[] bias)
    {
        var scored = thresholds.Select(threshold => (threshold, F1: TaggedPaper.F1([.. papers.Select(paper => new TaggedPaper(paper.Paper.Labels, Choose(paper.Scores, bias, threshold)))]))).ToList();
        var best = scored.FindAll(entry => entry.F1 >= scored.Max(other => other.F1) - 1e-9);
        return best[best.Count / 2].threshold;
    }

    private void Train(int tag, (float[] Features, bool[] Labels)[] examples)
    {
        var own = TagTopics.CategoriesOf(Tag.All[tag]);
        var used = Enumerable.Range(0, weights[tag].Length).Where(index => index < Embedding.Dimensions || !own.Contains(features[index - Embedding.Dimensions])).ToArray();
        var (row, squares, biasSquare) = (weights[tag], new float[weights[tag].Length], 0f);
        double positive = examples.Count(example => example.Labels[tag]);
        biases[tag] = (float)Math.Log(positive / (examples.Length - positive));
        var order = examples.ToArray();
        var random = new Random(1);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var (values, labels) in order)
            {
                var sum = biases[tag];
                foreach (var index in used)
                    sum += row[index] * values[index];
                var error = (float)(1 / (1 + Math.Exp(-sum))) - (labels[tag] ? 1 : 0);
                foreach (var index in used)
                {
                    if (values[index] == 0)
                        continue;
                    var gradient = (error * values[index]) + (Decay * row[index]);
                    squares[index] += gradient * gradient;
                    row[index] -= LearningRate * gradient / MathF.Sqrt(squares[index] + 1e-3f);
                }

                biasSquare += error * error;
                biases[tag] -= LearningRate * error / MathF.Sqrt(biasSquare + 1e-3f);
            }
        }
    }

    private float[] FeaturesOf(string text, string[] categories)
    {
        var values = new float[Embedding.Dimensions + features.Length];
        var components = EmbeddingModel.Shared.Embed(text).Components;
        for (var i = 0; i < components.Length; i++)
            values[i] = components[i] * Scale;
        for (var i = 0; i < features.Length; i++)
            values[Embedding.Dimensions + i] = categories.Contains(features[i]) ? 1 : 0;
        return values;
    }

    private static bool[] LabelsOf(Paper paper)
    {
        var named = TagTopics.NamedIn(paper.Title);
        return [.. Tag.All.Select(tag => named.Contains(tag) || TagTopics.CategoriesOf(tag).Any(paper.Categories.Contains))];
    }

    private string Write(double[] bias, double threshold)
    {
        var file = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{threshold} {OwnTitle}\n"));
        foreach (var (index, tag) in Tag.All.Index())
        {
            var vector = weights[index].Take(Embedding.Dimensions).Select(weight => (weight * Scale).ToString("0.####", CultureInfo.InvariantCulture));
            var own = TagTopics.CategoriesOf(tag);
            var categories = features.Select((category, i) => (category, Weight: weights[index][Embedding.Dimensions + i])).Where(entry => !own.Contains(entry.category) && Math.Abs(entry.Weight) >= 0.005)
                .Concat(own.Select(category => (category, Weight: (float)OwnCategory))).Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.category} {entry.Weight:0.##}"));
            file.Append(CultureInfo.InvariantCulture, $"{tag}\t{biases[index] + bias[index]:0.###}\t{string.Join(' ', vector)}\t{string.Join(' ', categories)}\n");
        }

        return file.ToString();
    }
}

/// <summary>A paper with manual labels.</summary>
internal sealed record LabelledPaper(Paper Paper, HashSet<string> Labels)
{
    /// <summary>Reads the reference papers of the real data set.</summary>
    public static List<LabelledPaper> ReadAll(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return [.. document.RootElement.EnumerateArray().Select(entry =>
        {
            var paper = entry.GetProperty("arxiv");
            string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];
            return new LabelledPaper(
                new Paper(paper.GetProperty("id").GetString()!, paper.GetProperty("title").GetString()!, paper.GetProperty("abstract").GetString()!, Strings(paper.GetProperty("categories"))),
                [.. Strings(entry.GetProperty("seed").GetProperty("tags"))]);
        })];
    }
}

/// <summary>A paper's manual labels and predicted tags.</summary>
internal sealed record TaggedPaper(HashSet<string> Labels, IReadOnlyList<string> Given)
{
    private const int Resamples = 10_000;

    /// <summary>Micro-averaged F1 over all tags and papers.</summary>
    public static double F1(IReadOnlyList<TaggedPaper> papers) =>
        2.0 * papers.Sum(paper => paper.Given.Count(paper.Labels.Contains)) / papers.Sum(paper => paper.Given.Count + paper.Labels.Count);

    /// <summary>Reports F1 with its 95 % bootstrap interval, and the counts of each tag.</summary>
    public static IEnumerable<string> Report(IReadOnlyList<TaggedPaper> papers)
    {
        var random = new Random(1);
        var samples = Enumerable.Range(0, Resamples).Select(_ => F1([.. Enumerable.Range(0, papers.Count).Select(_ => papers[random.Next(papers.Count)])])).Order().ToArray();
        yield return string.Create(CultureInfo.InvariantCulture, $"{papers.Count} labelled papers, each left out in turn: micro-F1 {F1(papers):0.000} [{samples[Resamples / 40]:0.000}, {samples[^(Resamples / 40)]:0.000}], {papers.Average(paper => paper.Given.Count):0.00} tags each");
        foreach (var tag in Tag.All)
            yield return $"  {tag,-24} {papers.Count(paper => paper.Given.Contains(tag) && paper.Labels.Contains(tag)),2} right of {papers.Count(paper => paper.Given.Contains(tag)),2} given and {papers.Count(paper => paper.Labels.Contains(tag)),2} labelled";
    }
}
