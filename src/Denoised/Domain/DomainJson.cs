using System.Text.Json;
using System.Text.Json.Serialization;

namespace Denoised.Domain;

/// <summary>Source-generated JSON of the domain types: camelCase, enums by name, nulls omitted.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Paper))]
[JsonSerializable(typeof(DailyOverview))]
[JsonSerializable(typeof(Summary))]
[JsonSerializable(typeof(IReadOnlyList<PreviousSummary>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class DomainJson : JsonSerializerContext;
