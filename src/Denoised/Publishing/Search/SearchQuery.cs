using Denoised.Publishing.Snapshots;

namespace Denoised.Publishing.Search;

/// <summary>The papers that match the words of a query.</summary>
/// <param name="Positions">Positions of the papers, best first.</param>
/// <param name="MatchesAllTerms">Whether they match all terms.</param>
/// <param name="IsName">Whether the query is the name of an author.</param>
internal sealed record WordRanking(List<int> Positions, bool MatchesAllTerms, bool IsName)
{
    /// <summary>No paper.</summary>
    public static WordRanking Empty { get; } = new([], MatchesAllTerms: false, IsName: false);
}

/// <summary>A query as terms: words, or phrases that have synonyms. Immutable.</summary>
internal sealed class SearchQuery
{
    /// <summary>Further words are ignored.</summary>
    private const int MaxWords = 16;

    private readonly List<Term> terms = [];

    /// <summary>The query's words as papers spell them.</summary>
    public required string CorrectedQuery { get; init; }

    /// <summary>Splits a query into terms. The last word may be incomplete unless white space follows it.</summary>
    public static SearchQuery Parse(string query, WordIndex index, IReadOnlySet<string> categories)
    {
        var queryWords = query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(part => categories.Contains(part.ToLowerInvariant()) ? [part.ToLowerInvariant()] : SearchLanguage.WordsOf(part))
            .Take(MaxWords)
            .ToList();
        var last = char.IsWhiteSpace(query[^1]) ? -1 : queryWords.Count - 1;
        var contentPositions = Enumerable.Range(0, queryWords.Count).Where(at => queryWords[at].Length > 1 && !SearchLanguage.IsStopWord(queryWords[at])).ToList();
        if (contentPositions.Count == 0)
            contentPositions = [.. Enumerable.Range(0, queryWords.Count)];
        var words = contentPositions.ConvertAll(at => queryWords[at]);
        var matches = contentPositions.ConvertAll(at => index.Find(queryWords[at], at == last));
        var corrected = queryWords.ToArray();
        foreach (var (match, at) in matches.Zip(contentPositions))
            corrected[at] = match.CorrectedWord!;

        var parsed = new SearchQuery { CorrectedQuery = string.Join(' ', corrected) };
        for (var at = 0; at < words.Count;)
        {
            var (length, phrases) = SearchLanguage.SynonymsAt(words, at);
            parsed.terms.Add(new Term(index.PaperCount, matches.GetRange(at, length), phrases ?? [], index));
            at += length;
        }

        return parsed;
    }

    /// <summary>
    /// Ranks the papers that match all terms, by the rarity of the terms and the fields that contain them; those by an author of that name come first.
    /// If no paper matches all terms, ranks those that match half of them, or as many as any paper does.
    /// </summary>
    public WordRanking Rank(IReadOnlyList<PaperView> papers, Func<int, bool> passesFilter)
    {
        if (terms.Count == 0)
            return WordRanking.Empty;
        var found = Enumerable.Range(0, papers.Count).Where(passesFilter)
            .Select(position => (Position: position, Terms: terms.Count(term => term.Weights[position] > 0)))
            .Where(paper => paper.Terms > 0)
            .ToList();
        if (found.Count == 0)
            return WordRanking.Empty;
        var maxTerms = found.Max(paper => paper.Terms);
        var matchesAllTerms = maxTerms == terms.Count;
        found.RemoveAll(paper => matchesAllTerms ? paper.Terms < maxTerms : paper.Terms < maxTerms && 2 * paper.Terms < terms.Count);
        var ranked = found
            .OrderByDescending(paper => AllTermsInAuthors(paper.Position) && papers[paper.Position].Authors.Any(HasAllWords))
            .ThenByDescending(paper => Math.Floor((ScoreOf(paper.Position) * paper.Terms / terms.Count * 1e6) + 0.5))
            .Select(paper => paper.Position)
            .ToList();
        return new WordRanking(ranked, matchesAllTerms, matchesAllTerms && 2 * ranked.Count(AllTermsInAuthors) >= ranked.Count);
    }

    private double ScoreOf(int position)
    {
        double score = 0;
        foreach (var term in terms)
            score += term.Idf * term.Weights[position];
        return score;
    }

    private bool AllTermsInAuthors(int position) => terms.TrueForAll(term => term.BestFieldIsAuthor[position]);

    private bool HasAllWords(string name)
    {
        var words = SearchLanguage.WordsOf(name);
        return terms.TrueForAll(term => words.Exists(term.Words.Contains));
    }

    /// <summary>A word, or a phrase with its synonyms: the best match of a paper counts.</summary>
    private sealed class Term
    {
        public Term(int paperCount, IReadOnlyList<WordMatch> typed, IEnumerable<string[]> phrases, WordIndex index)
        {
            Words = typed[0].Words;
            BestFieldIsAuthor = typed[0].BestFieldIsAuthor;
            Weights = typed[0].Weights;
            if (typed.Count > 1 || phrases.Any())
            {
                Weights = new double[paperCount];
                BestFieldIsAuthor = new bool[paperCount];
                Words = [.. typed.SelectMany(word => word.Words)];
                AddPhrase(typed);
                foreach (var phrase in phrases)
                    AddPhrase(Array.ConvertAll(phrase, word => index.FindByStem(word)));
            }

            var count = Weights.Count(weight => weight > 0);
            Idf = count == 0 ? 0 : Math.Log(1 + ((double)paperCount / count));
        }

        /// <summary>By paper: how well it matches; 0 if not at all.</summary>
        public double[] Weights { get; }

        public bool[] BestFieldIsAuthor { get; }

        public HashSet<string> Words { get; }

        public double Idf { get; }

        private void AddPhrase(IReadOnlyList<WordMatch> words)
        {
            for (var position = 0; position < Weights.Length; position++)
            {
                var weight = words.Min(word => word.Weights[position]);
                if (weight > Weights[position])
                    Weights[position] = weight;
            }

            foreach (var word in words)
                Words.UnionWith(word.Words);
        }
    }
}
