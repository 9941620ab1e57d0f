namespace Denoised.Embeddings;

/// <summary>
/// The entries of the embedded model: words, then pairs of adjacent words. A pair adds meaning that the sum of its words lacks ("random forest"). A
/// hyphenated word is the pair of its parts, so "zero-shot" equals "zero shot".
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>
    /// The maximum length read from a text. It bounds the time and the number of entries: at most one word and one pair per two characters, fewer
    /// than the 65,535 at which a 32-bit sum could overflow.
    /// </summary>
    public const int MaxTextLength = 65_000;

    /// <summary>The minimum length of a part of an unknown word; shorter parts carry no meaning.</summary>
    private const int MinPartLength = 4;

    private readonly Dictionary<string, int> words;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> wordLookup;
    private readonly Dictionary<long, int> pairs;

    /// <summary>Creates a vocabulary from entries in the order of their vectors.</summary>
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

    /// <summary>The number of words and pairs.</summary>
    public int Count => words.Count + pairs.Count;

    /// <summary>The entries of a text, in order and with repetitions.</summary>
    public EntryReader Read(ReadOnlySpan<char> text, Span<char> buffer) => new(this, text[..Math.Min(text.Length, MaxTextLength)], buffer);

    /// <summary>Whether a word is an entry.</summary>
    public bool Contains(ReadOnlySpan<char> word) => IndexOf(word) is not null;

    /// <summary>The index of a word among the entries; null if it is not an entry.</summary>
    public int? IndexOf(ReadOnlySpan<char> word) => wordLookup.TryGetValue(word, out var entry) ? entry : null;

    /// <summary>Whether two words in this order form an entry.</summary>
    public bool ContainsPair(string first, string second) =>
        words.TryGetValue(first, out var left) && words.TryGetValue(second, out var right) && pairs.ContainsKey(PairKey(left, right));

    private static long PairKey(int first, int second) => ((long)first << 32) | (uint)second;

    /// <summary>
    /// Enumerates entries. A known word yields its entry, and also the pair's entry if it is joined to a known word before it. An unknown word
    /// yields its longest known prefix, and the remainder if that is known too; each part has at least four letters.
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
