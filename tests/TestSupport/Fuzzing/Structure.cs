namespace Denoised.TestSupport.Fuzzing;

/// <summary>Finds the parts of inputs, as far as they can be told; what is found may be nested.</summary>
internal static class Structure
{
    /// <summary>Elements of XML and HTML, from tag to tag, and single tags.</summary>
    public static IReadOnlyList<(int Start, int End)> Markup(string text)
    {
        var found = new List<(int, int)>();
        var open = new List<(string Name, int Start)>();
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0; at = text.IndexOf('<', at + 1))
        {
            var end = text.IndexOf('>', at);
            if (end < 0)
                break;
            var isClosing = at + 1 < text.Length && text[at + 1] == '/';
            var nameStart = isClosing ? at + 2 : at + 1;
            var nameEnd = nameStart;
            while (nameEnd < end && text[nameEnd] is not (' ' or '\n' or '\t' or '/' or '>'))
                nameEnd++;
            var name = text[nameStart..nameEnd];
            if (isClosing)
            {
                var index = open.FindLastIndex(tag => tag.Name == name);
                if (index >= 0)
                {
                    found.Add((open[index].Start, end + 1));
                    open.RemoveRange(index, open.Count - index);
                }
            }
            else
            {
                found.Add((at, end + 1));
                if (open.Count < 500)
                    open.Add((name, at));
            }
        }

        return found;
    }

    /// <summary>Values of JSON: texts, arrays, objects, and names with their values.</summary>
    public static IReadOnlyList<(int Start, int End)> Json(string text)
    {
        var found = new List<(int, int)>();
        var open = new Stack<int>();
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"':
                    var start = at++;
                    while (at < text.Length && text[at] != '"')
                        at += text[at] == '\\' ? 2 : 1;
                    found.Add((start, Math.Min(text.Length, at + 1)));
                    break;
                case '{' or '[':
                    open.Push(at);
                    break;
                case '}' or ']' when open.TryPop(out var began):
                    found.Add((began, at + 1));
                    break;
            }
        }

        return found;
    }

    /// <summary>Parts of a path, names and values of a query, lines of headers.</summary>
    public static IReadOnlyList<(int Start, int End)> Query(string text)
    {
        var found = new List<(int, int)>();
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] is not ('/' or '?' or '&' or '=' or ',' or '\n' or ':'))
                continue;
            if (at > start)
                found.Add((start, at));
            start = at + 1;
        }

        return found;
    }

    /// <summary>Objects, streams, dictionaries and names of a PDF.</summary>
    public static IReadOnlyList<(int Start, int End)> Pdf(string text)
    {
        var found = new List<(int, int)>();
        Between(" obj", "endobj");
        Between("stream", "endstream");
        Between("<<", ">>");
        Between("[", "]");
        Between("(", ")");
        for (var at = text.IndexOf('/', StringComparison.Ordinal); at >= 0 && found.Count < 20_000; at = text.IndexOf('/', at + 1))
        {
            var end = at + 1;
            while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
                end++;
            found.Add((at, end));
        }

        return found;

        void Between(string first, string last)
        {
            for (var at = text.IndexOf(first, StringComparison.Ordinal); at >= 0 && found.Count < 10_000; at = text.IndexOf(first, at + 1, StringComparison.Ordinal))
            {
                var end = text.IndexOf(last, at + first.Length, StringComparison.Ordinal);
                if (end < 0)
                    return;
                found.Add((at, end + last.Length));
            }
        }
    }
}
