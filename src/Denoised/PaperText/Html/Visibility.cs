using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Denoised.Arxiv.Feeds;
using Denoised.Text;

namespace Denoised.PaperText.Html;

/// <summary>
/// Whether text within an element is visible, judging by LaTeXML's style attributes and the page's own style sheets. Text is hidden if it has the
/// colour of its background; white text in a coloured table header or box is visible.
/// </summary>
/// <param name="Colour">The text colour; null if unknown.</param>
/// <param name="Ground">The background colour; null if unknown.</param>
/// <param name="Scale">The text size relative to the body text.</param>
/// <param name="ExplicitHiding">How the element itself is hidden; null if it is drawn on the page.</param>
internal readonly record struct Visibility(CssColor? Colour, CssColor? Ground, double Scale, HiddenTextKind? ExplicitHiding)
{
    public static readonly Visibility Plain = new(CssColor.Black, CssColor.White, Scale: 1, ExplicitHiding: null);

    /// <summary>How text is hidden here; null if it is visible.</summary>
    public HiddenTextKind? EffectiveHiding =>
        ExplicitHiding
        ?? (Scale < 0.2
            ? HiddenTextKind.Tiny
            : Colour is { } colour && Ground is { } ground && colour.On(ground).IsLike(ground)
            ? HiddenTextKind.White
            : null);

    /// <summary>The visibility within a child element.</summary>
    /// <param name="element">The element.</param>
    /// <param name="sheet">The declarations from style sheets, in the syntax of a style attribute; empty for none.</param>
    public Visibility Of(IElement element, string sheet = "")
    {
        var result = element.HasAttribute("hidden") || element.ClassList.Contains("ltx_phantom")
            ? this with { ExplicitHiding = HiddenTextKind.NotDrawn }
            : this;
        if (element.GetAttribute("color") is { } attribute)
            result = result with { Colour = CssColor.Read(attribute) };
        if (element.GetAttribute("bgcolor") is { } ground)
            result = result with { Ground = CssColor.Read(ground) };
        var style = element.GetAttribute("style");
        if (sheet.Length == 0 && string.IsNullOrEmpty(style))
            return result;

        var (isFlat, isCut) = (false, false);
        foreach (var declaration in $"{sheet};{style}".Split(';'))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                continue;
            var property = declaration[..colon].Trim().ToLowerInvariant();
            var value = declaration[(colon + 1)..].Replace("!important", "", StringComparison.OrdinalIgnoreCase).Trim().ToLowerInvariant();
            result = result.Declared(property, value, Scale);
            isFlat |= property is "height" or "max-height" or "width" or "max-width" && Number(value) is < 1.5
                && !value.EndsWith("em", StringComparison.Ordinal);
            isCut |= property is "overflow" or "overflow-x" or "overflow-y" && value is "hidden" or "clip";
        }

        return isFlat && isCut ? result with { ExplicitHiding = HiddenTextKind.NotDrawn } : result;
    }

    private Visibility Declared(string property, string value, double outer) => property switch
    {
        "display" when value is "none" => this with { ExplicitHiding = HiddenTextKind.NotDrawn },
        "visibility" when value is "hidden" or "collapse" => this with { ExplicitHiding = HiddenTextKind.NotDrawn },
        "opacity" or "fill-opacity" when Number(value) is { } number && number / (value.EndsWith('%') ? 100 : 1) < 0.05 =>
            this with { ExplicitHiding = HiddenTextKind.NotDrawn },
        "filter" when value.Contains("opacity(0", StringComparison.Ordinal) && !value.Contains("opacity(0.", StringComparison.Ordinal) =>
            this with { ExplicitHiding = HiddenTextKind.NotDrawn },
        // Since 0.8.8, LaTeXML writes colours as its own CSS variables.
        "color" or "--ltx-fg-color" or "-webkit-text-fill-color" when !IsOutside(value) => this with { Colour = CssColor.Read(value) },
        "background-color" or "background" or "--ltx-bg-color" when !IsOutside(value) => this with { Ground = OnGround(value) },
        "font-size" => this with { Scale = Size(value, outer) ?? Scale },
        "font" when FontSize.Match(value) is { Success: true } match => this with { Scale = Size(match.Groups["size"].Value, outer) ?? Scale },
        "transform" or "scale" => Transformed(property == "scale" ? $"scale({value})" : value),
        "left" or "right" or "top" or "bottom" or "text-indent" or "margin-left" or "margin-top" when Length(value) is < -2000 or > 20000 =>
            this with { ExplicitHiding = HiddenTextKind.OffPage },
        "clip" or "clip-path" when IsNothingLeft(value) => this with { ExplicitHiding = HiddenTextKind.NotDrawn },
        _ => this,
    };

    // Inherited from the parent, or no value.
    private static bool IsOutside(string value) =>
        value is "none" or "inherit" or "initial" or "unset" or "revert" or "currentcolor" or "" || value.StartsWith("var(--ltx-", StringComparison.Ordinal);

    private CssColor? OnGround(string value) =>
        value == "transparent"
        ? Ground
        : CssColor.Read(value) is { } ink
        ? Ground is { } ground
        ? ink.On(ground)
        : ink.Opacity < 1
        ? null
        : ink
        : null;

    private Visibility Transformed(string value)
    {
        var result = this;
        foreach (Match match in Transform.Matches(value))
        {
            var name = match.Groups["name"].Value;
            var arguments = match.Groups["arguments"].Value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (arguments.Length == 0)
                continue;
            if (name.StartsWith("translate", StringComparison.Ordinal) && arguments.Any(argument => Length(argument) is < -2000 or > 20000))
                result = result with { ExplicitHiding = HiddenTextKind.OffPage };
            else if (name.StartsWith("scale", StringComparison.Ordinal))
                result = result with { Scale = result.Scale * arguments.Min(argument => Math.Abs(Number(argument) ?? 1)) };
            else if (name == "matrix" && arguments.Length == 6)
                result = result with { Scale = result.Scale * Math.Sqrt(Math.Pow(Number(arguments[0]) ?? 1, 2) + Math.Pow(Number(arguments[1]) ?? 0, 2)) };
        }

        return result;
    }

    private static bool IsNothingLeft(string value)
    {
        var numbers = Numbers.Matches(value).Select(match => double.Parse(match.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture)).ToArray();
        if (value.StartsWith("rect", StringComparison.Ordinal) && numbers.Length == 4)
            return Math.Abs(numbers[1] - numbers[3]) * Math.Abs(numbers[2] - numbers[0]) < 4;
        if (value.StartsWith("inset", StringComparison.Ordinal))
            return value.Contains('%', StringComparison.Ordinal) && numbers.Length > 0 && numbers[0] >= 49;
        return value.StartsWith("circle", StringComparison.Ordinal) && numbers is [0, ..]
            || value.StartsWith("polygon", StringComparison.Ordinal) && numbers.Length > 0 && numbers.All(number => number == 0);
    }

    // Assumes 10 points as body size for points. The browser default of 16 pixels would be 12 points.
    private static double? Size(string value, double outer)
    {
        if (Number(value) is not { } number)
            return null;
        if (value.EndsWith('%'))
            return outer * number / 100;
        if (value.EndsWith("rem", StringComparison.Ordinal))
            return number;
        if (value.EndsWith("em", StringComparison.Ordinal))
            return outer * number;
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
        LeadingNumber.Match(value) is { Success: true } match
        && double.TryParse(match.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number
        : null;

    private static readonly LinearRegex LeadingNumber = new(@"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)");
    private static readonly LinearRegex Numbers = new(@"[0-9]+(\.[0-9]+)?|\.[0-9]+");
    private static readonly LinearRegex FontSize = new(@"(^|[^\w.])(?<size>[0-9]*\.?[0-9]+(px|pt|em|rem|%))([\s/]|$)");
    private static readonly LinearRegex Transform = new(@"(?<name>translate(x|y|3d)?|scale(x|y|3d)?|matrix)\s*\((?<arguments>[^()]*)\)");
}
