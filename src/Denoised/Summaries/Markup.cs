using System.Buffers;
using System.Text.RegularExpressions;

namespace Denoised.Summaries;

/// <summary>Finds what has no place in a digest's plain sentences.</summary>
internal static class Markup
{
    /// <summary>Names what a text holds, or gives null.</summary>
    public static string? Find(string text) =>
        text.AsSpan().ContainsAny(links) ? "a link" : Tags.IsMatch(text) ? "markup" : null;

    private static readonly SearchValues<string> links =
        SearchValues.Create(["http://", "https://", "www.", "](", "mailto:"], StringComparison.OrdinalIgnoreCase);

    // Elements, Markdown emphasis, headings and fences; not the comparison signs and placeholders that papers use.
    private static readonly LinearRegex Tags = new(@"</?(?:a|b|i|p|br|div|span|script|img|iframe|style|h[1-6]|ul|ol|li|table|svg)([^A-Za-z0-9_<>][^<>]*)?>|\*\*[^*]+\*\*|^\s{0,3}#{1,6}\s|```", RegexOptions.IgnoreCase | RegexOptions.Multiline);
}
