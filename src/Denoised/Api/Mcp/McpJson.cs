using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Denoised.Domain;
using Denoised.Publishing.Snapshots;

namespace Denoised.Api.Mcp;

/// <summary>Source-generated JSON of tools and resources, as the API's.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DaysResponse))]
[JsonSerializable(typeof(PaperList))]
[JsonSerializable(typeof(PaperView))]
[JsonSerializable(typeof(DayOverview))]
[JsonSerializable(typeof(Citations))]
[JsonSerializable(typeof(DayResource))]
internal sealed partial class McpJson : JsonSerializerContext;

/// <summary>Writes responses of tools and resources, and their schemas.</summary>
internal static class McpSerializer
{
    // The text goes to a language model: an escaped apostrophe or accent would cost tokens.
    private static readonly JsonSerializerOptions options = new(McpJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Serializes a response.</summary>
    public static string Write<T>(T response) => JsonSerializer.Serialize(response, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));

    /// <summary>Generates the JSON schema of a response.</summary>
    public static JsonElement SchemaOf<T>()
    {
        var schema = options.GetTypeInfo(typeof(T))
            .GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform });
        return JsonElement.Parse(schema.ToJsonString());
    }

    private static JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(ArxivId))
            return new JsonObject { ["type"] = "string", ["description"] = "An arXiv identifier without version." };
        if (type == typeof(ListingDay))
            return new JsonObject { ["type"] = "string", ["format"] = "date" };

        // The exporter requires all parameters of a record's constructor, but the serializer omits nulls.
        if (node is JsonObject schema && !schema.ContainsKey("$ref") && context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            var required = context.TypeInfo.Properties.Where(property => property.Get is not null && !property.IsGetNullable
                && Nullable.GetUnderlyingType(property.PropertyType) is null);
            schema["required"] = new JsonArray([.. required.Select(property => (JsonNode)property.Name)]);
        }

        return node;
    }
}
