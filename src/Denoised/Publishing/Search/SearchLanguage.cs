using System.Text.Json;
using System.Text.Json.Serialization;
using Denoised.Embeddings;

namespace Denoised.Publishing.Search;

/// <summary>
/// Words, stems, stop words and synonyms of the search. The page implements the same rules (<c>frontend/src/search/search-language.ts</c>); both read
/// <c>frontend/src/search/search-language.json</c> and pass <c>frontend/test/search-cases.json</c>.
/// </summary>
internal static class SearchLanguage
{
    private const int MinStemLength = 3;

    /// <summary>The longest synonym, in words.</summary>
    private const int MaxPhraseLength = 5;

    private static readonly LanguageFile file = ReadFile();
    private static readonly HashSet<string> stopWords = [.. file.StopWords.Split(' ')];
    private static readonly string[] suffixes = file.Suffixes.Split(' ');

    /// <summary>By the stems of a phrase: all phrases of its group. They lack stop words, as queries do.</summary>
    private static readonly Dictionary<string, string[][]> synonyms = file.Synonyms
        .Select(group => group.Select(phrase => phrase.Split(' ').Where(word => !IsStopWord(word)).ToArray()).ToArray())
        .SelectMany(group => group.Select(phrase => (Key: KeyOf(phrase), group)))
        .ToDictionary(entry => entry.Key, entry => entry.group, StringComparer.Ordinal);

    /// <summary>The words of a text in lower case and without accents; a word contains only ASCII letters and digits.</summary>
    public static List<string> WordsOf(string text) => WordReader.Words(text);

    /// <summary>Whether a word says nothing about the subject.</summary>
    public static bool IsStopWord(string word) => stopWords.Contains(word);

    /// <summary>The stem of a word: equal for "train", "trains", "trained" and "training".</summary>
    public static string StemOf(string word)
    {
        if (word.AsSpan().ContainsAnyInRange('0', '9'))
            return word;
        var stem = word;
        foreach (var suffix in suffixes)
        {
            var isPlural = suffix == "s";
            if (word.Length - suffix.Length >= Math.Max(MinStemLength, suffix.Length > 3 ? MinStemLength + 1 : 0)
                && word.EndsWith(suffix, StringComparison.Ordinal)
                && !(isPlural && word[^2] is 's' or 'u' or 'i' or 'a'))
            {
                stem = word[..^suffix.Length];
                break;
            }
        }

        return stem.Length > MinStemLength && stem[^1] == stem[^2] ? stem[..^1] : stem;
    }

    /// <summary>The longest synonym group that begins at a position of a query.</summary>
    /// <returns>The number of words of the query that belong to it, and all phrases of the group; 1 and null if there is no group.</returns>
    public static (int Length, string[][]? Phrases) SynonymsAt(IReadOnlyList<string> words, int start)
    {
        for (var length = Math.Min(MaxPhraseLength, words.Count - start); length >= 1; length--)
        {
            if (synonyms.TryGetValue(KeyOf(words.Skip(start).Take(length)), out var group))
                return (length, group);
        }

        return (1, null);
    }

    private static string KeyOf(IEnumerable<string> words) => string.Join(' ', words.Select(StemOf));

    private static LanguageFile ReadFile()
    {
        using var stream = typeof(SearchLanguage).Assembly.GetManifestResourceStream("Denoised.SearchLanguage.json")!;
        return JsonSerializer.Deserialize(stream, SearchLanguageJson.Default.LanguageFile)!;
    }

    /// <summary>The content of <c>search-language.json</c>.</summary>
    /// <param name="StopWords">Words without a subject, separated by spaces.</param>
    /// <param name="Suffixes">Suffixes that a stem lacks, separated by spaces; the first one that fits is removed.</param>
    /// <param name="Synonyms">Groups of phrases with one meaning.</param>
    internal sealed record LanguageFile(string StopWords, string Suffixes, string[][] Synonyms);
}

/// <summary>Source-generated JSON of the language file.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SearchLanguage.LanguageFile))]
internal sealed partial class SearchLanguageJson : JsonSerializerContext;
