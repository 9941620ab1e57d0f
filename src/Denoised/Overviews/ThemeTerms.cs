using Denoised.Embeddings;

namespace Denoised.Overviews;

/// <summary>Names a cluster after the terms that distinguish it from all other papers.</summary>
/// <param name="background">The terms of every paper that the cluster is compared with, including its own.</param>
internal sealed class ThemeTerms(IReadOnlyCollection<HashSet<string>> background)
{
    private const double MinSimilarity = 0.5;
    private const double BonusForTwoWords = 1.3;
    private const double Smoothing = 0.5;

    private readonly Dictionary<string, int> papersWith = background.SelectMany(terms => terms).CountBy(term => term).ToDictionary(StringComparer.Ordinal);
    private readonly int papersInAll = background.Count;

    /// <summary>Ranks the terms that at least half of the papers have and that are similar to the centre, the most distinctive first.</summary>
    /// <param name="papers">The terms of each paper of the cluster.</param>
    /// <param name="centre">The centre of the cluster.</param>
    public IEnumerable<string> Rank(IReadOnlyCollection<HashSet<string>> papers, Embedding centre) =>
        papers.SelectMany(terms => terms).CountBy(term => term).Where(term => term.Value * 2 >= papers.Count)
            .Select(term => (Term: term.Key, Papers: term.Value, Similarity: EmbeddingModel.Shared.Embed(term.Key).Similarity(centre)))
            .Where(term => term.Similarity >= MinSimilarity)
            .Select(term => (
                term.Term,
                Score: term.Similarity * Distinctiveness(term.Term, term.Papers, papers.Count) * (term.Term.Contains(' ', StringComparison.Ordinal)
                    ? BonusForTwoWords
                    : 1)))
            .Where(term => term.Score > 0).OrderByDescending(term => term.Score).ThenBy(term => term.Term, StringComparer.Ordinal).Select(term => term.Term);

    /// <summary>The contribution of the term to the Kullback-Leibler divergence between the cluster's papers and all papers.</summary>
    private double Distinctiveness(string term, int inside, int size)
    {
        var (share, usual) = ((double)inside / size, (papersWith.GetValueOrDefault(term) + Smoothing) / (papersInAll + 1));
        return share * Math.Log(share / usual);
    }
}
