using System.Globalization;
using Denoised.Embeddings;

namespace Denoised.Summaries;

/// <summary>
/// Estimates the roles of an abstract's sentences with a softmax regression on words, word pairs, first words and position, combined with the order
/// of roles. The command <c>roles</c> of <c>src/EmbeddingTrainer</c> trains and evaluates the model file.
/// </summary>
internal sealed class RoleModel
{
    private static readonly Lazy<RoleModel> shared = new(ReadResource);

    private readonly Dictionary<string, double[]> weights;
    private readonly double[][] transitions;

    private RoleModel(Dictionary<string, double[]> weights)
    {
        this.weights = weights;
        transitions = [.. Enum.GetValues<SentenceRole>().Select(role => Array.ConvertAll(weights[TransitionFrom(role)], Math.Exp))];
    }

    /// <summary>The embedded model; loaded on first use.</summary>
    public static RoleModel Shared => shared.Value;

    /// <summary>The number of roles.</summary>
    public static int RoleCount { get; } = Enum.GetValues<SentenceRole>().Length;

    /// <summary>
    /// Returns the probability of each role for each sentence of an abstract, in the order of <see cref="SentenceRole"/>. The probabilities of a
    /// sentence add up to 1.
    /// </summary>
    /// <param name="sentences">The sentences in order, without the headings of a structured abstract.</param>
    public double[][] Probabilities(IReadOnlyList<string> sentences)
    {
        // Forward-backward algorithm over the chain of sentences: a role depends on the sentence and on the roles of its neighbours.
        var own = sentences.Select((sentence, index) => Normalised(Exponentials(Features(sentence, index, sentences.Count)))).ToArray();
        var forward = new double[own.Length][];
        for (var i = 0; i < own.Length; i++)
        {
            var before = i == 0 ? Enumerable.Repeat(1.0, RoleCount).ToArray() : Times(forward[i - 1], (from, to) => transitions[from][to]);
            forward[i] = Normalised(Product(own[i], before));
        }

        var backward = Enumerable.Repeat(1.0, RoleCount).ToArray();
        for (var i = own.Length - 1; i >= 0; i--)
        {
            forward[i] = Normalised(Product(forward[i], backward));
            backward = Normalised(Times(Product(own[i], backward), (from, to) => transitions[to][from]));
        }

        return forward;
    }

    private double[] Exponentials(HashSet<string> features)
    {
        var scores = new double[RoleCount];
        foreach (var feature in features)
        {
            if (weights.TryGetValue(feature, out var row))
                scores = [.. scores.Zip(row, (score, weight) => score + weight)];
        }

        return Array.ConvertAll(scores, score => Math.Exp(score - scores.Max()));
    }

    private static double[] Times(double[] vector, Func<int, int, double> matrix) =>
        [.. Enumerable.Range(0, RoleCount).Select(to => Enumerable.Range(0, RoleCount).Sum(from => vector[from] * matrix(from, to)))];

    private static double[] Product(double[] left, double[] right) => [.. left.Zip(right, (first, second) => first * second)];

    private static double[] Normalised(double[] values) => Array.ConvertAll(values, value => value / values.Sum());

    /// <summary>The key of the line with the log-odds of each role after this one, relative to chance (natural logarithm).</summary>
    internal static string TransitionFrom(SentenceRole role) => $"> {role}";

    /// <summary>
    /// The distinct features of a sentence. Digits become <c>#</c>, the first words also count with the prefix <c>^</c>, and <c>@</c> starts a
    /// position.
    /// </summary>
    internal static HashSet<string> Features(string sentence, int index, int count)
    {
        var words = WordReader.Words(sentence).ConvertAll(word => char.IsAsciiDigit(word[0]) ? "#" : word);
        var features = new HashSet<string>(StringComparer.Ordinal) { $"@{Math.Min(5 * index / Math.Max(count, 1), 4)}" };
        if (index is 0 or 1)
            features.Add($"@first {index}");
        if (count - index is 1 or 2)
            features.Add($"@last {count - index}");
        for (var i = 0; i < words.Count; i++)
        {
            features.Add(words[i]);
            if (i + 1 < words.Count)
                features.Add($"{words[i]} {words[i + 1]}");
        }

        if (words.Count > 0)
            features.Add($"^ {words[0]}");
        if (words.Count > 1)
            features.Add($"^ {words[0]} {words[1]}");
        return features;
    }

    /// <summary>Reads a model file. Each line has a feature, a tab, and its weight for each role, separated by spaces.</summary>
    /// <exception cref="InvalidDataException">A line does not have this form.</exception>
    internal static RoleModel Read(TextReader file)
    {
        var read = new Dictionary<string, double[]>(StringComparer.Ordinal);
        while (file.ReadLine() is { Length: > 0 } line)
        {
            var fields = line.Split('\t');
            var row = fields.Length == 2 ? fields[1].Split(' ') : [];
            if (row.Length != RoleCount)
                throw new InvalidDataException($"The role model needs {RoleCount} weights for each feature: '{line}'.");
            read.Add(fields[0], Array.ConvertAll(row, weight => double.Parse(weight, CultureInfo.InvariantCulture)));
        }

        return new RoleModel(read);
    }

    private static RoleModel ReadResource()
    {
        using var reader = new StreamReader(typeof(RoleModel).Assembly.GetManifestResourceStream("Denoised.Roles.txt")!);
        return Read(reader);
    }
}
