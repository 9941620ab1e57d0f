using System.Globalization;
using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.PaperText.Html;

/// <summary>A CSS colour: channels from 0 to 255, opacity from 0 to 1.</summary>
internal readonly record struct CssColor(double Red, double Green, double Blue, double Opacity = 1)
{
    // The largest channel difference that a reader does not notice.
    private const double Indistinct = 16;

    public static readonly CssColor White = new(255, 255, 255);

    public static readonly CssColor Black = new(0, 0, 0);

    /// <summary>
    /// Parses a CSS colour. Null for gradients, variables and named colours other than white, near-white and black; these count as visible.
    /// </summary>
    public static CssColor? Read(string colour)
    {
        colour = colour.Trim().ToLowerInvariant();
        if (colour.StartsWith('#'))
            return OfHex(colour.AsSpan(1));
        switch (colour)
        {
            case "white" or "snow" or "ivory" or "ghostwhite" or "whitesmoke" or "floralwhite" or "mintcream" or "azure" or "aliceblue" or "seashell"
                or "honeydew":
                return White;
            case "black":
                return Black;
            case "transparent":
                return White with { Opacity = 0 };
        }

        var open = colour.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
            return null;
        var parts = Parts.Matches(colour, open)
            .Select(match => (
                Value: double.Parse(match.Groups["number"].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture),
                IsPercent: match.Groups["percent"].Success))
            .ToArray();
        if (parts.Length < 3)
            return null;
        var opacity = parts.Length > 3 ? parts[3].IsPercent ? parts[3].Value / 100 : parts[3].Value : 1;
        return colour[..open] switch
        {
            "rgb" or "rgba" => new CssColor(Channel(parts[0]), Channel(parts[1]), Channel(parts[2]), opacity),
            "hsl" or "hsla" => OfHue(parts[0].Value, parts[1].Value / 100, parts[2].Value / 100, opacity),
            _ => null,
        };
    }

    /// <summary>Blends this colour over a background.</summary>
    public CssColor On(CssColor ground) => new(Mixed(Red, ground.Red), Mixed(Green, ground.Green), Mixed(Blue, ground.Blue));

    /// <summary>Whether a reader cannot distinguish two colours.</summary>
    public bool IsLike(CssColor other) =>
        Math.Abs(Red - other.Red) <= Indistinct && Math.Abs(Green - other.Green) <= Indistinct && Math.Abs(Blue - other.Blue) <= Indistinct;

    private double Mixed(double own, double ground) => (own * Math.Clamp(Opacity, 0, 1)) + (ground * (1 - Math.Clamp(Opacity, 0, 1)));

    private static double Channel((double Value, bool IsPercent) part) => part.IsPercent ? part.Value * 2.55 : part.Value;

    private static CssColor? OfHex(ReadOnlySpan<char> digits)
    {
        Span<int> values = stackalloc int[4];
        values[3] = 255;
        var each = digits.Length is 3 or 4 ? 1 : digits.Length is 6 or 8 ? 2 : 0;
        for (var index = 0; each > 0 && index < digits.Length / each; index++)
        {
            if (!int.TryParse(digits.Slice(index * each, each), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out values[index]))
                return null;
            if (each == 1)
                values[index] *= 17;
        }

        return each == 0 ? null : new CssColor(values[0], values[1], values[2], values[3] / 255.0);
    }

    private static CssColor OfHue(double hue, double saturation, double lightness, double opacity)
    {
        var strength = saturation * Math.Min(lightness, 1 - lightness);
        return new CssColor(Part(0), Part(8), Part(4), opacity);

        double Part(int offset)
        {
            var place = (offset + (hue / 30)) % 12;
            return 255 * (lightness - (strength * Math.Max(-1, Math.Min(Math.Min(place - 3, 9 - place), 1))));
        }
    }

    private static readonly LinearRegex Parts = new(@"(?<number>[0-9]+(\.[0-9]+)?|\.[0-9]+)(deg)?(?<percent>%)?");
}
