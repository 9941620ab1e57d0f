using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Denoised.Summaries;

/// <summary>Reads JSON of servers that agree on little: nothing throws, what is of another kind than expected is absent.</summary>
internal static class LenientJson
{
    /// <summary>The JSON value, with or without a byte order mark; null where the bytes are no JSON.</summary>
    public static JsonElement? Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonElement.Parse(utf8.StartsWith(Encoding.UTF8.Preamble) ? utf8[Encoding.UTF8.Preamble.Length..] : utf8);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A property that is there and not null.</summary>
    public static JsonElement? Property(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    /// <summary>A string, or null.</summary>
    public static string? Text(JsonElement? json)
    {
        try
        {
            return json is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }

    /// <summary>A count, given as an integer, a float or a string; null where it is none of these or negative.</summary>
    /// <param name="json">The value.</param>
    /// <param name="max">The largest count that is believed.</param>
    public static int? Count(JsonElement? json, int max)
    {
        var text = json is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : Text(json);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var count) && count >= 0 ? (int)Math.Min(Math.Round(count), max) : null;
    }
}
