using System.Text.Json;
using System.Text.Json.Serialization;

namespace Denoised.Collecting;

/// <summary>Source-generated JSON of records of collections: camelCase, enums by name, nulls omitted.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CollectionRun))]
internal sealed partial class CollectingJson : JsonSerializerContext;
