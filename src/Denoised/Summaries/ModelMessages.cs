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

    /// <summary>The limit of the answer, reasoning included.</summary>
    [JsonPropertyName("max_completion_tokens")]
    public int? MaxCompletionTokens { get; init; }

    /// <summary>The same under the name that older servers know; a request has one of the two.</summary>
    [JsonPropertyName("max_tokens")]
    public int? MaxTokens { get; init; }

    [JsonPropertyName("reasoning_effort")]
    public string? ReasoningEffort { get; init; }

    [JsonPropertyName("response_format")]
    public ResponseFormat? ResponseFormat { get; init; }
}

/// <summary>One message of a conversation.</summary>
public sealed record ChatTurn([property: JsonPropertyName("role")] string Role, [property: JsonPropertyName("content")] string Content);

/// <summary>Asks for JSON: of a schema, or of any form.</summary>
public sealed record ResponseFormat([property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("json_schema")] NamedSchema? Schema)
{
    /// <summary>Strict JSON of a schema.</summary>
    public static ResponseFormat Strict(string name, string schema) => new("json_schema", new NamedSchema(name, Strict: true, JsonNode.Parse(schema)!));
}

/// <summary>A schema.</summary>
public sealed record NamedSchema(
    [property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("strict")] bool? Strict, [property: JsonPropertyName("schema")] JsonNode Schema);

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

    /// <summary>Reads an answer; null where it holds no JSON of the schema, which is said to the model.</summary>
    public static ModelDraft? Parse(string content) => AnswerJson.Read(content, DraftJson.Default.ModelDraft);
}

/// <summary>A key point of a <see cref="ModelDraft"/>.</summary>
public sealed record DraftPoint(string? Quote, string? Section, string? Claim);

/// <summary>JSON of the model's service.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChatRequest))]
internal sealed partial class ModelJson : JsonSerializerContext;

/// <summary>JSON of the model's answers: camelCase, and nothing but what the schema names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ModelDraft))]
internal sealed partial class DraftJson : JsonSerializerContext;
