using System.Numerics;
using Denoised.Publishing.Snapshots;

namespace Denoised.Publishing.Search;

/// <summary>For each word, the papers that contain it and the most important field of each that does. Immutable.</summary>
internal sealed class WordIndex
{
    /// <summary>With fewer papers than this, a word also matches words that begin with it or differ by a typing mistake.</summary>
    private const int MinPapers = 3;

    private const double StemFactor = 0.9;
    private const double PrefixFactor = 0.8;

    /// <summary>By the number of typing mistakes.</summary>
    private static readonly double[] typoFactors = [1, 0.7, 0.5];

    /// <summary>By <see cref="SearchField"/>.</summary>
    private static readonly double[] fieldWeights = [1, 0.7, 0.8, 0.7, 0.6, 0.4];

    private readonly string[] vocabulary;
    private readonly List<Posting>[] postings;
    private readonly uint[] letterMasks;
    private readonly Dictionary<string, List<int>> byStem = new(StringComparer.Ordinal);

    private WordIndex(int paperCount, Dictionary<string, List<Posting>> words)
    {
        PaperCount = paperCount;
        vocabulary = [.. words.Keys.Order(StringComparer.Ordinal)];
        postings = Array.ConvertAll(vocabulary, word => words[word]);
        letterMasks = Array.ConvertAll(vocabulary, LetterMaskOf);
        foreach (var (entry, word) in vocabulary.Index())
        {
            var stem = SearchLanguage.StemOf(word);
            if (!byStem.TryGetValue(stem, out var entries))
                byStem.Add(stem, entries = []);
            entries.Add(entry);
        }
    }

    /// <summary>The number of papers.</summary>
    public int PaperCount { get; }

    /// <summary>Builds the index. A paper is its position in the list.</summary>
    public static WordIndex Of(IReadOnlyList<PaperView> papers)
    {
        var words = new Dictionary<string, List<Posting>>(StringComparer.Ordinal);
        foreach (var (position, paper) in papers.Index())
        {
            foreach (var (field, fieldWords) in SearchableWords.Of(paper))
            {
                foreach (var word in fieldWords)
                {
                    if (!words.TryGetValue(word, out var found))
                        words.Add(word, found = []);
                    if (found.Count == 0 || found[^1].Paper != position)
                        found.Add(new Posting(position, field));
                }
            }
        }

        return new WordIndex(papers.Count, words);
    }

    /// <summary>The words that some papers have in a field and in no more important one, in ordinal order, each with these papers.</summary>
    public IEnumerable<(string Word, int[] Papers)> WordsOf(SearchField field)
    {
        foreach (var (entry, word) in vocabulary.Index())
        {
            int[] papers = [.. postings[entry].Where(posting => posting.Field == field).Select(posting => posting.Paper)];
            if (papers.Length > 0)
                yield return (word, papers);
        }
    }

    /// <summary>Finds the papers that contain a word, a word of the same stem or, if these are few, a similar word.</summary>
    /// <param name="word">A word, or a category in lower case.</param>
    /// <param name="isPrefix">Whether the word may be the beginning of a longer one.</param>
    public WordMatch Find(string word, bool isPrefix)
    {
        var (match, exact) = FindStem(word);
        if (isPrefix)
            AddPrefixMatches(match, word, exact);
        if (match.Count < MinPapers && !word.AsSpan().ContainsAnyInRange('0', '9'))
        {
            if (!isPrefix && word.Length > 3)
                AddPrefixMatches(match, word, exact);
            AddMisspellings(match, word, isPrefix);
        }

        match.CorrectedWord = exact >= 0 ? word : match.CorrectedWord ?? word;
        return match;
    }

    /// <summary>Finds the papers that contain a word or a word of the same stem.</summary>
    public WordMatch FindByStem(string word) => FindStem(word).Match;

    private (WordMatch Match, int Entry) FindStem(string word)
    {
        var match = new WordMatch(PaperCount);
        var exact = Array.BinarySearch(vocabulary, word, StringComparer.Ordinal);
        if (exact >= 0)
            Add(match, exact, 1);
        foreach (var entry in byStem.GetValueOrDefault(SearchLanguage.StemOf(word)) ?? [])
            Add(match, entry, StemFactor);
        return (match, exact);
    }

    private void AddPrefixMatches(WordMatch match, string word, int exact)
    {
        for (var entry = exact >= 0 ? exact : ~exact; entry < vocabulary.Length && vocabulary[entry].StartsWith(word, StringComparison.Ordinal); entry++)
            Add(match, entry, PrefixFactor);
    }

    private void AddMisspellings(WordMatch match, string word, bool isPrefix)
    {
        var maxEdits = word.Length switch { >= 8 => 2, >= 4 => 1, _ => 0 };
        if (maxEdits == 0)
            return;
        var mask = LetterMaskOf(word);
        for (var entry = 0; entry < vocabulary.Length; entry++)
        {
            var candidate = vocabulary[entry];
            if (candidate.Length < word.Length - maxEdits || (!isPrefix && candidate.Length > word.Length + maxEdits)
                || BitOperations.PopCount(mask & ~letterMasks[entry]) > maxEdits)
            {
                continue;
            }

            var edits = SpellingDistance.Of(word, candidate, maxEdits, isPrefix);
            if (edits > 0 && edits <= maxEdits)
                Add(match, entry, typoFactors[edits]);
        }
    }

    private void Add(WordMatch match, int entry, double factor)
    {
        var added = match.Add(vocabulary[entry], factor, postings[entry].Count);
        if (!added)
            return;
        foreach (var (paper, field) in postings[entry])
            match.Add(paper, fieldWeights[(int)field] * factor, field == SearchField.Author);
    }

    /// <summary>A bit for each letter that occurs in a word.</summary>
    private static uint LetterMaskOf(string word)
    {
        var mask = 0u;
        foreach (var letter in word)
            mask |= 1u << (letter & 31);
        return mask;
    }

    private readonly record struct Posting(int Paper, SearchField Field);
}

/// <summary>The papers that a word of a query matches.</summary>
/// <param name="paperCount">The number of all papers.</param>
internal sealed class WordMatch(int paperCount)
{
    private double bestFactor;
    private int bestCount;

    /// <summary>By paper: how well it matches, from 0 to 1.</summary>
    public double[] Weights { get; } = new double[paperCount];

    /// <summary>By paper: whether the name of an author is the best match.</summary>
    public bool[] BestFieldIsAuthor { get; } = new bool[paperCount];

    /// <summary>The words of the papers that match.</summary>
    public HashSet<string> Words { get; } = new(StringComparer.Ordinal);

    /// <summary>The number of papers that match.</summary>
    public int Count { get; private set; }

    /// <summary>The word as papers spell it; null if none is similar.</summary>
    public string? CorrectedWord { get; set; }

    /// <summary>Adds a word of the papers.</summary>
    /// <returns>False if it was added before.</returns>
    public bool Add(string word, double factor, int count)
    {
        if (!Words.Add(word))
            return false;
        if (factor > bestFactor || (factor == bestFactor && count > bestCount))
            (CorrectedWord, bestFactor, bestCount) = (word, factor, count);
        return true;
    }

    /// <summary>Adds a paper. Its best match counts.</summary>
    public void Add(int paper, double weight, bool isAuthor)
    {
        if (weight <= Weights[paper])
            return;
        if (Weights[paper] == 0)
            Count++;
        (Weights[paper], BestFieldIsAuthor[paper]) = (weight, isAuthor);
    }
}
