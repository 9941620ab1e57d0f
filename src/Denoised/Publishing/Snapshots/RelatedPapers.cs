using Denoised.Domain;

namespace Denoised.Publishing.Snapshots;

/// <summary>A paper that resembles another one.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Title">Its title.</param>
/// <param name="Day">The listing day that announced it.</param>
/// <param name="Similarity">The cosine similarity of titles and abstracts, rounded to two decimals.</param>
public sealed record RelatedPaper(ArxivId Id, string Title, ListingDay Day, double Similarity);

/// <summary>The papers of the days held that resemble a paper.</summary>
/// <param name="Related">At most three, the most similar first.</param>
/// <param name="Duplicates">Nearly the same paper by the same authors under another identifier, the most similar first.</param>
public sealed record RelatedPapers(IReadOnlyList<RelatedPaper> Related, IReadOnlyList<RelatedPaper> Duplicates)
{
    /// <summary>The minimum similarity of a related paper. <c>docs/embedding-model.md</c> states how it was chosen.</summary>
    internal const double MinSimilarity = 0.65;

    /// <summary>The minimum similarity of a near-duplicate, which also shares half of the shorter author list.</summary>
    internal const double MinDuplicateSimilarity = 0.9;

    private const int MaxRelated = 3;
    private const int MaxDuplicates = 5;

    /// <summary>A paper without related papers.</summary>
    internal static RelatedPapers None { get; } = new([], []);

    /// <summary>
    /// Finds the related papers of each paper. Compares all pairs, which is quadratic in the papers.
    /// </summary>
    /// <returns>The papers that have any, by identifier. A withdrawn paper is related to none.</returns>
    internal static IReadOnlyDictionary<ArxivId, RelatedPapers> Find(IEnumerable<PaperView> papers)
    {
        PaperView[] held = [.. papers.Where(paper => !paper.Withdrawn).DistinctBy(paper => paper.Id)];
        var embeddings = Array.ConvertAll(held, PaperVectors.Of);
        var near = Array.ConvertAll(held, _ => new Nearest(held));
        for (var left = 0; left < held.Length; left++)
        {
            for (var right = left + 1; right < held.Length; right++)
            {
                var similarity = embeddings[left].Similarity(embeddings[right]);
                if (similarity < MinSimilarity)
                    continue;
                near[left].Add(right, similarity);
                near[right].Add(left, similarity);
            }
        }

        var found = new Dictionary<ArxivId, RelatedPapers>();
        for (var place = 0; place < held.Length; place++)
        {
            if (near[place].Papers.Count > 0)
                found[held[place].Id] = Describe(held, held[place], near[place].Papers);
        }

        return found;
    }

    private static RelatedPapers Describe(PaperView[] held, PaperView paper, IReadOnlyList<(int Place, double Similarity)> near)
    {
        var (related, duplicates) = (new List<RelatedPaper>(), new List<RelatedPaper>());
        foreach (var (place, similarity) in near)
        {
            var other = held[place];
            var list = similarity >= MinDuplicateSimilarity && HaveCommonAuthors(paper, other) ? duplicates : related;
            if (list.Count < (list == related ? MaxRelated : MaxDuplicates))
                list.Add(new RelatedPaper(other.Id, other.Title, other.Day, Math.Round(similarity, 2)));
        }

        return new RelatedPapers(related, duplicates);
    }

    private static bool HaveCommonAuthors(PaperView left, PaperView right)
    {
        var common = left.Authors.Intersect(right.Authors, StringComparer.OrdinalIgnoreCase).Count();
        return common > 0 && 2 * common >= Math.Min(left.Authors.Count, right.Authors.Count);
    }

    /// <summary>The nearest papers of one, the most similar first. Bounded: invented or repeated papers may all resemble each other.</summary>
    private sealed class Nearest(PaperView[] held)
    {
        private readonly List<(int Place, double Similarity)> papers = new(MaxRelated + MaxDuplicates + 1);

        public IReadOnlyList<(int Place, double Similarity)> Papers => papers;

        public void Add(int place, double similarity)
        {
            var at = papers.Count;
            while (at > 0 && IsBefore(place, similarity, papers[at - 1]))
                at--;
            if (at == MaxRelated + MaxDuplicates)
                return;
            papers.Insert(at, (place, similarity));
            if (papers.Count > MaxRelated + MaxDuplicates)
                papers.RemoveAt(papers.Count - 1);
        }

        /// <summary>Equally similar papers are ordered by identifier: the result must not depend on the order of the days.</summary>
        private bool IsBefore(int place, double similarity, (int Place, double Similarity) other) =>
            similarity > other.Similarity
            || (similarity.Equals(other.Similarity) && string.CompareOrdinal(held[place].Id.Value, held[other.Place].Id.Value) < 0);
    }
}
