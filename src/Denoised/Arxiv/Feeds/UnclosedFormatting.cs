namespace Denoised.Arxiv.Feeds;

/// <summary>
/// Detects too many unclosed formatting elements before parsing. HTML parsers reopen them in every following block, so the tree would be quadratic
/// in the length of the page.
/// </summary>
internal static class UnclosedFormatting
{
    /// <summary>The maximum number of unclosed elements; real pages stay far below.</summary>
    public const int MaxOpenElements = 200;

    private static readonly string[] tags = ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

    /// <summary>Whether more than <see cref="MaxOpenElements"/> elements are open at once, judging by the tags alone.</summary>
    public static bool IsExcessive(string html)
    {
        int open = 0, index = 0;
        while ((index = html.IndexOf('<', index)) >= 0 && ++index < html.Length)
        {
            var closing = html[index] == '/';
            var name = html.AsSpan(closing ? index + 1 : index);
            foreach (var tag in tags)
            {
                if (name.Length > tag.Length && name.StartsWith(tag, StringComparison.OrdinalIgnoreCase)
                    && !char.IsAsciiLetterOrDigit(name[tag.Length]) && name[tag.Length] != '-')
                {
                    open = closing ? Math.Max(0, open - 1) : open + 1;
                    if (open > MaxOpenElements)
                        return true;
                    break;
                }
            }
        }

        return false;
    }
}
