using System.Collections.Frozen;

namespace Denoised.Text;

/// <summary>The content words of a text: stemmed, without function words and numbers.</summary>
internal static class ContentWords
{
    private static readonly FrozenSet<string> functionWords = FrozenSet.Create(
        StringComparer.Ordinal,
        "a", "about", "above", "across", "after", "again", "against", "all", "almost", "also", "although", "among", "an", "and", "another", "any",
        "are", "around", "as", "at", "author", "authors", "be",
        "because", "been", "before", "being", "below", "between", "both", "but", "by", "can", "could", "did", "do", "does", "done", "during", "each",
        "either", "even", "every", "few", "fewer", "for",
        "from", "further", "had", "has", "have", "having", "he", "hence", "her", "here", "how", "however", "if", "in", "into", "is", "it", "its",
        "itself", "just", "least", "less", "like", "many", "may",
        "might", "more", "most", "much", "must", "nearly", "neither", "no", "nor", "not", "now", "of", "off", "on", "once", "one", "ones", "only",
        "onto", "or", "other", "others", "our", "ours", "out", "over",
        "own", "paper", "per", "rather", "roughly", "same", "several", "shall", "she", "should", "since", "so", "some", "still", "such", "than",
        "that", "the", "their", "them", "themselves", "then", "there",
        "thereby", "therefore", "these", "they", "this", "those", "though", "three", "through", "thus", "to", "together", "too", "toward", "towards",
        "two", "under", "until", "up", "upon", "us", "very", "via",
        "was", "we", "well", "were", "what", "when", "where", "whereas", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with",
        "within", "without", "would", "yet", "you", "your", "study", "work");

    /// <summary>The stems of a plain text, in order, with repetitions.</summary>
    public static List<string> Of(ReadOnlySpan<char> plain) => PlacesOf(plain).ConvertAll(static word => word.Stem);

    /// <summary>The stems with the index of each word.</summary>
    public static List<(string Stem, int At)> PlacesOf(ReadOnlySpan<char> plain)
    {
        var stems = new List<(string Stem, int At)>(plain.Length / 8);
        var i = 0;
        while (i < plain.Length)
        {
            if (!char.IsLetter(plain[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < plain.Length && (char.IsLetterOrDigit(plain[i]) || (plain[i] == '\'' && i + 1 < plain.Length && char.IsLetter(plain[i + 1]))))
                i++;
            if (Stem(plain[start..i]) is { } stem)
                stems.Add((stem, start));
        }

        return stems;
    }

    /// <summary>
    /// The stem of a word, or null for a function word. A coarse stemmer that maps "train", "trains", "trained" and "training" to one stem.
    /// </summary>
    public static string? Stem(ReadOnlySpan<char> word)
    {
        if (word.IndexOf('\'') is var apostrophe and >= 0)
            word = word[..apostrophe];
        if (word.Length < 2)
            return null;
        var lower = word.ToString().ToLowerInvariant();
        if (functionWords.Contains(lower) || lower.Length < 3)
            return lower.Length == 2 && char.IsUpper(word[1]) ? lower : null;
        return lower is "using" or "used" or "uses" ? "use" : Cut(lower);
    }

    private static readonly string[] endings =
    [
        "izations", "isations", "ization", "isation", "fulness", "iveness", "ational", "ations", "ation", "ically", "ements", "ement", "ities",
        "izing", "ising", "ating", "ments", "ment", "ances", "ance", "ences", "ence", "ators", "ator", "tions", "tion",
        "sions", "sion", "ness", "ical", "ized", "ised", "izes", "ises", "ally", "able", "ible", "ated", "ates", "ings", "ity", "ize", "ise", "ate",
        "ive", "ing", "ful", "ers", "ies", "ied", "ous", "ent", "ant", "ion", "al", "er", "or", "ed", "es", "ly", "ic", "s", "y", "e",
    ];

    private static string Cut(string word)
    {
        var stem = word;
        for (var round = 0; round < 2; round++)
        {
            foreach (var ending in endings)
            {
                if (stem.Length - ending.Length >= 3 && stem.EndsWith(ending, StringComparison.Ordinal) && (ending != "s" || stem[^2] is not ('s' or 'u')))
                {
                    stem = stem[..^ending.Length];
                    break;
                }
            }
        }

        return stem.Length > 3 && stem[^1] == stem[^2] ? stem[..^1] : stem;
    }
}
