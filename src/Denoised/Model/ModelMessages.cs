using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Denoised.Domain;

namespace Denoised.Model;

/// <summary>The body of a request.</summary>
public sealed record ChatRequest
{
    [JsonPropertyName("model")]
    public required string Model { get; init; }

    [JsonPropertyName("messages")]
    public required IReadOnlyList<ChatTurn> Messages { get; init; }

    /// <summary>The token limit of the response, including reasoning.</summary>
    [JsonPropertyName("max_completion_tokens")]
    public int? MaxCompletionTokens { get; init; }

    /// <summary>The same limit under the name that older servers use. A request has only one of the two.</summary>
    [JsonPropertyName("max_tokens")]
    public int? MaxTokens { get; init; }

    [JsonPropertyName("reasoning_effort")]
    public string? ReasoningEffort { get; init; }

    [JsonPropertyName("response_format")]
    public ResponseFormat? ResponseFormat { get; init; }
}

/// <summary>A message of a conversation.</summary>
public sealed record ChatTurn([property: JsonPropertyName("role")] string Role, [property: JsonPropertyName("content")] string Content);

/// <summary>Requests JSON, with or without a schema.</summary>
public sealed record ResponseFormat([property: JsonPropertyName("type")] string Type, [property: JsonPropertyName("json_schema")] NamedSchema? Schema)
{
    /// <summary>Creates the format of strict JSON with a schema.</summary>
    public static ResponseFormat Strict(string name, string schema) => new("json_schema", new NamedSchema(name, Strict: true, JsonNode.Parse(schema)!));
}

/// <summary>A named JSON schema.</summary>
public sealed record NamedSchema(
    [property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("strict")] bool? Strict,
    [property: JsonPropertyName("schema")] JsonNode Schema);

/// <summary>The model's draft of a summary, before any check.</summary>
public sealed record ModelDraft
{
    public IReadOnlyList<string>? Tags { get; init; }

    public DraftSentence? Tldr { get; init; }

    public IReadOnlyList<DraftSentence>? KeyPoints { get; init; }

    public IReadOnlyList<DraftSentence>? Summary { get; init; }

    public IReadOnlyList<DraftSentence>? Methodology { get; init; }

    public IReadOnlyList<DraftSentence>? Results { get; init; }

    public IReadOnlyList<DraftSentence>? Implications { get; init; }

    /// <summary>Parses a response; null when it holds no JSON of the schema, which the repair message tells the model.</summary>
    public static ModelDraft? Parse(string content) => ModelResponseText.Read(content, DraftJson.Default.ModelDraft);
}

/// <summary>The TL;DR, a key point or a sentence of a <see cref="ModelDraft"/>.</summary>
/// <param name="Evidence">The numbers of the paper's sentences that support it: 12 for <c>[s12]</c>.</param>
/// <param name="Text">The text.</param>
public sealed record DraftSentence([property: JsonConverter(typeof(SentenceNumbers))] IReadOnlyList<int>? Evidence, string? Text);

/// <summary>
/// Reads sentence numbers given as <c>12</c>, <c>"12"</c>, <c>"s12"</c> or <c>"[s12]"</c>. Anything else becomes 0, the number of no sentence.
/// </summary>
internal sealed class SentenceNumbers : JsonConverter<IReadOnlyList<int>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<int> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return [ReadNumber(ref reader)];
        var numbers = new List<int>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            numbers.Add(ReadNumber(ref reader));
        return numbers;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<int> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var number in value)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private static int ReadNumber(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetInt32(out var number) ? number : 0;
            case JsonTokenType.String when !reader.ValueIsEscaped && reader.ValueSpan.Length <= 12:
                return int.TryParse(
                    reader.GetString().AsSpan().Trim("[]sS "), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var named)
                    ? named
                    : 0;
            default:
                reader.Skip();
                return 0;
        }
    }
}

/// <summary>JSON of the model service.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChatRequest))]
internal sealed partial class ModelJson : JsonSerializerContext;

/// <summary>JSON of the model's drafts: camelCase, properties of the schema only.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ModelDraft))]
internal sealed partial class DraftJson : JsonSerializerContext;
