using System.Globalization;
using System.Text.Json;
using Denoised.Model;
using Denoised.Simulators.OpenAi;

namespace Denoised.Tests.Model;

/// <summary>Error responses of servers: the message, the setting that caused the error and the time to wait.</summary>
public sealed class ModelErrorTests
{
    [Theory]
    [InlineData("""{"error":{"message":"The lamp is out.","type":"invalid_request_error","param":null,"code":null}}""")]
    [InlineData("""{"error":{"code":400,"message":"The lamp is out.","type":"invalid_request_error"}}""")]
    [InlineData("""{"error":"The lamp is out."}""")]
    [InlineData("""{"object":"error","message":"The lamp is out.","type":"BadRequestError","param":null,"code":400}""")]
    [InlineData("""{"detail":"The lamp is out."}""")]
    [InlineData("""{"detail":[{"loc":["body","lamp"],"msg":"The lamp is out.","input":"<paper>secret</paper>","type":"value_error"}]}""")]
    [InlineData("""{"statusCode":400,"message":"The lamp is out."}""")]
    [InlineData("""{"error":"Bad Request","message":"The lamp is out.","path":"/v1"}""")]
    [InlineData("""{"error":{"detail":{"message":"The lamp is out."}}}""")]
    [InlineData("""[{"error":{"code":400,"message":"The lamp is out.","status":"INVALID_ARGUMENT"}}]""")]
    [InlineData("""{"detail":"{\"error\":{\"message\":\"The lamp is out.\"}}"}""")]
    [InlineData("""{"errors":["The lamp is out."]}""")]
    [InlineData("The lamp is out.")]
    [InlineData("\"The lamp is out.\"")]
    [InlineData("\uFEFF{\"error\":{\"message\":\"The lamp is out.\"}}")]
    [InlineData("<html><head><title>The lamp is out.</title></head><body><h1>nginx</h1></body></html>")]
    [InlineData("<html><body><h1>The lamp\n is out.</h1></body></html>")]
    public async Task The_client_reads_the_message_of_an_error_in_any_format(string body)
    {
        await using var server = await ModelServer.StartAsync();

        var response = await server.AskAsync(new PrescribedAnswer(400, body));

        Assert.Equal(ModelResponseKind.Rejected, response.Kind);
        Assert.StartsWith("The model's service answered 400 (", response.Reason, StringComparison.Ordinal);
        Assert.Contains("The lamp is out", response.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", response.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[[[[[[[[[[[]]]]]]]]]]]")]
    [InlineData("{\"error\":{\"message\":\"\\ud800\"}}")]
    public async Task The_message_of_an_error_without_text_is_its_status(string body)
    {
        await using var server = await ModelServer.StartAsync();
        Assert.Equal("The model's service answered 422.", (await server.AskAsync(new PrescribedAnswer(422, body))).Reason);
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"think value \"low\" is not supported for this model"}}""", "reasoning_effort")]
    [InlineData(500, """{"error":{"message":"\"a-model\" does not support thinking","type":"api_error"}}""", "reasoning_effort")]
    [InlineData(400, """{"error":{"message":"Unrecognized request argument supplied: reasoning_effort"}}""", "reasoning_effort")]
    [InlineData(422, """{"detail":[{"type":"extra_forbidden","loc":["body","reasoning_effort"],"msg":"Extra inputs are not permitted","input":"low"}]}""", "reasoning_effort")]
    [InlineData(400, """{"error":{"message":"Unknown name.","param":"reasoning_effort"}}""", "reasoning_effort")]
    [InlineData(400, """{"error":{"message":"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."}}""", "json_schema")]
    [InlineData(400, """{"error":{"code":400,"message":"failed to parse grammar","type":"invalid_request_error"}}""", "json_schema")]
    [InlineData(400, """{"error":{"message":"Unknown name \"strict\" at 'response_format.json_schema'"}}""", "strict")]
    [InlineData(400, """{"object":"error","message":"[{'type': 'extra_forbidden', 'loc': ('body', 'max_completion_tokens'), 'msg': 'Extra inputs are not permitted', 'input': 6000}]","code":400}""", "max_completion_tokens")]
    public async Task The_client_omits_a_setting_named_in_an_error_from_then_on(int status, string body, string setting)
    {
        await using var server = await ModelServer.StartAsync();

        // The simulator rejects requests without a schema or with the older name of the limit, so the test prescribes these responses.
        PrescribedAnswer[] answers = setting is "max_completion_tokens" or "json_schema" ? [new(status, body), Fine, Fine] : [new(status, body)];
        var first = await server.AskAsync(answers);
        var second = await server.AskAsync();

        Assert.Equal((ModelResponseKind.Answered, ModelResponseKind.Answered, 3), (first.Kind, second.Kind, server.Bodies.Count));
        Assert.Contains($"\"{setting}\"", server.Bodies[0].GetRawText(), StringComparison.Ordinal);
        Assert.All(server.Bodies.Skip(1), sent => Assert.DoesNotContain($"\"{setting}\"", WithoutMessages(sent), StringComparison.Ordinal));
        if (setting == "json_schema")
            Assert.Contains("\"keyPoints\"", server.Bodies[2].GetProperty("messages")[0].GetProperty("content").GetString(), StringComparison.Ordinal);
        if (setting == "max_completion_tokens")
            Assert.Equal(6000, server.Bodies[2].GetProperty("max_tokens").GetInt32());
    }

    [Fact]
    public async Task The_client_omits_one_rejected_setting_after_another()
    {
        await using var server = await ModelServer.StartAsync();

        var response = await server.AskAsync(Error("reasoning_effort is unknown"), Error("response_format json_schema is unknown"), Error("response_format json_object is unknown"), Fine);

        Assert.Equal((ModelResponseKind.Answered, 4), (response.Kind, server.Bodies.Count));
        Assert.Equal(["max_completion_tokens", "messages", "model"], server.Bodies[3].EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("This model's maximum context length is 4096 tokens, however max_completion_tokens is 6000.")]
    [InlineData("max_completion_tokens is too large: 6000. This model supports at most 4096 completion tokens.")]
    [InlineData("request (9412 tokens) exceeds the available context size (4096 tokens), try increasing it")]
    [InlineData("The billing account is closed.")]
    public async Task An_error_that_names_no_setting_is_not_retried(string message)
    {
        await using var server = await ModelServer.StartAsync();
        var response = await server.AskAsync(Error(message));
        Assert.Equal((ModelResponseKind.Rejected, 1), (response.Kind, server.Bodies.Count));
    }

    [Fact]
    public async Task The_client_sends_a_setting_again_if_its_omission_did_not_help()
    {
        await using var server = await ModelServer.StartAsync();
        var response = await server.AskAsync(Error("reasoning_effort is unknown"), Error("The lamp is out."));
        Assert.Equal((ModelResponseKind.Rejected, 2), (response.Kind, server.Bodies.Count));

        await server.AskAsync();

        Assert.True(server.Bodies[2].TryGetProperty("reasoning_effort", out _));
    }

    [Theory]
    [InlineData(400, ModelResponseKind.Rejected)]
    [InlineData(401, ModelResponseKind.AccessDenied)]
    [InlineData(402, ModelResponseKind.AccessDenied)]
    [InlineData(403, ModelResponseKind.AccessDenied)]
    [InlineData(404, ModelResponseKind.AccessDenied)]
    [InlineData(405, ModelResponseKind.AccessDenied)]
    [InlineData(408, ModelResponseKind.Failed)]
    [InlineData(413, ModelResponseKind.Rejected)]
    [InlineData(422, ModelResponseKind.Rejected)]
    [InlineData(429, ModelResponseKind.Throttled)]
    [InlineData(500, ModelResponseKind.Failed)]
    [InlineData(503, ModelResponseKind.Failed)]
    public async Task Each_status_maps_to_one_kind_of_failure(int status, ModelResponseKind kind)
    {
        await using var server = await ModelServer.StartAsync();
        Assert.Equal(kind, (await server.AskAsync(new PrescribedAnswer(status, "no"))).Kind);
    }

    [Fact]
    public async Task A_filtered_prompt_is_not_a_rejected_request()
    {
        await using var server = await ModelServer.StartAsync();
        var response = await server.AskAsync(new PrescribedAnswer(400, """{"error":{"code":null,"message":"Filtered.","innererror":{"code":"ResponsibleAIPolicyViolation"}}}"""));
        Assert.Equal(ModelResponseKind.Filtered, response.Kind);
    }

    [Theory]
    [InlineData(90d, "Retry-After: 90")]
    [InlineData(1.5, "Retry-After: 1.5")]
    [InlineData(0.25, "retry-after-ms: 250", "Retry-After: 1")]
    [InlineData(90d, "Retry-After: Tue, 17 Mar 2026 05:01:30 GMT", "Date: Tue, 17 Mar 2026 05:00:00 GMT")]
    [InlineData(362d, "x-ratelimit-reset-requests: 6m2s")]
    [InlineData(0.02, "x-ratelimit-reset-requests: 20ms")]
    [InlineData(45d, "x-ratelimit-reset-tokens: 45", "x-ratelimit-remaining-tokens: 0", "x-ratelimit-reset-requests: 1h", "x-ratelimit-remaining-requests: 12")]
    [InlineData(3600d, "x-ratelimit-reset-tokens: 45", "x-ratelimit-reset-requests: 1h0m0s")]
    [InlineData(60d, "x-ratelimit-reset: 1773723660", "Date: Tue, 17 Mar 2026 05:00:00 GMT")]
    [InlineData(60d, "x-ratelimit-reset-requests: 2026-03-17T05:01:00Z", "Date: Tue, 17 Mar 2026 05:00:00 GMT")]
    [InlineData(86400d, "Retry-After: 99999999999999999999")]
    [InlineData(30d, "Retry-After: soon", "x-ratelimit-reset-tokens: 30")]
    [InlineData(null, "Retry-After: -5")]
    [InlineData(null, "Retry-After: 0")]
    [InlineData(null, "Retry-After: Tue, 17 Mar 2026 04:00:00 GMT", "Date: Tue, 17 Mar 2026 05:00:00 GMT")]
    [InlineData(null, "x-ratelimit-reset-tokens: 0")]
    public async Task The_client_reads_the_wait_time_of_a_429(double? seconds, params string[] headers)
    {
        await using var server = await ModelServer.StartAsync();
        var response = await server.AskAsync(new PrescribedAnswer(429, "{}", [.. headers.Select(header => header.Split(": ", 2)).Select(parts => (parts[0], parts[1]))]));
        Assert.Equal(ModelResponseKind.Throttled, response.Kind);
        Assert.Equal(seconds, response.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_503_with_a_wait_time_counts_as_throttling()
    {
        await using var server = await ModelServer.StartAsync();
        var response = await server.AskAsync(new PrescribedAnswer(503, "{}", ("Retry-After", "7")));
        Assert.Equal((ModelResponseKind.Throttled, TimeSpan.FromSeconds(7)), (response.Kind, response.RetryAfter));
    }

    [Fact]
    public void The_client_reads_an_error_in_JSON_within_the_message()
    {
        const string Inner = """{"error":{"message":"No such model.","code":"model_not_found"}}""";

        var error = ModelServerError.Read(BinaryData.FromString($$$"""{"error":{"message":{{{JsonSerializer.Serialize(Inner)}}}}}"""));

        Assert.Equal(("model_not_found", "No such model."), (error.Code, error.Message));
    }

    [Fact]
    public void JSON_without_an_error_within_the_message_is_the_message()
    {
        var error = ModelServerError.Read(BinaryData.FromString("""{"error":"{\"trace\":12}"}"""));

        Assert.Equal("""{"trace":12}""", error.Message);
    }

    private static PrescribedAnswer Fine => new(200, """{"choices":[{"finish_reason":"stop","message":{"content":"{}"}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""");

    private static PrescribedAnswer Error(string message) => new(400, $$$"""{"error":{"message":{{{JsonSerializer.Serialize(message)}}}}}""");

    private static string WithoutMessages(JsonElement body) => string.Join(',', body.EnumerateObject().Where(field => field.Name != "messages").Select(field => string.Create(CultureInfo.InvariantCulture, $"\"{field.Name}\":{field.Value.GetRawText()}")));
}
