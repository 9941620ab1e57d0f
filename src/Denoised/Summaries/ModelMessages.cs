using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Denoised.Summaries;

/// <summary>The body of a request.</summary>
public sealed record ChatRequest
{
    [JsonPropertyName("model")]
    public required string Model { get; init; }

    [JsonPropertyName("messages")]
    public required IReadOnlyList<ChatTurn> Messages { get; init; }

    [JsonPropertyName("max_completion_tokens")]
    public required int MaxCompletionTokens { get; init; }

    [JsonPropertyName("reasoning_effort")]
    public string? ReasoningEffort { get; init; }

    [JsonPropertyName("response_format")]
    public required ResponseFormat ResponseFormat { get; init; }
}

/// <summary>One message of a conversation.</summary>
public sealed record ChatTurn([property: JsonPropertyName("role")] string Role, [property: JsonPropertyName("content")] string Content);

/// <summary>Asks for JSON of a schema.</summary>
public sealed record ResponseFormat([property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("json_schema")] NamedSchema Schema)
{
    /// <summary>Strict JSON of a schema.</summary>
    public static ResponseFormat Strict(string name, string schema) => new("json_schema", new NamedSchema(name, Strict: true, JsonNode.Parse(schema)!));
}

/// <summary>A schema.</summary>
public sealed record NamedSchema(
    [property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("strict")] bool Strict, [property: JsonPropertyName("schema")] JsonNode Schema);

/// <summary>What the model wrote, before any check.</summary>
public sealed record ModelDraft
{
    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyList<DraftPoint>? KeyPoints { get; init; }

    public string? Summary { get; init; }

    public string? Methodology { get; init; }

    public string? Results { get; init; }

    public string? ResultsQuote { get; init; }

    public string? Implications { get; init; }
}

/// <summary>A key point of a <see cref="ModelDraft"/>.</summary>
public sealed record DraftPoint(string? Quote, string? Section, string? Claim);

/// <summary>Tokens that a call used.</summary>
/// <param name="In">Sent, the cached ones among them.</param>
/// <param name="Cached">Sent, and cached by the service.</param>
/// <param name="Out">Received, the reasoning ones among them.</param>
/// <param name="Reasoning">Received as reasoning.</param>
public readonly record struct TokenUsage(int In, int Cached, int Out, int Reasoning)
{
    /// <summary>All of them.</summary>
    public int Total => In + Out;

    public static TokenUsage operator +(TokenUsage left, TokenUsage right) =>
        new(left.In + right.In, left.Cached + right.Cached, left.Out + right.Out, left.Reasoning + right.Reasoning);

    /// <summary>The cost in US dollars at the prices of the settings.</summary>
    public decimal Cost(SummarizerOptions prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return (((In - Cached) * (decimal)prices.InputPricePerMillion) + (Cached * (decimal)prices.CachedInputPricePerMillion) + (Out * (decimal)prices.OutputPricePerMillion)) / 1_000_000m;
    }
}

/// <summary>How a call ended.</summary>
public enum ModelResponseKind
{
    /// <summary>The model answered.</summary>
    Answered,

    /// <summary>429: later.</summary>
    Throttled,

    /// <summary>The content filter refused the request or cut the answer.</summary>
    Filtered,

    /// <summary>The model refused.</summary>
    Refused,

    /// <summary>The service calls the request wrong.</summary>
    Rejected,

    /// <summary>The service does not know the deployment, or does not admit us (yet: roles take minutes to reach it).</summary>
    NotAdmitted,

    /// <summary>The answer was cut at the token limit.</summary>
    Truncated,

    /// <summary>No answer, a server's error, or an answer of another form.</summary>
    Failed,
}

/// <summary>A call's end.</summary>
public sealed record ModelResponse(ModelResponseKind Kind, string? Content, string? Reason, string? Model, TokenUsage Usage, TimeSpan? RetryAfter, int? RequestsPerMinute)
{
    /// <summary>The request went out and no answer came back: the service may have worked, and charge for it.</summary>
    public bool IsUsageUnknown { get; init; }

    // A server that asks for more is broken; a time that far off could not even be written down.
    private static readonly TimeSpan longestRetryAfter = TimeSpan.FromDays(1);

    // A million is more than any of today's models takes or gives.
    private const int MostTokens = 10_000_000;

    /// <summary>No answer, or none that can be read.</summary>
    public static ModelResponse Failed(string reason) => new(ModelResponseKind.Failed, null, reason, null, default, null, null);

    /// <summary>Reads an answer of the service, whatever its status.</summary>
    public static ModelResponse Read(PipelineResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var perMinute = Number(response, "x-ratelimit-limit-requests") is { } limit ? (int?)limit : null;
        if (response.Status is not 200)
            return ReadError(response) with { RequestsPerMinute = perMinute };

        try
        {
            var body = JsonSerializer.Deserialize(response.Content, ModelJson.Default.ChatCompletion);
            return (body is null ? Failed("The model's answer is empty.") : Read(body)) with { RequestsPerMinute = perMinute };
        }
        catch (JsonException exception)
        {
            return Failed($"The model's answer is no JSON: {exception.Message}");
        }
    }

    private static ModelResponse Read(ChatCompletion body)
    {
        var (sent, received) = (Tokens(body.Usage?.PromptTokens, MostTokens), Tokens(body.Usage?.CompletionTokens, MostTokens));
        var usage = new TokenUsage(sent, Tokens(body.Usage?.PromptDetails?.CachedTokens, sent), received, Tokens(body.Usage?.CompletionDetails?.ReasoningTokens, received));
        var choice = body.Choices is [var first, ..] ? first : null;
        return (choice?.FinishReason, choice?.Message) switch
        {
            ("content_filter", _) => Of(ModelResponseKind.Filtered, "The service's content filter cut the answer."),
            ("length", _) => Of(ModelResponseKind.Truncated, "The answer was cut at the token limit."),
            (_, { Refusal: { Length: > 0 } refusal }) => Of(ModelResponseKind.Refused, $"The model refused: {refusal}"),
            (_, { Content: { Length: > 0 } content }) => Of(ModelResponseKind.Answered, null) with { Content = content },
            _ => Of(ModelResponseKind.Failed, "The model's answer holds no text."),
        };

        ModelResponse Of(ModelResponseKind kind, string? reason) => new(kind, null, reason, body.Model, usage, null, null);
    }

    private static ModelResponse ReadError(PipelineResponse response)
    {
        var error = TryReadError(response);
        var reason = $"The model's service answered {response.Status}{(error is null ? "" : $" ({error.Code}: {error.Message})")}.";
        var kind = response.Status switch
        {
            429 => ModelResponseKind.Throttled,
            400 when error?.Code == "content_filter" => ModelResponseKind.Filtered,
            401 or 403 or 404 => ModelResponseKind.NotAdmitted,
            >= 400 and < 500 and not 408 and not 409 => ModelResponseKind.Rejected,
            _ => ModelResponseKind.Failed,
        };
        var seconds = Number(response, "retry-after-ms") is { } milliseconds ? milliseconds / 1000 : Number(response, "retry-after");
        var retryAfter = seconds is null ? (TimeSpan?)null : TimeSpan.FromSeconds(Math.Min(seconds.Value, longestRetryAfter.TotalSeconds));
        return new ModelResponse(kind, null, reason, null, default, retryAfter, null);
    }

    private static ErrorDetail? TryReadError(PipelineResponse response)
    {
        try
        {
            return JsonSerializer.Deserialize(response.Content, ModelJson.Default.ErrorBody)?.Error;
        }
        catch (JsonException)
        {
            // An error page of something in between; the status says enough.
            return null;
        }
    }

    /// <summary>A count that can be reckoned with: a broken server's must not make the day's budget grow.</summary>
    private static int Tokens(int? count, int most) => Math.Clamp(count ?? 0, 0, most);

    private static double? Number(PipelineResponse response, string header) =>
        response.Headers.TryGetValue(header, out var text) && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}

internal sealed record ChatCompletion(
    [property: JsonPropertyName("model")] string? Model,
    [property: JsonPropertyName("choices")] IReadOnlyList<ChatChoice>? Choices,
    [property: JsonPropertyName("usage")] ChatUsage? Usage);

internal sealed record ChatChoice([property: JsonPropertyName("finish_reason")] string? FinishReason, [property: JsonPropertyName("message")] ChatAnswer? Message);

internal sealed record ChatAnswer([property: JsonPropertyName("content")] string? Content, [property: JsonPropertyName("refusal")] string? Refusal);

internal sealed record ChatUsage(
    [property: JsonPropertyName("prompt_tokens")] int PromptTokens,
    [property: JsonPropertyName("completion_tokens")] int CompletionTokens,
    [property: JsonPropertyName("prompt_tokens_details")] PromptDetails? PromptDetails,
    [property: JsonPropertyName("completion_tokens_details")] CompletionDetails? CompletionDetails);

internal sealed record PromptDetails([property: JsonPropertyName("cached_tokens")] int CachedTokens);

internal sealed record CompletionDetails([property: JsonPropertyName("reasoning_tokens")] int ReasoningTokens);

internal sealed record ErrorBody([property: JsonPropertyName("error")] ErrorDetail? Error);

internal sealed record ErrorDetail([property: JsonPropertyName("code")] string? Code, [property: JsonPropertyName("message")] string? Message);

/// <summary>JSON of the model's service.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class ModelJson : JsonSerializerContext;

/// <summary>JSON of the model's answers: camelCase, and nothing but what the schema names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ModelDraft))]
internal sealed partial class DraftJson : JsonSerializerContext;
