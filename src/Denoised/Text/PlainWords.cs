using System.Collections.Frozen;

namespace Denoised.Text;

/// <summary>
/// Capitalized words that are no names: words that occur in lower case in at least twelve of some thousand machine-learning abstracts, and common
/// first words of sentences.
/// </summary>
internal static class PlainWords
{
    /// <summary>Words that are always capitalized but do not name a method, model or dataset.</summary>
    private static readonly FrozenSet<string> capitals = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
        "Earth", "Internet", "Web", "AI", "ML", "GPU", "GPUs", "CPU", "CPUs", "US", "USA", "UK", "EU", "ID", "OK", "PC", "vs", "PhD", "TV", "QA",
        "FAQ", "II", "III", "IV", "VI", "VII", "VIII", "IX",
        "Section", "Table", "Figure", "Appendix", "Equation", "Theorem", "Lemma", "Algorithm", "Abstract", "Title");

    private static readonly FrozenSet<string> commonNames = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "English", "German", "French", "Chinese", "Japanese", "Spanish", "Italian", "Arabic", "Russian", "Korean", "Hindi", "Portuguese", "Dutch",
        "Greek", "Latin", "Roman", "Western",
        "FLOPs", "FLOP", "GFLOPs", "TFLOPs");

    private static readonly Lazy<HashSet<string>> stems = new(Read);

    /// <summary>Whether a word is no name.</summary>
    public static bool Contains(string word) => capitals.Contains(word) || ContentWords.Stem(word) is not { } stem || stems.Value.Contains(stem);

    /// <summary>Whether plain English capitalizes a word that names no method, model or dataset.</summary>
    public static bool HasCapital(string word) => capitals.Contains(word);

    /// <summary>
    /// Whether a word names a language or a count of operations. The paper must contain it, but not every sentence that a claim cites.
    /// </summary>
    public static bool IsCommonName(string word) => commonNames.Contains(word);

    private static HashSet<string> Read()
    {
        using var stream = typeof(PlainWords).Assembly.GetManifestResourceStream("Denoised.PlainWords.txt")
            ?? throw new InvalidOperationException("The list of plain words is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => ContentWords.Stem(word))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
    }
}
