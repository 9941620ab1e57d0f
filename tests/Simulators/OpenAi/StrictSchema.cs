using System.Text.Json;

namespace Denoised.Simulators.OpenAi;

/// <summary>Validates JSON schemas for strict structured outputs, as documented by the service.</summary>
internal static class StrictSchema
{
    private const int MaxProperties = 100;
    private const int MaxDepth = 5;
    private const int MaxEnumValues = 500;

    private static readonly HashSet<string> permitted = new(StringComparer.Ordinal)
    {
        "type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "$ref", "$defs", "definitions", "description", "title",
    };

    /// <summary>Finds the first error and its location; null if the schema is valid.</summary>
    public static string? Fault(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return "schema must be an object.";
        if (!Types(schema).Contains("object", StringComparer.Ordinal) || schema.TryGetProperty("anyOf", out _))
            return "schema must be a JSON Schema of 'type: \"object\"' at its root.";
        var totals = new Totals();
        return Check(schema, "()", 1, totals)
            ?? (totals.Properties > MaxProperties ? $"{totals.Properties} properties; at most {MaxProperties} are permitted." : null)
            ?? (totals.EnumValues > MaxEnumValues ? $"{totals.EnumValues} enum values; at most {MaxEnumValues} are permitted." : null);
    }

    internal static IReadOnlyList<string> Types(JsonElement schema) => schema.TryGetProperty("type", out var type)
        ? type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(static t => t.GetString() ?? "")] : [type.GetString() ?? ""]
        : [];

    private static string? Check(JsonElement schema, string place, int depth, Totals totals)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return $"In context={place}, schema must be an object.";
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!permitted.Contains(keyword.Name))
                return $"In context={place}, '{keyword.Name}' is not permitted.";
        }

        if (!schema.TryGetProperty("type", out _) && !schema.TryGetProperty("anyOf", out _) && !schema.TryGetProperty("$ref", out _) && !schema.TryGetProperty("enum", out _) && !schema.TryGetProperty("const", out _))
            return $"In context={place}, schema must have a 'type' key.";
        if (schema.TryGetProperty("enum", out var values))
            totals.EnumValues += values.GetArrayLength();

        var types = Types(schema);
        if (types.Contains("object", StringComparer.Ordinal) && CheckObject(schema, place, depth, totals) is { } inObject)
            return inObject;
        if (types.Contains("array", StringComparer.Ordinal))
        {
            if (!schema.TryGetProperty("items", out var items))
                return $"In context={place}, array schema missing items.";
            if (Check(items, Under(place, "items"), depth, totals) is { } inItems)
                return inItems;
        }

        foreach (var group in (string[])["$defs", "definitions"])
        {
            if (schema.TryGetProperty(group, out var definitions))
            {
                foreach (var definition in definitions.EnumerateObject())
                {
                    if (Check(definition.Value, Under(place, group, definition.Name), depth, totals) is { } inDefinition)
                        return inDefinition;
                }
            }
        }

        if (schema.TryGetProperty("anyOf", out var choices))
        {
            var index = 0;
            foreach (var choice in choices.EnumerateArray())
            {
                if (Check(choice, Under(place, "anyOf", $"{index++}"), depth, totals) is { } inChoice)
                    return inChoice;
            }
        }

        return null;
    }

    private static string? CheckObject(JsonElement schema, string place, int depth, Totals totals)
    {
        if (depth > MaxDepth)
            return $"In context={place}, {depth} levels of nesting; at most {MaxDepth} are permitted.";
        if (!schema.TryGetProperty("additionalProperties", out var additional) || additional.ValueKind != JsonValueKind.False)
            return $"In context={place}, 'additionalProperties' is required to be supplied and to be false.";
        var properties = schema.TryGetProperty("properties", out var found) ? found.EnumerateObject().ToList() : [];
        totals.Properties += properties.Count;
        var required = schema.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(static n => n.GetString()).ToHashSet(StringComparer.Ordinal)
            : [];
        foreach (var property in properties)
        {
            if (!required.Remove(property.Name))
                return $"In context={place}, 'required' is required to be supplied and to be an array including every key in properties. Missing '{property.Name}'.";
        }

        if (required.FirstOrDefault() is { } extra)
            return $"In context={place}, 'required' names '{extra}', which is not among the properties.";
        foreach (var property in properties)
        {
            if (Check(property.Value, Under(place, "properties", property.Name), depth + 1, totals) is { } inProperty)
                return inProperty;
        }

        return null;
    }

    private static string Under(string place, params string[] steps) =>
        $"({string.Join(", ", ((string[])[place[1..^1], .. steps.Select(static s => $"'{s}'")]).Where(static s => s.Length > 0))})";

    private sealed class Totals
    {
        public int Properties { get; set; }

        public int EnumValues { get; set; }
    }
}
