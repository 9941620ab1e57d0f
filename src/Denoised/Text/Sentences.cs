using System.Collections.Frozen;

namespace Denoised.Text;

/// <summary>
/// Splits an abstract into sentences. Each one is a verbatim substring without surrounding white space; together they omit only white space. Does not
/// split inside TeX maths, short parentheses, decimals, URLs, initials and abbreviations.
/// </summary>
internal static class Sentences
{
    /// <summary>The maximum length of a formula or parenthesis. A longer one is read as plain text. Keeps the time linear.</summary>
    private const int SpanLimit = 400;

    /// <summary>Abbreviations that never end a sentence, even before a capital letter.</summary>
    private static readonly FrozenSet<string> abbreviations = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "e.g", "i.e", "eg", "ie", "cf", "vs", "viz", "resp", "approx", "ca", "w.r.t", "wrt", "s.t", "a.k.a", "incl", "esp",
        "fig", "figs", "eq", "eqs", "eqn", "eqns", "sec", "secs", "sect", "ref", "refs", "tab", "thm", "lem", "prop", "cor", "def", "alg", "app",
        "ch", "vol", "pp",
        "dr", "mr", "mrs", "ms", "prof", "st", "jr", "sr", "dept", "univ", "assoc", "proc", "conf", "ed", "eds");

    /// <summary>Abbreviations that end a sentence only before a typical first word: "et al. We", "in the U.S. The".</summary>
    private static readonly FrozenSet<string> ambiguous = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "al", "no", "nos", "inc", "ltd", "co", "corp", "p");

    private static readonly FrozenSet<string> openers = FrozenSet.Create(
        StringComparer.Ordinal,
        "A", "Additionally", "After", "All", "Although", "An", "And", "Applying", "As", "At", "Based", "Because", "Besides", "Beyond", "Both",
        "Building", "But", "By",
        "Code", "Compared", "Current", "Despite", "During", "Each", "Empirically", "Evaluated", "Evaluations", "Even", "Existing", "Experiments", "Extensive",
        "Finally", "First", "For", "From", "Further", "Furthermore", "Given", "Here", "Hence", "How", "However", "If", "In", "Inspired", "Instead", "It", "Its",
        "Many", "Moreover", "Most", "Motivated", "Nevertheless", "Next", "Notably", "On", "One", "Our", "Overall", "Prior", "Recent", "Recently",
        "Results", "Second",
        "Several", "Since", "Some", "Specifically", "Such", "That", "The", "Their", "Then", "Theoretically", "There", "Therefore", "These", "They",
        "This", "Those",
        "Though", "Through", "Thus", "To", "Together", "Traditional", "Trained", "Two", "Under", "Unfortunately", "Unlike", "Using", "We", "What",
        "When", "Where",
        "Whereas", "Which", "While", "Why", "With", "Without", "Yet");

    /// <summary>Returns the non-empty sentences in order. Linear in the length of the text.</summary>
    public static List<string> Of(string text)
    {
        var sentences = new List<string>();
        var start = 0;
        var i = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (c == '\n' && IsParagraphBreak(text, i))
            {
                Add(text, ref start, i, sentences);
                i++;
            }
            else if (SkipSpan(text, i) is var after && after > i)
            {
                i = after;

                // "... at a rate of $1/n.$ We then", "(See below.) We then": the full stop is inside.
                if (text[after - 2] == '.' && OpensSentence(text, after))
                    Add(text, ref start, after, sentences);
            }
            else if (c is '.' or '!' or '?')
            {
                var end = AfterClosers(text, i + 1);
                if (IsEnd(text, start, i, end))
                    Add(text, ref start, end, sentences);
                i = end;
            }
            else
            {
                i += c == '\\' ? 2 : 1;
            }
        }

        Add(text, ref start, text.Length, sentences);
        return sentences;
    }

    private static void Add(string text, ref int start, int end, List<string> sentences)
    {
        var sentence = text.AsSpan(start, end - start).Trim();
        if (sentence.Length > 0)
            sentences.Add(sentence.ToString());
        start = end;
    }

    /// <summary>
    /// Whether a line break starts a paragraph. arXiv indents new paragraphs; other line breaks are the hard wrapping of its older format, unless a
    /// list item follows.
    /// </summary>
    private static bool IsParagraphBreak(string text, int newline)
    {
        var next = newline + 1;
        if (next >= text.Length)
            return true;
        if (text[next] is '\n' or '\r' || (text[next] == ' ' && next + 1 < text.Length && text[next + 1] == ' '))
            return true;
        return text[next] is '-' or '*' or '•' && next + 1 < text.Length && text[next + 1] == ' ';
    }

    /// <summary>The index after the formula or short parenthesis that starts here, or <paramref name="i"/> when there is none.</summary>
    private static int SkipSpan(string text, int i)
    {
        switch (text[i])
        {
            case '$':
                var display = i + 1 < text.Length && text[i + 1] == '$';
                return SkipTo(text, i, i + (display ? 2 : 1), display ? "$$" : "$");
            case '\\' when i + 1 < text.Length && text[i + 1] is '(':
                return SkipTo(text, i, i + 2, "\\)");
            case '\\' when i + 1 < text.Length && text[i + 1] is '[':
                return SkipTo(text, i, i + 2, "\\]");
            case '(' or '[':
                return SkipParenthesis(text, i);
            default:
                return i;
        }
    }

    private static int SkipTo(string text, int from, int contentStart, string closer)
    {
        var limit = Math.Min(text.Length, contentStart + SpanLimit);
        for (var i = contentStart; i < limit; i++)
        {
            if (text[i] == '\\' && closer[0] != '\\')
            {
                i++;
                continue;
            }

            // Two dollar amounts are no formula: a sentence ends between them.
            if (text[i] == '\n' && IsParagraphBreak(text, i))
                return from;
            if (text[i] == '.' && i > contentStart && char.IsAsciiLetterLower(text[i - 1]) && OpensSentence(text, i + 1))
                return from;
            if (string.CompareOrdinal(text, i, closer, 0, closer.Length) == 0)
                return i + closer.Length;
        }

        return from;
    }

    private static int SkipParenthesis(string text, int open)
    {
        var limit = Math.Min(text.Length, open + SpanLimit);
        var depth = 0;
        for (var i = open; i < limit; i++)
        {
            switch (text[i])
            {
                case '(' or '[':
                    depth++;
                    break;
                case ')' or ']':
                    if (--depth == 0)
                        return i + 1;
                    break;
                case '\n' when IsParagraphBreak(text, i):
                    return open;
                default:
                    break;
            }
        }

        return open;
    }

    private static int AfterClosers(string text, int i)
    {
        while (i < text.Length && text[i] is '.' or '!' or '?' or ')' or ']' or '}' or '"' or '\'' or '”' or '’' or '*')
            i++;
        return i;
    }

    private static bool IsEnd(string text, int start, int stop, int end)
    {
        if (end >= text.Length)
            return true;
        var known = OpensSentence(text, end);
        if (!char.IsWhiteSpace(text[end]))
        {
            // "...in this work.We propose": the space is missing. Not inside a URL or a file name.
            return known && end == stop + 1 && stop > 0 && char.IsAsciiLetterLower(text[stop - 1])
                && WordBefore(text, start, stop).IndexOfAny('/', ':', '_') < 0;
        }

        var next = end;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
            next++;
        if (next >= text.Length)
            return true;
        if (char.IsLower(text[next]))
            return false;
        if (text[stop] != '.')
            return true;

        var word = WordBefore(text, start, stop).TrimStart("([{\"'`“‘");
        if (word.IsEmpty)
            return !text.AsSpan(start, stop - start).Trim().IsEmpty;
        if (abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
            return false;
        if (ambiguous.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
            return known;

        // "2. Second step": the number of a list item, when nothing precedes it.
        if (word.IndexOfAnyExceptInRange('0', '9') < 0 && text.AsSpan(start, stop - start).Trim().Length == word.Length)
            return false;

        // Initials ("J. Smith") and dotted acronyms ("U.S. Census").
        if ((word.Length == 1 && char.IsUpper(word[0])) || (word.Length >= 3 && word[^2] == '.' && char.IsLetter(word[^1])))
            return known;
        return true;
    }

    /// <summary>Whether a typical first word of a sentence follows after white space.</summary>
    private static bool OpensSentence(string text, int i)
    {
        while (i < text.Length && char.IsWhiteSpace(text[i]))
            i++;
        var end = i;
        while (end < text.Length && end - i < 16 && char.IsAsciiLetter(text[end]))
            end++;
        return openers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text.AsSpan(i, end - i));
    }

    private static ReadOnlySpan<char> WordBefore(string text, int start, int stop)
    {
        var begin = stop;
        while (begin > start && stop - begin < 80 && !char.IsWhiteSpace(text[begin - 1]))
            begin--;
        return text.AsSpan(begin, stop - begin);
    }
}
