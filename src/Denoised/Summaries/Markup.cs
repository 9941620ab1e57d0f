using System.Text.RegularExpressions;

namespace Denoised.Summaries;

/// <summary>Finds what has no place in a digest's plain sentences.</summary>
internal static partial class Markup
{
    /// <summary>Names what a text holds, or gives null.</summary>
    public static string? Find(string text) =>
        Link().IsMatch(text) ? "a link" : Tags().IsMatch(text) ? "markup" : null;

    [GeneratedRegex(@"https?://|www\.|\]\(|mailto:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Link();

    // Elements, Markdown emphasis, headings and fences; not the comparison signs and placeholders that papers use.
    [GeneratedRegex(@"</?(?:a|b|i|p|br|div|span|script|img|iframe|style|h[1-6]|ul|ol|li|table|svg)\b[^<>]*>|\*\*[^*]+\*\*|^\s{0,3}#{1,6}\s|```", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Tags();
}
