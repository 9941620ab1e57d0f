namespace Denoised.Embeddings;

/// <summary>
/// The entries of the embedded model: words, then pairs of adjacent words. A pair adds to its words what their sum does not say
/// ("random forest"); a hyphenated word is the pair of its parts, so "zero-shot" and "zero shot" are the same.
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>
    /// Only so much of a text is read. It bounds the time, and the number of entries: at most one word and one pair for every two
    /// characters, fewer than the 65,535 at which a sum of 32-bit integers could overflow.
    /// </summary>
    public const int MaxTextLength = 65_000;

    /// <summary>Shorter parts of unknown words say nothing about them.</summary>
    private const int MinPartLength = 4;

    private readonly Dictionary<string, int> words;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> wordLookup;
    private readonly Dictionary<long, int> pairs;

    /// <summary>The entries in the order of their vectors.</summary>
    public Vocabulary(IReadOnlyList<string> words, IReadOnlyList<(int First, int Second)> pairs)
    {
        this.words = new Dictionary<string, int>(words.Count, StringComparer.Ordinal);
        foreach (var word in words)
            this.words.Add(word, this.words.Count);
        this.pairs = new Dictionary<long, int>(pairs.Count);
        foreach (var (first, second) in pairs)
            this.pairs.Add(PairKey(first, second), words.Count + this.pairs.Count);
        wordLookup = this.words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Number of words and pairs.</summary>
    public int Count => words.Count + pairs.Count;

    /// <summary>The entries of a text, in order, each as often as it occurs.</summary>
    public EntryReader Read(ReadOnlySpan<char> text, Span<char> buffer) => new(this, text[..Math.Min(text.Length, MaxTextLength)], buffer);

    /// <summary>Whether a word is an entry.</summary>
    public bool Contains(ReadOnlySpan<char> word) => IndexOf(word) is not null;

    /// <summary>The place of a word among the entries; null where it is none.</summary>
    public int? IndexOf(ReadOnlySpan<char> word) => wordLookup.TryGetValue(word, out var entry) ? entry : null;

    /// <summary>Whether two words in this order are an entry.</summary>
    public bool ContainsPair(string first, string second) =>
        words.TryGetValue(first, out var left) && words.TryGetValue(second, out var right) && pairs.ContainsKey(PairKey(left, right));

    private static long PairKey(int first, int second) => ((long)first << 32) | (uint)second;

    /// <summary>
    /// Enumerates entries. A word of the vocabulary gives its entry, and the pair's entry where it is joined with such a word before it.
    /// An unknown word gives its longest known beginning, and its remainder where that is known too; each part has at least four letters.
    /// </summary>
    internal ref struct EntryReader(Vocabulary vocabulary, ReadOnlySpan<char> text, Span<char> buffer)
    {
        private const int None = -1;

        private WordReader reader = new(text, buffer);
        private int previousWord = None;
        private int next = None;

        public int Current { get; private set; }

        public readonly EntryReader GetEnumerator() => this;

        public bool MoveNext()
        {
            if (next != None)
            {
                (Current, next) = (next, None);
                return true;
            }

            while (reader.MoveNext())
            {
                if (vocabulary.wordLookup.TryGetValue(reader.Word, out var word))
                {
                    if (previousWord != None && reader.IsJoined && vocabulary.pairs.TryGetValue(PairKey(previousWord, word), out var pair))
                        next = pair;
                    Current = previousWord = word;
                    return true;
                }

                previousWord = None;
                if (ReadParts(reader.Word))
                    return true;
            }

            return false;
        }

        private bool ReadParts(ReadOnlySpan<char> word)
        {
            for (var length = word.Length - 1; length >= MinPartLength; length--)
            {
                if (!vocabulary.wordLookup.TryGetValue(word[..length], out var part))
                    continue;
                Current = part;
                if (word.Length - length >= MinPartLength && vocabulary.wordLookup.TryGetValue(word[length..], out var remainder))
                    next = remainder;
                return true;
            }

            return false;
        }
    }
}
