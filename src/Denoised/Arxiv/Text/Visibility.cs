using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Denoised.Arxiv.Text;

/// <summary>
/// Whether text at a place of a page can be seen, told from the style attributes that LaTeXML writes. White text counts as hidden only
/// where no ancestor has a background of its own: coloured table heads and boxes are read in white.
/// </summary>
/// <param name="White">The text's colour is the page's.</param>
/// <param name="Backed">Something coloured lies behind it.</param>
/// <param name="Scale">The size of the text, 1 being the body's.</param>
/// <param name="Unseen">The element is not drawn, or drawn off the page.</param>
internal readonly partial record struct Visibility(bool White, bool Backed, double Scale, HiddenTextKind? Unseen)
{
    public static readonly Visibility Plain = new(White: false, Backed: false, Scale: 1, Unseen: null);

    /// <summary>How text is hidden here; null where it is seen.</summary>
    public HiddenTextKind? Hiding => Unseen ?? (Scale < 0.2 ? HiddenTextKind.Tiny : White && !Backed ? HiddenTextKind.White : null);

    /// <summary>What an element makes of it.</summary>
    public Visibility Of(IElement element)
    {
        var result = element.HasAttribute("hidden") || element.ClassList.Contains("ltx_phantom") ? this with { Unseen = HiddenTextKind.NotDrawn } : this;
        if (element.GetAttribute("color") is { } attribute)
            result = result with { White = IsWhite(attribute) };
        if (element.GetAttribute("bgcolor") is { } background && !IsWhite(background))
            result = result with { Backed = true };
        if (element.GetAttribute("style") is not { Length: > 0 } style)
            return result;

        foreach (var declaration in style.Split(';'))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                result = result.Declared(declaration[..colon].Trim().ToLowerInvariant(), declaration[(colon + 1)..].Replace("!important", "", StringComparison.OrdinalIgnoreCase).Trim().ToLowerInvariant());
        }

        return result;
    }

    private Visibility Declared(string property, string value) => property switch
    {
        "display" when value is "none" => this with { Unseen = HiddenTextKind.NotDrawn },
        "visibility" when value is "hidden" or "collapse" => this with { Unseen = HiddenTextKind.NotDrawn },
        "opacity" or "fill-opacity" when Number(value) is < 0.05 => this with { Unseen = HiddenTextKind.NotDrawn },
        "color" => this with { White = IsWhite(value) },
        "background-color" or "background" when !IsWhite(value) && value is not ("none" or "transparent" or "inherit" or "initial" or "") => this with { Backed = true },
        "font-size" => this with { Scale = Size(value) ?? Scale },
        "transform" when ScaleOf().Match(value) is { Success: true } match && Number(match.Groups["factor"].Value) is { } factor => this with { Scale = Scale * Math.Abs(factor) },
        "left" or "right" or "top" or "bottom" or "text-indent" or "margin-left" or "margin-top" when Length(value) is < -2000 or > 20000 => this with { Unseen = HiddenTextKind.OffPage },
        "clip" or "clip-path" when value.Contains("rect(0", StringComparison.Ordinal) || value.Contains("inset(100%", StringComparison.Ordinal) => this with { Unseen = HiddenTextKind.NotDrawn },
        _ => this,
    };

    // 10 points are taken for the body's size; the browser's default of 16 pixels is 12 points.
    private double? Size(string value)
    {
        if (Number(value) is not { } number)
            return null;
        if (value.EndsWith('%'))
            return Scale * number / 100;
        if (value.EndsWith("rem", StringComparison.Ordinal))
            return number;
        if (value.EndsWith("em", StringComparison.Ordinal))
            return Scale * number;
        if (value.EndsWith("px", StringComparison.Ordinal))
            return number / 16;
        if (value.EndsWith("pt", StringComparison.Ordinal))
            return number / 10;
        return number == 0 ? 0 : null;
    }

    private static double? Length(string value) => Number(value) is { } number
        ? value.EndsWith("em", StringComparison.Ordinal) ? number * 16 : value.EndsWith('%') ? number * 10 : number
        : null;

    private static double? Number(string value) =>
        LeadingNumber().Match(value) is { Success: true } match && double.TryParse(match.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsWhite(string colour)
    {
        colour = colour.Trim().ToLowerInvariant();
        if (colour is "white" or "transparent" or "snow" or "ivory" or "ghostwhite" or "whitesmoke")
            return true;
        if (colour.StartsWith('#'))
        {
            var digits = colour[1..];
            if (digits.Length is 3 or 4)
                return digits.Take(3).All(digit => digit is 'f' or 'e');
            return digits.Length is 6 or 8 && int.TryParse(digits.AsSpan(0, 6), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var rgb)
                && (rgb >> 16) >= 0xF0 && ((rgb >> 8) & 0xFF) >= 0xF0 && (rgb & 0xFF) >= 0xF0;
        }

        if (!colour.StartsWith("rgb", StringComparison.Ordinal))
            return false;
        var parts = Numbers().Matches(colour).Select(match => double.Parse(match.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture)).ToArray();
        return parts.Length >= 3 && parts.Take(3).All(part => part >= (colour.Contains('%', StringComparison.Ordinal) ? 94 : 240)) || parts.Length == 4 && parts[3] < 0.05;
    }

    [GeneratedRegex(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LeadingNumber();

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)?|\.[0-9]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"scale\((?<factor>[+-]?[0-9]*\.?[0-9]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ScaleOf();
}
