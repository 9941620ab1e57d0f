using System.Globalization;
using System.Text;
using Denoised.Summaries;
using Denoised.Text;

namespace Denoised.EmbeddingTrainer;

/// <summary>
/// Fits the role model, a softmax regression on sentences with known roles. Sources are <c>sentence-roles.tsv</c> (240 labelled
/// abstracts) and the structured abstracts of the corpus, whose headings name the roles; half of the latter is held out. <c>planted-sentences.txt</c>
/// contains invented prompt injections, which are labelled as asides.
/// </summary>
internal sealed class RoleTraining
{
    private const int Epochs = 10;
    private const float LearningRate = 0.1f;
    private const float Decay = 1e-3f;
    private const int MinAbstracts = 30;
    private const int MinHeadings = 3;
    private const float MinWeight = 0.2f;
    private const double TransitionWeight = 0.8;
    private const double TransitionSmoothing = 0.5;
    private const int Anywhere = 5;
    private const int Long = 10;
    private const string Letters = "PCMRIA";

    private readonly Dictionary<string, float[]> weights = [];

    /// <summary>Trains on the labelled abstracts of a corpus. Deterministic.</summary>
    public RoleTraining(IReadOnlyList<Paper> corpus, string labelFile, string plantedFile)
    {
        var labels = File.ReadLines(labelFile).Select(line => line.Split('\t')).ToDictionary(line => line[0], line => line[1]);
        var labelled = corpus.Select(paper => LabelledAbstract.Of(paper, labels.GetValueOrDefault(paper.Id))).OfType<LabelledAbstract>().ToList();
        HeldOut = labelled.FindAll(text => text.IsHeldOut);
        var common = corpus
            .SelectMany(paper => Sentences.Of(paper.Abstract).SelectMany(sentence => RoleModel.Features(sentence, Anywhere, Long)).Distinct())
            .CountBy(feature => feature).Where(feature => feature.Value >= MinAbstracts).Select(feature => feature.Key).ToHashSet();
        AddTransitions(labelled.FindAll(text => !text.IsHeldOut));
        var planted = File.ReadLines(plantedFile).Where(line => line.Length > 0 && line[0] != '#')
            .Select(sentence => (Features: RoleModel.Features(sentence, Anywhere, Long).Where(feature => feature[0] != '@' && common.Contains(feature)).ToArray(), SentenceRole.Aside));
        // Planted sentences count twice: with single weight, 2 instead of at most 1 of the 12 attacks in abstracts remain among the extracted sentences.
        Train([.. planted, .. planted, .. labelled.Where(text => !text.IsHeldOut).SelectMany(text => text.Sentences.Select((sentence, index) =>
            (Features: RoleModel.Features(sentence, index, text.Sentences.Count).Where(feature => feature[0] == '@' || common.Contains(feature)).ToArray(), text.Roles[index])))]);
    }

    /// <summary>The held-out abstracts.</summary>
    public IReadOnlyList<LabelledAbstract> HeldOut { get; }

    /// <summary>Formats the model file.</summary>
    public string Write()
    {
        var file = new StringBuilder();
        foreach (var (feature, row) in weights.Where(entry => entry.Key[0] == '>' || entry.Value.Any(weight => Math.Abs(weight) >= MinWeight)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
            file.Append(CultureInfo.InvariantCulture, $"{feature}\t{string.Join(' ', row.Select(weight => weight.ToString("0.##", CultureInfo.InvariantCulture)))}\n");
        return file.ToString();
    }

    /// <summary>Reports accuracy on the held-out sentences and the F1 of each role.</summary>
    public IEnumerable<string> Report(RoleModel model)
    {
        foreach (var isStructured in new[] { false, true })
        {
            var pairs = HeldOut.Where(text => text.IsStructured == isStructured)
                .SelectMany(text => model.Probabilities(text.Sentences).Select(Best).Zip(text.Roles, (given, right) => (Given: given, Right: right))).ToList();
            yield return string.Create(CultureInfo.InvariantCulture, $"held out, {(isStructured ? "structured" : "labelled")}: {100.0 * pairs.Count(pair => pair.Given == pair.Right) / pairs.Count:0.0} % of {pairs.Count} sentences");
            foreach (var role in Enum.GetValues<SentenceRole>())
            {
                var right = pairs.Count(pair => pair.Given == role && pair.Right == role);
                yield return string.Create(CultureInfo.InvariantCulture, $"  {role,-12} F1 {2.0 * right / Math.Max(1, pairs.Count(pair => pair.Given == role) + pairs.Count(pair => pair.Right == role)):0.00}");
            }
        }

        static SentenceRole Best(double[] probabilities) => (SentenceRole)Array.IndexOf(probabilities, probabilities.Max());
    }

    /// <summary>Maps a letter of the label file to a role.</summary>
    internal static SentenceRole RoleOf(char letter) => (SentenceRole)Letters.IndexOf(letter, StringComparison.Ordinal);

    /// <summary>
    /// Sets the log ratio of observed to expected role transitions. Damped, because a sentence's own words already carry much of the information.
    /// </summary>
    private void AddTransitions(List<LabelledAbstract> texts)
    {
        var pairs = texts.SelectMany(text => text.Roles.Zip(text.Roles.Skip(1), (from, to) => (From: from, To: to))).ToList();
        var roles = Enum.GetValues<SentenceRole>();
        foreach (var from in roles)
        {
            weights[RoleModel.TransitionFrom(from)] = Array.ConvertAll(roles, to =>
            {
                var expected = (double)pairs.Count(pair => pair.From == from) * pairs.Count(pair => pair.To == to) / pairs.Count;
                return (float)(TransitionWeight * Math.Log((pairs.Count(pair => pair.From == from && pair.To == to) + TransitionSmoothing) / (expected + TransitionSmoothing)));
            });
        }
    }

    private void Train((string[] Features, SentenceRole Role)[] examples)
    {
        var squares = new Dictionary<string, float[]>();
        var random = new Random(1);
        var scores = new float[RoleModel.RoleCount];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(examples);
            foreach (var (features, right) in examples)
            {
                Array.Clear(scores);
                foreach (var feature in features)
                {
                    var row = Row(weights, feature);
                    for (var role = 0; role < scores.Length; role++)
                        scores[role] += row[role];
                }

                var highest = scores.Max();
                var exponentials = Array.ConvertAll(scores, score => MathF.Exp(score - highest));
                var sum = exponentials.Sum();
                foreach (var feature in features)
                {
                    var (row, square) = (Row(weights, feature), Row(squares, feature));
                    for (var role = 0; role < scores.Length; role++)
                    {
                        var gradient = (exponentials[role] / sum) - (role == (int)right ? 1 : 0) + (Decay * row[role]);
                        square[role] += gradient * gradient;
                        row[role] -= LearningRate * gradient / MathF.Sqrt(square[role] + 1e-2f);
                    }
                }
            }
        }

        static float[] Row(Dictionary<string, float[]> rows, string feature)
        {
            if (!rows.TryGetValue(feature, out var row))
                rows[feature] = row = new float[RoleModel.RoleCount];
            return row;
        }
    }

    /// <summary>An abstract with known sentence roles.</summary>
    /// <param name="Sentences">The sentences, without headings.</param>
    /// <param name="Roles">The role of each sentence.</param>
    /// <param name="IsStructured">Whether the roles come from headings; otherwise from the label file.</param>
    /// <param name="IsHeldOut">Whether the abstract is excluded from training.</param>
    internal sealed record LabelledAbstract(IReadOnlyList<string> Sentences, IReadOnlyList<SentenceRole> Roles, bool IsStructured, bool IsHeldOut)
    {
        /// <summary>Labels a paper's abstract with the letters of the label file or its own headings; null if it has neither.</summary>
        /// <exception cref="InvalidDataException">The number of letters differs from the number of sentences.</exception>
        public static LabelledAbstract? Of(Paper paper, string? letters)
        {
            var sentences = Denoised.Text.Sentences.Of(paper.Abstract);
            var isHeldOut = paper.ShuffleKey % 2 == 1;
            if (letters is not null)
            {
                return letters.Length == sentences.Count
                    ? new LabelledAbstract(sentences, [.. letters.Select(RoleOf)], IsStructured: false, isHeldOut)
                    : throw new InvalidDataException($"{paper.Id} has {sentences.Count} sentences and {letters.Length} labels.");
            }

            var (read, roles, headings) = (new List<string>(), new List<SentenceRole>(), 0);
            foreach (var sentence in sentences)
            {
                var heading = StructuredAbstract.Heading(sentence);
                headings += heading is null ? 0 : 1;
                if (heading is null && roles.Count == 0)
                    return null;
                roles.Add(heading?.Role ?? roles[^1]);
                read.Add(sentence[(heading?.Length ?? 0)..]);
            }

            return headings >= MinHeadings ? new LabelledAbstract(read, roles, IsStructured: true, isHeldOut) : null;
        }
    }
}
