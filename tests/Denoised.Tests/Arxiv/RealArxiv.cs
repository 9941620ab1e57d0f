using System.Globalization;
using System.Text.Json;
using Denoised.Domain;

namespace Denoised.Tests.Arxiv;

/// <summary>Real arXiv responses, which are not in this repository.</summary>
internal static class RealArxiv
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web);

    public static string Folder() => RealInput.Path("arxiv");

    public static string Text(string path) => File.ReadAllText(Path.Combine(Folder(), path));

    public static IReadOnlyList<string> Texts(string folder) => [.. Directory.GetFiles(Path.Combine(Folder(), folder), "*.xml").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    /// <summary>The records of a listing or of the file of odd cases, without records that lack the fields of a paper.</summary>
    public static IReadOnlyList<Paper> Records(string file) =>
    [
        .. File.ReadLines(Path.Combine(Folder(), "listings", file))
            .Select(static line => JsonSerializer.Deserialize<Listed>(line, json)!)
            .Where(static record => record is { Id: not null, Title: not null, Abstract: not null, Categories.Count: > 0 })
            .Select(static record => new Paper
            {
                Id = ArxivId.Parse(record.Id!),
                Version = Version(record.Version),
                Title = record.Title!,
                Authors = record.Authors ?? [],
                Abstract = record.Abstract!,
                PrimaryCategory = record.Primary ?? record.Categories![0],
                Categories = [.. record.Categories!.Prepend(record.Primary ?? record.Categories![0]).Distinct(StringComparer.Ordinal)],
                Comment = record.Comment,
            }),
    ];

    public static IReadOnlyList<string> ListingFiles() => [.. Directory.GetFiles(Path.Combine(Folder(), "listings"), "*.jsonl").Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    /// <summary>The records contain the version as a number, as "2", as "v2" or not at all.</summary>
    private static int Version(JsonElement? version) =>
        int.TryParse(version?.ToString().TrimStart('v'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;

    private sealed record Listed(string? Id, string? Title, IReadOnlyList<string>? Authors, string? Abstract, IReadOnlyList<string>? Categories, string? Primary, string? Comment, JsonElement? Version);
}
