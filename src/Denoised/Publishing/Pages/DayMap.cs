using System.Globalization;
using System.Text.Json.Nodes;
using Denoised.Domain;
using Denoised.Embeddings;
using Denoised.Publishing.Citations;
using Denoised.Publishing.Snapshots;
using Denoised.Publishing.Tex;

namespace Denoised.Publishing.Pages;

/// <summary>The data of a day's map: each paper as a point near similar ones, coloured by its first tag; and the topics of all days held.</summary>
internal static class DayMap
{
    /// <summary>The size of the drawing, in its own units.</summary>
    internal const int Width = 1000;

    internal const int Height = 640;

    /// <summary>The distance of every point from the edges.</summary>
    internal const int Margin = 24;

    private const int MinPapers = 8;

    // The projection is quadratic in the papers.
    private const int MaxPapers = 1000;

    private const int MaxBarLength = 40;
    private const string OtherName = "No topic";
    private const string OtherSlug = "none";

    /// <summary>Whether a day has a map.</summary>
    public static bool Exists(DayEntry day) => day.Counts.Announced is >= MinPapers and <= MaxPapers;

    /// <summary>The data of the templates <c>map-page</c> and <c>map-head</c>.</summary>
    /// <param name="edition">The edition.</param>
    /// <param name="day">A day of the edition.</param>
    /// <param name="points">The point of each of its papers.</param>
    /// <param name="site">The site's address with a trailing slash, if configured.</param>
    public static JsonObject ContextOf(Edition edition, DayEntry day, IReadOnlyList<(double X, double Y)> points, string? site)
    {
        var papers = edition.PapersOf[day.Day];
        var topics = papers.Zip(points)
            .GroupBy(paper => paper.First.Summary.Tags is [var first, ..] ? first : OtherName)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal);
        return new JsonObject
        {
            ["day"] = day.Day.ToString(),
            ["site"] = site,
            ["sample"] = day.Sample,
            ["count"] = papers.Count,
            ["topics"] = new JsonArray([.. topics.Select(group => Topic(group.Key, [.. group]))]),
            ["themes"] = Themes(edition.Overviews.GetValueOrDefault(day.Day), papers, points),
            ["days"] = new JsonArray([.. edition.Index.Days.Select(entry => (JsonNode?)new JsonObject { ["day"] = entry.Day.ToString() })]),
            ["rows"] = Rows(edition.Index.Days),
        };
    }

    private static JsonObject Topic(string name, IReadOnlyList<(PaperView Paper, (double X, double Y) Point)> papers) => new()
    {
        ["name"] = name,
        ["slug"] = name == OtherName ? OtherSlug : Tag.Slug(name),
        ["count"] = papers.Count,
        ["points"] = new JsonArray([.. papers.Select(paper => new JsonObject
        {
            ["key"] = paper.Paper.Id.Key,
            ["title"] = Citation.PlainLine(paper.Paper.Title),
            ["x"] = Coordinate(paper.Point.X),
            ["y"] = Coordinate(paper.Point.Y),
        })]),
    };

    /// <summary>The name of each theme at the centre of its papers.</summary>
    private static JsonArray Themes(OverviewView? overview, IReadOnlyList<PaperView> papers, IReadOnlyList<(double X, double Y)> points)
    {
        var pointOf = papers.Index().DistinctBy(paper => paper.Item.Id).ToDictionary(paper => paper.Item.Id, paper => points[paper.Index]);
        var themes = new JsonArray();
        foreach (var theme in overview?.Themes ?? [])
        {
            var members = theme.Papers.Where(paper => pointOf.ContainsKey(paper.Id)).Select(paper => pointOf[paper.Id]).ToList();
            if (members.Count == 0)
                continue;
            themes.Add(new JsonObject
            {
                ["title"] = TexReader.PlainText(theme.Title),

                // Medians: a theme may have papers far from its others. A label is about a third of the drawing wide.
                ["x"] = Coordinate(Math.Clamp(Median(members.Select(point => point.X)), Width / 6.0, Width * 5 / 6.0)),
                ["y"] = Coordinate(Median(members.Select(point => point.Y))),
            });
        }

        return themes;
    }

    /// <summary>The papers of each topic on each day, with the length of a bar.</summary>
    private static JsonArray Rows(IReadOnlyList<DayEntry> days)
    {
        var counts = days.Select(day => day.Tags.ToDictionary(tag => tag.Tag, tag => tag.Count, StringComparer.Ordinal)).ToList();
        var max = counts.SelectMany(day => day.Values).DefaultIfEmpty(1).Max();
        return
        [
            .. Tag.All.Where(tag => counts.Exists(day => day.ContainsKey(tag)))
                .OrderByDescending(tag => counts.Sum(day => day.GetValueOrDefault(tag)))
                .Select(tag => (JsonNode?)new JsonObject
                {
                    ["name"] = tag,
                    ["cells"] = new JsonArray([.. counts.Select(day => (JsonNode?)new JsonObject
                    {
                        ["count"] = day.GetValueOrDefault(tag),
                        ["length"] = Coordinate((double)MaxBarLength * day.GetValueOrDefault(tag) / max),
                    })]),
                }),
        ];
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
