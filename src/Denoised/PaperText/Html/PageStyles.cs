using System.Buffers;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Denoised.Text;

namespace Denoised.PaperText.Html;

/// <summary>
/// The declarations in a page's own style sheets that can hide text. Later rules override earlier ones; selector specificity is ignored, since
/// LaTeXML's pages do not depend on it.
/// </summary>
internal sealed class PageStyles
{
    private const int MaxRules = 500;
    private const int MaxElements = 20_000;

    private readonly Dictionary<IElement, string> declarations = [];

    public PageStyles(IDocument document)
    {
        var left = MaxRules;
        foreach (var sheet in document.QuerySelectorAll("style"))
        {
            var text = Comment.Replace(sheet.TextContent, "");
            text = OtherMedia.Replace(text, "");
            foreach (Match rule in Rule.Matches(text))
            {
                if (!rule.Groups["body"].ValueSpan.ContainsAny(hiding) || left-- <= 0)
                    continue;
                foreach (var element in Selected(document, rule.Groups["selector"].Value.Trim()))
                    declarations[element] = $"{declarations.GetValueOrDefault(element)};{rule.Groups["body"].Value}";
            }
        }
    }

    /// <summary>The declarations for an element, in the syntax of a style attribute; empty if there are none.</summary>
    public string GetStyle(IElement element) => declarations.Count > 0 && declarations.TryGetValue(element, out var found) ? found : "";

    private static IEnumerable<IElement> Selected(IDocument document, string selector)
    {
        try
        {
            return document.QuerySelectorAll(selector).Take(MaxElements);
        }
        catch (DomException)
        {
            // As in browsers, an invalid selector matches nothing.
            return [];
        }
    }

    private static readonly LinearRegex Comment = new(@"/\*.*?\*/", RegexOptions.Singleline);

    // Ignores rules for print and for user preferences such as dark mode. The text is read as on a default screen.
    private static readonly LinearRegex OtherMedia = new(@"@(media\s+(print|speech)|media[^{]*prefers-|font-face|keyframes|page)[^{]*\{([^{}]*\{[^{}]*\})*[^{}]*\}", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Rule = new(@"(?<selector>[^{}@;]+)\{(?<body>[^{}]*)\}");
    private static readonly SearchValues<string> hiding = SearchValues.Create(
        [
            "color", "background", "font", "display", "visibility", "opacity", "transform", "scale", "left", "right", "top", "bottom", "indent", "clip",
            "height", "width", "filter",
        ],
        StringComparison.OrdinalIgnoreCase);
}
