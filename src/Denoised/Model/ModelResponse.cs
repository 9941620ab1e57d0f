using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using Denoised.Text;

namespace Denoised.Model;

/// <summary>The kinds of results of a call.</summary>
public enum ModelResponseKind
{
    /// <summary>The model answered.</summary>
    Answered,

    /// <summary>Throttled: a 429, or a 503 with a retry delay.</summary>
    Throttled,

    /// <summary>The content filter blocked the request or cut the response.</summary>
    Filtered,

    /// <summary>The model refused to answer.</summary>
    Refused,

    /// <summary>The service rejected the request. The cause can be the settings or this request.</summary>
    Rejected,

    /// <summary>The service does not know the route or the deployment, or denies access (role assignments take minutes to propagate).</summary>
    AccessDenied,

    /// <summary>The connection to the service failed.</summary>
    Unreachable,

    /// <summary>The response was cut at the token limit.</summary>
    Truncated,

    /// <summary>No response, a server error, or a malformed response.</summary>
    Failed,
}

/// <summary>The result of a call.</summary>
public sealed record ModelResponse(ModelResponseKind Kind)
{
    internal const string ContentFilterCode = "content_filter";

    /// <summary>The content, if the model answered.</summary>
    public string? Content { get; init; }

    /// <summary>The reason for missing content, as a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>The model's own name.</summary>
    public string? Model { get; init; }

    /// <summary>The token usage of the call.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>The retry delay that the service names.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The request limit that the service names.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Whether the request was sent without a response: the service may have processed and charged it.</summary>
    public bool IsUsageUnknown { get; init; }

    /// <summary>The service's error when it rejected the request.</summary>
    internal ModelServerError? Error { get; init; }

    /// <summary>Creates the result of a call without a readable response.</summary>
    public static ModelResponse Failed(string reason) => new(ModelResponseKind.Failed) { Reason = reason };

    /// <summary>Reads a response of the service, whatever its status.</summary>
    /// <param name="response">The response.</param>
    /// <param name="request">The request. Missing token counts are estimated from it.</param>
    /// <param name="now">The reference time for dates in headers, if the service does not send its own.</param>
    public static ModelResponse Read(PipelineResponse response, ChatRequest request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(request);
        var read = response.Status is not 200
            ? ReadError(response.Status, ModelServerError.Read(response.Content), RetryDelay.Read(response.Headers, now))
            : LenientJson.Parse(response.Content.ToMemory().Span) is { } body
                ? ReadBody(body, request, RetryDelay.Read(response.Headers, now))
                : ReadNoJson(response.Content, request);
        return read with { RequestsPerMinute = ReadRateLimit(response.Headers) };
    }

    private static ModelResponse ReadBody(JsonElement body, ChatRequest request, TimeSpan? retryAfter)
    {
        var choice = LenientJson.Property(body, "choices") is { ValueKind: JsonValueKind.Array } choices && choices.GetArrayLength() > 0
            ? choices[0]
            : (JsonElement?)null;

        // Gateways report errors of the servers behind them with status 200.
        if (LenientJson.Property(choice ?? body, "error") is { } error)
            return ReadError(
                LenientJson.Count(LenientJson.Property(error, "code"), 599) is >= 400 and var status ? status : 500,
                ModelServerError.Read(error),
                retryAfter);

        var message = LenientJson.Property(choice, "message");
        var content = TextOf(LenientJson.Property(message, "content"));
        var reasoning = TextOf(LenientJson.Property(message, "reasoning_content") ?? LenientJson.Property(message, "reasoning"));
        var usage = TokenUsage.Read(LenientJson.Property(body, "usage"), request, reasoning + content);

        // Some servers return an answer without reasoning in the reasoning field.
        var text = string.IsNullOrWhiteSpace(content) ? reasoning : content;
        return (
            LenientJson.Text(LenientJson.Property(choice, "finish_reason"))?.ToLowerInvariant(),
            LenientJson.Text(LenientJson.Property(message, "refusal"))) switch
        {
            (ContentFilterCode, _) => Of(ModelResponseKind.Filtered, "The service's content filter cut the answer."),
            ("length" or "max_tokens" or "model_length", _) => Of(ModelResponseKind.Truncated, "The answer was cut at the token limit."),
            (_, { Length: > 0 } refusal) => Of(ModelResponseKind.Refused, $"The model refused: {refusal}"),
            _ when !string.IsNullOrWhiteSpace(text) => Of(ModelResponseKind.Answered, null) with { Content = text },
            _ => Of(ModelResponseKind.Failed, "The model's answer holds no text."),
        };

        ModelResponse Of(ModelResponseKind kind, string? reason) =>
            new(kind) { Reason = reason, Model = LenientJson.Text(LenientJson.Property(body, "model")), Usage = usage };
    }

    /// <summary>An HTML page comes from a host that is no model server. Anything else may be a truncated response, which is charged.</summary>
    private static ModelResponse ReadNoJson(BinaryData body, ChatRequest request)
    {
        var said = ModelServerError.Read(body).Message;
        var isPage = body.ToMemory().Span.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];
        return new ModelResponse(isPage ? ModelResponseKind.Rejected : ModelResponseKind.Failed)
        {
            Reason = said is null ? "The model's answer is empty." : $"The model's answer is no JSON: {said}",
            Usage = isPage ? default : TokenUsage.Read(null, request, said ?? ""),
        };
    }

    private static ModelResponse ReadError(int status, ModelServerError error, TimeSpan? retryAfter)
    {
        var said = string.Join(": ", new[] { error.Code, error.Message }.OfType<string>());
        var kind = status switch
        {
            429 => ModelResponseKind.Throttled,
            503 when retryAfter is not null => ModelResponseKind.Throttled,
            >= 400 and < 500 when error.Code == ContentFilterCode => ModelResponseKind.Filtered,
            401 or 402 or 403 or 404 or 405 or 410 => ModelResponseKind.AccessDenied,
            >= 400 and < 500 and not 408 and not 409 => ModelResponseKind.Rejected,
            _ => ModelResponseKind.Failed,
        };
        return new ModelResponse(kind)
        {
            Reason = $"The model's service answered {status}{(said.Length == 0 ? "" : $" ({said.TrimEnd('.')})")}.",
            RetryAfter = retryAfter,
            Error = kind is ModelResponseKind.Rejected or ModelResponseKind.Failed ? error : null,
        };
    }

    /// <summary>The text of a string, of the text parts of an array, or of an object that the server has parsed already.</summary>
    private static string TextOf(JsonElement? content) => content switch
    {
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(PartOf)),
        { ValueKind: JsonValueKind.Object } value => value.GetRawText(),
        _ => LenientJson.Text(content) ?? "",
    };

    private static string? PartOf(JsonElement part) =>
        LenientJson.Text(part)
        ?? (LenientJson.Text(LenientJson.Property(part, "type")) is null or "text" or "output_text"
            ? LenientJson.Text(LenientJson.Property(part, "text"))
            : null);

    private static int? ReadRateLimit(PipelineResponseHeaders headers) =>
        headers.TryGetValue("x-ratelimit-limit-requests", out var text)
        && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var limit)
            ? (int)Math.Min(limit, int.MaxValue)
            : null;
}
