using Denoised.Embeddings;

namespace Denoised.Glances;

/// <summary>Groups the papers of a day by what they are about. The same embeddings in the same order give the same clusters.</summary>
internal static class ThemeClusters
{
    /// <summary>Fitted by reading the clusters of four listing days; the other three were held out. docs/embedding-model.md shows them.</summary>
    private const double MinSimilarityToSeed = 0.55;

    private const double MinSimilarityToCentre = 0.62;
    private const int MinPapers = 3;
    private const int Refinements = 2;

    /// <summary>Clusters of at least three papers, each paper in one at most: those with the most papers near to each other come first.</summary>
    /// <param name="papers">What each paper is about.</param>
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
                    .Where(paper => paper.Similarity >= MinSimilarityToCentre).OrderByDescending(paper => paper.Similarity).ThenBy(paper => paper.Paper).Select(paper => paper.Paper)]);
            }

            free.Remove(seed);
            free.ExceptWith(cluster.Papers);
            if (cluster.Papers.Count >= MinPapers)
                yield return cluster;
        }
    }

    private static double[][] Similarities(IReadOnlyList<Embedding> papers) =>
        [.. papers.Select(paper => papers.Select(other => paper.Similarity(other)).ToArray())];

    /// <summary>Papers that are about the same.</summary>
    /// <param name="Centre">Their mean.</param>
    /// <param name="Papers">Their places in the list, the nearest to the centre first.</param>
    internal sealed record Cluster(Embedding Centre, IReadOnlyList<int> Papers);
}
