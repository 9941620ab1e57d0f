using Denoised.Embeddings;

namespace Denoised.Glances;

/// <summary>Names a cluster by the terms that set its papers apart from all others.</summary>
/// <param name="background">The terms of every paper that the cluster is compared with, its own included.</param>
internal sealed class ThemeTerms(IEnumerable<HashSet<string>> background)
{
    private const double MinSimilarity = 0.5;
    private const double BonusForTwoWords = 1.3;
    private const double Smoothing = 0.5;

    private readonly IReadOnlyList<HashSet<string>> background = [.. background];

    /// <summary>The terms that at least half of the papers have and that are about what the cluster is about, the most distinctive first.</summary>
    /// <param name="papers">The terms of each of the cluster's papers.</param>
    /// <param name="centre">What the cluster is about.</param>
    public IEnumerable<string> Of(IReadOnlyCollection<HashSet<string>> papers, Embedding centre) =>
        from term in papers.SelectMany(terms => terms).CountBy(term => term)
        where term.Value * 2 >= papers.Count
        let similarity = EmbeddingModel.Shared.Embed(term.Key).Similarity(centre)
        where similarity >= MinSimilarity
        let score = Distinctiveness(term.Value, papers.Count, background.Count(terms => terms.Contains(term.Key)))
            * similarity * (term.Key.Contains(' ', StringComparison.Ordinal) ? BonusForTwoWords : 1)
        orderby score descending, term.Key
        where score > 0
        select term.Key;

    /// <summary>The term's share of the Kullback-Leibler divergence between the cluster's papers and all papers.</summary>
    private double Distinctiveness(int inside, int size, int everywhere)
    {
        var (share, usual) = ((double)inside / size, (everywhere + Smoothing) / (background.Count + 1));
        return share * Math.Log(share / usual);
    }
}
