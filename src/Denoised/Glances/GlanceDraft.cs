using System.Text.Json.Serialization;
using Denoised.Summaries;

namespace Denoised.Glances;

/// <summary>What the model wrote about a day, before any check.</summary>
public sealed record GlanceDraft
{
    public IReadOnlyList<GlanceDraftTheme>? Themes { get; init; }

    public string? Paragraph { get; init; }

    /// <summary>Reads an answer; null where it holds no JSON of the schema, which is said to the model.</summary>
    public static GlanceDraft? Parse(string content) => AnswerJson.Read(content, GlanceDraftJson.Default.GlanceDraft);
}

/// <summary>A theme of a <see cref="GlanceDraft"/>.</summary>
public sealed record GlanceDraftTheme(string? Title, string? Sentence, IReadOnlyList<string>? Papers);

/// <summary>JSON of the model's answers about a day: camelCase, and nothing but what the schema names.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(GlanceDraft))]
internal sealed partial class GlanceDraftJson : JsonSerializerContext;
