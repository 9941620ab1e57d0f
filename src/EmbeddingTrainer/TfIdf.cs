namespace Denoised.EmbeddingTrainer;

/// <summary>The baseline without a model: TF-IDF weights, compared by cosine similarity.</summary>
internal sealed class TfIdf
{
    private readonly Dictionary<string, double> rarity;
    private readonly Dictionary<string, Dictionary<string, double>> vectors = [];

    public TfIdf(IReadOnlyList<Paper> corpus) =>
        rarity = corpus.SelectMany(paper => Entries.WordsOf(paper.Text).Select(word => word.Text).Distinct())
            .CountBy(word => word, StringComparer.Ordinal)
            .ToDictionary(word => word.Key, word => Math.Log(corpus.Count / (double)word.Value), StringComparer.Ordinal);

    public double Similarity(string left, string right)
    {
        var (first, second) = (Vector(left), Vector(right));
        return first.Sum(word => word.Value * second.GetValueOrDefault(word.Key));
    }

    private Dictionary<string, double> Vector(string text)
    {
        if (vectors.TryGetValue(text, out var vector))
            return vector;
        var counts = Entries.WordsOf(text).CountBy(word => word.Text, StringComparer.Ordinal)
            .ToDictionary(word => word.Key, word => word.Value * rarity.GetValueOrDefault(word.Key), StringComparer.Ordinal);
        var norm = Math.Sqrt(counts.Values.Sum(value => value * value) + 1e-12);
        return vectors[text] = counts.ToDictionary(word => word.Key, word => word.Value / norm, StringComparer.Ordinal);
    }
}
