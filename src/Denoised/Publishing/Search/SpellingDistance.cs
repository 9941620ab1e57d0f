namespace Denoised.Publishing.Search;

/// <summary>Counts typing mistakes.</summary>
internal static class SpellingDistance
{
    private const int MaxLength = 40;

    /// <summary>
    /// The number of letters to insert, delete, replace or swap with their neighbour to make a word out of another one (optimal string alignment).
    /// </summary>
    /// <param name="typed">The typed word.</param>
    /// <param name="word">The other word.</param>
    /// <param name="max">The highest number of interest; a higher one is given as <paramref name="max"/> + 1.</param>
    /// <param name="isPrefix">Whether the beginning of <paramref name="word"/> is enough.</param>
    public static int Of(string typed, string word, int max, bool isPrefix)
    {
        if (typed.Length > MaxLength)
            return max + 1;
        var length = Math.Min(word.Length, typed.Length + max);
        Span<int> beforePrevious = stackalloc int[MaxLength + 3];
        Span<int> previous = stackalloc int[MaxLength + 3];
        Span<int> current = stackalloc int[MaxLength + 3];
        for (var at = 0; at <= length; at++)
            previous[at] = at;
        var minEdits = 0;
        for (var row = 1; row <= typed.Length; row++)
        {
            current[0] = minEdits = row;
            for (var at = 1; at <= length; at++)
            {
                var isSame = typed[row - 1] == word[at - 1];
                var edits = Math.Min(Math.Min(previous[at], current[at - 1]) + 1, previous[at - 1] + (isSame ? 0 : 1));
                if (row > 1 && at > 1 && typed[row - 1] == word[at - 2] && typed[row - 2] == word[at - 1])
                    edits = Math.Min(edits, beforePrevious[at - 2] + 1);
                current[at] = edits;
                minEdits = Math.Min(minEdits, edits);
            }

            if (minEdits > max)
                return max + 1;
            var reused = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = reused;
        }

        return Math.Min(isPrefix ? minEdits : previous[length], max + 1);
    }
}
