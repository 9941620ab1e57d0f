using System.Text.RegularExpressions;

namespace Denoised.Publishing.Citations;

/// <summary>An author's name in parts. A collaboration, or a name of one word, has only <see cref="Literal"/>.</summary>
/// <param name="Family">The family name with its particles.</param>
/// <param name="Given">The given names.</param>
/// <param name="Suffix"><c>Jr.</c> and the like.</param>
/// <param name="Literal">The name as it is.</param>
internal sealed record PersonName(string? Family, string? Given, string? Suffix, string? Literal)
{
    private static readonly HashSet<string> particles = new(["da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le", "ten", "ter", "van", "von", "zu", "zur"], StringComparer.Ordinal);

    /// <summary>The word that a key is made of.</summary>
    public string Last => (Family ?? Literal!).Split(' ')[^1];

    /// <summary>Reads a name as arXiv writes it, given names first.</summary>
    public static PersonName Parse(string name)
    {
        var words = name.Split([' ', ',', '\t', '\n', '\r', '\u00A0'], StringSplitOptions.RemoveEmptyEntries).ToList();
        if (words.Count < 2 || Group.IsMatch(name))
            return new PersonName(null, null, null, string.Join(' ', words));

        string? suffix = null;
        if (words.Count > 2 && Generation.IsMatch(words[^1]))
        {
            suffix = words[^1];
            words.RemoveAt(words.Count - 1);
        }

        var start = words.Count - 1;
        while (start > 1 && particles.Contains(words[start - 1]))
            start--;
        return new PersonName(string.Join(' ', words.Skip(start)), string.Join(' ', words.Take(start)), suffix, null);
    }

    private static readonly LinearRegex Group = new(@"\b(collaboration|consortium|team|group|project|community|initiative)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Generation = new(@"^(jr|sr|ii|iii|iv)\.?$", RegexOptions.IgnoreCase);
}
