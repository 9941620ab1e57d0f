using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Denoised.Simulators.OpenAi;
using Microsoft.Extensions.Time.Testing;

namespace Denoised.Tests.Simulators;

public sealed class OpenAiSimulatorTests
{
    // All texts in this file are invented.
    private const string PaperDocument = """
        arXiv:2603.00001v1
        Title: An Invented Method for Sorting Pebbles

        # Abstract
        Sorting pebbles by colour is a task that every invented beach requires of its keepers each morning. We propose a method that uses a
        reinforcement learning policy trained on 4200 synthetic beaches with a step size of 0.01. Earlier keepers relied on buckets and on
        luck, neither of which scales beyond a single bay. The method reaches 91.4 percent accuracy on three public beaches, against 84.2 percent for buckets.

        # 3 Method
        The policy observes a patch of sand and chooses a pebble, using an architecture with six layers and a small memory. Training takes
        five hours on a single accelerator, since all beaches are simulated and no pebble is moved. We optimize the objective with a batch of 64 examples and keep
        the best policy of ten seeds.

        # 4 Results
        On windy days accuracy drops to 77 percent, which is still above every bucket that we tried. Removing the memory lowers accuracy by
        6.1 points, and removing the layers lowers it further. The results hold for pebbles of all sizes that beaches offered.

        # 5 Discussion
        The findings suggest that keepers could leave sorting to a policy and spend their mornings on repairs. A limitation is that wet pebbles were not
        studied, and future work should include them. The approach could enable beaches without any buckets, which would be of practical value to every bay.
        """;

    private const string Schema = """
        {"type":"object","additionalProperties":false,"required":["tags","keyPoints","summary","methodology","results","implications","sureness"],"properties":{
          "tags":{"type":"array","items":{"type":"string","enum":["NLP","Graph Learning","Reinforcement Learning"]}},
          "keyPoints":{"type":"array","items":{"$ref":"#/$defs/sentence"}},
          "summary":{"type":"array","items":{"$ref":"#/$defs/sentence"}},
          "methodology":{"type":["array","null"],"items":{"$ref":"#/$defs/sentence"}},
          "results":{"type":["array","null"],"items":{"$ref":"#/$defs/sentence"}},
          "implications":{"anyOf":[{"type":"array","items":{"$ref":"#/$defs/sentence"}},{"type":"null"}]},"sureness":{"type":"integer"}},
         "$defs":{"sentence":{"type":"object","additionalProperties":false,"required":["evidence","text"],"properties":{"evidence":{"type":"array","items":{"type":"integer"}},"text":{"type":"string"}}}}}
        """;

    private static readonly HttpClient client = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_response_matches_the_schema_and_quotes_the_text()
    {
        await using var model = await StartAsync();

        var (status, answer) = await PostAsync(model, Request());

        Assert.Equal(HttpStatusCode.OK, status);
        var choice = answer["choices"]![0]!;
        Assert.Equal("stop", (string?)choice["finish_reason"]);
        Assert.Equal("gpt-5.4-mini-2026-03-17", (string?)answer["model"]);
        Assert.Equal("safe", (string?)choice["content_filter_results"]!["hate"]!["severity"]);
        var summary = JsonNode.Parse((string)choice["message"]!["content"]!)!;
        Assert.Equal(["Reinforcement Learning"], summary["tags"]!.AsArray().Select(static t => (string)t!));
        var points = summary["keyPoints"]!.AsArray();
        Assert.Equal(4, points.Count);
        var text = ThirdPerson.Of(Plain(PaperDocument));
        foreach (var point in points)
        {
            Assert.Equal(["evidence", "text"], point!.AsObject().Select(static p => p.Key));
            Assert.Contains(((string)point["text"]!).TrimEnd('.'), text, StringComparison.Ordinal);
            Assert.InRange(Words(point["text"]), 7, 20);
        }

        Assert.InRange(Words(summary["summary"]), 110, 200);
        Assert.InRange(Words(summary["methodology"]), 30, 70);
        Assert.InRange(Words(summary["results"]), 25, 70);
        Assert.InRange(Words(summary["implications"]), 25, 60);
        Assert.Equal(1, (int)summary["sureness"]!);
    }

    [Fact]
    public async Task Usage_contains_cached_and_reasoning_tokens_and_matches_the_log()
    {
        await using var model = await StartAsync();
        var request = Request();
        request["messages"]![0]!["content"] = string.Join(' ', Enumerable.Repeat("The same long instruction again.", 300));

        var (_, first) = await PostAsync(model, request);
        var (_, second) = await PostAsync(model, request);

        Assert.Equal(0, (int)first["usage"]!["prompt_tokens_details"]!["cached_tokens"]!);
        var cached = (int)second["usage"]!["prompt_tokens_details"]!["cached_tokens"]!;
        Assert.InRange(cached, 2304, (int)second["usage"]!["prompt_tokens"]!);
        Assert.Equal(0, cached % 128);
        var details = second["usage"]!["completion_tokens_details"]!;
        Assert.InRange((int)details["reasoning_tokens"]!, 1, (int)second["usage"]!["completion_tokens"]! - 1);
        var call = model.Calls[1];
        Assert.Equal(("2603.00001", 2, 200, true, cached), (call.PaperId, call.Attempt, call.Status, call.Paid, call.CachedTokens));
        Assert.Equal((int)second["usage"]!["total_tokens"]!, call.PromptTokens + call.CompletionTokens);
        Assert.Equal(2, model.PaidCalls["2603.00001"]);
    }

    [Theory]
    [InlineData("temperature", "0.2", "unsupported_parameter")]
    [InlineData("max_tokens", "100", "unsupported_parameter")]
    [InlineData("colour", "1", "unknown_parameter")]
    [InlineData("max_completion_tokens", "0", "invalid_value")]
    [InlineData("max_completion_tokens", "\"many\"", "invalid_value")]
    [InlineData("reasoning_effort", "\"huge\"", "invalid_value")]
    [InlineData("messages", "[]", "missing_required_parameter")]
    [InlineData("stream", "true", "unsupported_value")]
    public async Task The_error_names_an_invalid_parameter(string field, string value, string code)
    {
        await using var model = await StartAsync();
        var request = Request();
        request[field] = JsonNode.Parse(value);

        var (status, answer) = await PostAsync(model, request);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal((code, field, "invalid_request_error"), ((string?)answer["error"]!["code"], (string?)answer["error"]!["param"], (string?)answer["error"]!["type"]));
        Assert.Contains(field, (string)answer["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Empty(model.PaidCalls);
    }

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "object")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", "additionalProperties")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string"}},"required":[]}""", "'a'")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string"}},"required":["a","b"]}""", "'b'")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string","minLength":1}},"required":["a"]}""", "'minLength'")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string","maxLength":9}},"required":["a"]}""", "'maxLength'")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string","pattern":"x"}},"required":["a"]}""", "'pattern'")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string","format":"date"}},"required":["a"]}""", "'format'")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"string","default":"x"}},"required":["a"]}""", "'default'")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"array","items":{"type":"string"},"minItems":1}},"required":["a"]}""", "'minItems'")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"type":"array","items":{"type":"string","maxItems":1}}},"required":["a"]}""", "'items'")]
    [InlineData("""{"type":"object","additionalProperties":false,"properties":{"a":{"anyOf":[{"type":"null"},{"type":"object","properties":{}}]}},"required":["a"]}""", "'anyOf', '1'")]
    public async Task The_error_names_the_place_where_a_schema_violates_strict_mode(string schema, string named)
    {
        await using var model = await StartAsync();

        var (status, answer) = await PostAsync(model, Request(schema));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("response_format", (string?)answer["error"]!["param"]);
        Assert.Contains(named, (string)answer["error"]!["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_simulator_rejects_schemas_with_more_than_five_levels()
    {
        await using var model = await StartAsync();
        static string Nested(int levels) => levels == 0
            ? """{"type":"string"}"""
            : """{"type":"object","additionalProperties":false,"required":["a"],"properties":{"a":INNER}}""".Replace("INNER", Nested(levels - 1), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(model, Request(Nested(5)))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(model, Request(Nested(6)))).Status);
    }

    [Fact]
    public async Task The_simulator_checks_keys_deployments_and_routes()
    {
        await using var model = await StartAsync(new() { Key = "right" });
        var other = Request();
        other["model"] = "gpt-none";

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(model, Request(), key: null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(model, Request(), key: "wrong")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(model, Request(), key: "right")).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(model, Request(), key: "right", bearer: true)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(model, Request(), key: "right", path: "v1/chat/completions")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(model, Request(), key: "right", path: "openai/deployments/x/chat/completions")).Status);
        var (status, answer) = await PostAsync(model, other, key: "right");
        Assert.Equal((HttpStatusCode.NotFound, "DeploymentNotFound"), (status, (string?)answer["error"]!["code"]));
        Assert.Equal(3, model.PaidCalls.Values.Sum());
    }

    [Theory]
    [InlineData(OpenAiFault.TooManyRequests, 429, "429", false)]
    [InlineData(OpenAiFault.TooManyRequestsWithRetryAfter, 429, "429", true)]
    [InlineData(OpenAiFault.InternalServerError, 500, "InternalServerError", false)]
    [InlineData(OpenAiFault.ServiceUnavailable, 503, "ServiceUnavailable", false)]
    [InlineData(OpenAiFault.PromptFiltered, 400, "content_filter", false)]
    public async Task Status_faults_cost_nothing(OpenAiFault fault, int status, string code, bool retryAfter)
    {
        await using var model = await StartAsync();
        model.FaultFor = call => call is { PaperId: "2603.00001", Attempt: 1 } ? fault : null;

        using var response = await SendAsync(model, Request());
        var (again, _) = await PostAsync(model, Request());

        Assert.Equal(status, (int)response.StatusCode);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["error"]!;
        Assert.Equal(code, (string?)error["code"]);
        Assert.Equal(retryAfter, response.Headers.RetryAfter is not null);
        Assert.Equal(retryAfter, response.Headers.Contains("retry-after-ms"));
        if (fault == OpenAiFault.PromptFiltered)
            Assert.Equal("ResponsibleAIPolicyViolation", (string?)error["innererror"]!["code"]);
        Assert.Equal(HttpStatusCode.OK, again);
        Assert.Equal(1, model.PaidCalls["2603.00001"]);
        Assert.Equal(1, model.Faults.Counts[fault]);
    }

    [Fact]
    public async Task A_broken_connection_costs_tokens_only_after_a_completion()
    {
        await using var model = await StartAsync();
        model.Faults.FailNext(OpenAiFault.ConnectionReset);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(model, Request()));
        Assert.Empty(model.PaidCalls);
        model.Faults.FailNext(OpenAiFault.ResponseLost);
        await Assert.ThrowsAsync<HttpRequestException>(() => PostAsync(model, Request()));
        Assert.Equal(1, model.PaidCalls["2603.00001"]);
    }

    [Fact]
    public async Task A_disconnected_client_still_pays()
    {
        await using var model = await StartAsync();
        model.Faults.FailNext(OpenAiFault.Timeout);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var call = SendAsync(model, Request(), ct: patience.Token);
        await UntilAsync(() => model.Calls is [{ Paid: true }]);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        await UntilAsync(() => model.Calls[0].EndedAt is not null);
        Assert.True(model.Calls[0].ClientGone);
        Assert.Equal(1, model.PaidCalls["2603.00001"]);
    }

    [Fact]
    public async Task Quotas_are_token_buckets_that_refill_evenly()
    {
        var clock = new FakeTimeProvider();
        // 60 requests per minute: a burst of ten, then one per second.
        await using var model = await StartAsync(new() { RequestsPerMinute = 60, TimeProvider = clock });
        for (var i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.OK, (await PostAsync(model, Request())).Status);

        using var tooMany = await SendAsync(model, Request());
        Assert.Equal(HttpStatusCode.TooManyRequests, tooMany.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), tooMany.Headers.RetryAfter!.Delta);
        Assert.Equal("0", tooMany.Headers.GetValues("x-ratelimit-remaining-requests").Single());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(model, Request())).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync(model, Request())).Status);
        Assert.Equal(2, model.Faults.Counts[OpenAiFault.Quota]);
    }

    [Fact]
    public async Task The_quota_charges_the_prompt_and_the_maximum_completion_in_advance()
    {
        var clock = new FakeTimeProvider();
        await using var model = await StartAsync(new() { TokensPerMinute = 16_000, TimeProvider = clock });

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(model, Request())).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(model, Request())).Status);
        using var third = await SendAsync(model, Request());
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        var wait = TimeSpan.FromMilliseconds(double.Parse(third.Headers.GetValues("retry-after-ms").Single(), System.Globalization.CultureInfo.InvariantCulture));
        clock.Advance(wait - TimeSpan.FromMilliseconds(50));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync(model, Request())).Status);
        clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(model, Request())).Status);
    }

    [Fact]
    public async Task The_simulator_truncates_a_response_at_the_token_limit()
    {
        await using var model = await StartAsync();
        var request = Request();
        request["max_completion_tokens"] = 300;

        var (_, answer) = await PostAsync(model, request);

        Assert.Equal("length", (string?)answer["choices"]![0]!["finish_reason"]);
        Assert.InRange((int)answer["usage"]!["completion_tokens"]!, 1, 300);
    }

    private static Task<OpenAiSimulator> StartAsync(OpenAiSimulatorOptions? options = null) => OpenAiSimulator.StartAsync(options, Ct);

    private static JsonObject Request(string schema = Schema) => new()
    {
        ["model"] = "gpt-5.4-mini",
        ["messages"] = new JsonArray(
            new JsonObject { ["role"] = "system", ["content"] = "Summarize the paper." },
            new JsonObject { ["role"] = "user", ["content"] = PaperDocument }),
        ["max_completion_tokens"] = 6000,
        ["reasoning_effort"] = "low",
        ["response_format"] = new JsonObject
        {
            ["type"] = "json_schema",
            ["json_schema"] = new JsonObject { ["name"] = "summary", ["strict"] = true, ["schema"] = JsonNode.Parse(schema) },
        },
    };

    private static async Task<HttpResponseMessage> SendAsync(
        OpenAiSimulator model, JsonObject request, string? key = "any", bool bearer = false, string path = "openai/v1/chat/completions", CancellationToken? ct = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(model.Address, path)) { Content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json") };
        if (key is not null)
            message.Headers.Add(bearer ? "Authorization" : "api-key", bearer ? "Bearer " + key : key);
        return await client.SendAsync(message, ct ?? Ct);
    }

    private static async Task<(HttpStatusCode Status, JsonNode Answer)> PostAsync(
        OpenAiSimulator model, JsonObject request, string? key = "any", bool bearer = false, string path = "openai/v1/chat/completions")
    {
        using var response = await SendAsync(model, request, key, bearer, path);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
            await Task.Delay(5, Ct);
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Counts the words of a text or of a list of sentences.</summary>
    private static int Words(JsonNode? text) => text is JsonArray sentences ? sentences.Sum(static sentence => Words(sentence!["text"])) : ((string)text!).Split(' ').Length;
}
