using System.Globalization;
using Denoised.Domain;

namespace Denoised.Embeddings;

/// <summary>
/// Chooses a paper's tags from its embedding and arXiv categories, with one logistic regression per tag. <c>src/EmbeddingTrainer</c> trains the
/// model file (command <c>tags</c>) and measures its quality.
/// </summary>
internal sealed class TagModel
{
    private const int MaxTags = 3;

    private static readonly Lazy<TagModel> shared = new(ReadResource);

    private readonly Row[] rows;
    private readonly double threshold;
    private readonly double named;

    private TagModel(Row[] rows, double[] limits) => (this.rows, threshold, named) = (rows, limits[0], limits[1]);

    /// <summary>The model embedded in this assembly, loaded on first use.</summary>
    public static TagModel Shared => shared.Value;

    /// <summary>Chooses one to three tags, most probable first. A text without known words gets one.</summary>
    public IReadOnlyList<string> Choose(string title, string @abstract, IReadOnlyCollection<string> categories)
    {
        var embedding = EmbeddingModel.Shared.Embed($"{title}. {@abstract}");
        return Choose(Scores(title, embedding, categories), embedding.IsEmpty ? double.PositiveInfinity : threshold);
    }

    /// <summary>The tag with the highest score, and up to two more with scores of at least the threshold.</summary>
    /// <param name="scores">Log-odds in taxonomy order.</param>
    /// <param name="threshold">The minimum log-odds of the second and third tag.</param>
    internal static IReadOnlyList<string> Choose(IReadOnlyList<double> scores, double threshold) =>
    [
        .. Tag.All.Zip(scores)
            .OrderByDescending(tag => tag.Second)
            .Take(MaxTags)
            .Where((tag, rank) => rank == 0 || tag.Second >= threshold)
            .Select(tag => tag.First),
    ];

    /// <summary>The log-odds of each tag, in taxonomy order.</summary>
    internal double[] Scores(string title, Embedding embedding, IReadOnlyCollection<string> categories)
    {
        var inTitle = TagTopics.NamedIn(title);
        return [.. rows.Select(row => row.Score(embedding, categories) + (inTitle.Contains(row.Tag) ? named : 0))];
    }

    /// <summary>
    /// Parses a model file. The first line holds the threshold and the weight of a tag word in the title. One line per tag follows, in taxonomy
    /// order: name, bias, weights of the 64 embedding components, weights of categories such as <c>cs.CV 0.5</c>. Tabs separate fields, spaces
    /// separate values.
    /// </summary>
    /// <exception cref="InvalidDataException">The file does not have this format.</exception>
    internal static TagModel Read(TextReader file)
    {
        try
        {
            var limits = Numbers(file.ReadLine() ?? "");
            var read = new List<Row>();
            while (file.ReadLine() is { Length: > 0 } line)
            {
                var fields = line.Split('\t');
                var categories = fields[3].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Chunk(2)
                    .ToDictionary(pair => pair[0], pair => Number(pair[1]), StringComparer.Ordinal);
                read.Add(new Row(fields[0], Number(fields[1]), Numbers(fields[2]), categories));
            }

            if (!read.Select(row => row.Tag).SequenceEqual(Tag.All) || read.Exists(row => row.Weights.Length != Embedding.Dimensions))
                throw new InvalidDataException($"The tag model needs {Embedding.Dimensions} weights for each of the {Tag.All.Count} tags.");
            return new TagModel([.. read], limits);
        }
        catch (Exception exception) when (exception is FormatException or IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException($"The tag model cannot be read: {exception.Message}", exception);
        }
    }

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(Number)];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static TagModel ReadResource()
    {
        using var reader = new StreamReader(typeof(TagModel).Assembly.GetManifestResourceStream("Denoised.Tags.txt")!);
        return Read(reader);
    }

    private sealed record Row(string Tag, double Bias, double[] Weights, Dictionary<string, double> Categories)
    {
        public double Score(Embedding embedding, IReadOnlyCollection<string> categories)
        {
            var score = Bias + categories.Sum(category => Categories.GetValueOrDefault(category));
            for (var i = 0; i < Weights.Length; i++)
                score += Weights[i] * embedding.Components[i];
            return score;
        }
    }
}
