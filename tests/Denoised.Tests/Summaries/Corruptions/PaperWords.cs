using System.Globalization;
using System.Text.RegularExpressions;
using Denoised.Tests.Summaries.Digests;

namespace Denoised.Tests.Summaries.Corruptions;

/// <summary>
/// The numbers, names and phrases of a paper, read roughly and generously: a fault is only put in where the paper certainly does not say the same.
/// Owes nothing to the checks.
/// </summary>
internal sealed partial class PaperWords
{
    private static readonly string[] units = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];

    private static readonly string[] tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private readonly string text;
    private readonly string squeezed;

    public PaperWords(QuotableText paper)
    {
        text = string.Join('\n', paper.Passages.SelectMany(passage => new[] { passage.Section, passage.Text }));
        squeezed = QuotableText.Normalize(text);

        // "97. 42", "1 024" and "1{,}024" are one number each.
        var plain = Gap().Replace(text.Replace("{,}", ",", StringComparison.Ordinal), "");
        Values = [.. Number().Matches(text).Concat(Number().Matches(plain)).Select(match => Value(match.Value)).OfType<decimal>(), .. SpelledValues(text)];
        Names = [.. NamesIn(text).Select(name => name.Value).Distinct(StringComparer.Ordinal)];
        Numbers = [.. Number().Matches(text).Select(match => match.Value).Distinct(StringComparer.Ordinal)];
        Words = [.. Word().Matches(text).Select(match => match.Value).Where(word => char.IsLower(word[0])).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The values of all numbers, spelled ones among them.</summary>
    public HashSet<decimal> Values { get; }

    /// <summary>The numbers as they are written.</summary>
    public IReadOnlyList<string> Numbers { get; }

    /// <summary>What looks like the name of a method, model, data set or person.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Longer words that stand there in lower case.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The words for 1 to 99; null for others.</summary>
    public static string? Spelled(int number) => number switch
    {
        >= 1 and < 20 => units[number - 1],
        >= 20 and < 100 when number % 10 == 0 => tens[(number / 10) - 2],
        >= 20 and < 100 => $"{tens[(number / 10) - 2]}-{units[(number % 10) - 1]}",
        _ => null,
    };

    /// <summary>The value of a number as it is written.</summary>
    public static decimal? Value(string number) =>
        decimal.TryParse(number.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Numbers in our own words, outside of names such as "GPT-3".</summary>
    public static IEnumerable<Match> NumbersIn(string text) => FreeNumber().Matches(text);

    /// <summary>What looks like a name in a text.</summary>
    public static IEnumerable<Match> NamesIn(string text) => Name().Matches(text).Where(match => !common.Contains(match.Value));

    /// <summary>Whether letters and digits of a phrase stand in the paper, in any case and spacing.</summary>
    public bool Has(string phrase) => squeezed.Contains(QuotableText.Normalize(phrase), StringComparison.Ordinal);

    /// <summary>
    /// Whether a number is stated, or follows from one that is by rounding, by a percent or thousands prefix, or as what is missing to a hundred percent.
    /// Differences are left out: two numbers of a paper have nearly any.
    /// </summary>
    public bool Backs(decimal value, int decimals)
    {
        var step = Step(value, decimals);
        foreach (var stated in Values)
        {
            decimal[] forms = [stated, stated * 100, stated / 100, stated * 1000, stated / 1000, stated / 1_000_000, 100 - stated, 1 - stated, 100 * (1 - stated)];
            if (Array.Exists(forms, form => Math.Abs(form - value) <= step / 2))
                return true;
        }

        return false;
    }

    // 130 may be 128 rounded, 1,812 is only itself.
    private static decimal Step(decimal value, int decimals)
    {
        var step = 1m;
        for (; decimals > 0; decimals--)
            step /= 10;
        for (; value != 0 && step < value && value % (step * 10) == 0; step *= 10)
        {
        }

        return step;
    }

    private static IEnumerable<decimal> SpelledValues(string text)
    {
        for (var number = 1; number < 100; number++)
        {
            if (text.Contains(Spelled(number)!, StringComparison.OrdinalIgnoreCase))
                yield return number;
        }
    }

    private static readonly HashSet<string> common = new(StringComparer.Ordinal)
    {
        "I", "II", "III", "IV", "V", "VI", "The", "We", "In", "It", "On", "This", "These", "Our", "For", "To", "At", "As", "By", "An", "Its", "Table", "Figure", "Fig", "Section",
        "Appendix", "Abstract", "Introduction", "Conclusion", "English", "German", "French", "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December", "Monday", "Each", "If", "When", "Both", "All", "Since", "With", "From", "Such", "TeX", "CPU", "GPU", "GPUs", "CPUs",
    };

    [GeneratedRegex(@"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<![\p{L}\p{Nd}.,\-–^_{])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\p{Nd}]|[.,]\d|-?\p{L}{2,}[\p{L}\-]*\d|[-–]\d)", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex FreeNumber();

    [GeneratedRegex(@"(?<=\d[.,]?)\s+(?=[.,]?\d)", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Gap();

    // Capitals inside, or letters with digits, anywhere; one capital in front only within a sentence.
    [GeneratedRegex(@"(?<![\p{L}\p{Nd}\-\\{_])(?:\p{Lu}[\p{L}\p{Nd}]*(?:\p{Lu}|\d)[\p{L}\p{Nd}]*(?:-[\p{L}\p{Nd}]+)*|\p{Lu}\p{Ll}+-(?:\d+\p{L}?|\p{Lu}[\p{L}\p{Nd}]*)|(?<=[\p{Ll},;] )\p{Lu}\p{Ll}{3,})(?![\p{L}\p{Nd}])", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<![\p{L}\\])\p{L}{5,}", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Word();
}
