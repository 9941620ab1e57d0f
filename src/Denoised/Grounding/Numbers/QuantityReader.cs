using Denoised.Text;

namespace Denoised.Grounding.Numbers;

/// <summary>
/// Finds the numbers of a text in its plain form (<see cref="PlainText"/>), with units, scales and bounds. For a source, returns every plausible
/// reading: <c>97. 42%</c> as 97.42%, the start of <c>3 to 5 ms</c> in milliseconds, <c>10-3</c> from a PDF as a power, "half" as 50%.
/// </summary>
internal sealed class QuantityReader
{
    // In a claim, "two" is a count and "three times" a factor.
    private const double LeastSpelledOfClaim = 2;

    private readonly NumberText text;
    private readonly UnitReader units;
    private readonly BoundReader bounds;
    private readonly bool isSource;
    private readonly bool isClaim;
    private readonly List<Quantity> found = [];

    private QuantityReader(string plain, bool isSource, bool isClaim = false)
    {
        text = new NumberText(plain);
        units = new UnitReader(text);
        bounds = new BoundReader(text);
        (this.isSource, this.isClaim) = (isSource, isClaim);
    }

    /// <summary>Reads the numbers of a paper in every reading.</summary>
    public static List<Quantity> OfSource(string plain) => new QuantityReader(plain, true).Read();

    /// <summary>Reads the numbers of a model's text in one reading each, without those in names.</summary>
    public static List<Quantity> OfDraft(string plain) => new QuantityReader(plain, false).Read();

    /// <summary>Reads the numbers of a claim: like a draft, plus spelled-out counts and factors from two.</summary>
    public static List<Quantity> OfClaim(string plain) => new QuantityReader(plain, false, isClaim: true).Read();

    /// <summary>Reads words such as "twice", "half" and "a third", each in all readings: "a third" is 33%, 0.33 and a factor of three.</summary>
    public static List<IReadOnlyList<Quantity>> ReadSayings(string plain) => NumberSayings.Of(plain);

    private List<Quantity> Read()
    {
        var i = 0;
        while (i < text.Length)
        {
            if (text.IsDigit(i) || (text[i] == '.' && text.IsDigit(i + 1) && (i == 0 || !char.IsLetterOrDigit(text[i - 1]))))
                i = ReadFigures(i);
            else if (char.IsLetter(text[i]))
                i = ReadWord(i);
            else
                i++;
        }

        new RangeReader(text, units, isSource).Apply(found);
        return found;
    }

    private int ReadFigures(int start)
    {
        var before = text.At(start - 1);
        var isName = (char.IsLetter(before) && !(before is 'x' or 'X' && text.IsDigit(start - 2))) || before is '_' or '@'
            || (before == '-' && char.IsLetter(text.At(start - 2)));
        var isRaised = before == '^' || (before == '-' && text.At(start - 2) == '^');
        var end = text.Digits(start);
        while (end - start <= 3 + (4 * 8) && text.At(end) == ',' && text.Digits(end + 1) == end + 4
            && (text.AsSpan(start, end - start).Contains(',') || end - start <= 3))
        {
            end += 4;
        }

        var decimals = 0;
        if (text.At(end) == '.' && text.IsDigit(end + 1))
        {
            var last = text.Digits(end + 1);
            decimals = last - end - 1;
            end = last;
            if (text.At(end) == '.' && text.IsDigit(end + 1))
            {
                // A version number or an IP address.
                while (text.At(end) == '.' && text.IsDigit(end + 1))
                    end = text.Digits(end + 1);
                return end;
            }
        }

        if (isRaised)
            return end;
        if (!double.TryParse(
                text.AsSpan(start, end - start).ToString().Replace(",", "", StringComparison.Ordinal),
                System.Globalization.NumberStyles.AllowDecimalPoint,
                System.Globalization.CultureInfo.InvariantCulture,
                out var value))
        {
            return end;
        }

        var isNegative = before == '-' && !isName
            && (start < 2 || char.IsWhiteSpace(text.At(start - 2))
                || text.At(start - 2) is '(' or '[' or '=' or '~' or '|' or ',' or ':' or '≈' or '±');
        if (isNegative)
            value = -value;
        var step = Math.Pow(10, -decimals);

        // PDF extraction splits decimals: "97. 42%".
        if (isSource && decimals == 0 && text.At(end) == '.' && text.At(end + 1) == ' ' && text.IsDigit(end + 2))
        {
            var last = text.Digits(end + 2);
            var torn = double.Parse(
                string.Concat(text.AsSpan(start, end - start), ".", text.AsSpan(end + 2, last - end - 2)).Replace(",", "", StringComparison.Ordinal),
                System.Globalization.CultureInfo.InvariantCulture);
            Add(start, last, isNegative ? -torn : torn, Math.Pow(10, -(last - end - 2)), QuantityForm.Reading);
        }

        end = ReadPower(start, end, ref value, ref step);
        if (isName)
        {
            Name(start, end, value, step);
            return text.WordEnd(end);
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
        if (text.At(end) is 'e' or 'E' && Exponent(end + 1) is var (power, after) && !char.IsLetterOrDigit(text.At(after)))
        {
            (value, step) = (value * Math.Pow(10, power), step * Math.Pow(10, power));
            return after;
        }

        if (text.At(end) == '^' && Exponent(end + 1) is var (raised, afterRaised) && value is > 1 and <= 100 && Math.Abs(raised) <= 60)
        {
            value = Math.Pow(value, raised);
            step = value;
            return afterRaised;
        }

        if (isSource && value == 10 && text.At(end) == '-' && Exponent(end) is var (bare, afterBare) && bare >= -12
            && !char.IsLetterOrDigit(text.At(afterBare)) && !char.IsWhiteSpace(text.At(end + 1)))
        {
            found.Add(new Quantity(Math.Pow(10, bare), Math.Pow(10, bare), Dimension.None, start, afterBare, Bound.Exact, QuantityForm.Reading));
        }

        var sign = text.SkipSpaces(end);
        if (text.At(sign) is '×' or 'x' or '·' or '*' && text.SkipSpaces(sign + 1) is var ten && text.At(ten) == '1' && text.At(ten + 1) == '0')
        {
            if (text.At(ten + 2) == '^' && Exponent(ten + 3) is var (exponent, afterExponent))
            {
                (value, step) = (value * Math.Pow(10, exponent), step * Math.Pow(10, exponent));
                return afterExponent;
            }

            if (isSource && Exponent(ten + 2) is var (lost, afterLost) && Math.Abs(lost) <= 30 && !char.IsLetterOrDigit(text.At(afterLost)))
                found.Add(new Quantity(
                    value * Math.Pow(10, lost), step * Math.Pow(10, lost), Dimension.None, start, afterLost, Bound.Exact, QuantityForm.Reading));
        }

        return end;
    }

    private (int Power, int End)? Exponent(int i)
    {
        i = text.SkipSpaces(i);
        var isNegative = text.At(i) == '-';
        if (isNegative || text.At(i) == '+')
            i = text.SkipSpaces(i + 1);
        var end = text.Digits(i);
        if (end == i || end - i > 2)
            return null;
        var power = int.Parse(text.AsSpan(i, end - i), System.Globalization.CultureInfo.InvariantCulture);
        return (isNegative ? -power : power, end);
    }

    /// <summary>Reads the unit after a number and records the number. Returns the index where reading continues.</summary>
    private int Add(int start, int end, double value, double step, QuantityForm form)
    {
        var (dimension, factor, after, isPartOfName) = units.Read(end);
        if (isPartOfName)
        {
            Name(start, end, value, step);
            return form == QuantityForm.Reading ? end : after;
        }

        var bound = bounds.Before(start);
        if (dimension == Dimension.None && factor == 1 && bounds.IsFactor(start))
            dimension = Dimension.Ratio;
        found.Add(new Quantity(value * factor, step * factor, dimension, start, after, bound, form));

        // A table can give the unit elsewhere and a summary can omit it: "12" for "12 ms".
        if (isSource && dimension != Dimension.None && factor != 1)
            found.Add(new Quantity(value, step, Dimension.None, start, end, bound, QuantityForm.Reading));
        return form == QuantityForm.Reading ? end : Math.Max(after, end);
    }

    private int ReadWord(int start)
    {
        var end = text.WordEnd(start);
        if (text.IsDigit(end))
        {
            // Digits of a name: "ResNet50".
            return end;
        }

        var word = text.AsSpan(start, end - start);
        if (SpelledNumbers.Find(word) is { } spelled)
            return ReadSpelled(start, end, spelled);
        if (word.Length > 6 && word.EndsWith("fold", StringComparison.OrdinalIgnoreCase) && SpelledNumbers.Find(word[..^4]) is { } fold
            && (isSource || fold > 3))
            found.Add(new Quantity(fold, 1, Dimension.Ratio, start, end, bounds.Before(start), QuantityForm.Words));
        else if (isSource)
        {
            foreach (var (value, dimension) in SpelledNumbers.FindSaying(word))
                found.Add(new Quantity(value, 1e-6, dimension, start, end, Bound.Exact, QuantityForm.Reading));
        }

        return end;
    }

    private int ReadSpelled(int start, int end, double value)
    {
        if (value >= 20 && text.At(end) is '-' or ' ' && text.WordEnd(end + 1) is var last
            && SpelledNumbers.Find(text.AsSpan(end + 1, last - end - 1)) is > 0 and < 10 and var unit)
        {
            (value, end) = (value + unit, last);
        }

        double step = 1;
        var next = text.At(end) is ' ' or '-' ? text.WordEnd(end + 1) : end;
        if (next > end && text.AsSpan(end + 1, next - end - 1) is "hundred")
            (value, step, end) = (value * 100, 1, next);

        var (dimension, factor, after, isPartOfName) = units.Read(end);
        if (isPartOfName)
            return end;

        if (dimension == Dimension.None && factor == 1 && bounds.IsFactor(start))
            dimension = Dimension.Ratio;

        // "One", "two" and "three" are usually not meant as numbers unless a unit follows.
        if (isSource || dimension is not (Dimension.None or Dimension.Points or Dimension.Ratio) || value * factor > 3
            || (isClaim && value * factor >= LeastSpelledOfClaim))
        {
            found.Add(new Quantity(value * factor, step * factor, dimension, start, after, bounds.Before(start), QuantityForm.Words));
        }

        return Math.Max(end, after);
    }
}
