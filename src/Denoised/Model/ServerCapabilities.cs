using System.Buffers;
using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.Model;

/// <summary>The ways to request a response format, from the most to the least demanding.</summary>
internal enum ResponseFormatSupport
{
    /// <summary>A JSON schema that the response must match.</summary>
    StrictSchema,

    /// <summary>A JSON schema without <c>strict</c>.</summary>
    Schema,

    /// <summary>Any JSON object.</summary>
    Object,

    /// <summary>No format.</summary>
    Free,
}

/// <summary>The optional settings that a server supports.</summary>
/// <param name="UsesMaxTokens">Whether the token limit is named <c>max_tokens</c>.</param>
/// <param name="DescribesSchemaInPrompt">
/// Whether the prompt must contain the schema: many servers only constrain the output and do not show the schema to the model.
/// </param>
internal sealed record ServerCapabilities(bool UsesMaxTokens, bool DescribesSchemaInPrompt)
{
    private static readonly SearchValues<string> aboutLength = SearchValues.Create(
        [
            "context length", "context size", "context window", "too large", "too long", "too many tokens", "at most 0", "at most 1", "at most 2",
            "at most 3", "at most 4", "at most 5", "at most 6", "at most 7", "at most 8", "at most 9",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly LinearRegex aboutReasoning =
        new("reasoning[_. -]?effort|(^|[^A-Za-z0-9_])think(ing)?([^A-Za-z0-9_]|$)", RegexOptions.IgnoreCase);

    private static readonly SearchValues<string> aboutFormat = SearchValues.Create(
        [
            "response_format", "response format", "responseformat", "json_schema", "json schema", "jsonschema", "json_object", "json object", "jsonobject",
            "json_mode", "json mode", "jsonmode", "structured_output", "structured output", "structuredoutput", "guided", "grammar",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> unknown = SearchValues.Create(
        [
            "unsupported", "unknown", "unrecognized", "unrecognised", "unexpected", "extra", "forbidden", "does not support", "instead",
            "not supported", "not permitted", "not allowed", "not recognized", "not recognised", "not valid",
            "not be supported", "not be permitted", "not be allowed", "not be recognized", "not be recognised", "not be valid",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>The supported response format.</summary>
    public ResponseFormatSupport Format { get; private init; }

    /// <summary>Whether <c>reasoning_effort</c> is sent.</summary>
    public bool SupportsReasoningEffort { get; private init; } = true;

    /// <summary>Whether the server has rejected both names of the token limit.</summary>
    private bool HasSwitchedTokenLimit { get; init; }

    /// <summary>Returns the capabilities that are assumed before the first error.</summary>
    public static ServerCapabilities Of(ModelEndpoint endpoint) => new(UsesMaxTokens: !endpoint.IsOpenAiApi, DescribesSchemaInPrompt: !endpoint.IsOpenAiApi);

    /// <summary>Returns the request without unsupported settings.</summary>
    public ChatRequest Fit(ChatRequest request)
    {
        var format = request.ResponseFormat;
        return request with
        {
            MaxCompletionTokens = UsesMaxTokens ? null : request.MaxCompletionTokens,
            MaxTokens = UsesMaxTokens ? request.MaxCompletionTokens : null,
            ReasoningEffort = SupportsReasoningEffort ? request.ReasoningEffort : null,
            Messages = format?.Schema is { } named && (DescribesSchemaInPrompt || Format >= ResponseFormatSupport.Object)
                ? WithSchema(request.Messages, named.Schema.ToJsonString())
                : request.Messages,
            ResponseFormat = format is null
                ? null
                : Format switch
                {
                    ResponseFormatSupport.StrictSchema => format,
                    ResponseFormatSupport.Schema => format with { Schema = format.Schema! with { Strict = null } },
                    ResponseFormatSupport.Object => new ResponseFormat("json_object", null),
                    _ => null,
                },
        };
    }

    /// <summary>Returns the capabilities without the setting that an error blames, or null when it names no setting of the request.</summary>
    public ServerCapabilities? Without(ModelServerError error, ChatRequest sent)
    {
        var said = $"{error.Parameter} {error.Message}";
        if (said.AsSpan().ContainsAny(aboutLength))
            return null;
        if (sent.ReasoningEffort is not null && aboutReasoning.IsMatch(said))
            return this with { SupportsReasoningEffort = false };
        if (sent.ResponseFormat is not null && said.AsSpan().ContainsAny(aboutFormat))
            return this with { Format = Format == ResponseFormatSupport.StrictSchema && said.Contains("strict", StringComparison.OrdinalIgnoreCase)
                ? ResponseFormatSupport.Schema
                : Format < ResponseFormatSupport.Object
                ? ResponseFormatSupport.Object
                : ResponseFormatSupport.Free };
        if (!HasSwitchedTokenLimit && said.Contains(UsesMaxTokens ? "max_tokens" : "max_completion_tokens", StringComparison.Ordinal)
            && said.AsSpan().ContainsAny(unknown))
        {
            return this with { UsesMaxTokens = !UsesMaxTokens, HasSwitchedTokenLimit = true };
        }

        return null;
    }

    private static IReadOnlyList<ChatTurn> WithSchema(IReadOnlyList<ChatTurn> turns, string schema) =>
        [
            turns[0] with { Content = $"{turns[0].Content}\n\nAnswer with one JSON object and nothing else. It fits this JSON schema:\n{schema}" },
            .. turns.Skip(1)];
}
