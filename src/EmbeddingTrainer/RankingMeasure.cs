namespace Denoised.EmbeddingTrainer;

/// <summary>A similarity measure between two papers.</summary>
internal sealed record Measure(string Name, Func<Paper, Paper, double> Similarity);

/// <summary>A simulated reader: three starred papers of other days, and the relevant papers of one day.</summary>
internal sealed record Reader(string Day, Paper[] Stars, Func<Paper, bool> IsOfInterest);

/// <summary>Evaluates how well a measure ranks a day's papers for readers, by mean similarity to their starred papers.</summary>
internal sealed class RankingMeasure(IReadOnlyDictionary<string, Paper[]> days)
{
    public const int Stars = 3;

    private const int DrawsPerInterest = 5;
    private const int MinOfInterest = 5;

    /// <summary>Categories of most machine learning papers, too broad to express an interest.</summary>
    private static readonly string[] broadCategories = ["cs.LG", "cs.AI", "cs.CV", "cs.CL", "stat.ML"];

    /// <summary>
    /// Creates readers interested in one category. Excludes broad categories and those with fewer than 5 papers or more than a tenth of the day's papers.
    /// The starred papers are in the same category.
    /// </summary>
    public IEnumerable<Reader> ReadersOfCategories()
    {
        foreach (var (day, papers) in days.OrderBy(day => day.Key, StringComparer.Ordinal))
        {
            foreach (var category in papers.SelectMany(paper => paper.Categories).Distinct().Except(broadCategories).Order(StringComparer.Ordinal))
            {
                bool IsOfInterest(Paper paper) => paper.Categories.Contains(category);
                var others = OtherDays(day).Where(IsOfInterest).ToArray();
                var count = papers.Count(IsOfInterest);
                if (count < MinOfInterest || count > papers.Length / 10 || others.Length < Stars)
                    continue;
                for (var draw = 0; draw < DrawsPerInterest; draw++)
                    yield return new Reader(day, Draw(others, $"{day} {category} {draw}"), IsOfInterest);
            }
        }
    }

    /// <summary>
    /// Creates readers interested in a neighbourhood. The starred papers are a paper of another day and its two nearest neighbours; the 5 % of the day's
    /// papers nearest to these three are relevant. <paramref name="truth"/> defines the distance.
    /// </summary>
    public IEnumerable<Reader> ReadersOfNeighbourhoods(Measure truth, int readersPerDay)
    {
        foreach (var (day, papers) in days.OrderBy(day => day.Key, StringComparer.Ordinal))
        {
            var others = OtherDays(day).ToArray();
            foreach (var seed in others.OrderBy(paper => paper.ShuffleKey).Take(readersPerDay))
            {
                Paper[] stars = [seed, .. others.Where(paper => paper.Id != seed.Id).OrderByDescending(paper => truth.Similarity(seed, paper)).Take(Stars - 1)];
                var near = Rank(papers, stars, truth).Take(papers.Length / 20).Select(paper => paper.Id).ToHashSet(StringComparer.Ordinal);
                yield return new Reader(day, stars, paper => near.Contains(paper.Id));
            }
        }
    }

    /// <summary>Computes recall in the top tenth and the area under the ROC curve, averaged over the readers.</summary>
    public (double FirstTenth, double Auc) Evaluate(Measure measure, IReadOnlyList<Reader> readers)
    {
        var (firstTenth, auc) = (0.0, 0.0);
        foreach (var reader in readers)
        {
            var ranked = Rank(days[reader.Day], reader.Stars, measure);
            bool[] hits = [.. ranked.Select(reader.IsOfInterest)];
            var count = hits.Count(hit => hit);
            firstTenth += hits.Take((hits.Length + 9) / 10).Count(hit => hit) / (double)count;
            auc += Auc(hits);
        }

        return (firstTenth / readers.Count, auc / readers.Count);
    }

    /// <summary>The probability that a relevant item ranks above an irrelevant one.</summary>
    public static double Auc(IReadOnlyList<bool> ranked)
    {
        var (before, pairs) = (0L, 0L);
        foreach (var hit in ranked)
        {
            before += hit ? 1 : 0;
            pairs += hit ? 0 : before;
        }

        return pairs / (double)(before * (ranked.Count - before));
    }

    private static Paper[] Rank(IEnumerable<Paper> papers, Paper[] stars, Measure measure) =>
        [.. papers.Where(paper => !stars.Any(star => star.Id == paper.Id)).OrderByDescending(paper => stars.Average(star => measure.Similarity(star, paper)))];

    private static Paper[] Draw(Paper[] papers, string seed) =>
        [.. papers.OrderBy(paper => (paper with { Id = $"{paper.Id} {seed}" }).ShuffleKey).Take(Stars)];

    private IEnumerable<Paper> OtherDays(string day) => days.Where(other => other.Key != day).SelectMany(other => other.Value).DistinctBy(paper => paper.Id);
}
