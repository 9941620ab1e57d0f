using System.Globalization;
using System.Text.RegularExpressions;
using Denoised.Arxiv;

namespace Denoised.Publishing;

/// <summary>The formats that a placeholder of the page's templates may name: English, UTC, the same as in the browser.</summary>
internal static partial class TemplateFormats
{
    private static readonly CultureInfo english = CultureInfo.InvariantCulture;

    /// <summary>Writes a value.</summary>
    /// <param name="format">The format's name.</param>
    /// <param name="value">A number, or a listing day or timestamp in ISO 8601.</param>
    /// <exception cref="InvalidDataException">There is no such format, or the value is no moment; the message names it.</exception>
    public static string Write(string format, string value) => format switch
    {
        "number" => Thousands().Replace(value, ","),
        "weekday" => Moment(value).ToString("ddd", english),
        "short" => Moment(value).ToString("d MMM", english),
        "long" => Moment(value).ToString("dddd d MMMM yyyy", english),
        "date" => Moment(value).ToString("d MMMM yyyy", english),
        "time" => Moment(value).ToString("d MMMM yyyy, HH':'mm 'UTC'", english),
        "eastern" => AnnouncementCalendar.Eastern(Moment(value)).ToString("dddd HH':'mm 'Eastern'", english),
        _ => throw new InvalidDataException($"The page's template names the format '{format}', which there is not."),
    };

    private static DateTimeOffset Moment(string value) =>
        DateTimeOffset.TryParse(value, english, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : throw new InvalidDataException($"The page's template asks for the moment '{value}', which is none.");

    [GeneratedRegex(@"\B(?=([0-9]{3})+(?![0-9]))", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Thousands();
}
