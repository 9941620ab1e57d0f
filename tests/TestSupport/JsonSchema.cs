using System.Globalization;
using System.Text.Json;

namespace Denoised.TestSupport;

/// <summary>
/// Validates JSON against the part of JSON Schema that the API description uses. Stricter than the standard: properties that the schema does not
/// define and unsupported keywords are errors, too.
/// </summary>
internal static class JsonSchema
{
    public static List<string> Faults(JsonElement description, JsonElement schema, JsonElement value, string place)
    {
        var faults = new List<string>();
        Check(schema, value, place);
        return faults;

        void Check(JsonElement schema, JsonElement value, string place)
        {
            foreach (var keyword in schema.EnumerateObject())
            {
                var fault = keyword.Name switch
                {
                    "$ref" => Follow(keyword.Value.GetString()!, value, place),
                    "type" => Fits(keyword.Value, value) ? null : $"is {value.ValueKind}, not {keyword.Value}",
                    "format" => IsOfFormat(keyword.Value.GetString()!, value) ? null : $"'{value}' is no {keyword.Value}",
                    "enum" => keyword.Value.EnumerateArray().Any(known => JsonElement.DeepEquals(known, value)) ? null : $"'{value}' is none of {keyword.Value}",
                    "pattern" => System.Text.RegularExpressions.Regex.IsMatch(value.ToString(), keyword.Value.GetString()!, default, TimeSpan.FromSeconds(1)) ? null : $"'{value}' does not match {keyword.Value}",
                    "required" => value.ValueKind != JsonValueKind.Object || keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)) ? null : $"lacks one of {keyword.Value}",
                    "items" => Each(keyword.Value, value, place),
                    "properties" => Properties(keyword.Value, value, place),
                    "description" or "default" => null,
                    _ => $"the keyword {keyword.Name} is not understood",
                };
                if (fault is not null)
                    faults.Add($"{place} {fault}");
            }
        }

        string? Follow(string reference, JsonElement value, string place)
        {
            var target = description;
            foreach (var step in reference.Split('/').Skip(1))
                target = target.GetProperty(step);
            Check(target, value, place);
            return null;
        }

        string? Each(JsonElement schema, JsonElement value, string place)
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var (index, item) in value.EnumerateArray().Index())
                    Check(schema, item, string.Create(CultureInfo.InvariantCulture, $"{place}[{index}]"));
            }

            return null;
        }

        string? Properties(JsonElement schemas, JsonElement value, string place)
        {
            if (value.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in value.EnumerateObject())
                {
                    if (schemas.TryGetProperty(property.Name, out var schema))
                        Check(schema, property.Value, $"{place}.{property.Name}");
                    else
                        faults.Add($"{place}.{property.Name} is not described");
                }
            }

            return null;
        }
    }

    private static bool Fits(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => Fits(one, value))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            _ => false,
        };

    private static bool IsOfFormat(string format, JsonElement value) => format switch
    {
        "date" => DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => value.TryGetDateTimeOffset(out _),
        _ => false,
    };
}
