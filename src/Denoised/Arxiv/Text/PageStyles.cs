using System.Buffers;
using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Denoised.Arxiv.Text;

/// <summary>
/// What a page's own style sheets declare for its elements, as far as it can hide text. Rules count in the order in which they stand: weights of
/// selectors are not told apart, since a page that needs them to be seen right is none of LaTeXML's.
/// </summary>
internal sealed class PageStyles
{
    private const int MostRules = 500;
    private const int MostElements = 20_000;

    private readonly Dictionary<IElement, string> declarations = [];

    public PageStyles(IDocument document)
    {
        var left = MostRules;
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

    /// <summary>The declarations for an element as in a style attribute; empty for none.</summary>
    public string For(IElement element) => declarations.Count > 0 && declarations.TryGetValue(element, out var found) ? found : "";

    private static IEnumerable<IElement> Selected(IDocument document, string selector)
    {
        try
        {
            return document.QuerySelectorAll(selector).Take(MostElements);
        }
        catch (DomException)
        {
            // A selector that is none applies to nothing, in browsers too.
            return [];
        }
    }

    private static readonly LinearRegex Comment = new(@"/\*.*?\*/", RegexOptions.Singleline);

    // Printed, or on a dark screen, a page may look otherwise; what is read is the page on a screen.
    private static readonly LinearRegex OtherMedia = new(@"@(media\s+(print|speech)|media[^{]*prefers-|font-face|keyframes|page)[^{]*\{([^{}]*\{[^{}]*\})*[^{}]*\}", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Rule = new(@"(?<selector>[^{}@;]+)\{(?<body>[^{}]*)\}");
    private static readonly SearchValues<string> hiding = SearchValues.Create(
        [
            "color", "background", "font", "display", "visibility", "opacity", "transform", "scale", "left", "right", "top", "bottom", "indent", "clip",
            "height", "width", "filter",
        ],
        StringComparison.OrdinalIgnoreCase);
}
