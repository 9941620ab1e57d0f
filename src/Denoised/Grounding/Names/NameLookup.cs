using Denoised.Text;

namespace Denoised.Grounding.Names;

/// <summary>The possible names in some sentences: each word, and up to four adjacent words joined, ignoring case, hyphens and spaces.</summary>
internal sealed class NameLookup
{
    private const int Neighbours = 4;
    private const ulong Offset = 14695981039346656037UL;
    private const ulong Prime = 1099511628211UL;

    private readonly HashSet<ulong> names = [];
    private readonly HashSet<string> stems = new(StringComparer.Ordinal);
    private readonly HashSet<string> plainWords = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<ulong> capitals = [];
    private readonly List<char> initials = [];

    // The words of the initials.
    private readonly List<ulong> initialWords = [];

    public NameLookup(IEnumerable<string> plainSentences)
    {
        Span<ulong> open = stackalloc ulong[Neighbours];
        foreach (var plain in plainSentences)
        {
            open.Fill(Offset);
            var i = 0;
            while (i < plain.Length)
            {
                if (!char.IsLetterOrDigit(plain[i]))
                {
                    i++;
                    continue;
                }

                // Ends the oldest open run, extends the others by this word and starts a new one.
                for (var run = 0; run < Neighbours - 1; run++)
                    open[run] = open[run + 1];
                open[Neighbours - 1] = Offset;
                var start = i;
                for (; i < plain.Length && char.IsLetterOrDigit(plain[i]); i++)
                {
                    for (var run = 0; run < Neighbours; run++)
                        open[run] = unchecked((open[run] ^ char.ToLowerInvariant(plain[i])) * Prime);
                }

                foreach (var run in open)
                    names.Add(run);
                if (char.IsUpper(plain[start]))
                    capitals.Add(open[Neighbours - 1]);
                if (char.IsLetter(plain[start]))
                {
                    // No acronym spans "of" and "the".
                    initials.Add(ContentWords.Stem(plain.AsSpan(start, i - start)) is null ? '.' : char.ToLowerInvariant(plain[start]));
                    initialWords.Add(open[Neighbours - 1]);
                }

                if (char.IsLower(plain[start]) && ContentWords.Stem(plain.AsSpan(start, i - start)) is { } small)
                    plainWords.Add(small);
            }

            foreach (var stem in ContentWords.Of(plain))
                stems.Add(stem);

            // No acronym spans two sentences.
            initials.Add('.');
            initialWords.Add(0);
        }
    }

    /// <summary>Whether the letters and digits of a name occur.</summary>
    public bool HasName(ReadOnlySpan<char> name) => names.Contains(Hash(name));

    /// <summary>Whether a word occurs with a capital.</summary>
    public bool HasCapital(ReadOnlySpan<char> word) => capitals.Contains(Hash(word));

    private static ulong Hash(ReadOnlySpan<char> name)
    {
        var hash = Offset;
        foreach (var character in name)
        {
            if (char.IsLetterOrDigit(character))
                hash = unchecked((hash ^ char.ToLowerInvariant(character)) * Prime);
        }

        return hash;
    }

    /// <summary>Whether a word occurs in any inflection; true for a function word.</summary>
    public bool HasStem(string word) => ContentWords.Stem(word) is not { } stem || stems.Contains(stem);

    /// <summary>Whether a word occurs in lower case, in any inflection.</summary>
    public bool HasPlain(string word) => ContentWords.Stem(word) is not { } stem || plainWords.Contains(stem);

    /// <summary>Whether a stem occurs.</summary>
    public bool HasExactStem(string stem) => stems.Contains(stem);

    /// <summary>Whether adjacent words have the letters of an acronym as initials.</summary>
    /// <param name="acronym">The letters of the acronym.</param>
    /// <param name="minCount">The minimum number of times that the same words must occur: almost any two letters are the initials of some words.</param>
    public bool HasInitials(ReadOnlySpan<char> acronym, int minCount = 1)
    {
        Span<char> wanted = stackalloc char[acronym.Length];
        acronym.ToLowerInvariant(wanted);
        var all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(initials);
        var counts = new Dictionary<ulong, int>();
        for (var at = 0; all[at..].IndexOf(wanted) is var next and >= 0; at++)
        {
            at += next;
            var phrase = Offset;
            for (var word = at; word < at + wanted.Length; word++)
                phrase = unchecked((phrase ^ initialWords[word]) * Prime);
            if ((counts[phrase] = counts.GetValueOrDefault(phrase) + 1) >= minCount)
                return true;
        }

        return false;
    }
}
