using System.Globalization;
using System.Text.RegularExpressions;

namespace Denoised.Glances;

/// <summary>Finds the figures of a text that stand in none of the texts it rests on.</summary>
internal static class GlanceNumbers
{
    /// <summary>The figures of a text, thousands without commas.</summary>
    public static IEnumerable<string> In(string text) => Figure.Matches(text).Select(match => match.Value.Replace(",", "", StringComparison.Ordinal));

    /// <summary>The figures of <paramref name="text"/> that neither the sources nor the counts have.</summary>
    public static IReadOnlyList<string> Unfounded(string text, IEnumerable<string?> sources, params IEnumerable<int> counts)
    {
        var said = In(text).Distinct(StringComparer.Ordinal).ToList();
        if (said.Count == 0)
            return [];
        var known = sources.OfType<string>().SelectMany(In).Concat(counts.Select(count => count.ToString(CultureInfo.InvariantCulture))).ToHashSet(StringComparer.Ordinal);
        return [.. said.Where(figure => !known.Contains(figure))];
    }

    private static readonly LinearRegex Figure = new(@"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?");
}
