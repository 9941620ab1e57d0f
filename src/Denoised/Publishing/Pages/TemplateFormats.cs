using System.Globalization;
using System.Text;
using Denoised.Arxiv.Calendar;

namespace Denoised.Publishing.Pages;

/// <summary>The formats that a placeholder of the page's templates may name: English, UTC, the same as in the browser.</summary>
internal static class TemplateFormats
{
    private static readonly CultureInfo english = CultureInfo.InvariantCulture;

    /// <summary>Writes a value.</summary>
    /// <param name="format">The format's name.</param>
    /// <param name="value">A number, or a listing day or timestamp in ISO 8601.</param>
    /// <exception cref="InvalidDataException">There is no such format, or the value is no moment; the message names it.</exception>
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

    /// <summary>A comma before each three digits that end a run of them. As an expression, this takes the square of a run's length.</summary>
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
