using System.Net;
using System.Text;
using System.Text.Json;
using Denoised.TestSupport;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Denoised.Tests.Api;

/// <summary>The Model Context Protocol over HTTP, with the official client and with requests that no client sends.</summary>
public sealed class McpTests(RunningApi api) : IClassFixture<RunningApi>
{
    /// <summary>The last revision with a handshake; the client's own default has none.</summary>
    private const string WithHandshake = "2025-11-25";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData(WithHandshake)]
    [InlineData("2025-06-18")]
    public async Task A_client_of_any_revision_finds_reads_and_cites_a_paper(string? revision)
    {
        await using var client = await ConnectAsync(revision);
        Assert.Equal("denoised", client.ServerInfo?.Name);
        Assert.Contains("never instructions", client.ServerInstructions, StringComparison.Ordinal);

        var found = await CallAsync(client, "search", ("query", "invented paper number 37"));
        var id = found.GetProperty("papers")[0].GetProperty("id").GetString()!;
        Assert.Equal("2603.01037", id);

        var paper = await CallAsync(client, "get_paper", ("id", id));
        Assert.True(JsonElement.DeepEquals(await api.GetJsonAsync("papers/" + id), paper), "The paper differs from the API's.");

        var cited = await CallAsync(client, "cite", ("ids", new[] { id }));
        Assert.Contains("eprint = {2603.01037}", cited.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_tool_only_reads_and_answers_as_its_schema_says()
    {
        await using var client = await ConnectAsync();
        var tools = await client.ListToolsAsync(cancellationToken: Stop);
        var calls = new Dictionary<string, (string, object?)[][]>(StringComparer.Ordinal)
        {
            ["list_days"] = [[]],
            ["list_papers"] = [[], [("day", "2026-03-16"), ("tag", new[] { "Graph Learning" }), ("limit", 3)]],
            ["get_paper"] = [[("id", RunningApi.OldId)]],
            ["search"] = [[("query", "graph"), ("from", "2026-03-16"), ("to", "2026-03-17"), ("tag", "Graph Learning")], [("query", "graph"), ("mode", "meaning"), ("limit", 2)]],
            ["day_overview"] = [[], [("day", "2026-03-16")]],
            ["cite"] = [[("ids", new[] { RunningApi.OldId }), ("format", "csl-json")]],
        };
        Assert.Equal(calls.Keys.Order(StringComparer.Ordinal), tools.Select(tool => tool.Name).Order(StringComparer.Ordinal));
        foreach (var tool in tools)
        {
            var (protocol, schema) = (tool.ProtocolTool, tool.ProtocolTool.OutputSchema!.Value);
            Assert.True(protocol.Annotations is { ReadOnlyHint: true, DestructiveHint: false, IdempotentHint: true, OpenWorldHint: false });
            Assert.Equal("object", schema.GetProperty("type").GetString());
            foreach (var arguments in calls[tool.Name])
                Assert.Empty(JsonSchema.Faults(schema, schema, await CallAsync(client, tool.Name, arguments), tool.Name));
        }
    }

    [Fact]
    public async Task Lists_and_papers_have_the_TLDR_with_its_quote()
    {
        await using var client = await ConnectAsync();
        var listed = (await CallAsync(client, "list_papers", ("day", RunningApi.Older.ToString()))).GetProperty("papers").EnumerateArray().ToDictionary(paper => paper.GetProperty("id").GetString()!);
        var paper = await CallAsync(client, "get_paper", ("id", RunningApi.PaperWithTldr));

        foreach (var tldr in new[] { listed[RunningApi.PaperWithTldr].GetProperty("tldr"), paper.GetProperty("summary").GetProperty("tldr") })
            Assert.Equal((RunningApi.Tldr.Claim, RunningApi.Tldr.Evidence!.Quote), (tldr.GetProperty("claim").GetString(), tldr.GetProperty("evidence").GetProperty("quote").GetString()));
        Assert.Single(listed.Values, other => other.TryGetProperty("tldr", out _));
    }

    [Theory]
    [InlineData("list_papers", """{"day":"yesterday"}""", "'yesterday' is neither a date of the form yyyy-MM-dd nor 'latest'")]
    [InlineData("list_papers", """{"day":"2020-01-01"}""", "2020-01-01 is not held")]
    [InlineData("list_papers", """{"tag":["Astrology"]}""", "Graph Learning")]
    [InlineData("list_papers", """{"limit":51}""", "between 1 and 50")]
    [InlineData("list_papers", """{"limit":"ten"}""", "'limit' must be an integer")]
    [InlineData("list_papers", """{"cursor":"x"}""", "cursor")]
    [InlineData("list_papers", """{"date":"latest"}""", "Its arguments: day, tag, limit, cursor.")]
    [InlineData("list_days", """{"day":"latest"}""", "Its arguments: none.")]
    [InlineData("get_paper", "{}", "'id' is missing: An arXiv identifier")]
    [InlineData("get_paper", """{"id":"bell"}""", "'bell' is not an arXiv identifier")]
    [InlineData("get_paper", """{"id":"2603.99999"}""", "https://arxiv.org/abs/2603.99999")]
    [InlineData("get_paper", """{"id":7}""", "'id' must be a string")]
    [InlineData("search", """{"query":"a","mode":"magic"}""", "Allowed values: both, words, meaning.")]
    [InlineData("search", """{"query":"a","from":"monday"}""", "'from'")]
    [InlineData("search", """{"query":"graph","mode":"meaning","cursor":"x"}""", "'next'")]
    [InlineData("cite", """{"ids":[]}""", "'ids' is missing")]
    [InlineData("cite", """{"ids":["2603.01001"],"format":"word"}""", "bibtex, ris, csl-json")]
    [InlineData("cite", """{"ids":["2603.01001","2603.99999"]}""", "2603.99999")]
    public async Task An_error_says_what_to_change(string tool, string arguments, string expected)
    {
        await using var client = await ConnectAsync();
        var sent = JsonElement.Parse(arguments).EnumerateObject().ToDictionary(argument => argument.Name, argument => argument.Value);
        var result = await client.CallToolAsync(new CallToolRequestParams { Name = tool, Arguments = sent }, Stop);
        Assert.True(result.IsError);
        Assert.Contains(expected, Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_are_too_long_or_too_many_are_refused()
    {
        await using var client = await ConnectAsync();
        foreach (var (tool, name, value) in ((string, string, object)[])
            [("search", "query", new string('a', 301)), ("get_paper", "id", new string('1', 61)), ("cite", "ids", Enumerable.Range(1, 51).Select(number => $"2603.{number:00000}").ToArray())])
        {
            var result = await client.CallToolAsync(tool, new Dictionary<string, object?> { [name] = value }, cancellationToken: Stop);
            Assert.True(result.IsError);
            Assert.Contains($"'{name}'", Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("list_papers", RunningApi.PapersOfNewest)]
    [InlineData("search", RunningApi.PapersOfNewest + RunningApi.PapersOfOlder)]
    [InlineData("search meaning", RunningApi.PapersOfNewest + RunningApi.PapersOfOlder)]
    public async Task Pages_hold_each_paper_once(string call, int total)
    {
        await using var client = await ConnectAsync();
        var ids = new List<string?>();
        JsonElement page = default;
        do
        {
            var arguments = new List<(string, object?)> { ("limit", 20) };
            if (call == "search")
                arguments.Add(("query", "invented"));
            if (call == "search meaning")
                arguments.AddRange([("mode", "meaning"), ("query", "large language models that reason, graph networks, reinforcement learning, federated learning")]);
            if (page.ValueKind == JsonValueKind.Object)
                arguments.Add(("cursor", page.GetProperty("next").GetString()));
            page = await CallAsync(client, call.Split(' ')[0], [.. arguments]);
            Assert.Equal(total, page.GetProperty("total").GetInt32());
            Assert.All(page.GetProperty("papers").EnumerateArray(), paper => Assert.NotEqual(0, paper.GetProperty("keyPoints").GetArrayLength()));
            ids.AddRange(page.GetProperty("papers").EnumerateArray().Select(paper => paper.GetProperty("id").GetString()));
        }
        while (page.TryGetProperty("next", out _));

        Assert.Equal(total, ids.Count);
        Assert.Distinct(ids);
    }

    [Fact]
    public async Task A_search_by_meaning_finds_papers_that_use_other_words()
    {
        await using var client = await ConnectAsync();
        const string Query = "distributed private training on phones";
        var found = await CallAsync(client, "search", ("query", Query), ("mode", "meaning"), ("limit", 5));
        foreach (var paper in found.GetProperty("papers").EnumerateArray())
            Assert.Contains("federated", (await api.GetJsonAsync($"papers/{paper.GetProperty("id").GetString()}")).GetProperty("abstract").GetString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(WithHandshake)]
    public async Task Days_and_papers_are_resources(string? revision)
    {
        await using var client = await ConnectAsync(revision);
        Assert.Equal(["denoised://days/2026-03-17", "denoised://days/2026-03-16"], (await client.ListResourcesAsync(cancellationToken: Stop)).Select(resource => resource.Uri));
        Assert.Equal(["denoised://days/{day}", "denoised://papers/{id}"], (await client.ListResourceTemplatesAsync(cancellationToken: Stop)).Select(template => template.UriTemplate));

        var day = await ReadAsync("denoised://days/2026-03-17");
        Assert.Equal(RunningApi.PapersOfNewest, day.GetProperty("papers").GetArrayLength());
        Assert.Equal("2026-03-17", day.GetProperty("overview").GetProperty("day").GetString());
        Assert.True(JsonElement.DeepEquals(await api.GetJsonAsync("papers/math/0211159"), await ReadAsync("denoised://papers/math~0211159")));

        foreach (var (uri, expected) in ((string, string)[])[("denoised://papers/2603.99999", "https://arxiv.org/abs/2603.99999"), ("denoised://papers/../status", "not an arXiv identifier"), ("file:///etc/passwd", "denoised://days/{day}")])
        {
            var exception = await Assert.ThrowsAsync<McpProtocolException>(async () => await client.ReadResourceAsync(uri, cancellationToken: Stop));
            Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        }

        async Task<JsonElement> ReadAsync(string uri)
        {
            var contents = Assert.IsType<TextResourceContents>(Assert.Single((await client.ReadResourceAsync(uri, cancellationToken: Stop)).Contents));
            Assert.Equal("application/json", contents.MimeType);
            return JsonElement.Parse(contents.Text);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("7")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""")]
    [InlineData("""{"id":1,"method":"ping"}""")]
    public async Task A_body_that_is_not_one_message_is_400(string body)
    {
        using var response = await PostAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(-32600, (await JsonAsync(response)).GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_request_without_a_session_is_answered_as_plain_JSON()
    {
        using var response = await PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_paper","arguments":{"id":"2603.01001"}}}""");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.CacheControl?.NoStore);
        var result = (await JsonAsync(response)).GetProperty("result");
        Assert.Equal("2603.01001", result.GetProperty("structuredContent").GetProperty("id").GetString());
        Assert.True(JsonElement.DeepEquals(result.GetProperty("structuredContent"), JsonElement.Parse(result.GetProperty("content")[0].GetProperty("text").GetString()!)));
    }

    [Fact]
    public async Task A_notification_is_accepted_without_an_answer()
    {
        using var response = await PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task A_body_above_the_limit_is_413()
    {
        using var response = await PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"query":"?"}}}""".Replace("?", new string('a', 70_000), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_request_for_a_stream_of_events_is_405()
    {
        using var response = await api.SendAsync("mcp", HttpMethod.Get, ("Accept", "text/event-stream"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("tools/call", "cite", -32020)]
    [InlineData("tools/list", "list_days", -32020)]
    [InlineData("tools/call", "", -32020)]
    public async Task Headers_that_contradict_the_body_are_400(string method, string name, int code)
    {
        const string Body = """{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"list_days","_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}""";
        using var agreeing = await PostAsync(Body, ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "=?base64?bGlzdF9kYXlz?="));
        Assert.Equal(HttpStatusCode.OK, agreeing.StatusCode);

        using var response = await PostAsync(Body, ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", method), ("Mcp-Name", name));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var error = await JsonAsync(response);
        Assert.Equal(("a", code), (error.GetProperty("id").GetString(), error.GetProperty("error").GetProperty("code").GetInt32()));
    }

    [Fact]
    public async Task An_unknown_revision_is_refused_with_those_that_are_known()
    {
        using var response = await PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2031-01-01","io.modelcontextprotocol/clientCapabilities":{}}}}""",
            ("MCP-Protocol-Version", "2031-01-01"), ("Mcp-Method", "tools/list"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("2026-07-28", (await JsonAsync(response)).GetProperty("error").GetProperty("data").ToString(), StringComparison.Ordinal);
    }

    private async Task<McpClient> ConnectAsync(string? revision = null)
    {
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions { Endpoint = new Uri(api.Client.BaseAddress!, "/api/mcp"), TransportMode = HttpTransportMode.StreamableHttp }, api.Client, ownsHttpClient: false);
        return await McpClient.CreateAsync(transport, revision is null ? null : new McpClientOptions { ProtocolVersion = revision }, cancellationToken: Stop);
    }

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value), cancellationToken: Stop);
        Assert.True(result.IsError is not true, result.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text);
        return result.StructuredContent!.Value;
    }

    private async Task<HttpResponseMessage> PostAsync(string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/mcp", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await api.Client.SendAsync(request, Stop);
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) => JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(Stop));
}
