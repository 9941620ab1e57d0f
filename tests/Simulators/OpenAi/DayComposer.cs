using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Denoised.Simulators.OpenAi;

/// <summary>
/// Composes an overview like a careful model: a few themes that refer to papers by their identifiers in the prompt and reuse words of their titles,
/// and a paragraph without numbers.
/// </summary>
internal static partial class DayComposer
{
    private const int Themes = 4;
    private const int PapersInTheme = 6;

    private static readonly string[] ordinals = ["one", "two", "three", "four"];

    /// <summary>Composes the response.</summary>
    /// <param name="prompt">The user message: one paper per line, with identifier, title, topics and claim separated by bars.</param>
    public static JsonObject Compose(string prompt)
    {
        var papers = Line().Matches(prompt)
            .Select(static match => (Id: match.Groups["id"].Value, Title: match.Groups["title"].Value, Tags: match.Groups["tags"].Value))
            .OrderBy(static paper => paper.Tags.Split(',')[0], StringComparer.Ordinal)
            .ToList();
        var groups = papers.Chunk(Math.Max(2, (papers.Count + Themes - 1) / Themes)).Where(static group => group.Length > 1).Take(Themes).ToList();
        var themes = groups.Select(static (group, place) => new JsonObject
        {
            ["title"] = $"{string.Join(' ', Words(group[0].Title).Take(3))} {ordinals[place]}",
            ["sentence"] = $"The papers of this theme report on {string.Join(", ", group.Take(3).SelectMany(static paper => Longest(paper.Title)).Distinct(StringComparer.OrdinalIgnoreCase))}, each of them in a setting of its own.",
            ["papers"] = new JsonArray([.. group.Take(PapersInTheme).Select(static paper => (JsonNode)paper.Id)]),
        });
        var named = groups.SelectMany(static group => Longest(group[0].Title)).Distinct(StringComparer.OrdinalIgnoreCase);
        return new JsonObject
        {
            ["themes"] = new JsonArray([.. themes]),
            ["paragraph"] =
                $"The day’s papers fall into a few groups that have little to do with one another, and each of these groups has its own words: {string.Join(", ", named)}. "
                + "What they share is care for how the work is tested, and for where it stops working. Several of them return to questions that were thought to be settled, "
                + "and some take up what others have left open. The rest of the day is spread widely over the topics.",
        };
    }

    private static IEnumerable<string> Words(string title) => Letters().Matches(title).Select(static match => match.Value);

    private static IEnumerable<string> Longest(string title) => Words(title).OrderByDescending(static word => word.Length).ThenBy(static word => word, StringComparer.Ordinal).Take(2);

    [GeneratedRegex(@"^(?<id>\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7}) \| (?<title>[^|\n]*) \| (?<tags>[^|\n]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Line();

    [GeneratedRegex(@"[A-Za-z][A-Za-z-]+", RegexOptions.None, 2000)]
    private static partial Regex Letters();
}
