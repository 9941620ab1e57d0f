using System.Collections.Frozen;

namespace Denoised.Grounding.Numbers;

/// <summary>Reads the words that express numbers: fractions such as "a third" and multiples such as "twice".</summary>
internal static class NumberSayings
{
    private static readonly FrozenSet<string> fractions = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenth", "tenths");

    private static readonly FrozenSet<string> multiples = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "half", "halve", "halves", "halved", "halving", "twice", "doubles", "doubled", "doubling", "thrice", "triples", "tripled", "tripling",
        "quadruples", "quadrupled", "magnitude");

    /// <summary>Reads words such as "twice", "half" and "a third", each in all readings: "a third" is 33%, 0.33 and a factor of three.</summary>
    public static List<IReadOnlyList<Quantity>> Of(string plain)
    {
        var text = new NumberText(plain);
        List<IReadOnlyList<Quantity>> sayings = [];
        for (var i = 0; i < plain.Length; i++)
        {
            if (!char.IsLetter(plain[i]))
                continue;
            var end = text.WordEnd(i);
            if (Read(text, i, end) is { Count: > 0 } readings)
                sayings.Add(readings);
            i = end - 1;
        }

        return sayings;
    }

    private static List<Quantity> Read(NumberText text, int start, int end)
    {
        var word = text.AsSpan(start, end - start);
        var (before, _) = text.WordBefore(start - (text.At(start - 1) == '-' ? 2 : 1));
        double share = 0;
        if (fractions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) && (before is "a" or "one" || SpelledNumbers.Find(before) is > 1))
            share = (SpelledNumbers.Find(before) ?? 1) * 100.0 / FractionOf(word);
        else if (!multiples.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word) || before is "first" or "second" or "other")
            return [];
        var said = share > 0
            ? [(share, Dimension.Percent), (share / 100, Dimension.None), (100 / share, Dimension.Ratio)]
            : SpelledNumbers.FindSaying(word);
        List<Quantity> readings = [.. said.Select(saying => new Quantity(
            saying.Value, saying.Value / 10, saying.Dimension, start, end, Bound.Near, QuantityForm.Reading))];
        if (word.StartsWith("hal", StringComparison.OrdinalIgnoreCase))
            readings.Add(new Quantity(2, 0.2, Dimension.Ratio, start, end, Bound.Near, QuantityForm.Reading));
        return readings;
    }

    private static int FractionOf(ReadOnlySpan<char> word) => word[0] switch { 't' or 'T' => word[1] is 'h' or 'H' ? 3 : 10, 'q' or 'Q' => 4, _ => 5 };
}
