using System.Text;

namespace Denoised.Arxiv;

/// <summary>How arXiv writes titles, abstracts and author lists, in all its formats.</summary>
internal static class ArxivText
{
    private static readonly char[] space = [' ', '\t', '\r', '\n'];

    /// <summary>
    /// The text without outer white space and without the control characters and halves of surrogate pairs that neither XML nor
    /// JSON can carry; everything else stays as it is.
    /// </summary>
    public static string Trimmed(string? text) => Printable((text ?? "").Trim(space)).Trim(space);

    /// <summary>One line: a line break and the white space around it become a blank.</summary>
    public static string OneLine(string? text) => Rewritten(text, static blanks => blanks.Contains('\n') ? " " : null);

    /// <summary>One line in which every run of white space is one blank.</summary>
    public static string Collapsed(string? text) => Rewritten(text, static _ => " ");

    /// <summary>
    /// An abstract as the API gives it. The older format wraps lines at 80 characters; arXiv's own rule for showing
    /// abstracts is that a line break starts a paragraph only where the next line is indented. So such a break stays (an empty line
    /// too), written as a line break and two blanks, and any other one becomes a blank.
    /// </summary>
    public static string Unwrapped(string? text) =>
        Rewritten(text, static blanks => blanks.Contains('\n') ? (blanks[^1] == '\n' && blanks.Count('\n') == 1 ? " " : "\n  ") : null);

    /// <summary>
    /// The names of a list as the feed writes it: separated by commas, each perhaps followed by affiliations in parentheses
    /// (which are separated by commas too, and are left out). A lone ":" is a name: it separates a collaboration from its members.
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
                    name = WithoutAffiliations(name);
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

    /// <summary>The text without what XML and JSON cannot carry; the same instance where there is none of it, which is the rule.</summary>
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

    /// <summary>Replaces each run of white space by what <paramref name="rewrite"/> says; null keeps it.</summary>
    private static string Rewritten(string? text, Rewrite rewrite)
    {
        var trimmed = Trimmed(text);
        var rewritten = new StringBuilder(trimmed.Length);
        for (var rest = trimmed.AsSpan(); ;)
        {
            var word = rest.IndexOfAny(space);
            if (word < 0)
                return rewritten.Append(rest).ToString();
            // What is trimmed ends with no white space: another word follows.
            var blanks = rest[word..];
            blanks = blanks[..blanks.IndexOfAnyExcept(space)];
            rewritten.Append(rest[..word]).Append(rewrite(blanks) ?? blanks);
            rest = rest[(word + blanks.Length)..];
        }
    }

    private delegate string? Rewrite(ReadOnlySpan<char> blanks);

    /// <summary>A name without the parentheses at its end; a name that is nothing else keeps them.</summary>
    private static string WithoutAffiliations(string name)
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
