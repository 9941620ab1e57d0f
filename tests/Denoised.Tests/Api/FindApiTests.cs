using System.Net;
using System.ServiceModel.Syndication;
using System.Text;
using System.Text.Json;
using System.Xml;
using CsCheck;
using Denoised.Publishing.Search;

namespace Denoised.Tests.Api;

/// <summary>Search, feeds and citations over HTTP.</summary>
public sealed class FindApiTests(RunningApi api) : IClassFixture<RunningApi>
{
    private const int All = RunningApi.PapersOfNewest + RunningApi.PapersOfOlder;

    [Fact]
    public async Task A_match_in_the_title_ranks_first()
    {
        var answer = await SearchAsync("q=invented+paper+number+37");
        Assert.Equal("An Invented Paper, Number 37", answer.GetProperty("papers")[0].GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("federated", "We study federated learning")]
    [InlineData("FEDERAT", "We study federated learning")]
    [InlineData("clients sharing", "federated learning")]
    [InlineData("graphs", "graph neural network")]
    [InlineData("\"federated\" AND (learning OR", "federated learning")]
    public async Task A_search_matches_stems_in_any_case_and_unfinished_words(string query, string expected)
    {
        var answer = await SearchAsync("limit=200&q=" + Uri.EscapeDataString(query));
        Assert.NotEqual(0, answer.GetProperty("total").GetInt32());
        Assert.Contains(expected, answer.GetProperty("papers")[0].GetProperty("abstract").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identifier_finds_its_paper_alone_in_every_mode()
    {
        foreach (var mode in new[] { "both", "words", "meaning" })
        {
            var answer = await SearchAsync($"q=arXiv%3A2603.01037v3&mode={mode}");
            Assert.Equal("2603.01037", Assert.Single(answer.GetProperty("papers").EnumerateArray()).GetProperty("id").GetString());
        }
    }

    [Fact]
    public async Task A_search_by_meaning_finds_papers_that_lack_the_words()
    {
        const string Query = "q=distributed+private+training+on+phones&limit=5";
        Assert.All(
            (await SearchAsync(Query + "&mode=meaning")).GetProperty("papers").EnumerateArray(),
            paper => Assert.Contains("federated", paper.GetProperty("abstract").GetString(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Days_and_tags_filter_a_search_and_its_pages_list_each_match_once()
    {
        Assert.Equal(All, (await SearchAsync("q=invented")).GetProperty("total").GetInt32());
        Assert.Equal(All, (await SearchAsync("")).GetProperty("total").GetInt32());
        Assert.Equal(RunningApi.PapersOfOlder, (await SearchAsync("q=invented&to=2026-03-16")).GetProperty("total").GetInt32());
        Assert.Equal(RunningApi.PapersOfNewest, (await SearchAsync("q=invented&from=2026-03-17")).GetProperty("total").GetInt32());
        Assert.Equal(0, (await SearchAsync("q=invented&from=2026-03-18")).GetProperty("total").GetInt32());

        var tagged = await SearchAsync("q=invented&limit=200&tag=graph-learning");
        Assert.All(tagged.GetProperty("papers").EnumerateArray(), paper => Assert.Contains("Graph Learning", paper.GetProperty("summary").GetProperty("tags").EnumerateArray().Select(tag => tag.GetString())));
        Assert.InRange(tagged.GetProperty("total").GetInt32(), 1, All - 1);

        var ids = new List<string?>();
        for (var next = ""; next is not null;)
        {
            var page = await SearchAsync("q=invented&limit=7" + next);
            ids.AddRange(page.GetProperty("papers").EnumerateArray().Select(paper => paper.GetProperty("id").GetString()));
            next = page.TryGetProperty("next", out var cursor) ? "&cursor=" + cursor.GetString() : null;
        }

        Assert.Equal(All, ids.Count);
        Assert.Distinct(ids);
    }

    [Fact]
    public void The_search_accepts_any_query_without_an_exception()
    {
        var search = new PaperSearch([]);
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["ab\"*()-+:^{}' \0\ud800\udc00é"], 0, 20]).Sample(query => Assert.Empty(search.Find(query, SearchMode.Both, static _ => true)));
    }

    [Fact]
    public async Task The_search_endpoint_answers_a_query_with_any_characters()
    {
        foreach (var query in new[] { "\"", "*", "NEAR(", "title:a", "'; DROP TABLE paper; --", "\u0000", "😀", "%", "a\r\nb" })
            Assert.True((await SearchAsync("q=" + Uri.EscapeDataString(query))).TryGetProperty("total", out _));
    }

    [Fact]
    public async Task The_feeds_are_valid_and_contain_the_papers()
    {
        using var atom = await api.SendAsync("feed.atom");
        Assert.Equal("application/atom+xml; charset=utf-8", atom.Content.Headers.ContentType?.ToString());
        using var xml = XmlReader.Create(await atom.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var feed = SyndicationFeed.Load(xml);
        Assert.Equal(All, feed.Items.Count());

        using var answer = await api.SendAsync("feed.json?tag=Graph%20Learning");
        Assert.Equal("application/feed+json; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal("https://jsonfeed.org/version/1.1", json.RootElement.GetProperty("version").GetString());
        Assert.Equal((await SearchAsync("tag=graph-learning&limit=200")).GetProperty("total").GetInt32(), json.RootElement.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("bibtex", "application/x-bibtex", "eprint = {math/0211159}")]
    [InlineData("ris", "application/x-research-info-systems", "M1  - arXiv:math/0211159")]
    [InlineData("CSL-JSON", "application/vnd.citationstyles.csl+json", "\"arXiv:math/0211159\"")]
    public async Task An_export_lists_papers_in_the_requested_order(string format, string type, string expected)
    {
        using var answer = await api.SendAsync($"export?ids=2603.01001,math%2F0211159,2603.01001&format={format}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.InRange(text.IndexOf("2603.01001", StringComparison.Ordinal), 0, text.IndexOf("math/0211159", StringComparison.Ordinal));
        Assert.Equal(2, text.Split("10.48550/arXiv.").Length - 1);
    }

    [Theory]
    [InlineData("search?tag=astrology", 400, "'astrology'")]
    [InlineData("search?from=yesterday", 400, "'from'")]
    [InlineData("search?to=2026-02-30", 400, "'2026-02-30'")]
    [InlineData("search?limit=201", 400, "'201'")]
    [InlineData("search?mode=magic", 400, "The modes are: both, words, meaning.")]
    [InlineData("search?cursor=x", 400, "cursor")]
    [InlineData("feed.rss", 404, "feed.atom")]
    [InlineData("feed.atom?tag=astrology", 400, "'astrology'")]
    [InlineData("feed.atom?tag=nlp&tag=theory", 400, "one tag")]
    [InlineData("export", 400, "'ids'")]
    [InlineData("export?ids=2603.01001&format=word", 400, "bibtex, ris, csl-json")]
    [InlineData("export?ids=2603.01001,unknown", 400, "'unknown'")]
    [InlineData("export?ids=2603.01001,2603.99998,2603.99999", 404, "2603.99998, 2603.99999")]
    public async Task An_invalid_request_returns_a_problem_that_names_the_error(string path, int status, string named)
    {
        using var response = await api.SendAsync(path);
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("application/problem+json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_rejects_a_query_of_more_than_300_characters()
    {
        using var response = await api.SendAsync("search?q=" + new string('a', 301));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private Task<JsonElement> SearchAsync(string query) => api.GetJsonAsync("search?" + query);
}
