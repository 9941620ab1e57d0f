using System.Text.Json;
using Denoised.Domain;

namespace Denoised.Tests.Summaries;

/// <summary>Papers for the tests of the extractive summarizer: invented ones and, if available, real ones.</summary>
internal static class ExtractiveSamples
{
    public static readonly DateTimeOffset Now = new(2026, 3, 17, 6, 0, 0, TimeSpan.Zero);

    /// <summary>An invented abstract with a problem, a contribution, a method, results, an implication and an aside.</summary>
    public const string Whole =
        "Timetables for mountain ferries are hard to plan because fog closes piers at short notice. However, existing planners rely on fixed weather tables and fail to react. "
        + "We propose FogLine, a recurrent planner that reads pier sensors and rewrites the timetable every minute. Specifically, it encodes each pier by its last forty readings and combines them through a gated layer. "
        + "Experiments on three invented lakes show that FogLine reduces waiting by 31.5% and outperforms the strongest baseline on every pier. "
        + "These findings suggest that small harbours can run such planners on the hardware they own. Code is available at https://example.org/fogline.";

    public static Paper Paper(string text, string title = "FogLine: Planning Ferries in Fog", params string[] categories) => new()
    {
        Id = ArxivId.Parse("2603.00001"),
        Title = title,
        Authors = ["A. Nobody"],
        Abstract = text,
        PrimaryCategory = categories.Length > 0 ? categories[0] : "cs.LG",
        Categories = categories.Length > 0 ? categories : ["cs.LG"],
    };

    /// <summary>The listed papers and the odd cases of the real data.</summary>
    public static List<Paper> Listed()
    {
        var folder = RealInput.Path("arxiv/listings");
        return [.. Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            return FromJson(document.RootElement);
        })];
    }

    /// <summary>The reference papers of the real data with their tags.</summary>
    public static List<(Paper Paper, HashSet<string> Tags)> Labelled()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(RealInput.Path("seed/reference-papers.json")));
        return [.. document.RootElement.EnumerateArray().Select(entry =>
            (FromJson(entry.GetProperty("arxiv")), entry.GetProperty("seed").GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!).ToHashSet(StringComparer.Ordinal)))];
    }

    private static Paper FromJson(JsonElement paper)
    {
        var categories = paper.GetProperty("categories").EnumerateArray().Select(category => category.GetString()!).ToArray();
        return Paper(paper.GetProperty("abstract").GetString() ?? "", paper.GetProperty("title").GetString() ?? "", categories) with { Id = ArxivId.Parse(paper.GetProperty("id").GetString()!) };
    }
}
