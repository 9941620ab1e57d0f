using System.Globalization;
using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.Overviews;

/// <summary>Finds numbers in a text that none of its sources contain.</summary>
internal static class OverviewNumbers
{
    /// <summary>The numbers of a text, without thousands separators.</summary>
    public static IEnumerable<string> Find(string text) => Figure.Matches(text).Select(match => match.Value.Replace(",", "", StringComparison.Ordinal));

    /// <summary>The numbers of <paramref name="text"/> that neither the sources nor the counts contain.</summary>
    public static IReadOnlyList<string> FindUnsupported(string text, IEnumerable<string?> sources, params IEnumerable<int> counts)
    {
        var said = Find(text).Distinct(StringComparer.Ordinal).ToList();
        if (said.Count == 0)
            return [];
        var known = sources.OfType<string>()
            .SelectMany(Find)
            .Concat(counts.Select(count => count.ToString(CultureInfo.InvariantCulture)))
            .ToHashSet(StringComparer.Ordinal);
        return [.. said.Where(figure => !known.Contains(figure))];
    }

    private static readonly LinearRegex Figure = new(@"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?");
}
