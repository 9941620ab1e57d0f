using System.Diagnostics;
using System.Globalization;
using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Publishing.Search;
using Denoised.Publishing.Snapshots;
using Denoised.TestSupport.Search;

namespace Denoised.Benchmarks;

/// <summary>Measures the search of the API and of the page on the judged queries.</summary>
internal static class SearchEvaluation
{
    public static async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (JudgedSearch.ReadPapers() is not { } papers)
        {
            await Console.Error.WriteLineAsync("The real listing days are not on this machine.");
            return 1;
        }

        var queries = JudgedQuery.ReadAll();
        var watch = Stopwatch.StartNew();
        var search = new PaperSearch(papers);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"index of the API built in {watch.ElapsedMilliseconds} ms"));
        watch.Restart();
        var file = JudgedSearch.SearchFileOf(papers);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"search file made in {watch.ElapsedMilliseconds} ms: {SizeOf(file) / 1024.0:0} KB gzip, without the words of summary and abstract {SizeOf(file with { Words = [], PapersOfWord = [] }) / 1024.0:0} KB"));
        var page = await JudgedSearch.RunPageAsync(papers, queries, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{papers.Count} papers, {queries.Count} queries. Mean reciprocal rank / recall at 10"));
        Console.WriteLine("half     | mode    | API           | page          | same first paper | same first ten | ms a query, API");
        foreach (var isHeldOut in (bool[])[false, true])
        {
            foreach (var mode in Enum.GetValues<SearchMode>())
            {
                watch.Restart();
                var byApi = JudgedSearch.RunApi(search, queries, mode);
                var milliseconds = watch.Elapsed.TotalMilliseconds / queries.Count;
                var results = queries
                    .Zip(byApi, page[mode.ToString().ToLowerInvariant()])
                    .Where(result => result.First.IsHeldOut == isHeldOut)
                    .ToList();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(isHeldOut ? "held out" : "tuning"),-8} | {mode,-7} | {Format(results.Select(result => (result.First, result.Second)))} | {Format(results.Select(result => (result.First, result.Third)))} | {results.Count(result => result.Second.Take(1).SequenceEqual(result.Third.Take(1)))} of {results.Count} | {results.Count(result => result.Second.Take(10).SequenceEqual(result.Third.Take(10)))} of {results.Count} | {milliseconds:0.0}"));
            }
        }

        return 0;
    }

    private static int SizeOf(SearchFile file) => SnapshotFile.Create("search", file, PublishingJson.Default.SearchFile).ToGzip().Length;

    private static string Format(IEnumerable<(JudgedQuery Query, IReadOnlyList<ArxivId> Ranking)> results)
    {
        var quality = SearchQuality.Of(results);
        return string.Create(CultureInfo.InvariantCulture, $"{quality.ReciprocalRank:0.000} / {quality.Recall:0.000}");
    }
}
