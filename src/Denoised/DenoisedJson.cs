using System.Text.Json;
using System.Text.Json.Serialization;
using Denoised.Api;
using Denoised.Arxiv;
using Denoised.Collecting;
using Denoised.Glances;
using Denoised.Papers;
using Denoised.Publishing;
using Denoised.Storage;
using Denoised.Summaries;

namespace Denoised;

/// <summary>Source-generated JSON for all stored and served types: camelCase, enums by name in camelCase, no nulls.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    Converters =
    [
        typeof(CamelCaseEnum<AnnounceType>),
        typeof(CamelCaseEnum<PaperState>),
        typeof(CamelCaseEnum<PaperStatus>),
        typeof(CamelCaseEnum<SummaryMethod>),
        typeof(CamelCaseEnum<SummaryObstacle>),
        typeof(CamelCaseEnum<ListingSource>),
        typeof(CamelCaseEnum<TextSource>),
    ],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Paper))]
[JsonSerializable(typeof(Glance))]
[JsonSerializable(typeof(GlanceView))]
[JsonSerializable(typeof(Summary))]
[JsonSerializable(typeof(SiteIndex))]
[JsonSerializable(typeof(PaperCard[]))]
[JsonSerializable(typeof(PaperView[]))]
[JsonSerializable(typeof(IReadOnlyList<FormerSummary>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(PaperView))]
[JsonSerializable(typeof(PaperCard))]
[JsonSerializable(typeof(Announcement))]
[JsonSerializable(typeof(SearchFile))]
[JsonSerializable(typeof(FeedJson))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(DaysAnswer))]
[JsonSerializable(typeof(DayAnswer))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(AcceptedAnswer))]
[JsonSerializable(typeof(CollectionRun))]
[JsonSerializable(typeof(PaperMessage))]
[JsonSerializable(typeof(DayMessage))]
[JsonSerializable(typeof(CollectionMessage))]
internal sealed partial class DenoisedJson : JsonSerializerContext;

/// <summary>Writes an enum by name in camelCase and rejects numbers.</summary>
internal sealed class CamelCaseEnum<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
