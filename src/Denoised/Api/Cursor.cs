using System.Globalization;
using System.Text;
using Denoised.Domain;
using Microsoft.AspNetCore.WebUtilities;

namespace Denoised.Api;

/// <summary>A page boundary of a day. It names the last paper of the previous page, so papers added in between cause neither repeats nor gaps.</summary>
internal readonly record struct Cursor(ListingDay Day, int Position, string Key)
{
    /// <summary>Encodes the cursor for use in a URL.</summary>
    public override string ToString() =>
        WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"1|{Day}|{Position}|{Key}")));

    /// <summary>Parses the output of <see cref="ToString"/>.</summary>
    public static bool TryParse(string text, out Cursor cursor)
    {
        cursor = default;
        try
        {
            var fields = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(text)).Split('|');
            if (fields is not ["1", var dayText, var positionText, var key]
                || !ListingDay.TryParse(dayText, out var day)
                || !int.TryParse(positionText, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                return false;
            }

            cursor = new Cursor(day, position, key);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
