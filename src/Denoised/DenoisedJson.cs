using System.Text.Json;
using System.Text.Json.Serialization;
using Denoised.Papers;
using Denoised.Publishing;
using Denoised.Summaries;

namespace Denoised;

/// <summary>Source-generated JSON for everything that is stored or served: camelCase, enums by name in camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    Converters =
    [
        typeof(CamelCaseEnum<AnnounceType>),
        typeof(CamelCaseEnum<PaperState>),
        typeof(CamelCaseEnum<PaperStatus>),
        typeof(CamelCaseEnum<SummaryMethod>),
        typeof(CamelCaseEnum<TextSource>),
    ],
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Paper))]
[JsonSerializable(typeof(Summary))]
[JsonSerializable(typeof(SiteIndex))]
[JsonSerializable(typeof(IReadOnlyList<PaperCard>))]
[JsonSerializable(typeof(IReadOnlyList<PaperView>))]
internal sealed partial class DenoisedJson : JsonSerializerContext;

/// <summary>Writes an enum by name in camelCase and refuses numbers.</summary>
internal sealed class CamelCaseEnum<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;
