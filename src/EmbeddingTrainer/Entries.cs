using Denoised.Embeddings;

namespace Denoised.EmbeddingTrainer;

/// <summary>The words and pairs of a model, in the order of their vectors, with their document frequencies.</summary>
internal sealed class Entries
{
    private const int MinWordPapers = 4;
    private const int MinPairPapers = 10;

    private Entries(List<string> words, List<(int First, int Second)> pairs)
    {
        (Words, Pairs, Vocabulary) = (words, pairs, new Vocabulary(words, pairs));
        PaperCounts = new int[Vocabulary.Count];
    }

    public List<string> Words { get; }

    public List<(int First, int Second)> Pairs { get; }

    public Vocabulary Vocabulary { get; }

    public int[] PaperCounts { get; }

    public int Count => PaperCounts.Length;

    public string Text(int entry) => entry < Words.Count
        ? Words[entry]
        : $"{Words[Pairs[entry - Words.Count].First]} {Words[Pairs[entry - Words.Count].Second]}";

    /// <summary>Selects the words with the highest document frequencies, in alphabetical order. Excludes numbers and single letters.</summary>
    public static Entries WithWords(IReadOnlyList<Paper> papers, int maxWords)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var paper in papers)
            foreach (var word in WordsOf(paper.Text).Select(word => word.Text).Distinct())
                counts[word] = counts.GetValueOrDefault(word) + 1;
        var words = counts.Where(word => word.Value >= MinWordPapers && word.Key.Length > 1 && word.Key.Any(char.IsAsciiLetter))
            .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal)
            .Take(maxWords).Select(word => word.Key).Order(StringComparer.Ordinal);
        return new Entries([.. words], []).Counted(papers);
    }

    /// <summary>Adds every pair that occurs in at least ten papers.</summary>
    public Entries WithFrequentPairs(IReadOnlyList<Paper> papers)
    {
        var places = Words.Select((word, place) => (word, place)).ToDictionary(word => word.word, word => word.place, StringComparer.Ordinal);
        var counts = new Dictionary<(int, int), int>();
        foreach (var paper in papers)
        {
            var pairs = new HashSet<(int, int)>();
            var previous = -1;
            foreach (var (word, isJoined) in WordsOf(paper.Text))
            {
                var place = places.GetValueOrDefault(word, -1);
                if (isJoined && place >= 0 && previous >= 0)
                    pairs.Add((previous, place));
                previous = place;
            }

            foreach (var pair in pairs)
                counts[pair] = counts.GetValueOrDefault(pair) + 1;
        }

        return new Entries(Words, [.. counts.Where(pair => pair.Value >= MinPairPapers).Select(pair => pair.Key).Order()]).Counted(papers);
    }

    /// <summary>Keeps all words, and only the pairs at the given indexes.</summary>
    public Entries WithPairs(IEnumerable<int> places, IReadOnlyList<Paper> papers) => new Entries(Words, [.. places.Order().Select(place => Pairs[place])]).Counted(papers);

    /// <summary>Gets the entries of a text, repeated as often as they occur.</summary>
    public int[] Read(string text)
    {
        Span<char> buffer = stackalloc char[WordReader.MaxWordLength];
        var entries = new List<int>();
        foreach (var entry in Vocabulary.Read(text, buffer))
            entries.Add(entry);
        return [.. entries];
    }

    /// <summary>Splits a text into words, and marks the words that are joined to their predecessor.</summary>
    public static List<(string Text, bool IsJoined)> WordsOf(string text)
    {
        var words = new List<(string, bool)>();
        var reader = new WordReader(text, stackalloc char[WordReader.MaxWordLength]);
        while (reader.MoveNext())
            words.Add((reader.Word.ToString(), reader.IsJoined));
        return words;
    }

    private Entries Counted(IReadOnlyList<Paper> papers)
    {
        foreach (var paper in papers)
            foreach (var entry in Read(paper.Text).Distinct())
                PaperCounts[entry]++;
        return this;
    }
}
