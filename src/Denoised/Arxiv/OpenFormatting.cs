namespace Denoised.Arxiv;

/// <summary>
/// Formatting elements that are left open are opened again in every following block, as browsers do: a page of them grows with the square of its
/// length while it is parsed. So they are counted before.
/// </summary>
internal static class OpenFormatting
{
    /// <summary>No page that means well leaves so many open.</summary>
    public const int Most = 200;

    private static readonly string[] tags = ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

    /// <summary>Whether more than <see cref="Most"/> are open at once, told from the tags alone.</summary>
    public static bool IsExcessive(string html)
    {
        int open = 0, index = 0;
        while ((index = html.IndexOf('<', index)) >= 0 && ++index < html.Length)
        {
            var closing = html[index] == '/';
            var name = html.AsSpan(closing ? index + 1 : index);
            foreach (var tag in tags)
            {
                if (name.Length > tag.Length && name.StartsWith(tag, StringComparison.OrdinalIgnoreCase) && !char.IsAsciiLetterOrDigit(name[tag.Length]) && name[tag.Length] != '-')
                {
                    open = closing ? Math.Max(0, open - 1) : open + 1;
                    if (open > Most)
                        return true;
                    break;
                }
            }
        }

        return false;
    }
}
