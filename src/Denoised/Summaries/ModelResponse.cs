using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;

namespace Denoised.Summaries;

/// <summary>How a call ended.</summary>
public enum ModelResponseKind
{
    /// <summary>The model answered.</summary>
    Answered,

    /// <summary>Later: 429, or a 503 that says when.</summary>
    Throttled,

    /// <summary>The content filter refused the request or cut the answer.</summary>
    Filtered,

    /// <summary>The model refused.</summary>
    Refused,

    /// <summary>The service does not take the request. The cause may be the settings, or this one request.</summary>
    Rejected,

    /// <summary>The service does not know the route or the deployment, or does not admit us (yet: roles take minutes to reach it).</summary>
    NotAdmitted,

    /// <summary>No connection to the service came about.</summary>
    Unreachable,

    /// <summary>The answer was cut at the token limit.</summary>
    Truncated,

    /// <summary>No answer, a server's error, or an answer of another form.</summary>
    Failed,
}

/// <summary>A call's end.</summary>
public sealed record ModelResponse(ModelResponseKind Kind)
{
    internal const string ContentFilterCode = "content_filter";

    /// <summary>What the model wrote, where it answered.</summary>
    public string? Content { get; init; }

    /// <summary>Why there is no content, in a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>The model as it names itself.</summary>
    public string? Model { get; init; }

    /// <summary>What the call used.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>How long the service asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The limit of requests that the service names.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>The request went out and no answer came back: the service may have worked, and charge for it.</summary>
    public bool IsUsageUnknown { get; init; }

    /// <summary>The service's own words, where it does not take the request.</summary>
    internal ServerError? Error { get; init; }

    /// <summary>No answer, or none that can be read.</summary>
    public static ModelResponse Failed(string reason) => new(ModelResponseKind.Failed) { Reason = reason };

    /// <summary>Reads an answer of the service, whatever its status.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="request">What was sent: the tokens are estimated from it where the service does not report them.</param>
    /// <param name="now">The time that dates in headers are compared with, where the service does not tell its own.</param>
    public static ModelResponse Read(PipelineResponse response, ChatRequest request, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(request);
        var read = response.Status is not 200
            ? ReadError(response.Status, ServerError.Read(response.Content), RetryDelay.Read(response.Headers, now))
            : LenientJson.Parse(response.Content.ToMemory().Span) is { } body
                ? ReadBody(body, request, RetryDelay.Read(response.Headers, now))
                : ReadNoJson(response.Content, request);
        return read with { RequestsPerMinute = RequestLimit(response.Headers) };
    }

    private static ModelResponse ReadBody(JsonElement body, ChatRequest request, TimeSpan? retryAfter)
    {
        var choice = LenientJson.Property(body, "choices") is { ValueKind: JsonValueKind.Array } choices && choices.GetArrayLength() > 0 ? choices[0] : (JsonElement?)null;

        // Gateways report errors of the servers behind them with 200.
        if (LenientJson.Property(choice ?? body, "error") is { } error)
            return ReadError(LenientJson.Count(LenientJson.Property(error, "code"), 599) is >= 400 and var status ? status : 500, ServerError.Read(error), retryAfter);

        var message = LenientJson.Property(choice, "message");
        var content = TextOf(LenientJson.Property(message, "content"));
        var reasoning = TextOf(LenientJson.Property(message, "reasoning_content") ?? LenientJson.Property(message, "reasoning"));
        var usage = TokenUsage.Read(LenientJson.Property(body, "usage"), request, reasoning + content);

        // Some servers take an answer without reasoning for the reasoning.
        var text = string.IsNullOrWhiteSpace(content) ? reasoning : content;
        return (LenientJson.Text(LenientJson.Property(choice, "finish_reason"))?.ToLowerInvariant(), LenientJson.Text(LenientJson.Property(message, "refusal"))) switch
        {
            (ContentFilterCode, _) => Of(ModelResponseKind.Filtered, "The service's content filter cut the answer."),
            ("length" or "max_tokens" or "model_length", _) => Of(ModelResponseKind.Truncated, "The answer was cut at the token limit."),
            (_, { Length: > 0 } refusal) => Of(ModelResponseKind.Refused, $"The model refused: {refusal}"),
            _ when !string.IsNullOrWhiteSpace(text) => Of(ModelResponseKind.Answered, null) with { Content = text },
            _ => Of(ModelResponseKind.Failed, "The model's answer holds no text."),
        };

        ModelResponse Of(ModelResponseKind kind, string? reason) => new(kind) { Reason = reason, Model = LenientJson.Text(LenientJson.Property(body, "model")), Usage = usage };
    }

    /// <summary>A page instead of an answer comes from something that is no model's server; anything else may be an answer that broke off, and is paid.</summary>
    private static ModelResponse ReadNoJson(BinaryData body, ChatRequest request)
    {
        var said = ServerError.Read(body).Message;
        var isPage = body.ToMemory().Span.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];
        return new ModelResponse(isPage ? ModelResponseKind.Rejected : ModelResponseKind.Failed)
        {
            Reason = said is null ? "The model's answer is empty." : $"The model's answer is no JSON: {said}",
            Usage = isPage ? default : TokenUsage.Read(null, request, said ?? ""),
        };
    }

    private static ModelResponse ReadError(int status, ServerError error, TimeSpan? retryAfter)
    {
        var said = string.Join(": ", new[] { error.Code, error.Message }.OfType<string>());
        var kind = status switch
        {
            429 => ModelResponseKind.Throttled,
            503 when retryAfter is not null => ModelResponseKind.Throttled,
            >= 400 and < 500 when error.Code == ContentFilterCode => ModelResponseKind.Filtered,
            401 or 402 or 403 or 404 or 405 or 410 => ModelResponseKind.NotAdmitted,
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

    /// <summary>A text, the text parts of an array, or an object that the server has parsed itself.</summary>
    private static string TextOf(JsonElement? content) => content switch
    {
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(PartOf)),
        { ValueKind: JsonValueKind.Object } value => value.GetRawText(),
        _ => LenientJson.Text(content) ?? "",
    };

    private static string? PartOf(JsonElement part) =>
        LenientJson.Text(part) ?? (LenientJson.Text(LenientJson.Property(part, "type")) is null or "text" or "output_text" ? LenientJson.Text(LenientJson.Property(part, "text")) : null);

    private static int? RequestLimit(PipelineResponseHeaders headers) =>
        headers.TryGetValue("x-ratelimit-limit-requests", out var text) && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var limit)
            ? (int)Math.Min(limit, int.MaxValue)
            : null;
}
