using System.Collections.Frozen;

namespace Denoised.Grounding.Numbers;

/// <summary>Reads the words before numbers: bounds such as "about" and "more than", and "a factor of".</summary>
/// <param name="text">The text.</param>
internal sealed class BoundReader(NumberText text)
{
    private static readonly FrozenSet<string> near = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "about", "around", "roughly", "approximately", "approx", "circa", "some", "near", "close", "ca");
    private static readonly FrozenSet<string> above = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "over", "above", "exceeding", "exceeds", "exceed", "exceeded", "beyond", "past", "least", "upwards",
        "surpassing", "surpasses");
    private static readonly FrozenSet<string> below = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "nearly", "almost", "under", "below", "within");
    private static readonly FrozenSet<string> comparisonsUp = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "more", "greater", "higher", "larger", "longer", "better");
    private static readonly FrozenSet<string> comparisonsDown = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "less", "fewer", "lower", "smaller", "shorter");

    /// <summary>The bound that the words or signs before a number state.</summary>
    public Bound Before(int start)
    {
        var i = start - 1;
        while (text.At(i) is ' ' or '(' or '$' or '-' or '+')
            i--;
        if (text.At(i) is '~' or '≈')
            return Bound.Near;
        if (text.At(i) is '>' or '≥')
            return Bound.Above;
        if (text.At(i) is '<' or '≤')
            return Bound.Below;
        var (word, wordStart) = text.WordBefore(i);
        if (word is "a" or "the" or "an" or "to")
            (word, wordStart) = text.WordBefore(wordStart - 1);
        var lookup = near.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.Contains(word))
            return Bound.Near;
        if (above.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
            return Bound.Above;
        if (below.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
            return Bound.Below;
        if (word is "than" or "Than")
        {
            var (comparison, _) = text.WordBefore(wordStart - 1);
            if (comparisonsUp.GetAlternateLookup<ReadOnlySpan<char>>().Contains(comparison))
                return Bound.Above;
            if (comparisonsDown.GetAlternateLookup<ReadOnlySpan<char>>().Contains(comparison))
                return Bound.Below;
        }

        return Bound.Exact;
    }

    /// <summary>Whether "a factor of" precedes a number.</summary>
    public bool IsFactor(int start)
    {
        var before = text.AsSpan(Math.Max(0, start - 30), Math.Min(30, start));
        var at = before.LastIndexOf("factor", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && before[at..].IndexOfAny('.', ',', ';') < 0 && before[at..].Contains("of", StringComparison.Ordinal);
    }
}
