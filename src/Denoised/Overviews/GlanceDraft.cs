using System.Text.Json.Serialization;
using Denoised.Model;

namespace Denoised.Overviews;

/// <summary>The model's draft of a day's overview, before any check.</summary>
public sealed record GlanceDraft
{
    public IReadOnlyList<GlanceDraftTheme>? Themes { get; init; }

    public string? Paragraph { get; init; }

    /// <summary>Parses a response; null when it holds no JSON of the schema, which the repair message tells the model.</summary>
    public static GlanceDraft? Parse(string content) => AnswerJson.Read(content, GlanceDraftJson.Default.GlanceDraft);
}

/// <summary>A theme of a <see cref="GlanceDraft"/>.</summary>
public sealed record GlanceDraftTheme(string? Title, string? Sentence, IReadOnlyList<string>? Papers);

/// <summary>JSON of the model's overview drafts: camelCase, properties of the schema only.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(GlanceDraft))]
internal sealed partial class GlanceDraftJson : JsonSerializerContext;
