using System.Globalization;
using Denoised.Papers;

namespace Denoised.Embeddings;

/// <summary>
/// Chooses a paper's tags from its embedding and its arXiv categories: a logistic regression for each tag. <c>src/EmbeddingTrainer</c> makes the
/// file (command <c>tags</c>) and measures it.
/// </summary>
internal sealed class TagModel
{
    private const int MostTags = 3;

    private static readonly Lazy<TagModel> shared = new(ReadResource);

    private readonly Row[] rows;
    private readonly double threshold;
    private readonly double named;

    private TagModel(Row[] rows, double[] limits) => (this.rows, threshold, named) = (rows, limits[0], limits[1]);

    /// <summary>The model that this assembly carries; read at first use.</summary>
    public static TagModel Shared => shared.Value;

    /// <summary>
    /// One to three tags, the most probable first: the second and third are given from a log-odds of the file's threshold. Text without a known
    /// word gives one.
    /// </summary>
    public IReadOnlyList<string> Choose(string title, string @abstract, IReadOnlyCollection<string> categories)
    {
        var embedding = EmbeddingModel.Shared.Embed($"{title}. {@abstract}");
        var inTitle = TagTopics.NamedIn(title);
        var scores = rows.Select(row => (row.Tag, Score: row.Score(embedding, categories) + (inTitle.Contains(row.Tag) ? named : 0))).OrderByDescending(tag => tag.Score).ToList();
        return [.. scores.Take(embedding.IsEmpty ? 1 : MostTags).Where((tag, rank) => rank == 0 || tag.Score >= threshold).Select(tag => tag.Tag)];
    }

    /// <summary>
    /// Reads a file of lines: the threshold and what a word of the title adds first, then for each tag its name, its bias, its weights of the 64 components of the embedding,
    /// and its weights of categories as <c>cs.CV 0.5</c>; fields are separated by tabs, values by spaces.
    /// </summary>
    /// <exception cref="InvalidDataException">The file has another form or lacks a tag.</exception>
    internal static TagModel Read(TextReader file)
    {
        try
        {
            var limits = Numbers(file.ReadLine() ?? "");
            var read = new List<Row>();
            while (file.ReadLine() is { Length: > 0 } line)
            {
                var fields = line.Split('\t');
                var categories = fields[3].Split(' ', StringSplitOptions.RemoveEmptyEntries).Chunk(2).ToDictionary(pair => pair[0], pair => Number(pair[1]), StringComparer.Ordinal);
                read.Add(new Row(fields[0], Number(fields[1]), Numbers(fields[2]), categories));
            }

            if (!read.Select(row => row.Tag).Order().SequenceEqual(Tag.All.Order()) || read.Exists(row => row.Weights.Length != Embedding.Dimensions))
                throw new InvalidDataException($"The model of tags needs {Embedding.Dimensions} weights for each of the {Tag.All.Count} tags.");
            return new TagModel([.. read], limits);
        }
        catch (Exception exception) when (exception is FormatException or IndexOutOfRangeException or ArgumentException)
        {
            throw new InvalidDataException($"The model of tags cannot be read: {exception.Message}", exception);
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
