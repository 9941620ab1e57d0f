using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Denoised.Text;

/// <summary>Reads JSON from servers with differing formats. Never throws: a value of an unexpected kind counts as missing.</summary>
internal static class LenientJson
{
    /// <summary>Parses JSON with or without a byte order mark; null when the bytes are no JSON.</summary>
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

    /// <summary>Returns a property that exists and is not null.</summary>
    public static JsonElement? Property(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    /// <summary>Returns a string, or null.</summary>
    public static string? Text(JsonElement? json)
    {
        try
        {
            return json is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate.
            return null;
        }
    }

    /// <summary>Reads a count given as an integer, a float or a string; null for anything else and for negative numbers.</summary>
    /// <param name="json">The value.</param>
    /// <param name="max">The limit that a larger count is clamped to.</param>
    public static int? Count(JsonElement? json, int max)
    {
        var text = json is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : Text(json);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var count) && count >= 0
            ? (int)Math.Min(Math.Round(count), max)
            : null;
    }
}
