using System.Net;
using System.Text.Json;
using Denoised.Domain;

namespace Denoised.Tests.Api;

public sealed class PapersApiTests(RunningApi api) : IClassFixture<RunningApi>
{
    [Fact]
    public async Task Days_are_listed_newest_first_with_their_counts()
    {
        var days = (await api.GetJsonAsync("days")).GetProperty("days").EnumerateArray().ToList();

        Assert.Equal(["2026-03-17", "2026-03-16"], days.Select(day => day.GetProperty("day").GetString()));
        Assert.Equal([RunningApi.PapersOfNewest, RunningApi.PapersOfOlder], days.Select(day => day.GetProperty("counts").GetProperty("announced").GetInt32()));
        Assert.All(days, day => Assert.Equal(day.GetProperty("counts").GetProperty("announced").GetInt32(), day.GetProperty("counts").GetProperty("extractive").GetInt32()));
        Assert.All(days, day => Assert.NotEmpty(day.GetProperty("tags").EnumerateArray()));
        Assert.Equal(new DateTimeOffset(2026, 3, 17, 0, 0, 0, TimeSpan.Zero), days[0].GetProperty("announcedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Latest_is_the_newest_day()
    {
        var latest = await api.GetJsonAsync("days/latest");
        Assert.Equal("2026-03-17", latest.GetProperty("day").GetString());
        Assert.True(JsonElement.DeepEquals(latest, await api.GetJsonAsync("days/2026-03-17")));
        Assert.Equal(RunningApi.PapersOfNewest, Ids(latest).Count);
        Assert.Equal("2026-03-16", (await api.GetJsonAsync("days/2026-03-16")).GetProperty("day").GetString());
    }

    [Fact]
    public async Task A_tag_selects_exactly_the_papers_that_have_it()
    {
        var day = await api.GetJsonAsync("days/latest");
        var counts = day.GetProperty("tags").EnumerateArray().ToDictionary(tag => tag.GetProperty("tag").GetString()!, tag => tag.GetProperty("count").GetInt32());
        Assert.True(counts.Count > 1 && counts.Values.Any(count => count < RunningApi.PapersOfNewest), "The day's tags do not divide it.");

        foreach (var (tag, count) in counts)
        {
            foreach (var form in new[] { tag, Tag.Slug(tag), tag.ToUpperInvariant() })
            {
                var filtered = await api.GetJsonAsync("days/latest?tag=" + Uri.EscapeDataString(form));
                Assert.Equal(Ids(day, tag), Ids(filtered));
                Assert.Equal(count, filtered.GetProperty("total").GetInt32());
                Assert.Equal(RunningApi.PapersOfNewest, filtered.GetProperty("counts").GetProperty("announced").GetInt32());
            }
        }
    }

    [Fact]
    public async Task Several_tags_select_the_papers_that_have_any_of_them()
    {
        var day = await api.GetJsonAsync("days/latest");
        string[] tags = ["Reinforcement Learning", "Graph Learning"];
        var expected = Ids(day, tags);
        Assert.InRange(expected.Count, 2, RunningApi.PapersOfNewest - 1);
        Assert.Equal(expected, Ids(await api.GetJsonAsync("days/latest?tag=reinforcement-learning&tag=graph-learning")));
        Assert.Equal(expected, Ids(await api.GetJsonAsync("days/latest?tag=graph-learning&tag=reinforcement-learning&limit=1000")));
    }

    [Fact]
    public async Task A_tag_that_no_paper_has_returns_an_empty_page()
    {
        var page = await api.GetJsonAsync("days/2026-03-16?tag=audio-speech");
        Assert.Equal(0, page.GetProperty("total").GetInt32());
        Assert.Empty(Ids(page));
        Assert.False(page.TryGetProperty("next", out _));
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(7, "")]
    [InlineData(44, "")]
    [InlineData(45, "")]
    [InlineData(1000, "")]
    [InlineData(3, "&tag=reinforcement-learning")]
    public async Task The_pages_of_a_day_contain_each_paper_once(int limit, string tag)
    {
        var whole = Ids(await api.GetJsonAsync("days/latest?" + tag.TrimStart('&')));
        var paged = new List<string>();
        string? cursor = null;
        var pages = 0;
        do
        {
            var page = await api.GetJsonAsync($"days/{(cursor is null ? "latest" : "2026-03-17")}?limit={limit}{tag}{(cursor is null ? "" : "&cursor=" + cursor)}");
            Assert.InRange(Ids(page).Count, 1, limit);
            Assert.Equal(whole.Count, page.GetProperty("total").GetInt32());
            paged.AddRange(Ids(page));
            cursor = page.TryGetProperty("next", out var next) ? next.GetString() : null;
            Assert.True(++pages <= whole.Count, "The pages do not end.");
        }
        while (cursor is not null);

        Assert.Equal(whole, paged);
        Assert.Equal((whole.Count + limit - 1) / limit, pages);
    }

    [Fact]
    public async Task A_cursor_keeps_its_day_after_latest_has_changed()
    {
        var first = await api.GetJsonAsync("days/2026-03-16?limit=2");
        var second = await api.GetJsonAsync("days/latest?limit=2&cursor=" + first.GetProperty("next").GetString());
        Assert.Equal("2026-03-16", second.GetProperty("day").GetString());
        Assert.Equal(Ids(await api.GetJsonAsync("days/2026-03-16")).Skip(2).Take(2), Ids(second));
    }

    [Theory]
    [InlineData("math/0211159")]
    [InlineData("math%2F0211159")]
    [InlineData("math%2f0211159v1")]
    [InlineData("math~0211159")]
    [InlineData("math/0211159v7")]
    [InlineData("math.GT/0211159")]
    public async Task The_API_accepts_every_form_of_an_old_identifier(string id)
    {
        var paper = await api.GetJsonAsync("papers/" + id);
        Assert.Equal(RunningApi.OldId, paper.GetProperty("id").GetString());
        Assert.Equal("https://arxiv.org/abs/math/0211159v1", paper.GetProperty("links").GetProperty("abs").GetString());
    }

    [Theory]
    [InlineData("2603.01001")]
    [InlineData("2603.01001v2")]
    [InlineData("arXiv:2603.01001")]
    public async Task A_paper_has_all_its_fields(string id)
    {
        var paper = await api.GetJsonAsync("papers/" + id);
        Assert.Equal("2603.01001", paper.GetProperty("id").GetString());
        Assert.Equal("2026-03-17", paper.GetProperty("day").GetString());
        Assert.Equal("An Invented Paper, Number 1", paper.GetProperty("title").GetString());
        Assert.Equal("extractive", paper.GetProperty("status").GetString());
        Assert.Equal("extractive", paper.GetProperty("summary").GetProperty("provenance").GetProperty("method").GetString());
        var listed = (await api.GetJsonAsync("days/latest")).GetProperty("papers").EnumerateArray().Single(other => other.GetProperty("id").GetString() == "2603.01001");
        Assert.True(JsonElement.DeepEquals(listed, paper));
    }

    [Theory]
    [InlineData("days/2026-13-01", 400, "'2026-13-01'")]
    [InlineData("days/2026-3-17", 400, "yyyy-MM-dd")]
    [InlineData("days/yesterday", 400, "'yesterday'")]
    [InlineData("days/2026-03-14", 404, "2026-03-14")]
    [InlineData("days/latest?tag=astrology", 400, "'astrology'")]
    [InlineData("days/latest?tag=nlp&tag=", 400, "The tag ''")]
    [InlineData("days/latest?limit=0", 400, "'0'")]
    [InlineData("days/latest?limit=1001", 400, "'1001'")]
    [InlineData("days/latest?limit=-1", 400, "'-1'")]
    [InlineData("days/latest?limit=many", 400, "'many'")]
    [InlineData("days/latest?limit=", 400, "limit")]
    [InlineData("days/latest?cursor=next", 400, "'next'")]
    [InlineData("days/latest?cursor=", 400, "cursor")]
    [InlineData("days/2026-03-17?cursor=MXwyMDI2LTAzLTE2fDF8MjYwMy4wMDAwMQ", 400, "this day")]
    [InlineData("papers/unknown", 400, "'unknown'")]
    [InlineData("papers/2613.00001", 400, "'2613.00001'")]
    [InlineData("papers/2603.99999", 404, "2603.99999")]
    [InlineData("papers/math%2F0000000", 400, "math")]
    [InlineData("papers/hep-th/9901001", 404, "hep-th/9901001")]
    public async Task An_invalid_request_returns_a_problem_that_names_the_error(string path, int status, string named)
    {
        using var response = await api.SendAsync(path);
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("application/problem+json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        Assert.Null(response.Headers.ETag);
        var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal("about:blank", problem.GetProperty("type").GetString());
        Assert.Equal(status == 400 ? "Bad request" : "Not found", problem.GetProperty("title").GetString());
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("days")]
    [InlineData("days/latest")]
    [InlineData("papers/2603.01001")]
    public async Task A_matching_ETag_returns_304_without_a_body(string path)
    {
        using var first = await api.SendAsync(path);
        var etag = Assert.IsType<System.Net.Http.Headers.EntityTagHeaderValue>(first.Headers.ETag).ToString();
        Assert.Equal("public, max-age=60", string.Join(", ", first.Headers.GetValues("Cache-Control")));

        foreach (var held in new[] { etag, $"\"other\", {etag}", "*", etag[2..] })
        {
            using var again = await api.SendAsync(path, headers: ("If-None-Match", held));
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(etag, again.Headers.ETag?.ToString());
            Assert.Contains("Accept-Encoding", again.Headers.Vary);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }

        using var changed = await api.SendAsync(path, headers: ("If-None-Match", "W/\"other\""));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Theory]
    [InlineData("days/latest", HttpStatusCode.OK)]
    [InlineData("papers/2603.99999", HttpStatusCode.NotFound)]
    public async Task HEAD_returns_the_headers_of_GET_without_a_body(string path, HttpStatusCode status)
    {
        using var get = await api.SendAsync(path);
        using var head = await api.SendAsync(path, HttpMethod.Head);
        Assert.Equal(status, head.StatusCode);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal((await get.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("*", "br")]
    [InlineData("*, br;q=0", "gzip")]
    public async Task The_response_uses_an_encoding_that_the_client_accepts(string accepted, string encoding)
    {
        using var plain = await api.SendAsync("days/latest");
        using var compressed = await api.SendAsync("days/latest", headers: ("Accept-Encoding", accepted));

        Assert.Equal(encoding, compressed.Content.Headers.ContentEncoding.Single());
        Assert.Equal(plain.Headers.ETag, compressed.Headers.ETag);
        Assert.Contains("Accept-Encoding", compressed.Headers.Vary);
        var body = await plain.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(body, await RunningApi.DecompressAsync(compressed.Content));
        Assert.True(compressed.Content.Headers.ContentLength < body.Length / 2, "Compression gained nothing.");
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("gzip;q=0, br;q=0")]
    [InlineData("deflate")]
    [InlineData("not, a; valid=== header")]
    public async Task The_response_is_uncompressed_if_the_client_accepts_neither_encoding(string accepted)
    {
        using var response = await api.SendAsync("days/latest", headers: ("Accept-Encoding", accepted));
        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal("2026-03-17", JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("day").GetString());
    }

    [Fact]
    public async Task A_method_other_than_GET_and_HEAD_returns_404()
    {
        using var response = await api.SendAsync("days", HttpMethod.Post);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_status_reports_every_announced_paper_as_recorded_and_shown()
    {
        using var response = await api.SendAsync("status");
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        var status = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement;

        var days = status.GetProperty("days").EnumerateArray().ToList();
        Assert.Equal(["2026-03-17", "2026-03-16"], days.Take(2).Select(day => day.GetProperty("day").GetString()));
        Assert.Equal([RunningApi.PapersOfNewest, RunningApi.PapersOfOlder], days.Take(2).Select(day => day.GetProperty("announced").GetInt32()));
        Assert.All(days, day =>
        {
            Assert.Equal(day.GetProperty("announced").GetInt32(), day.GetProperty("recorded").GetInt32());
            Assert.Equal(day.GetProperty("announced").GetInt32(), day.GetProperty("shown").GetInt32());
            Assert.Equal(day.GetProperty("announced").GetInt32(), day.GetProperty("summarized").GetInt32());
            Assert.True(day.GetProperty("complete").GetBoolean());
            Assert.Empty(day.GetProperty("notes").EnumerateArray());
        });

        Assert.Equal("complete", status.GetProperty("lastRun").GetProperty("outcome").GetString());
        var (now, next) = (status.GetProperty("now").GetDateTimeOffset(), status.GetProperty("nextRun").GetDateTimeOffset());
        Assert.InRange(next - now, TimeSpan.Zero, TimeSpan.FromHours(8));
        Assert.Contains((next.Hour, next.Minute), new[] { (5, 20), (13, 20), (21, 20) });
        Assert.Empty(status.GetProperty("failures").EnumerateArray());
        Assert.Equal((0, 0), (status.GetProperty("backlog").GetProperty("announced").GetInt32(), status.GetProperty("backlog").GetProperty("summarizing").GetInt32()));
        Assert.All(status.GetProperty("queues").EnumerateArray(), queue => Assert.Equal(0, queue.GetProperty("messages").GetInt32()));
    }

    private static List<string> Ids(JsonElement day, params string[] tags) =>
    [
        .. day.GetProperty("papers").EnumerateArray()
            .Where(paper => tags.Length == 0 || paper.GetProperty("summary").GetProperty("tags").EnumerateArray().Any(tag => tags.Contains(tag.GetString(), StringComparer.Ordinal)))
            .Select(paper => paper.GetProperty("id").GetString()!),
    ];
}
