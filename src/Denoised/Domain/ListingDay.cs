using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Denoised.Domain;

/// <summary>
/// The date of an arXiv listing, as stated in its heading or <c>pubDate</c>. It uses that date's own offset (Eastern time), never the local clock.
/// Formatted as <c>yyyy-MM-dd</c> everywhere, including tables, blob names and URLs.
/// </summary>
[JsonConverter(typeof(ListingDayJsonConverter))]
public readonly record struct ListingDay(DateOnly Date) : IComparable<ListingDay>
{
    private const string Format = "yyyy-MM-dd";

    /// <summary>Parses <c>yyyy-MM-dd</c>.</summary>
    /// <exception cref="FormatException">The text is not such a date; the message quotes it.</exception>
    public static ListingDay Parse(string text) =>
        TryParse(text, out var day) ? day : throw new FormatException($"'{text}' is not a date of the form yyyy-MM-dd.");

    /// <summary>Parses <c>yyyy-MM-dd</c> and no other format.</summary>
    public static bool TryParse(string? text, out ListingDay day)
    {
        var valid = DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        day = new ListingDay(date);
        return valid;
    }

    /// <inheritdoc/>
    public int CompareTo(ListingDay other) => Date.CompareTo(other.Date);

    /// <inheritdoc/>
    public override string ToString() => Date.ToString(Format, CultureInfo.InvariantCulture);

    public static bool operator <(ListingDay left, ListingDay right) => left.CompareTo(right) < 0;

    public static bool operator >(ListingDay left, ListingDay right) => left.CompareTo(right) > 0;

    public static bool operator <=(ListingDay left, ListingDay right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ListingDay left, ListingDay right) => left.CompareTo(right) >= 0;

    /// <summary>Writes a day as a JSON string.</summary>
    internal sealed class ListingDayJsonConverter : JsonConverter<ListingDay>
    {
        public override ListingDay Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var day) ? day : throw new JsonException("This is not a date of the form yyyy-MM-dd.");

        public override void Write(Utf8JsonWriter writer, ListingDay value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
