using System.Text.Json;
using System.Text.Json.Serialization;

namespace Denoised.Storage;

/// <summary>Source-generated JSON of queue messages: camelCase, enums by name, nulls omitted.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PaperMessage))]
[JsonSerializable(typeof(DayMessage))]
[JsonSerializable(typeof(CollectionMessage))]
[JsonSerializable(typeof(DeliveryMessage))]
internal sealed partial class StorageJson : JsonSerializerContext;
