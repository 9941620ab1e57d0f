using System.Text.RegularExpressions;

namespace Denoised.Summaries.Checks;

/// <summary>
/// The names of methods, models and data sets in a draft stand in the paper. A name is known by its shape (figures, inner or several capitals) or by
/// a capital where plain English has none.
/// </summary>
internal static partial class NameCheck
{
    /// <summary>The names of a draft's sentence that do not stand in the paper, as they are written.</summary>
    /// <param name="plain">The sentence, in plain text.</param>
    /// <param name="names">Where they have to stand.</param>
    /// <param name="paper">The whole paper: what it writes in small letters is no name.</param>
    public static IEnumerable<string> Missing(string plain, NameLookup names, NameLookup paper)
    {
        var isOpening = true;
        var previous = "";
        foreach (Match match in Token().Matches(plain))
        {
            var before = match.Index > 0 ? plain[..match.Index].TrimEnd() : "";
            isOpening |= before.Length > 0 && before[^1] is ':' or '"' or '.' or '?' or '!' or ';';
            var token = match.Value.TrimEnd('.', '-', '\'');
            if (token.EndsWith("'s", StringComparison.Ordinal))
                token = token[..^2];

            // "Lantern Net" is the paper's "LanternNet".
            if (Shape(token, isOpening) is { } shape && !Stands(token, shape, names)
                && !(shape != NameShape.Marked && paper.HasPlain(token))
                && !(shape == NameShape.Opening && (paper.HasStem(token) || IsVerbal(token)))
                && !(previous.Length > 0 && names.HasName(previous + token))
                && !(match.NextMatch() is { Success: true } next && next.Index == match.Index + match.Length + 1 && names.HasName(token + next.Value)))
                yield return token;
            isOpening = false;
            previous = match.Value;
        }
    }

    /// <summary>Sentences begin with such forms, names do not have them.</summary>
    private static bool IsVerbal(string word) => word.Length > 5 && (word.EndsWith("ing", StringComparison.Ordinal) || word.EndsWith("ed", StringComparison.Ordinal) || word.EndsWith("ly", StringComparison.Ordinal));

    private static NameShape? Shape(string token, bool isOpening)
    {
        // What begins with a figure is a number's matter, a single letter is a variable.
        if (token.Length < 2 || char.IsAsciiDigit(token[0]))
            return null;
        var parts = token.Split('-', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Any(IsMarked) || (parts.Length > 1 && parts.Any(static part => char.IsUpper(part[0])) && parts.Any(static part => part.All(char.IsAsciiDigit))))
            return NameShape.Marked;
        if (parts.Skip(1).Any(static part => part.Length > 1 && char.IsUpper(part[0])))
            return NameShape.Capital;
        return !char.IsUpper(token[0]) ? null : isOpening ? NameShape.Opening : NameShape.Capital;
    }

    /// <summary>Figures beside letters, or a capital behind the first letter.</summary>
    private static bool IsMarked(string part)
    {
        var (hasLetter, hasFigure) = (false, false);
        for (var i = 0; i < part.Length; i++)
        {
            hasLetter |= char.IsLetter(part[i]);
            hasFigure |= char.IsAsciiDigit(part[i]);
            if (i > 0 && char.IsUpper(part[i]))
                return true;
        }

        return hasLetter && hasFigure && !char.IsAsciiDigit(part[0]);
    }

    private static bool Stands(string token, NameShape shape, NameLookup names)
    {
        if (HasForm(token, names) || (shape == NameShape.Opening ? PlainWords.Contains(token) : PlainWords.HasCapital(token)))
            return true;
        if (IsAcronym(token) is { } acronym && (names.HasInitials(acronym) || PlainWords.HasCapital(token)))
            return true;
        if (Units.Find(token) is not null)
            return true;

        // "Transformer-based", "non-IID", "English-German": each part for itself. Figures belong to what they stand behind: "ResNet-101" is no ResNet-50.
        var parts = token.Split('-', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 1)
            return shape != NameShape.Marked && names.HasStem(token);
        var run = "";
        foreach (var part in parts)
        {
            if (part.All(char.IsAsciiDigit) || (char.IsAsciiDigit(part[0]) && run.Length > 0))
            {
                run += part;
                continue;
            }

            if (run.Length > 0 && !StandsAlone(run, names))
                return false;
            run = part;
        }

        return run.Length == 0 || StandsAlone(run, names);
    }

    private static bool StandsAlone(string part, NameLookup names)
    {
        if (HasForm(part, names) || names.HasStem(part))
            return true;
        if (!IsMarked(part))
            return PlainWords.HasCapital(part) || !char.IsUpper(part[0]);
        return IsAcronym(part) is { } acronym && (names.HasInitials(acronym) || PlainWords.HasCapital(part));
    }

    private static bool HasForm(string name, NameLookup names) =>
        names.HasName(name) || (name[^1] == 's' && names.HasName(name.AsSpan(..^1))) || names.HasName(name + "s") || (name.EndsWith("es", StringComparison.Ordinal) && names.HasName(name.AsSpan(..^2)));

    /// <summary>The capitals of "LLMs"; null of what is no acronym.</summary>
    private static string? IsAcronym(string token)
    {
        var letters = token[^1] == 's' ? token[..^1] : token;
        return letters.Length is >= 2 and <= 7 && letters.All(char.IsUpper) ? letters : null;
    }

    private enum NameShape
    {
        /// <summary>Figures, inner or several capitals.</summary>
        Marked,

        /// <summary>A capital inside a sentence.</summary>
        Capital,

        /// <summary>A capital that the sentence's beginning may have given.</summary>
        Opening,
    }

    [GeneratedRegex(@"[\p{L}\p{N}](?:[\p{L}\p{N}.'-]*[\p{L}\p{N}])?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Token();
}
