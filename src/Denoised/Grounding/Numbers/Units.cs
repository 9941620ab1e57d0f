using System.Collections.Frozen;

namespace Denoised.Grounding.Numbers;

/// <summary>Units and scales after numbers.</summary>
internal static class Units
{
    private static readonly FrozenDictionary<string, (Dimension Dimension, double Factor)> exact = new Dictionary<string, (Dimension, double)>(StringComparer.Ordinal)
    {
        ["%"] = (Dimension.Percent, 1), ["pp"] = (Dimension.Points, 1), ["pts"] = (Dimension.Points, 1), ["pt"] = (Dimension.Points, 1),
        ["x"] = (Dimension.Ratio, 1), ["×"] = (Dimension.Ratio, 1),
        ["ns"] = (Dimension.Time, 1e-9), ["us"] = (Dimension.Time, 1e-6), ["μs"] = (Dimension.Time, 1e-6), ["ms"] = (Dimension.Time, 1e-3),
        ["s"] = (Dimension.Time, 1),
        ["h"] = (Dimension.Time, 3600),
        ["B"] = (Dimension.None, 1e9), ["M"] = (Dimension.None, 1e6), ["K"] = (Dimension.None, 1e3), ["k"] = (Dimension.None, 1e3),
        ["T"] = (Dimension.None, 1e12),
        ["bn"] = (Dimension.None, 1e9), ["mn"] = (Dimension.None, 1e6), ["b"] = (Dimension.None, 1e9),
        ["KB"] = (Dimension.Bytes, 1e3), ["kB"] = (Dimension.Bytes, 1e3), ["MB"] = (Dimension.Bytes, 1e6), ["GB"] = (Dimension.Bytes, 1e9),
        ["TB"] = (Dimension.Bytes, 1e12), ["PB"] = (Dimension.Bytes, 1e15),
        ["KiB"] = (Dimension.Bytes, 1024), ["MiB"] = (Dimension.Bytes, 1048576), ["GiB"] = (Dimension.Bytes, 1073741824),
        ["TiB"] = (Dimension.Bytes, 1099511627776),
        ["Kb"] = (Dimension.Bits, 1e3), ["kb"] = (Dimension.Bits, 1e3), ["Mb"] = (Dimension.Bits, 1e6), ["Gb"] = (Dimension.Bits, 1e9),
        ["Mbps"] = (Dimension.Bits, 1e6), ["Gbps"] = (Dimension.Bits, 1e9),
        ["Hz"] = (Dimension.Frequency, 1), ["kHz"] = (Dimension.Frequency, 1e3), ["MHz"] = (Dimension.Frequency, 1e6), ["GHz"] = (Dimension.Frequency, 1e9),
        ["nm"] = (Dimension.Metres, 1e-9), ["μm"] = (Dimension.Metres, 1e-6), ["um"] = (Dimension.Metres, 1e-6), ["mm"] = (Dimension.Metres, 1e-3),
        ["cm"] = (Dimension.Metres, 1e-2),
        ["m"] = (Dimension.Metres, 1), ["km"] = (Dimension.Metres, 1e3),
        ["mW"] = (Dimension.Watts, 1e-3), ["W"] = (Dimension.Watts, 1), ["kW"] = (Dimension.Watts, 1e3), ["MW"] = (Dimension.Watts, 1e6),
        ["mJ"] = (Dimension.Joules, 1e-3), ["J"] = (Dimension.Joules, 1), ["kJ"] = (Dimension.Joules, 1e3), ["Wh"] = (Dimension.Joules, 3.6e3),
        ["kWh"] = (Dimension.Joules, 3.6e6), ["MWh"] = (Dimension.Joules, 3.6e9),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, (Dimension Dimension, double Factor)> words = new Dictionary<string, (Dimension, double)>(StringComparer.OrdinalIgnoreCase)
    {
        ["percent"] = (Dimension.Percent, 1), ["pct"] = (Dimension.Percent, 1), ["point"] = (Dimension.Points, 1), ["points"] = (Dimension.Points, 1),
        ["times"] = (Dimension.Ratio, 1), ["fold"] = (Dimension.Ratio, 1),
        ["hundred"] = (Dimension.None, 1e2), ["thousand"] = (Dimension.None, 1e3), ["million"] = (Dimension.None, 1e6),
        ["billion"] = (Dimension.None, 1e9), ["trillion"] = (Dimension.None, 1e12), ["dozen"] = (Dimension.None, 12),
        ["millions"] = (Dimension.None, 1e6), ["billions"] = (Dimension.None, 1e9), ["thousands"] = (Dimension.None, 1e3),
        ["nanosecond"] = (Dimension.Time, 1e-9), ["microsecond"] = (Dimension.Time, 1e-6), ["millisecond"] = (Dimension.Time, 1e-3),
        ["msec"] = (Dimension.Time, 1e-3),
        ["sec"] = (Dimension.Time, 1), ["second"] = (Dimension.Time, 1), ["min"] = (Dimension.Time, 60), ["minute"] = (Dimension.Time, 60),
        ["hr"] = (Dimension.Time, 3600), ["hour"] = (Dimension.Time, 3600),
        ["day"] = (Dimension.Time, 86400), ["week"] = (Dimension.Time, 604800), ["month"] = (Dimension.Months, 1), ["year"] = (Dimension.Months, 12),
        ["kilobyte"] = (Dimension.Bytes, 1e3), ["megabyte"] = (Dimension.Bytes, 1e6), ["gigabyte"] = (Dimension.Bytes, 1e9),
        ["terabyte"] = (Dimension.Bytes, 1e12), ["byte"] = (Dimension.Bytes, 1), ["bit"] = (Dimension.Bits, 1),
        ["hertz"] = (Dimension.Frequency, 1), ["kilohertz"] = (Dimension.Frequency, 1e3), ["megahertz"] = (Dimension.Frequency, 1e6),
        ["gigahertz"] = (Dimension.Frequency, 1e9),
        ["millimeter"] = (Dimension.Metres, 1e-3), ["millimetre"] = (Dimension.Metres, 1e-3), ["centimeter"] = (Dimension.Metres, 1e-2),
        ["centimetre"] = (Dimension.Metres, 1e-2),
        ["meter"] = (Dimension.Metres, 1), ["metre"] = (Dimension.Metres, 1), ["kilometer"] = (Dimension.Metres, 1e3), ["kilometre"] = (Dimension.Metres, 1e3),
        ["watt"] = (Dimension.Watts, 1), ["kilowatt"] = (Dimension.Watts, 1e3), ["joule"] = (Dimension.Joules, 1),
        ["degree"] = (Dimension.Degrees, 1), ["radian"] = (Dimension.Radians, 1), ["flop"] = (Dimension.Operations, 1),
        ["mflop"] = (Dimension.Operations, 1e6), ["gflop"] = (Dimension.Operations, 1e9), ["tflop"] = (Dimension.Operations, 1e12),
        ["teraflop"] = (Dimension.Operations, 1e12),
        ["gigaflop"] = (Dimension.Operations, 1e9), ["petaflop"] = (Dimension.Operations, 1e15), ["pflop"] = (Dimension.Operations, 1e15),
        ["exaflop"] = (Dimension.Operations, 1e18), ["eflop"] = (Dimension.Operations, 1e18),
        ["mac"] = (Dimension.Operations, 1), ["gmac"] = (Dimension.Operations, 1e9), ["mmac"] = (Dimension.Operations, 1e6),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> between = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "gpu", "gpus", "cpu", "tpu", "tpus", "core", "node", "wall", "clock", "a100", "h100", "v100", "p100", "absolute", "relative", "percentage",
        "additional", "more", "accuracy", "score", "full", "average").GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The dimension and factor of a unit, or null.</summary>
    public static (Dimension Dimension, double Factor)? Find(ReadOnlySpan<char> word)
    {
        if (exact.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var unit))
            return unit;
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(word, out unit))
            return unit;
        return word.Length > 2 && word[^1] is 's' or 'S' && lookup.TryGetValue(word[..^1], out unit) ? unit : null;
    }

    /// <summary>Whether a word can occur between a number and its unit: "12 GPU hours".</summary>
    public static bool IsUnitModifier(ReadOnlySpan<char> word) => between.Contains(word) || (word.Length > 1 && char.IsUpper(word[0]) && char.IsUpper(word[1]));
}
