using Denoised.Publishing.Tex;
using Denoised.Text;

namespace Denoised.Publishing.Citations;

/// <summary>An author's name in parts. A collaboration or a single-word name has only <see cref="Literal"/>.</summary>
/// <param name="Particles">Lower-case words before the family name (<c>van der</c>), which sorting may ignore.</param>
/// <param name="Family">The family name without particles.</param>
/// <param name="Given">The given names.</param>
/// <param name="Suffix">A suffix such as <c>Jr.</c>.</param>
/// <param name="Literal">The unparsed name.</param>
internal sealed record PersonName(string? Particles, string? Family, string? Given, string? Suffix, string? Literal)
{
    // Words that are particles even if their case does not show it: "De Silva", "joost van de weijer".
    private static readonly HashSet<string> particles =
        new("al da dal dalla de del della den der des di dos el la las los van von".Split(' '), StringComparer.OrdinalIgnoreCase);

    private static readonly PhraseMatcher group = new(["(collaboration|consortium|team|group|project|community|initiative)"]);
    private static readonly HashSet<string> generations = new(["jr", "sr", "ii", "iii", "iv"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The family name with its particles.</summary>
    public string? FullFamily => Particles is null ? Family : $"{Particles} {Family}";

    /// <summary>The word for the citation key.</summary>
    public string Last => (Family ?? Literal!).Split(' ')[^1];

    /// <summary>Parses a name in arXiv's order: given names first.</summary>
    public static PersonName Parse(string name)
    {
        var words = TexReader.PlainText(name).Split([' ', ',', '\t', '\n', '\r', '\u00A0'], StringSplitOptions.RemoveEmptyEntries).ToList();

        // The remainder of a list that was split at its commas.
        if (words.Count > 1 && words[0] == "and")
            words.RemoveAt(0);
        if (words.Count < 2 || group.IsMatch(new TokenizedText(name)) || words.SkipLast(1).Contains("and", StringComparer.OrdinalIgnoreCase))
            return new PersonName(null, null, null, null, string.Join(' ', words));

        string? suffix = null;
        if (words.Count > 2 && generations.Contains(words[^1] is [.. var word, '.'] ? word : words[^1]))
        {
            suffix = words[^1];
            words.RemoveAt(words.Count - 1);
        }

        var last = words.Count - 1;
        var start = last;
        while (start > 1 && (particles.Contains(words[start - 1]) || (IsLower(words[start - 1]) && !IsLower(words[last]))))
            start--;
        if (start > 1 && start < last && words[start] is ("y" or "e" or "i"))
            start--; // "Ortega y Gasset" is one family name.

        var family = start;
        while (family < last && IsLower(words[family]))
            family++;
        return new PersonName(
            family > start ? string.Join(' ', words[start..family]) : null, string.Join(' ', words[family..]), string.Join(' ', words[..start]), suffix, null);
    }

    /// <summary>Whether a word begins with a lower-case letter, possibly after an apostrophe.</summary>
    public static bool IsLower(string word) => word.TrimStart('\'', '’', '`', '‘') is [var first, ..] && char.IsLower(first);
}
