using System.Text;

namespace Denoised.Arxiv.Feeds;

/// <summary>Normalizes titles, abstracts and author lists in all of arXiv's formats.</summary>
internal static class ArxivText
{
    private static readonly char[] space = [' ', '\t', '\r', '\n'];

    /// <summary>Trims white space and removes control characters and lone surrogates, which neither XML nor JSON can represent.</summary>
    public static string Trimmed(string? text) => Printable((text ?? "").Trim(space)).Trim(space);

    /// <summary>Joins lines: each line break, with the white space around it, becomes one space.</summary>
    public static string OneLine(string? text) => Rewritten(text, static blanks => blanks.Contains('\n') ? " " : null);

    /// <summary>Collapses each run of white space, including line breaks, to one space.</summary>
    public static string Collapsed(string? text) => Rewritten(text, static _ => " ");

    /// <summary>
    /// Unwraps an abstract from the API, whose older format wraps lines at 80 characters. By arXiv's own display rule, a line break starts a
    /// paragraph only if the next line is indented. Such a break, or an empty line, becomes a line break and two spaces; any other becomes a space.
    /// </summary>
    public static string Unwrapped(string? text) =>
        Rewritten(text, static blanks => blanks.Contains('\n') ? (blanks[^1] == '\n' && blanks.Count('\n') == 1 ? " " : "\n  ") : null);

    /// <summary>
    /// Splits an author list of the feed: comma-separated names, each optionally followed by affiliations in parentheses. Affiliations may contain
    /// commas and are dropped. A lone ":" counts as a name: it separates a collaboration from its members.
    /// </summary>
    public static IReadOnlyList<string> Authors(string? list)
    {
        var text = Trimmed(list);
        var names = new List<string>();
        var (start, depth) = (0, 0);
        var balanced = IsBalanced(text);
        for (var index = 0; index <= text.Length; index++)
        {
            if (index == text.Length || (text[index] == ',' && (depth == 0 || !balanced)))
            {
                var name = Collapsed(text[start..index]);
                if (balanced)
                    name = RemoveAffiliations(name);
                if (name.Length > 0)
                    names.Add(name);
                start = index + 1;
            }
            else if (text[index] is '(')
            {
                depth++;
            }
            else if (text[index] is ')')
            {
                depth--;
            }
        }

        return names;
    }

    private static bool IsBalanced(string text)
    {
        var depth = 0;
        foreach (var character in text)
        {
            depth += character switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth < 0)
                return false;
        }

        return depth == 0;
    }

    /// <summary>Removes characters that XML and JSON cannot represent. Usually there are none, and the method returns the same instance.</summary>
    public static string Printable(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u0008') && !text.AsSpan().ContainsAnyInRange('\u000b', '\u001f')
            && !text.AsSpan().ContainsAnyInRange('\ud800', '\udfff') && !text.AsSpan().ContainsAnyInRange('\ufffe', '\uffff'))
        {
            return text;
        }

        var printable = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
                printable.Append(character).Append(text[++index]);
            else if (character is '\t' or '\n' or '\r' || (character is >= ' ' and < '\ufffe' && !char.IsSurrogate(character)))
                printable.Append(character);
        }

        return printable.ToString();
    }

    /// <summary>Replaces each run of white space by the result of <paramref name="rewrite"/>; null keeps it.</summary>
    private static string Rewritten(string? text, Rewrite rewrite)
    {
        var trimmed = Trimmed(text);
        var rewritten = new StringBuilder(trimmed.Length);
        for (var rest = trimmed.AsSpan(); ;)
        {
            var word = rest.IndexOfAny(space);
            if (word < 0)
                return rewritten.Append(rest).ToString();
            // The trimmed text does not end in white space, so another word follows.
            var blanks = rest[word..];
            blanks = blanks[..blanks.IndexOfAnyExcept(space)];
            rewritten.Append(rest[..word]).Append(rewrite(blanks) ?? blanks);
            rest = rest[(word + blanks.Length)..];
        }
    }

    private delegate string? Rewrite(ReadOnlySpan<char> blanks);

    /// <summary>Removes trailing parentheses from a name, unless the name consists of nothing else.</summary>
    private static string RemoveAffiliations(string name)
    {
        if (!name.EndsWith(')'))
            return name;
        var depth = 0;
        var start = name.Length;
        do
            depth += name[--start] switch { ')' => 1, '(' => -1, _ => 0 };
        while (depth > 0 && start > 0);
        return depth == 0 && start > 0 ? name[..start].TrimEnd(space) : name;
    }
}
