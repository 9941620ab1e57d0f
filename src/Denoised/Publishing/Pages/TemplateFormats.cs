using System.Globalization;
using System.Text;
using Denoised.Arxiv.Calendar;

namespace Denoised.Publishing.Pages;

/// <summary>The formats of placeholders in the page's templates, in English and UTC. The browser formats the same way.</summary>
internal static class TemplateFormats
{
    private static readonly CultureInfo english = CultureInfo.InvariantCulture;

    /// <summary>Formats a value.</summary>
    /// <param name="format">The name of the format.</param>
    /// <param name="value">A number, or a listing day or timestamp in ISO 8601.</param>
    /// <exception cref="InvalidDataException">The format does not exist, or the value is not a point in time; the message names it.</exception>
    public static string Write(string format, string value) => format switch
    {
        "number" => WithThousands(value),
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

    /// <summary>
    /// Inserts a comma before each group of three digits at the end of a run. A regular expression for this is quadratic in the length of the run.
    /// </summary>
    private static string WithThousands(string value)
    {
        var text = new StringBuilder(value.Length + 4);
        var end = 0;
        for (var index = 0; index < value.Length; index++)
        {
            if (char.IsAsciiDigit(value[index]))
            {
                while (end <= index || (end < value.Length && char.IsAsciiDigit(value[end])))
                    end++;
                if ((end - index) % 3 == 0 && index > 0 && char.IsLetterOrDigit(value[index - 1]))
                    text.Append(',');
            }

            text.Append(value[index]);
        }

        return text.ToString();
    }
}
