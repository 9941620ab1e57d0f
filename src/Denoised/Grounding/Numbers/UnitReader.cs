namespace Denoised.Grounding.Numbers;

/// <summary>Reads the units after numbers: percent signs, scales, units of measure, and units after intervening words.</summary>
/// <param name="text">The text.</param>
internal sealed class UnitReader(NumberText text)
{
    // "Ten thousand million". A longer chain is not a number.
    private const int MostScales = 3;

    /// <summary>Reads the unit from the end of a number. For a part of a name, such as "3D", returns the end of the name.</summary>
    public (Dimension Dimension, double Factor, int End, bool IsPartOfName) Read(int end, int scales = 0)
    {
        var isAttached = char.IsLetter(text.At(end));
        var at = end;
        if (!isAttached && text.At(at) == '-' && char.IsLetter(text.At(at + 1)))
            at++;
        else if (!isAttached)
            at = text.SkipSpaces(end);

        if (Degree(at) is { } degree)
            return (Dimension.Degrees, 1, degree, false);
        if (text.At(at) == '%')
            return ReadPoints(at + 1) is { } behind ? (Dimension.Points, 1, behind, false) : (Dimension.Percent, 1, at + 1, false);
        if (text.At(at) == '×')
            return char.IsDigit(text.At(text.SkipSpaces(at + 1))) ? (Dimension.None, 1, end, false) : (Dimension.Ratio, 1, at + 1, false);

        var wordEnd = text.WordEnd(at);
        if (wordEnd == at || at - end > 2)
            return (Dimension.None, 1, end, false);
        var word = text.AsSpan(at, wordEnd - at);
        if (word is "per" && text.AsSpan(wordEnd).TrimStart().StartsWith("cent", StringComparison.OrdinalIgnoreCase))
            return (Dimension.Percent, 1, wordEnd + text.AsSpan(wordEnd).IndexOf("cent", StringComparison.OrdinalIgnoreCase) + 4, false);
        if (word is "x" or "X" && char.IsDigit(text.At(text.SkipSpaces(wordEnd))))
            return (Dimension.None, 1, end, false);
        if (word is "percentage" && ReadPoints(wordEnd) is { } points)
            return (Dimension.Points, 1, points, false);
        if (isAttached)
        {
            if (word is "st" or "nd" or "rd" or "th" or "s" && (word is not "s" || (text.IsDigit(end - 4) && text[end - 1] == '0')))
                return (Dimension.None, 1, wordEnd, false);

            // "3D", "7bx2": part of a name.
            if (char.IsAsciiDigit(text.At(wordEnd)) || Units.Find(word) is null)
                return (Dimension.None, 1, text.EndOfToken(wordEnd), true);
        }

        if (Units.Find(word) is not var (dimension, factor) || (word is "b" && !isAttached))
            return ReadBehindWords(end, at, wordEnd);
        if (!isAttached && word.Length == 1 && char.IsLetter(text.At(wordEnd + 1)) && text.At(wordEnd) is '\'' or '-')
            return (Dimension.None, 1, end, false);
        if (dimension == Dimension.None)
        {
            // A scale can precede a unit: "5 million hours".
            var (second, secondFactor, secondEnd, isName) = factor > 1 && scales < MostScales ? Read(wordEnd, scales + 1) : (Dimension.None, 1, wordEnd, false);
            return isName || second == Dimension.None
                ? (Dimension.None, factor * (isName ? 1 : secondFactor), isName ? wordEnd : secondEnd, false)
                : (second, factor * secondFactor, secondEnd, false);
        }

        if (dimension == Dimension.Percent && ReadPoints(wordEnd) is { } afterPoints)
            return (Dimension.Points, 1, afterPoints, false);
        return (dimension, factor, wordEnd, false);
    }

    /// <summary>Reads a unit after one or two intervening words: "12 GPU hours", "3.2 BLEU points".</summary>
    private (Dimension Dimension, double Factor, int End, bool IsPartOfName) ReadBehindWords(int end, int wordStart, int wordEnd)
    {
        for (var skipped = 0; skipped < 2; skipped++)
        {
            // Intervening words can contain digits: "8 A100 days", "1.2 F1 points".
            var tokenEnd = text.EndOfToken(wordEnd);
            if (!Units.IsUnitModifier(text.AsSpan(wordStart, tokenEnd - wordStart)) && !IsShortName(wordStart, tokenEnd))
                break;
            var next = text.At(tokenEnd) is ' ' or '-' ? tokenEnd + 1 : tokenEnd;
            var nextEnd = text.WordEnd(next);
            if (next == tokenEnd || nextEnd == next)
                break;
            if (nextEnd - next > 2 && Units.Find(text.AsSpan(next, nextEnd - next)) is var (dimension, factor)
                && dimension is not (Dimension.None or Dimension.Ratio))
            {
                return (dimension, factor, nextEnd, false);
            }

            (wordStart, wordEnd) = (next, nextEnd);
        }

        return (Dimension.None, 1, end, false);
    }

    private bool IsShortName(int start, int end) =>
        end - start is > 1 and <= 8 && char.IsUpper(text[start]) && text.AsSpan(start, end - start).IndexOfAnyInRange('0', '9') >= 0;

    /// <summary>The end of a degree sign in any notation ("°", "^°", "^o"), or null.</summary>
    private int? Degree(int i)
    {
        var at = text.At(i) == '^' ? i + 1 : i;
        return text.At(at) == '°' || (at > i && text.At(at) == 'o' && !char.IsLetterOrDigit(text.At(at + 1))) ? at + 1 : null;
    }

    private int? ReadPoints(int i)
    {
        var at = text.At(i) is ' ' or '-' ? i + 1 : i;
        var end = text.WordEnd(at);
        return text.AsSpan(at, end - at) is "point" or "points" or "pts" or "Points" ? end : null;
    }
}
