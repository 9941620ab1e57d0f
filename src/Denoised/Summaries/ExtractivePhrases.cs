using System.Collections.Frozen;

namespace Denoised.Summaries;

/// <summary>
/// Counts weighted phrases in a list of words. A phrase is one or more words; a word ending in <c>*</c> stands for all words that begin so.
/// Of the phrases of one label that overlap, the one that begins first counts, and of these the longest ("large language model", not also "language model").
/// </summary>
internal sealed class ExtractivePhrases
{
    /// <summary>How many leading letters of a phrase's first word it is indexed by; a stem may not be shorter.</summary>
    private const int IndexLength = 3;

    private readonly FrozenDictionary<string, Phrase[]> byStart;
    private readonly Phrase[] phrases;
    private readonly int labels;

    /// <param name="labels">How many labels there are; a phrase's label lies below it.</param>
    /// <param name="entries">Label, weight and phrases separated by semicolons.</param>
    /// <exception cref="ArgumentException">A stem is shorter than three letters, or a phrase stands twice under one label; the message names it.</exception>
    public ExtractivePhrases(int labels, IEnumerable<(int Label, double Weight, string Phrases)> entries)
    {
        this.labels = labels;
        var seen = new HashSet<(int, string)>();
        var all = new List<Phrase>();
        foreach (var (label, weight, list) in entries)
        {
            foreach (var text in list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!seen.Add((label, text)))
                    throw new ArgumentException($"The phrase '{text}' stands twice under label {label}.", nameof(entries));
                var words = text.Split(' ');
                if (words[0].EndsWith('*') && words[0].Length <= IndexLength)
                    throw new ArgumentException($"The stem of '{text}' is shorter than {IndexLength} letters.", nameof(entries));
                all.Add(new Phrase(all.Count, label, weight, words));
            }
        }

        phrases = [.. all];
        byStart = phrases
            .GroupBy(phrase => phrase.Words[0].TrimEnd('*') is { Length: > IndexLength } first ? first[..IndexLength] : phrase.Words[0].TrimEnd('*'), StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(phrase => phrase.Words.Length).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>
    /// The score of each label: the sum over its phrases of weight times 1, 1.5, 1.75 … for one, two, three occurrences.
    /// </summary>
    public double[] Score(List<string> words)
    {
        var counts = new int[phrases.Length];
        var coveredUntil = new int[labels];
        var lookup = byStart.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i].AsSpan();
            if (!lookup.TryGetValue(word.Length > IndexLength ? word[..IndexLength] : word, out var candidates))
                continue;
            foreach (var candidate in candidates)
            {
                if (coveredUntil[candidate.Label] <= i && candidate.StandsAt(words, i))
                {
                    counts[candidate.Index]++;
                    coveredUntil[candidate.Label] = i + candidate.Words.Length;
                }
            }
        }

        var scores = new double[labels];
        for (var p = 0; p < counts.Length; p++)
        {
            if (counts[p] > 0)
                scores[phrases[p].Label] += phrases[p].Weight * (2 - Math.Pow(2, 1 - counts[p]));
        }

        return scores;
    }

    private sealed record Phrase(int Index, int Label, double Weight, string[] Words)
    {
        public bool StandsAt(List<string> text, int start)
        {
            if (start + Words.Length > text.Count)
                return false;
            for (var i = 0; i < Words.Length; i++)
            {
                var wanted = Words[i].AsSpan();
                var found = text[start + i].AsSpan();
                if (wanted[^1] == '*' ? !found.StartsWith(wanted[..^1], StringComparison.Ordinal) : !found.SequenceEqual(wanted))
                    return false;
            }

            return true;
        }
    }
}
