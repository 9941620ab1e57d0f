using System.Globalization;
using System.Text.RegularExpressions;
using Denoised.TestSupport.Digests;

namespace Denoised.Tests.Summaries.Corruptions;

/// <summary>
/// The numbers, names and phrases of a paper, extracted generously: a fault must contradict the paper for certain.
/// Independent of the implementation of the checks.
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

    /// <summary>The values of all numbers, including spelled-out ones.</summary>
    public HashSet<decimal> Values { get; }

    /// <summary>The numbers in their written form.</summary>
    public IReadOnlyList<string> Numbers { get; }

    /// <summary>Words that look like the name of a method, model, data set or person.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Longer words in lower case.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The words for 1 to 99; null for other numbers.</summary>
    public static string? Spelled(int number) => number switch
    {
        >= 1 and < 20 => units[number - 1],
        >= 20 and < 100 when number % 10 == 0 => tens[(number / 10) - 2],
        >= 20 and < 100 => $"{tens[(number / 10) - 2]}-{units[(number % 10) - 1]}",
        _ => null,
    };

    /// <summary>The value of a written number.</summary>
    public static decimal? Value(string number) =>
        decimal.TryParse(number.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The numbers in the text of a digest, except within names such as "GPT-3".</summary>
    public static IEnumerable<Match> NumbersIn(string text) => FreeNumber().Matches(text);

    /// <summary>Words of a text that look like names.</summary>
    public static IEnumerable<Match> NamesIn(string text) => Name().Matches(text).Where(match => !common.Contains(match.Value));

    /// <summary>Whether the paper contains a phrase, regardless of case and spacing.</summary>
    public bool Has(string phrase) => squeezed.Contains(QuotableText.Normalize(phrase), StringComparison.Ordinal);

    /// <summary>
    /// Whether the paper states a number, or a number from which it follows by rounding, by a percent or thousands prefix, or as the complement to 100 percent.
    /// Differences do not count, because nearly every number is the difference of two numbers of a paper.
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

    // 130 can be 128 rounded; 1,812 can only be exact.
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

    // Names: inner capitals, or letters with digits, anywhere; a single leading capital only within a sentence.
    [GeneratedRegex(@"(?<![\p{L}\p{Nd}\-\\{_])(?:\p{Lu}[\p{L}\p{Nd}]*(?:\p{Lu}|\d)[\p{L}\p{Nd}]*(?:-[\p{L}\p{Nd}]+)*|\p{Lu}\p{Ll}+-(?:\d+\p{L}?|\p{Lu}[\p{L}\p{Nd}]*)|(?<=[\p{Ll},;] )\p{Lu}\p{Ll}{3,})(?![\p{L}\p{Nd}])", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<![\p{L}\\])\p{L}{5,}", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Word();
}
