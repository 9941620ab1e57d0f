using System.Text.Json;
using System.Text.Json.Serialization;
using Denoised.Domain;
using Denoised.Publishing.Snapshots;

namespace Denoised.Api;

/// <summary>Source-generated JSON of responses of the API: camelCase, enums by name, nulls omitted.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(DaysResponse))]
[JsonSerializable(typeof(DayResponse))]
[JsonSerializable(typeof(RelatedResponse))]
[JsonSerializable(typeof(SearchResponse))]
[JsonSerializable(typeof(StatusResponse))]
[JsonSerializable(typeof(AcceptedResponse))]
internal sealed partial class ApiJson : JsonSerializerContext;
