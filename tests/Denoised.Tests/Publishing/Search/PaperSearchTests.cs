using System.Text.Json;
using Denoised.Domain;
using Denoised.LocalHost.Settings;
using Denoised.Publishing.Search;
using Denoised.Publishing.Snapshots;
using Denoised.Tests.Publishing.Pages;

namespace Denoised.Tests.Publishing.Search;

/// <summary>The search on invented papers. The page's search runs the same cases.</summary>
public sealed class PaperSearchTests
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web);

    private static readonly SearchCases cases = JsonSerializer.Deserialize<SearchCases>(
        File.ReadAllText(Path.Combine(Repository.Root, "frontend/test/search-cases.json")), json)!;

    private static readonly PaperSearch search = new(cases.Papers.ConvertAll(View));

    public static TheoryData<string, string, string, string> Queries =>
        [.. cases.Queries.Select(query => (query.Says, query.Mode, query.Query, string.Join(' ', query.Ids)))];

    [Theory]
    [MemberData(nameof(Queries))]
    public void The_API_finds_what_the_page_finds(string says, string mode, string query, string ids) =>
        Assert.True(ids == string.Join(' ', Find(query, mode)), $"{says}: '{query}' found {string.Join(' ', Find(query, mode))}");

    [Fact]
    public void The_API_has_the_stems_of_the_page() =>
        Assert.All(cases.Stems, stem => Assert.Equal(stem.Value, SearchLanguage.StemOf(stem.Key)));

    [Fact]
    public void A_filter_applies_before_the_ranking()
    {
        var found = search.Find("bandits hospitals", SearchMode.Words, paper => paper.PrimaryCategory == "math.ST");
        Assert.Equal("math/0211159", search.Papers[Assert.Single(found)].Id.Value);
    }

    [Fact]
    public void A_blank_query_finds_all_papers_in_their_order() =>
        Assert.Equal(Enumerable.Range(0, cases.Papers.Count), search.Find(" ", SearchMode.Both, static _ => true));

    [Fact]
    public void A_word_counts_in_its_most_important_field_only()
    {
        var words = WordIndex.Of(search.Papers).WordsOf(SearchField.Text).Select(entry => entry.Word).ToList();
        Assert.Contains("bandits", WordIndex.Of(search.Papers).WordsOf(SearchField.Title).Select(entry => entry.Word));
        Assert.DoesNotContain("bandits", words);
        Assert.Contains("stochastic", words);
        Assert.DoesNotContain(words, word => SearchLanguage.IsStopWord(word) || word.All(char.IsAsciiDigit));
    }

    private static IEnumerable<string> Find(string query, string mode) =>
        search.Find(query, Enum.Parse<SearchMode>(mode, ignoreCase: true), static _ => true).Select(place => search.Papers[place].Id.Value);

    private static PaperView View(CasePaper paper) => InventedPapers.View(1) with
    {
        Id = ArxivId.Parse(paper.Id),
        Title = paper.Title,
        Authors = paper.Authors,
        Affiliations = paper.Affiliations ?? [],
        Abstract = paper.Abstract,
        PrimaryCategory = paper.Categories.Split(' ')[0],
        Categories = paper.Categories.Split(' '),
        Summary = InventedPapers.View(1).Summary with
        {
            Tags = [],
            Tldr = paper.Tldr is null ? null : new KeyPoint(paper.Tldr),
            KeyPoints = [.. paper.KeyPoints.Select(claim => new KeyPoint(claim))],
            Overview = null,
        },
    };

    private sealed record SearchCases(List<CasePaper> Papers, Dictionary<string, string> Stems, List<CaseQuery> Queries);

    private sealed record CasePaper(
        string Id, string Title, string[] Authors, string Categories, string[] KeyPoints, string Abstract, string? Tldr = null, string[]? Affiliations = null);

    private sealed record CaseQuery(string Says, string Mode, string Query, string[] Ids);
}
