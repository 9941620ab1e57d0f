using Denoised.Embeddings;

namespace Denoised.Overviews;

/// <summary>Groups the papers of a day by subject. Deterministic for the same embeddings in the same order.</summary>
internal static class ThemeClusters
{
    /// <summary>Tuned by reading the clusters of four listing days, with three held out. docs/embedding-model.md shows them.</summary>
    private const double MinSimilarityToSeed = 0.55;

    private const double MinSimilarityToCentre = 0.62;
    private const int MinPapers = 3;
    private const int Refinements = 2;

    /// <summary>Returns disjoint clusters of at least three papers, the densest first.</summary>
    /// <param name="papers">The embeddings of the papers.</param>
    public static IEnumerable<Cluster> Find(IReadOnlyList<Embedding> papers)
    {
        var free = Enumerable.Range(0, papers.Count).ToHashSet();
        var similarity = Similarities(papers);
        while (free.Count >= MinPapers)
        {
            var seed = free.Order().MaxBy(paper => free.Sum(other => Math.Max(0, similarity[paper][other] - MinSimilarityToSeed)));
            var members = free.Where(other => similarity[seed][other] >= MinSimilarityToSeed).ToList();
            if (members.Count < MinPapers)
                yield break;

            var cluster = new Cluster(papers[seed], members);
            for (var i = 0; i < Refinements && cluster.Papers.Count > 0; i++)
            {
                var centre = Embedding.Mean(cluster.Papers.Select(paper => papers[paper]));
                cluster = new Cluster(centre, [.. free.Select(paper => (Paper: paper, Similarity: papers[paper].Similarity(centre)))
                    .Where(paper => paper.Similarity >= MinSimilarityToCentre)
                    .OrderByDescending(paper => paper.Similarity)
                    .ThenBy(paper => paper.Paper)
                    .Select(paper => paper.Paper)]);
            }

            free.Remove(seed);
            free.ExceptWith(cluster.Papers);
            if (cluster.Papers.Count >= MinPapers)
                yield return cluster;
        }
    }

    private static double[][] Similarities(IReadOnlyList<Embedding> papers) =>
        [.. papers.Select(paper => papers.Select(other => paper.Similarity(other)).ToArray())];

    /// <summary>A cluster of papers on the same subject.</summary>
    /// <param name="Centre">The mean of their embeddings.</param>
    /// <param name="Papers">Their indices in the list, the nearest to the centre first.</param>
    internal sealed record Cluster(Embedding Centre, IReadOnlyList<int> Papers);
}
