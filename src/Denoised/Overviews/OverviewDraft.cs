using System.Text.Json.Serialization;
using Denoised.Model;

namespace Denoised.Overviews;

/// <summary>The model's draft of a day's overview, before any check.</summary>
public sealed record OverviewDraft
{
    public IReadOnlyList<OverviewDraftTheme>? Themes { get; init; }

    public string? Paragraph { get; init; }

    /// <summary>Parses a response; null when it holds no JSON of the schema, which the repair message tells the model.</summary>
    public static OverviewDraft? Parse(string content) => ModelResponseText.Read(content, OverviewDraftJson.Default.OverviewDraft);
}

/// <summary>A theme of a <see cref="OverviewDraft"/>.</summary>
public sealed record OverviewDraftTheme(string? Title, string? Sentence, IReadOnlyList<string>? Papers);

/// <summary>JSON of the model's overview drafts: camelCase, properties of the schema only.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(OverviewDraft))]
internal sealed partial class OverviewDraftJson : JsonSerializerContext;
