using System.Diagnostics;
using System.Text.Json;
using Denoised.Arxiv.Calendar;
using Denoised.Collecting;
using Denoised.Domain;
using Denoised.LocalHost.Settings;
using Denoised.Model;
using Denoised.Publishing;
using Denoised.Publishing.Search;
using Denoised.Publishing.Snapshots;
using Denoised.Simulators;
using Denoised.Summaries;
using Microsoft.Extensions.Options;

namespace Denoised.TestSupport.Search;

/// <summary>Runs the judged queries over the papers of all real listing days, by the API's search and by the page's.</summary>
internal static class JudgedSearch
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web);

    /// <summary>The papers of all listing days with extractive summaries, newest day first; null if they are not on this machine.</summary>
    public static IReadOnlyList<PaperView>? ReadPapers()
    {
        if (RealData.Find("arxiv/listings") is not { } folder)
            return null;
        var plan = new SummaryPlan(Options.Create(new SummarizerOptions()), Options.Create(new CollectOptions()));
        return
        [
            .. Directory.EnumerateFiles(folder, "listing_*.jsonl").OrderDescending(StringComparer.Ordinal).SelectMany(file =>
            {
                var day = ListingDay.Parse(Path.GetFileNameWithoutExtension(file)["listing_".Length..]);
                var now = new DateTimeOffset(day.Date.ToDateTime(new TimeOnly(5, 20)), TimeSpan.Zero);
                return File.ReadLines(file)
                    .Select(static line => JsonSerializer.Deserialize<Listed>(line, json)!)
                    .Select((listed, place) => PaperViews.View(plan.CreateRow(Announced(listed, place), day, place, isNewest: true, now)));
            }).DistinctBy(static paper => paper.Id),
        ];
    }

    /// <summary>Answers queries as <c>GET /api/search</c> does.</summary>
    public static IReadOnlyList<IReadOnlyList<ArxivId>> RunApi(PaperSearch search, IEnumerable<JudgedQuery> queries, SearchMode mode) =>
        [.. queries.Select(query => search.Find(query.Query, mode, static _ => true).Select(place => search.Papers[place].Id).ToList())];

    /// <summary>The search file that is published for papers.</summary>
    public static SearchFile SearchFileOf(IReadOnlyList<PaperView> papers) => SearchFile.Of(
        [.. papers.Select(paper => paper.Day).Distinct()],
        papers.GroupBy(paper => paper.Day).ToDictionary(day => day.Key, IReadOnlyList<PaperView> (day) => [.. day]));

    /// <summary>Answers queries as the page does, from the published files and by the page's own code.</summary>
    /// <returns>The rankings by mode.</returns>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<ArxivId>>>> RunPageAsync(
        IReadOnlyList<PaperView> papers, IEnumerable<JudgedQuery> queries, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("denoised-search");
        try
        {
            var file = SnapshotFile.Create("search", SearchFileOf(papers), PublishingJson.Default.SearchFile);
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "search.json"), file.Content, cancellationToken);
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "vectors.bin"), PaperVectors.WriteFile(papers).Content, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "queries.json"), JsonSerializer.Serialize(queries.Select(query => query.Query), json), cancellationToken);
            var start = new ProcessStartInfo("node", ["dev/run.mjs", "dev/judged-search.ts", folder.FullName])
            {
                WorkingDirectory = Path.Combine(Repository.Root, "frontend"),
                RedirectStandardError = true,
                UseShellExecute = false,
            };
            using var node = Process.Start(start)!;
            var errors = await node.StandardError.ReadToEndAsync(cancellationToken);
            await node.WaitForExitAsync(cancellationToken);
            if (node.ExitCode != 0)
                throw new InvalidOperationException($"The page's search failed: {errors}");
            await using var results = File.OpenRead(Path.Combine(folder.FullName, "results.json"));
            return (await JsonSerializer.DeserializeAsync<Dictionary<string, IReadOnlyList<IReadOnlyList<ArxivId>>>>(results, json, cancellationToken))!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static AnnouncedPaper Announced(Listed listed, int place) => new(
        new Paper
        {
            Id = ArxivId.Parse(listed.Id),
            Title = listed.Title,
            Authors = listed.Authors,
            Abstract = listed.Abstract,
            PrimaryCategory = listed.Primary,
            Categories = [.. listed.Categories.Prepend(listed.Primary).Distinct(StringComparer.Ordinal)],
        },
        AnnounceType.New,
        place);

    private sealed record Listed(string Id, string Title, IReadOnlyList<string> Authors, string Abstract, string Primary, IReadOnlyList<string> Categories);
}
