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
    public required string Spelling { get; init; }

    /// <summary>Splits a query into terms. The last word may be incomplete unless white space follows it.</summary>
    public static SearchQuery Parse(string query, WordIndex index, IReadOnlySet<string> categories)
    {
        var all = query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(part => categories.Contains(part.ToLowerInvariant()) ? [part.ToLowerInvariant()] : SearchLanguage.WordsOf(part))
            .Take(MaxWords)
            .ToList();
        var last = char.IsWhiteSpace(query[^1]) ? -1 : all.Count - 1;
        var kept = Enumerable.Range(0, all.Count).Where(at => all[at].Length > 1 && !SearchLanguage.IsStopWord(all[at])).ToList();
        if (kept.Count == 0)
            kept = [.. Enumerable.Range(0, all.Count)];
        var words = kept.ConvertAll(at => all[at]);
        var matches = kept.ConvertAll(at => index.Find(all[at], at == last));
        var spelling = all.ToArray();
        foreach (var (match, at) in matches.Zip(kept))
            spelling[at] = match.Spelling!;

        var parsed = new SearchQuery { Spelling = string.Join(' ', spelling) };
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
    public WordRanking Rank(IReadOnlyList<PaperView> papers, Func<int, bool> isWanted)
    {
        if (terms.Count == 0)
            return WordRanking.Empty;
        var found = Enumerable.Range(0, papers.Count).Where(isWanted)
            .Select(position => (Position: position, Terms: terms.Count(term => term.Weights[position] > 0)))
            .Where(paper => paper.Terms > 0)
            .ToList();
        if (found.Count == 0)
            return WordRanking.Empty;
        var maxTerms = found.Max(paper => paper.Terms);
        var matchesAllTerms = maxTerms == terms.Count;
        found.RemoveAll(paper => matchesAllTerms ? paper.Terms < maxTerms : paper.Terms < maxTerms && 2 * paper.Terms < terms.Count);
        var ranked = found
            .OrderByDescending(paper => IsByAuthors(paper.Position) && papers[paper.Position].Authors.Any(HasAllWords))
            .ThenByDescending(paper => Math.Floor((ScoreOf(paper.Position) * paper.Terms / terms.Count * 1e6) + 0.5))
            .Select(paper => paper.Position)
            .ToList();
        return new WordRanking(ranked, matchesAllTerms, matchesAllTerms && 2 * ranked.Count(IsByAuthors) >= ranked.Count);
    }

    private double ScoreOf(int position)
    {
        double score = 0;
        foreach (var term in terms)
            score += term.Rarity * term.Weights[position];
        return score;
    }

    private bool IsByAuthors(int position) => terms.TrueForAll(term => term.IsAuthor[position]);

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
            IsAuthor = typed[0].IsAuthor;
            Weights = typed[0].Weights;
            if (typed.Count > 1 || phrases.Any())
            {
                Weights = new double[paperCount];
                IsAuthor = new bool[paperCount];
                Words = [.. typed.SelectMany(word => word.Words)];
                AddPhrase(typed);
                foreach (var phrase in phrases)
                    AddPhrase(Array.ConvertAll(phrase, word => index.FindExactly(word)));
            }

            var count = Weights.Count(weight => weight > 0);
            Rarity = count == 0 ? 0 : Math.Log(1 + ((double)paperCount / count));
        }

        /// <summary>By paper: how well it matches; 0 if not at all.</summary>
        public double[] Weights { get; }

        public bool[] IsAuthor { get; }

        public HashSet<string> Words { get; }

        public double Rarity { get; }

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
