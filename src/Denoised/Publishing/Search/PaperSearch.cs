using Denoised.Domain;
using Denoised.Embeddings;
using Denoised.Publishing.Snapshots;

namespace Denoised.Publishing.Search;

/// <summary>How a search ranks papers.</summary>
internal enum SearchMode
{
    /// <summary>By words and by meaning, fused.</summary>
    Both,

    /// <summary>The papers that contain the words.</summary>
    Words,

    /// <summary>The papers whose embedding is most similar to that of the query.</summary>
    Meaning,
}

/// <summary>
/// The search over an edition's papers. <c>frontend/src/search/paper-search.ts</c> implements the same rules for the page. Immutable.
/// </summary>
internal sealed class PaperSearch
{
    /// <summary>Limits the ranking by meaning.</summary>
    public const int MaxByMeaning = 100;

    /// <summary>
    /// Less similar papers have nothing to do with a query. Of 0.2, 0.25, 0.3, … the highest that loses no wanted paper on the tuning half of the
    /// judged queries.
    /// </summary>
    private const double MinSimilarity = 0.3;

    /// <summary>The constant of reciprocal rank fusion. Source: Cormack, Clarke and Büttcher, SIGIR 2009.</summary>
    private const int RrfK = 60;

    /// <summary>
    /// The weight of the ranking by meaning; that by words has 1. Of 0.5, 0.7 and 1, this ranked best on the tuning half of the judged queries.
    /// </summary>
    private const double MeaningWeight = 0.5;

    /// <summary>Top word matches, added to the query vector (pseudo-relevance feedback): they cover words missing from the model.</summary>
    private const int MaxFeedbackPapers = 5;

    private readonly WordIndex index;
    private readonly Dictionary<ArxivId, int> positions;
    private readonly HashSet<string> categories;

    /// <summary>Builds the index of papers: newest day first, in the order of the day.</summary>
    public PaperSearch(IReadOnlyList<PaperView> papers)
    {
        Papers = papers;
        index = WordIndex.Of(papers);
        positions = papers.Index().DistinctBy(paper => paper.Item.Id).ToDictionary(paper => paper.Item.Id, paper => paper.Index);
        categories = papers.SelectMany(paper => paper.Categories).Select(category => category.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>All papers. A match is a position in this list.</summary>
    public IReadOnlyList<PaperView> Papers { get; }

    /// <summary>Finds papers, best first.</summary>
    /// <param name="query">Any text. An identifier gives its paper alone.</param>
    /// <param name="mode">How to rank.</param>
    /// <param name="passesFilter">Whether a paper may be found.</param>
    /// <returns>Positions in <see cref="Papers"/>; all papers in their order if the query is blank.</returns>
    public IReadOnlyList<int> Find(string query, SearchMode mode, Predicate<PaperView> passesFilter)
    {
        bool PassesFilter(int position) => passesFilter(Papers[position]);
        if (string.IsNullOrWhiteSpace(query))
            return [.. Enumerable.Range(0, Papers.Count).Where(PassesFilter)];
        if (ArxivId.TryParse(query, out var id))
            return positions.TryGetValue(id, out var position) && PassesFilter(position) ? [position] : [];

        var parsed = SearchQuery.Parse(query, index, categories);
        var (byWords, matchesAllTerms, isName) = mode == SearchMode.Meaning ? WordRanking.Empty : parsed.Rank(Papers, PassesFilter);
        if (mode == SearchMode.Words || (mode == SearchMode.Both && isName))
            return byWords;
        var byMeaning = RankByMeaning(parsed.CorrectedQuery, matchesAllTerms ? byWords[..Math.Min(MaxFeedbackPapers, byWords.Count)] : [], PassesFilter);
        return mode == SearchMode.Meaning ? byMeaning : Fuse(byWords, byMeaning);
    }

    /// <summary>Ranks papers by their similarity to a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="feedbackPapers">Papers that answer the query: half of the query vector, if there are any.</param>
    /// <param name="passesFilter">Whether a paper may be found.</param>
    private List<int> RankByMeaning(string text, List<int> feedbackPapers, Func<int, bool> passesFilter)
    {
        var embedding = EmbeddingModel.Shared.Embed(text);
        if (feedbackPapers.Count > 0)
        {
            embedding = Embedding.Mean(Enumerable.Repeat(embedding, feedbackPapers.Count)
                .Concat(feedbackPapers.Select(position => PaperVectors.Of(Papers[position]))));
        }

        if (embedding.IsEmpty)
            return [];
        return
        [
            .. Enumerable.Range(0, Papers.Count)
                .Where(passesFilter)
                .Select(position => (Position: position, Similarity: embedding.Similarity(PaperVectors.Of(Papers[position]))))
                .Where(paper => paper.Similarity >= MinSimilarity)
                .OrderByDescending(paper => paper.Similarity)
                .Take(MaxByMeaning)
                .Select(paper => paper.Position),
        ];
    }

    /// <summary>Fuses two rankings: each gives a paper the reciprocal of its rank plus a constant.</summary>
    private static List<int> Fuse(IReadOnlyList<int> byWords, IReadOnlyList<int> byMeaning)
    {
        var scores = new Dictionary<int, double>();
        foreach (var (ranking, weight) in new[] { (byWords, 1), (byMeaning, MeaningWeight) })
        {
            foreach (var (rank, position) in ranking.Index())
                scores[position] = scores.GetValueOrDefault(position) + (weight / (RrfK + 1 + rank));
        }

        // The order is stable: of two papers with the same score, the one found by words comes first.
        return [.. byWords.Concat(byMeaning).Distinct().OrderByDescending(position => scores[position])];
    }
}
