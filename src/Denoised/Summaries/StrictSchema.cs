using System.Text.Json.Nodes;

namespace Denoised.Summaries;

/// <summary>Pieces of a JSON schema with all that strict mode wants: no property is optional, none may be added. Lengths and patterns it refuses.</summary>
internal static class StrictSchema
{
    /// <summary>An object with these properties and no others.</summary>
    public static JsonObject Object(JsonObject properties) => new()
    {
        ["type"] = "object",
        ["properties"] = properties,
        ["required"] = new JsonArray([.. properties.Select(property => (JsonNode)property.Key)]),
        ["additionalProperties"] = false,
    };

    /// <summary>An array of such items.</summary>
    public static JsonObject Array(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    /// <summary>An array of such items or null.</summary>
    public static JsonObject ArrayOrNull(JsonObject items) => new() { ["type"] = new JsonArray("array", "null"), ["items"] = items };

    /// <summary>An integer.</summary>
    public static JsonObject Integer() => new() { ["type"] = "integer" };

    /// <summary>A string.</summary>
    public static JsonObject String() => new() { ["type"] = "string" };

    /// <summary>One of these strings.</summary>
    public static JsonObject OneOf(IEnumerable<string> values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(value => (JsonNode)value)]) };
}
