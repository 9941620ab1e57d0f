using System.Collections.Frozen;
using Denoised.Text;

namespace Denoised.Grounding.Numbers;

/// <summary>
/// Finds the numbers of a text in its plain form (<see cref="PlainText"/>), with units, scales and bounds. For a source, returns every plausible
/// reading: <c>97. 42%</c> as 97.42%, the start of <c>3 to 5 ms</c> in milliseconds, <c>10-3</c> from a PDF as a power, "half" as 50%.
/// </summary>
internal sealed class QuantityReader
{
    // "Ten thousand million"; a longer chain is no number.
    private const int MostScales = 3;

    // In a claim, "two" is a count and "three times" a factor.
    private const double LeastSpelledOfClaim = 2;

    private static readonly FrozenSet<string> fractions = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenth", "tenths");

    private static readonly FrozenSet<string> multiples = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "half", "halve", "halves", "halved", "halving", "twice", "doubles", "doubled", "doubling", "thrice", "triples", "tripled", "tripling", "quadruples", "quadrupled", "magnitude");

    private readonly string text;
    private readonly bool isSource;
    private readonly bool isClaim;
    private readonly List<Quantity> found = [];

    private QuantityReader(string plain, bool isSource, bool isClaim = false) => (text, this.isSource, this.isClaim) = (plain, isSource, isClaim);

    /// <summary>Reads the numbers of a paper in every reading.</summary>
    public static List<Quantity> OfSource(string plain) => new QuantityReader(plain, true).Read();

    /// <summary>Reads the numbers of a model's text in one reading each, without those in names.</summary>
    public static List<Quantity> OfDraft(string plain) => new QuantityReader(plain, false).Read();

    /// <summary>Reads the numbers of a claim: like a draft, plus spelled-out counts and factors from two.</summary>
    public static List<Quantity> OfClaim(string plain) => new QuantityReader(plain, false, isClaim: true).Read();

    /// <summary>Reads words such as "twice", "half" and "a third", each in all readings: "a third" is 33%, 0.33 and a factor of three.</summary>
    public static List<IReadOnlyList<Quantity>> SayingsOf(string plain)
    {
        var reader = new QuantityReader(plain, false, isClaim: true);
        List<IReadOnlyList<Quantity>> sayings = [];
        for (var i = 0; i < plain.Length; i++)
        {
            if (!char.IsLetter(plain[i]))
                continue;
            var end = reader.WordEnd(i);
            if (reader.ReadSaying(i, end) is { Count: > 0 } readings)
                sayings.Add(readings);
            i = end - 1;
        }

        return sayings;
    }

    private List<Quantity> ReadSaying(int start, int end)
    {
        var word = text.AsSpan(start, end - start);
        var (before, _) = WordBefore(start - (At(start - 1) == '-' ? 2 : 1));
        double share = 0;
        if (fractions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) && (before is "a" or "one" || SpelledNumbers.Find(before) is > 1))
            share = (SpelledNumbers.Find(before) ?? 1) * 100.0 / FractionOf(word);
        else if (!multiples.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) || before is "first" or "second" or "other")
            return [];
        var said = share > 0
            ? [(share, Dimension.Percent), (share / 100, Dimension.None), (100 / share, Dimension.Ratio)]
            : SpelledNumbers.FindSaying(word);
        List<Quantity> readings = [.. said.Select(saying => new Quantity(saying.Value, saying.Value / 10, saying.Dimension, start, end, Bound.Near, QuantityForm.Reading))];
        if (word.StartsWith("hal", StringComparison.OrdinalIgnoreCase))
            readings.Add(new Quantity(2, 0.2, Dimension.Ratio, start, end, Bound.Near, QuantityForm.Reading));
        return readings;
    }

    private static int FractionOf(ReadOnlySpan<char> word) => word[0] switch { 't' or 'T' => word[1] is 'h' or 'H' ? 3 : 10, 'q' or 'Q' => 4, _ => 5 };

    private List<Quantity> Read()
    {
        var i = 0;
        while (i < text.Length)
        {
            if (IsDigit(i) || (text[i] == '.' && IsDigit(i + 1) && (i == 0 || !char.IsLetterOrDigit(text[i - 1]))))
                i = ReadFigures(i);
            else if (char.IsLetter(text[i]))
                i = ReadWord(i);
            else
                i++;
        }

        ReadRanges();
        return found;
    }

    private bool IsDigit(int i) => i >= 0 && i < text.Length && char.IsAsciiDigit(text[i]);

    private char At(int i) => i >= 0 && i < text.Length ? text[i] : '\0';

    private int Digits(int i)
    {
        while (IsDigit(i))
            i++;
        return i;
    }

    private int WordEnd(int i)
    {
        while (i < text.Length && char.IsLetter(text[i]))
            i++;
        return i;
    }

    private int ReadFigures(int start)
    {
        var before = At(start - 1);
        var isName = (char.IsLetter(before) && !(before is 'x' or 'X' && IsDigit(start - 2))) || before is '_' or '@' || (before == '-' && char.IsLetter(At(start - 2)));
        var isRaised = before == '^' || (before == '-' && At(start - 2) == '^');
        var end = Digits(start);
        while (end - start <= 3 + (4 * 8) && At(end) == ',' && Digits(end + 1) == end + 4 && (text.AsSpan(start, end - start).Contains(',') || end - start <= 3))
            end += 4;
        var decimals = 0;
        if (At(end) == '.' && IsDigit(end + 1))
        {
            var last = Digits(end + 1);
            decimals = last - end - 1;
            end = last;
            if (At(end) == '.' && IsDigit(end + 1))
            {
                // A version number or an IP address.
                while (At(end) == '.' && IsDigit(end + 1))
                    end = Digits(end + 1);
                return end;
            }
        }

        if (isRaised)
            return end;
        if (!double.TryParse(text.AsSpan(start, end - start).ToString().Replace(",", "", StringComparison.Ordinal), System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var value))
            return end;

        var isNegative = before == '-' && !isName && (start < 2 || char.IsWhiteSpace(At(start - 2)) || At(start - 2) is '(' or '[' or '=' or '~' or '|' or ',' or ':' or '≈' or '±');
        if (isNegative)
            value = -value;
        var step = Math.Pow(10, -decimals);

        // PDF extraction splits decimals: "97. 42%".
        if (isSource && decimals == 0 && At(end) == '.' && At(end + 1) == ' ' && IsDigit(end + 2))
        {
            var last = Digits(end + 2);
            var torn = double.Parse(string.Concat(text.AsSpan(start, end - start), ".", text.AsSpan(end + 2, last - end - 2)).Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
            Add(start, last, isNegative ? -torn : torn, Math.Pow(10, -(last - end - 2)), QuantityForm.Reading);
        }

        end = ReadPower(start, end, ref value, ref step);
        if (isName)
        {
            Name(start, end, value, step);
            return WordEnd(end);
        }

        return Add(start, end, value, step, QuantityForm.Figures);
    }

    private void Name(int start, int end, double value, double step)
    {
        if (isSource)
            found.Add(new Quantity(value, step, Dimension.None, start, end, Bound.Exact, QuantityForm.Name));
    }

    /// <summary>Reads the power after a number: "1.5e-3", "1.5×10^-3", "10^5", and "10-5" and "×105" from PDFs.</summary>
    private int ReadPower(int start, int end, ref double value, ref double step)
    {
        if (At(end) is 'e' or 'E' && Exponent(end + 1) is var (power, after) && !char.IsLetterOrDigit(At(after)))
        {
            (value, step) = (value * Math.Pow(10, power), step * Math.Pow(10, power));
            return after;
        }

        if (At(end) == '^' && Exponent(end + 1) is var (raised, afterRaised) && value is > 1 and <= 100 && Math.Abs(raised) <= 60)
        {
            value = Math.Pow(value, raised);
            step = value;
            return afterRaised;
        }

        if (isSource && value == 10 && At(end) == '-' && Exponent(end) is var (bare, afterBare) && bare >= -12 && !char.IsLetterOrDigit(At(afterBare)) && !char.IsWhiteSpace(At(end + 1)))
            found.Add(new Quantity(Math.Pow(10, bare), Math.Pow(10, bare), Dimension.None, start, afterBare, Bound.Exact, QuantityForm.Reading));

        var sign = SkipSpaces(end);
        if (At(sign) is '×' or 'x' or '·' or '*' && SkipSpaces(sign + 1) is var ten && At(ten) == '1' && At(ten + 1) == '0')
        {
            if (At(ten + 2) == '^' && Exponent(ten + 3) is var (exponent, afterExponent))
            {
                (value, step) = (value * Math.Pow(10, exponent), step * Math.Pow(10, exponent));
                return afterExponent;
            }

            if (isSource && Exponent(ten + 2) is var (lost, afterLost) && Math.Abs(lost) <= 30 && !char.IsLetterOrDigit(At(afterLost)))
                found.Add(new Quantity(value * Math.Pow(10, lost), step * Math.Pow(10, lost), Dimension.None, start, afterLost, Bound.Exact, QuantityForm.Reading));
        }

        return end;
    }

    private (int Power, int End)? Exponent(int i)
    {
        i = SkipSpaces(i);
        var isNegative = At(i) == '-';
        if (isNegative || At(i) == '+')
            i = SkipSpaces(i + 1);
        var end = Digits(i);
        if (end == i || end - i > 2)
            return null;
        var power = int.Parse(text.AsSpan(i, end - i), System.Globalization.CultureInfo.InvariantCulture);
        return (isNegative ? -power : power, end);
    }

    private int SkipSpaces(int i)
    {
        while (At(i) is ' ' or '\n' or '\r' or '\t')
            i++;
        return i;
    }

    /// <summary>Reads the unit after a number and records the number. Returns the index where reading continues.</summary>
    private int Add(int start, int end, double value, double step, QuantityForm form)
    {
        var (dimension, factor, after, isPartOfName) = ReadUnit(end);
        if (isPartOfName)
        {
            Name(start, end, value, step);
            return form == QuantityForm.Reading ? end : after;
        }

        var bound = BoundBefore(start);
        if (dimension == Dimension.None && factor == 1 && IsFactor(start))
            dimension = Dimension.Ratio;
        found.Add(new Quantity(value * factor, step * factor, dimension, start, after, bound, form));

        // A table can give the unit elsewhere and a summary can omit it: "12" for "12 ms".
        if (isSource && dimension != Dimension.None && factor != 1)
            found.Add(new Quantity(value, step, Dimension.None, start, end, bound, QuantityForm.Reading));
        return form == QuantityForm.Reading ? end : Math.Max(after, end);
    }

    private (Dimension Dimension, double Factor, int End, bool IsPartOfName) ReadUnit(int end, int scales = 0)
    {
        var isAttached = char.IsLetter(At(end));
        var at = end;
        if (!isAttached && At(at) == '-' && char.IsLetter(At(at + 1)))
            at++;
        else if (!isAttached)
            at = SkipSpaces(end);

        if (Degree(at) is { } degree)
            return (Dimension.Degrees, 1, degree, false);
        if (At(at) == '%')
            return ReadPoints(at + 1) is { } behind ? (Dimension.Points, 1, behind, false) : (Dimension.Percent, 1, at + 1, false);
        if (At(at) == '×')
            return char.IsDigit(At(SkipSpaces(at + 1))) ? (Dimension.None, 1, end, false) : (Dimension.Ratio, 1, at + 1, false);

        var wordEnd = WordEnd(at);
        if (wordEnd == at || at - end > 2)
            return (Dimension.None, 1, end, false);
        var word = text.AsSpan(at, wordEnd - at);
        if (word is "per" && text.AsSpan(wordEnd).TrimStart().StartsWith("cent", StringComparison.OrdinalIgnoreCase))
            return (Dimension.Percent, 1, text.IndexOf("cent", wordEnd, StringComparison.OrdinalIgnoreCase) + 4, false);
        if (word is "x" or "X" && char.IsDigit(At(SkipSpaces(wordEnd))))
            return (Dimension.None, 1, end, false);
        if (word is "percentage" && ReadPoints(wordEnd) is { } points)
            return (Dimension.Points, 1, points, false);
        if (isAttached)
        {
            if (word is "st" or "nd" or "rd" or "th" or "s" && (word is not "s" || (IsDigit(end - 4) && text[end - 1] == '0')))
                return (Dimension.None, 1, wordEnd, false);

            // "3D", "7bx2": part of a name.
            if (char.IsAsciiDigit(At(wordEnd)) || Units.Find(word) is null)
                return (Dimension.None, 1, EndOfToken(wordEnd), true);
        }

        if (Units.Find(word) is not var (dimension, factor) || (word is "b" && !isAttached))
            return ReadBehindWords(end, at, wordEnd);
        if (!isAttached && word.Length == 1 && char.IsLetter(At(wordEnd + 1)) && At(wordEnd) is '\'' or '-')
            return (Dimension.None, 1, end, false);
        if (dimension == Dimension.None)
        {
            // A scale can precede a unit: "5 million hours".
            var (second, secondFactor, secondEnd, isName) = factor > 1 && scales < MostScales ? ReadUnit(wordEnd, scales + 1) : (Dimension.None, 1, wordEnd, false);
            return isName || second == Dimension.None ? (Dimension.None, factor * (isName ? 1 : secondFactor), isName ? wordEnd : secondEnd, false) : (second, factor * secondFactor, secondEnd, false);
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
            var tokenEnd = EndOfToken(wordEnd);
            if (!Units.IsUnitModifier(text.AsSpan(wordStart, tokenEnd - wordStart)) && !IsShortName(wordStart, tokenEnd))
                break;
            var next = At(tokenEnd) is ' ' or '-' ? tokenEnd + 1 : tokenEnd;
            var nextEnd = WordEnd(next);
            if (next == tokenEnd || nextEnd == next)
                break;
            if (nextEnd - next > 2 && Units.Find(text.AsSpan(next, nextEnd - next)) is var (dimension, factor) && dimension is not (Dimension.None or Dimension.Ratio))
                return (dimension, factor, nextEnd, false);
            (wordStart, wordEnd) = (next, nextEnd);
        }

        return (Dimension.None, 1, end, false);
    }

    private bool IsShortName(int start, int end) => end - start is > 1 and <= 8 && char.IsUpper(text[start]) && text.AsSpan(start, end - start).IndexOfAnyInRange('0', '9') >= 0;

    /// <summary>The end of a degree sign in any notation ("°", "^°", "^o"), or null.</summary>
    private int? Degree(int i)
    {
        var at = At(i) == '^' ? i + 1 : i;
        return At(at) == '°' || (at > i && At(at) == 'o' && !char.IsLetterOrDigit(At(at + 1))) ? at + 1 : null;
    }

    private int? ReadPoints(int i)
    {
        var at = At(i) is ' ' or '-' ? i + 1 : i;
        var end = WordEnd(at);
        return text.AsSpan(at, end - at) is "point" or "points" or "pts" or "Points" ? end : null;
    }

    private int EndOfToken(int i)
    {
        while (i < text.Length && char.IsLetterOrDigit(text[i]))
            i++;
        return i;
    }

    private int ReadWord(int start)
    {
        var end = WordEnd(start);
        if (IsDigit(end))
        {
            // Digits of a name: "ResNet50".
            return end;
        }

        var word = text.AsSpan(start, end - start);
        if (SpelledNumbers.Find(word) is { } spelled)
            return ReadSpelled(start, end, spelled);
        if (word.Length > 6 && word.EndsWith("fold", StringComparison.OrdinalIgnoreCase) && SpelledNumbers.Find(word[..^4]) is { } fold && (isSource || fold > 3))
            found.Add(new Quantity(fold, 1, Dimension.Ratio, start, end, BoundBefore(start), QuantityForm.Words));
        else if (isSource)
        {
            foreach (var (value, dimension) in SpelledNumbers.FindSaying(word))
                found.Add(new Quantity(value, 1e-6, dimension, start, end, Bound.Exact, QuantityForm.Reading));
        }

        return end;
    }

    private int ReadSpelled(int start, int end, double value)
    {
        if (value >= 20 && At(end) is '-' or ' ' && WordEnd(end + 1) is var last && SpelledNumbers.Find(text.AsSpan(end + 1, last - end - 1)) is > 0 and < 10 and var unit)
            (value, end) = (value + unit, last);
        double step = 1;
        var next = At(end) is ' ' or '-' ? WordEnd(end + 1) : end;
        if (next > end && text.AsSpan(end + 1, next - end - 1) is "hundred")
            (value, step, end) = (value * 100, 1, next);

        var (dimension, factor, after, isPartOfName) = ReadUnit(end);
        if (isPartOfName)
            return end;

        if (dimension == Dimension.None && factor == 1 && IsFactor(start))
            dimension = Dimension.Ratio;

        // "One", "two" and "three" are usually not meant as numbers unless a unit follows.
        if (isSource || dimension is not (Dimension.None or Dimension.Points or Dimension.Ratio) || value * factor > 3 || (isClaim && value * factor >= LeastSpelledOfClaim))
            found.Add(new Quantity(value * factor, step * factor, dimension, start, after, BoundBefore(start), QuantityForm.Words));
        return Math.Max(end, after);
    }

    private static readonly FrozenSet<string> near = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "about", "around", "roughly", "approximately", "approx", "circa", "some", "near", "close", "ca");
    private static readonly FrozenSet<string> above = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "over", "above", "exceeding", "exceeds", "exceed", "exceeded", "beyond", "past", "least", "upwards", "surpassing", "surpasses");
    private static readonly FrozenSet<string> below = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "nearly", "almost", "under", "below", "within");
    private static readonly FrozenSet<string> comparisonsUp = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "more", "greater", "higher", "larger", "longer", "better");
    private static readonly FrozenSet<string> comparisonsDown = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "less", "fewer", "lower", "smaller", "shorter");

    private Bound BoundBefore(int start)
    {
        var i = start - 1;
        while (At(i) is ' ' or '(' or '$' or '-' or '+')
            i--;
        if (At(i) is '~' or '≈')
            return Bound.Near;
        if (At(i) is '>' or '≥')
            return Bound.Above;
        if (At(i) is '<' or '≤')
            return Bound.Below;
        var (word, wordStart) = WordBefore(i);
        if (word is "a" or "the" or "an" or "to")
            (word, wordStart) = WordBefore(wordStart - 1);
        var lookup = near.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.Contains(word))
            return Bound.Near;
        if (above.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
            return Bound.Above;
        if (below.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
            return Bound.Below;
        if (word is "than" or "Than")
        {
            var (comparison, _) = WordBefore(wordStart - 1);
            if (comparisonsUp.GetAlternateLookup<ReadOnlySpan<char>>().Contains(comparison))
                return Bound.Above;
            if (comparisonsDown.GetAlternateLookup<ReadOnlySpan<char>>().Contains(comparison))
                return Bound.Below;
        }

        return Bound.Exact;
    }

    /// <summary>Whether "a factor of" precedes a number.</summary>
    private bool IsFactor(int start)
    {
        var before = text.AsSpan(Math.Max(0, start - 30), Math.Min(30, start));
        var at = before.LastIndexOf("factor", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && before[at..].IndexOfAny('.', ',', ';') < 0 && before[at..].Contains("of", StringComparison.Ordinal);
    }

    private (string Word, int Start) WordBefore(int i)
    {
        while (At(i) is ' ' or '\n')
            i--;
        var end = i + 1;
        while (i >= 0 && char.IsLetter(text[i]))
            i--;
        return (text[(i + 1)..Math.Max(end, i + 1)], i + 1);
    }

    /// <summary>Applies the unit of the last member of a range or list to the others: "3 to 5 ms", "71.2 and 74.8%".</summary>
    private void ReadRanges()
    {
        var places = new List<int>();
        for (var index = 0; index < found.Count; index++)
        {
            if (found[index].Form is QuantityForm.Figures or QuantityForm.Words)
                places.Add(index);
        }

        if (isSource)
        {
            foreach (var place in places)
            {
                var last = found[place];
                if (last.Dimension == Dimension.None && BehindBracket(last.End) is var behind && behind > last.End && ReadUnit(behind) is { IsPartOfName: false, Dimension: not Dimension.None } listed)
                    found.Add(last with { Value = last.Value * listed.Factor, Step = last.Step * listed.Factor, Dimension = listed.Dimension, Form = QuantityForm.Reading });
            }
        }

        (Dimension Dimension, double Factor)? unit = null;
        for (var place = places.Count - 2; place >= 0; place--)
        {
            var (current, next) = (found[places[place]], found[places[place + 1]]);
            var own = ReadUnit(BehindBracket(EndOfFigures(next)));
            if (!own.IsPartOfName && (own.Dimension != Dimension.None || own.Factor != 1))
                unit = (own.Dimension, own.Factor);
            var between = text.AsSpan(current.End, Math.Max(0, next.Start - current.End));
            if (next.Value < 0 && between.Trim().Length > 1)
                between = between.TrimEnd().TrimEnd('-');
            if (current.Dimension != Dimension.None || !IsJoint(between))
                unit = null;
            if (unit is not var (dimension, factor))
                continue;
            if (!isSource)
                found[places[place]] = current with { Inherited = (dimension, factor) };
            else
                found.Add(current with { Value = current.Value * factor, Step = current.Step * factor, Dimension = dimension, Form = QuantityForm.Reading });
        }
    }

    /// <summary>Skips a closing bracket before the unit of a list: "[-3.05, -2.35] cm".</summary>
    private int BehindBracket(int i) => isSource && At(i) is ']' or ')' ? i + 1 : i;

    private int EndOfFigures(Quantity quantity)
    {
        var i = quantity.Start;
        while (i < quantity.End && (char.IsAsciiDigit(text[i]) || text[i] is '.' or ','))
            i++;
        return i;
    }

    private static bool IsJoint(ReadOnlySpan<char> between) => between.Trim() is "-" or "to" or "and" or "or" or "," or "/" or "~" or "vs" or "vs." or "→" or ", and" or "±" or "through" or "versus" or "from";
}
