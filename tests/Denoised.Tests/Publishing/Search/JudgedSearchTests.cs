using Denoised.Publishing.Search;
using Denoised.Simulators;
using Denoised.TestSupport.Search;

namespace Denoised.Tests.Publishing.Search;

/// <summary>Floors of the search's quality on the judged queries; docs/measurements.md has the figures.</summary>
public sealed class JudgedSearchTests
{
    [Fact]
    public void Half_of_the_judged_queries_are_held_out_and_each_has_papers()
    {
        var queries = JudgedQuery.ReadAll();
        Assert.Equal(60, queries.Count);
        Assert.Equal(30, queries.Count(query => query.IsHeldOut));
        Assert.All(queries, query => Assert.NotEmpty(query.Papers));
        Assert.Distinct(queries.Select(query => query.Query));
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task API_and_page_answer_the_held_out_queries_alike_and_well()
    {
        var papers = JudgedSearch.ReadPapers();
        Assert.SkipWhen(papers is null && !RealData.IsRequired, "The real listing days are not on this machine.");
        var queries = JudgedQuery.ReadAll().Where(query => query.IsHeldOut).ToList();
        var search = new PaperSearch(papers!);
        var page = await JudgedSearch.RunPageAsync(papers!, queries, TestContext.Current.CancellationToken);
        foreach (var (mode, minReciprocalRank, minRecall) in new[] { (SearchMode.Both, 0.85, 0.7), (SearchMode.Words, 0.82, 0.6), (SearchMode.Meaning, 0.55, 0.4) })
        {
            var byApi = JudgedSearch.RunApi(search, queries, mode);
            var byPage = page[mode.ToString().ToLowerInvariant()];
            foreach (var rankings in new[] { byApi, byPage })
            {
                var quality = SearchQuality.Of(queries.Zip(rankings));
                Assert.True(quality.ReciprocalRank >= minReciprocalRank && quality.Recall >= minRecall, $"{mode}: {quality}");
            }

            var same = byApi.Zip(byPage).Count(rankings => rankings.First.Take(10).SequenceEqual(rankings.Second.Take(10)));
            Assert.True(same >= 0.9 * queries.Count, $"{mode}: API and page have the same first ten papers for {same} of {queries.Count} queries.");
        }
    }
}
