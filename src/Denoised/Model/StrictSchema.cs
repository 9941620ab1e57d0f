using System.Text.Json.Nodes;

namespace Denoised.Model;

/// <summary>Builds JSON schemas for strict mode, which requires every property, allows no others, and rejects lengths and patterns.</summary>
internal static class StrictSchema
{
    /// <summary>An object with exactly these properties.</summary>
    public static JsonObject Object(JsonObject properties) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = new JsonArray([.. properties.Select(property => (JsonNode)property.Key)]),
        ["additionalProperties"] = false,
    };

    /// <summary>An array of these items.</summary>
    public static JsonObject Array(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    /// <summary>An array of these items, or null.</summary>
    public static JsonObject ArrayOrNull(JsonObject items) => new() { ["type"] = new JsonArray("array", "null"), ["items"] = items };

    /// <summary>An integer.</summary>
    public static JsonObject Integer() => new() { ["type"] = "integer" };

    /// <summary>A string.</summary>
    public static JsonObject String() => new() { ["type"] = "string" };

    /// <summary>One of these strings.</summary>
    public static JsonObject OneOf(IEnumerable<string> values) =>
        new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };
}
