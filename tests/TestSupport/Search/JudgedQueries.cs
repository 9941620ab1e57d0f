using System.Text.Json;
using Denoised.Domain;
using Denoised.LocalHost.Settings;

namespace Denoised.TestSupport.Search;

/// <summary>A query and the papers that answer it.</summary>
/// <param name="Kind">What the query tests.</param>
/// <param name="Query">The text.</param>
/// <param name="IsHeldOut">Whether it has never been used to choose a parameter of the search.</param>
/// <param name="Papers">The papers, of all listing days, that a reader with this query wants.</param>
internal sealed record JudgedQuery(string Kind, string Query, bool IsHeldOut, IReadOnlyList<ArxivId> Papers)
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web);

    /// <summary>Reads <c>judged-queries.json</c>.</summary>
    public static IReadOnlyList<JudgedQuery> ReadAll() =>
        JsonSerializer.Deserialize<List<JudgedQuery>>(
            File.ReadAllText(Path.Combine(Repository.Root, "tests/TestSupport/Search/judged-queries.json")), json)!;
}

/// <summary>How well rankings answer queries.</summary>
/// <param name="ReciprocalRank">The mean of 1 / rank of the first wanted paper.</param>
/// <param name="Recall">The mean share of the wanted papers among the first ten; of more than ten wanted papers, ten count.</param>
internal readonly record struct SearchQuality(double ReciprocalRank, double Recall)
{
    private const int Shown = 10;

    /// <summary>Measures rankings, one a query.</summary>
    public static SearchQuality Of(IEnumerable<(JudgedQuery Query, IReadOnlyList<ArxivId> Ranking)> results)
    {
        var all = results.Select(static result =>
        {
            var wanted = result.Query.Papers.ToHashSet();
            var first = result.Ranking.Index().FirstOrDefault(paper => wanted.Contains(paper.Item), (Index: -1, Item: default)).Index;
            return new SearchQuality(
                first < 0 ? 0 : 1.0 / (first + 1),
                (double)result.Ranking.Take(Shown).Count(wanted.Contains) / Math.Min(Shown, wanted.Count));
        }).ToList();
        return new SearchQuality(all.Average(one => one.ReciprocalRank), all.Average(one => one.Recall));
    }
}
