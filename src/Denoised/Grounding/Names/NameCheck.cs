using System.Text;
using System.Text.RegularExpressions;
using Denoised.Grounding.Numbers;
using Denoised.Text;

namespace Denoised.Grounding.Names;

/// <summary>
/// Checks that the names of methods, models and datasets in a draft occur in the paper. Recognizes a name by its shape (digits, inner or several
/// capitals) or by a capital that plain English does not have.
/// </summary>
internal static class NameCheck
{
    /// <summary>Returns the names in a sentence of a draft that do not occur in the paper, as written.</summary>
    /// <param name="plain">The sentence, in plain text.</param>
    /// <param name="names">The names of the text where they must occur.</param>
    /// <param name="paper">The names of the whole paper: a word that it writes in lower case is no name.</param>
    public static IEnumerable<string> Missing(string plain, NameLookup names, NameLookup paper)
    {
        var isOpening = true;
        var previous = "";
        foreach (Match match in Token.Matches(plain))
        {
            isOpening |= plain.AsSpan(0, match.Index).TrimEnd() is [.., ':' or '"' or '.' or '?' or '!' or ';'];
            var token = match.Value.TrimEnd('.', '-', '\'');
            if (token.EndsWith("'s", StringComparison.Ordinal))
                token = token[..^2];

            // "Lantern Net" matches "LanternNet" in the paper.
            if (Shape(token, isOpening) is { } shape && !Stands(token, shape, names, paper) && !(Units.Find(token) is not null && IsMeasured(previous))
                && !(shape == NameShape.Capital && paper.HasPlain(token) && HasForm(token, paper))
                && !(shape == NameShape.Opening && (paper.HasStem(token) || IsVerbal(token, match.NextMatch().Value) || IsSpelled(token)))
                && !(previous.Length > 0 && names.HasName(previous + token))
                && !(match.NextMatch() is { Success: true } next && next.Index == match.Index + match.Length + 1 && names.HasName(token + next.Value)))
                yield return token;
            isOpening = false;
            previous = match.Value;
        }
    }

    /// <summary>
    /// Returns the names in a sentence of any language that do not occur in the paper. Recognizes a name only by digits, inner or several capitals:
    /// other languages capitalize other words. Each part of a compound ("GPU-Stunden") is a word of its own.
    /// </summary>
    /// <inheritdoc cref="Missing"/>
    public static IEnumerable<string> MissingMarked(string plain, NameLookup names, NameLookup paper) => Token.Matches(plain)
        .SelectMany(static match => Runs(match.Value))
        .Where(run => !char.IsAsciiDigit(run[0]) && IsMarked(run) && !HasForm(run, names) && !IsKnown(run, paper)
            && !(IsAcronym(run) is { } acronym && Abbreviates(acronym, names, paper)));

    /// <summary>The parts of a token. A number belongs to the part before it.</summary>
    private static List<string> Runs(string token)
    {
        List<string> runs = [];
        foreach (var part in token.Split(['-', '.', '\''], StringSplitOptions.RemoveEmptyEntries))
        {
            if (runs.Count > 0 && char.IsAsciiDigit(part[0]))
                runs[^1] += part;
            else
                runs.Add(part);
        }

        return runs;
    }

    /// <summary>Whether a word has a verbal or adverbial form that starts sentences ("Using", "Notably") and rarely a name.</summary>
    private static bool IsVerbal(string word, string next) =>
        word.Length >= 5
        && (word.EndsWith("ly", StringComparison.Ordinal) || (word.Length >= 8 && word.EndsWith("ing", StringComparison.Ordinal))
            || ((word.EndsWith("ing", StringComparison.Ordinal) || word.EndsWith("ed", StringComparison.Ordinal)) && !IsThirdPerson(next)));

    /// <summary>Whether a word looks like a verb in the third person: it often follows a name, and rarely a form such as "Going".</summary>
    private static bool IsThirdPerson(string word) =>
        word is "is" or "was" or "has" or "does"
        || (word.Length > 3 && char.IsLower(word[0]) && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i')
            && ContentWords.Stem(word) is not null);

    private static bool IsSpelled(string token) => token.Split('-').All(static part => SpelledNumbers.Find(part) is not null);

    /// <summary>Whether a unit can follow the previous word: a number, another unit, "in" or "per".</summary>
    private static bool IsMeasured(string previous) =>
        previous is "in" or "per" || (previous.Length > 0 && char.IsAsciiDigit(previous[0])) || SpelledNumbers.Find(previous) is not null
        || Units.Find(previous) is not null;

    /// <summary>Whether the root of a word occurs: "Gauss" for "Gaussian", "Africa" for "African".</summary>
    private static bool HasRoot(string word, NameLookup names) =>
        word.Length > 4 && word.EndsWith("an", StringComparison.Ordinal)
        && (names.HasName(word.AsSpan(..^1)) || (word[^3] is 'i' or 'e' && names.HasName(word.AsSpan(..^3))));

    private static NameShape? Shape(string token, bool isOpening)
    {
        // A token that starts with a digit is left to the number check; a single letter is a variable.
        if (token.Length < 2 || char.IsAsciiDigit(token[0]))
            return null;
        var parts = token.Split('-', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Any(IsMarked)
            || (parts.Length > 1 && parts.Any(static part => char.IsUpper(part[0])) && parts.Any(static part => part.All(char.IsAsciiDigit))))
        {
            return NameShape.Marked;
        }

        if (parts.Skip(1).Any(static part => part.Length > 1 && char.IsUpper(part[0])))
            return NameShape.Capital;
        return !char.IsUpper(token[0]) ? null : isOpening ? NameShape.Opening : NameShape.Capital;
    }

    /// <summary>Whether a part has digits next to letters, or a capital after the first letter.</summary>
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

    private static bool Stands(string token, NameShape shape, NameLookup names, NameLookup paper)
    {
        if (HasForm(token, names) || (shape == NameShape.Opening ? PlainWords.Contains(token) : PlainWords.HasCapital(token)) || IsKnown(token, paper))
            return true;
        if (IsAcronym(token) is { } acronym && (Abbreviates(acronym, names, paper) || PlainWords.HasCapital(token)))
            return true;
        if (HasRoot(token, names))
            return true;

        // "Transformer-based", "non-IID", "English-German": checks each part separately. A number belongs to the part before it: "ResNet-101" does
        // not match "ResNet-50".
        var parts = token.Split('-', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 1)
            return shape == NameShape.Opening && names.HasStem(token);

        // Two names that occur separately in the paper can be joined by a hyphen; two ordinary words of the paper cannot.
        var isPlain = parts.Any(static part => char.IsLower(part[0]));
        var run = new StringBuilder();
        foreach (var part in parts)
        {
            if (!part.All(char.IsAsciiDigit) && !(char.IsAsciiDigit(part[0]) && run.Length > 0))
            {
                if (run.Length > 0 && !StandsAlone(run.ToString(), isPlain, names, paper))
                    return false;
                run.Clear();
            }

            run.Append(part);
        }

        return run.Length == 0 || StandsAlone(run.ToString(), isPlain, names, paper);
    }

    /// <summary>
    /// Whether a word is a language or a count of operations that the whole paper contains. These need not occur in the cited sentences.
    /// </summary>
    private static bool IsKnown(string word, NameLookup paper) => PlainWords.IsCommonName(word) && HasForm(word, paper);

    private static bool StandsAlone(string part, bool isPlain, NameLookup names, NameLookup paper)
    {
        if (char.IsLower(part[0]) && !IsMarked(part))
            return true;
        if (PlainWords.HasCapital(part) || IsKnown(part, paper) || HasRoot(part, names))
            return true;
        if (HasForm(part, names) && (isPlain || paper.HasCapital(part) || (part[^1] == 's' && paper.HasCapital(part.AsSpan(..^1)))))
            return true;
        return IsAcronym(part) is { } acronym && Abbreviates(acronym, names, paper);
    }

    private static bool Abbreviates(string acronym, NameLookup names, NameLookup paper) =>
        names.HasInitials(acronym) && paper.HasInitials(acronym, Math.Max(1, 4 - acronym.Length));

    private static bool HasForm(string name, NameLookup names) =>
        names.HasName(name) || (name[^1] == 's' && names.HasName(name.AsSpan(..^1))) || names.HasName(name + "s")
        || (name.EndsWith("es", StringComparison.Ordinal) && names.HasName(name.AsSpan(..^2)));

    /// <summary>The capitals of an acronym, "LLM" for "LLMs"; null when the token is none.</summary>
    private static string? IsAcronym(string token)
    {
        var letters = token[^1] == 's' ? token[..^1] : token;
        return letters.Length is >= 2 and <= 7 && letters.All(char.IsUpper) ? letters : null;
    }

    private enum NameShape
    {
        /// <summary>Digits, inner or several capitals.</summary>
        Marked,

        /// <summary>A capital within a sentence.</summary>
        Capital,

        /// <summary>A capital at the start of a sentence, which may be an ordinary word.</summary>
        Opening,
    }

    private static readonly LinearRegex Token = new(@"[\p{L}\p{N}](?:[\p{L}\p{N}.'-]*[\p{L}\p{N}])?");
}
