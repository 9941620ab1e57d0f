using System.Collections.Frozen;

namespace Denoised.Grounding.Numbers;

/// <summary>Numbers in words.</summary>
internal static class SpelledNumbers
{
    private static readonly FrozenDictionary<string, int> numbers = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["zero"] = 0, ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9,
        ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12,
        ["thirteen"] = 13, ["fourteen"] = 14, ["fifteen"] = 15, ["sixteen"] = 16, ["seventeen"] = 17, ["eighteen"] = 18, ["nineteen"] = 19,
        ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50,
        ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Words that express a number: half is 50% and 0.5, twice is a factor of two.</summary>
    private static readonly FrozenDictionary<string, (double Value, Dimension Dimension)[]> sayings = new Dictionary<string, (double, Dimension)[]>(StringComparer.OrdinalIgnoreCase)
    {
        ["half"] = [(50, Dimension.Percent), (0.5, Dimension.None)], ["halve"] = [(50, Dimension.Percent), (2, Dimension.Ratio)],
        ["halves"] = [(50, Dimension.Percent), (2, Dimension.Ratio)],
        ["halved"] = [(50, Dimension.Percent), (2, Dimension.Ratio)], ["halving"] = [(50, Dimension.Percent), (2, Dimension.Ratio)],
        ["twice"] = [(2, Dimension.Ratio)], ["double"] = [(2, Dimension.Ratio)], ["doubles"] = [(2, Dimension.Ratio)],
        ["doubled"] = [(2, Dimension.Ratio)], ["doubling"] = [(2, Dimension.Ratio)],
        ["thrice"] = [(3, Dimension.Ratio)], ["triple"] = [(3, Dimension.Ratio)], ["triples"] = [(3, Dimension.Ratio)],
        ["tripled"] = [(3, Dimension.Ratio)], ["tripling"] = [(3, Dimension.Ratio)],
        ["quadruple"] = [(4, Dimension.Ratio)], ["quadrupled"] = [(4, Dimension.Ratio)], ["quadruples"] = [(4, Dimension.Ratio)],
        ["quarter"] = [(25, Dimension.Percent), (0.25, Dimension.None)], ["quarters"] = [(75, Dimension.Percent), (0.75, Dimension.None)],
        ["third"] = [(100.0 / 3, Dimension.Percent)], ["thirds"] = [(200.0 / 3, Dimension.Percent)], ["fifth"] = [(20, Dimension.Percent)],
        ["tenth"] = [(10, Dimension.Percent)],
        ["magnitude"] = [(10, Dimension.Ratio)], ["dozen"] = [(12, Dimension.None)], ["single"] = [(1, Dimension.None)],
        ["both"] = [(2, Dimension.None)], ["dual"] = [(2, Dimension.None)], ["pair"] = [(2, Dimension.None)],
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The value of a number word from zero to ninety, or null.</summary>
    public static int? Find(ReadOnlySpan<char> word) => numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var value) ? value : null;

    /// <summary>The readings of a word such as "half" or "twice".</summary>
    public static (double Value, Dimension Dimension)[] FindSaying(ReadOnlySpan<char> word) =>
        sayings.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var found) ? found : [];
}
