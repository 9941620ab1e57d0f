namespace Denoised.Publishing.Tex;

/// <summary>
/// Reads the TeX in titles and abstracts: formulas between dollars, accents and some commands; of other commands it keeps the name.
/// <c>frontend/src/maths/tex.ts</c> implements the same, and both pass <c>frontend/test/tex-cases.json</c>.
/// </summary>
internal sealed class TexReader
{
    // Deeper groups are text: the cost of a hostile text must stay linear in its length.
    private const int MaxDepth = 20;

    private readonly TexText text;
    private readonly int depth;
    private readonly Dictionary<int, int> ends;
    private readonly int lastQuote;
    private readonly TexPieces pieces = new();
    private int at;
    private bool isQuoted;

    private TexReader(TexText text, int at, int depth, Dictionary<int, int> ends, int lastQuote)
    {
        this.text = text;
        this.at = at;
        this.depth = depth;
        this.ends = ends;
        this.lastQuote = lastQuote;
    }

    /// <summary>The formulas of a text and the plain text between them.</summary>
    public static IReadOnlyList<TexPiece> Read(string text) =>
        new TexReader(new TexText(text, text.Length), 0, 0, TexText.GroupEnds(text), text.LastIndexOf("''", StringComparison.Ordinal)).Read();

    /// <summary>The text without TeX. Formulas stay as their authors wrote them.</summary>
    public static string PlainText(string text) => string.Concat(Read(text).Select(piece => piece.Text));

    private List<TexPiece> Read()
    {
        while (at < text.End)
        {
            if (TryMaths() || TryCommand() || TryGroup())
                continue;

            var sign = text[at];
            var typed = TexTypography.MarkAt(text, at);
            if (sign == '~' && TexTypography.IsTie(text, at))
            {
                if (!char.IsWhiteSpace(After(1)))
                    pieces.AppendSpace();
                at++;
            }
            else if (typed.Length > 0 && (typed == "``" ? lastQuote > at : typed != "''" || isQuoted))
            {
                pieces.Append(typed switch { "---" => '—', "--" => '–', "``" => '“', _ => '”' });
                isQuoted = typed == "``";
                at += typed.Length;
            }
            else
            {
                pieces.Append(sign);
                at++;
            }
        }

        return pieces.ToList();
    }

    private char After(int count) => text.At(at + count);

    private void SkipBlanks() => at = text.SkipWhile(at, char.IsWhiteSpace);

    /// <summary>Drops a command, which leaves at most a space.</summary>
    private void DropCommand()
    {
        SkipBlanks();
        pieces.AppendSpace();
    }

    private void AddInside(int from, int to)
    {
        pieces.Add(new TexReader(text.Until(to), from, depth + 1, ends, lastQuote).Read());
    }

    /// <summary>The inner range of the group at the current position or after spaces; null if there is none.</summary>
    private (int From, int End)? Argument()
    {
        var open = text.SkipWhile(at, char.IsWhiteSpace);
        return depth < MaxDepth && ends.TryGetValue(open, out var close) && close < text.End ? (open + 1, close) : null;
    }

    private bool TryMaths()
    {
        if (TexMaths.OpeningAt(text, at) is not { } open)
            return false;

        var close = TexMaths.ClosingOf(open);
        var from = at + open.Length;
        if (TexMaths.EndOf(text, from, close) is var mathsEnd && mathsEnd > from)
        {
            pieces.Add(new TexPiece(text.Slice(at, mathsEnd + close.Length), IsMaths: true));
            at = mathsEnd + close.Length;
            return true;
        }

        if (!open.StartsWith('$'))
            return false;
        pieces.Append(open);
        at = from;
        return true;
    }

    private bool TryCommand()
    {
        if (text[at] != '\\')
            return false;

        var nameEnd = text.SkipWhile(at + 1, char.IsAsciiLetter);
        if (TexAccents.Read(text, at) is { } accented)
        {
            pieces.Append(accented.Text);
            at = accented.End;
        }
        else if (nameEnd == at + 2 && text.StartsWith("{", nameEnd) && text.SkipWhile(nameEnd + 1, char.IsAsciiLetterLower) is var wordEnd
            && text.StartsWith("}", wordEnd)
            && TexCommands.Symbols.TryGetValue(text[at + 1] + text.Slice(nameEnd + 1, wordEnd), out var symbol))
        {
            // arXiv converts the command for ρ to an accent: "\r{ho}".
            pieces.Append(symbol);
            at = wordEnd + 1;
        }
        else if (nameEnd > at + 1)
        {
            var name = text.Slice(at + 1, nameEnd);
            at = text.StartsWith("*", nameEnd) ? nameEnd + 1 : nameEnd;
            ReadNamed(name);
        }
        else
        {
            ReadSign();
        }

        return true;
    }

    /// <summary>Reads a backslash before a character other than a letter.</summary>
    private void ReadSign()
    {
        var sign = at + 1 < text.Length ? text[at + 1] : '\0';
        at += 2;
        if (sign is ',' or ';' or ':')
            pieces.Append(char.IsWhiteSpace(After(0)) ? "" : "\u202F");
        else if (sign == '\\' || char.IsWhiteSpace(sign))
            DropCommand();
        else if (sign is not ('\0' or '!' or '@' or '/'))
            pieces.Append(sign);
    }

    private void ReadNamed(string name)
    {
        var from = at - name.Length - (text[at - 1] == '*' ? 1 : 0);
        if (TexCommands.Letters.TryGetValue(name, out var letter))
        {
            // The space that ends a command is not text.
            SkipBlanks();
            pieces.Append(letter);
        }
        else if (TexCommands.Symbols.TryGetValue(name, out var symbol))
        {
            // A full stop can follow the abbreviation's own one.
            pieces.Append(symbol.EndsWith('.') && After(0) == '.' ? symbol[..^1] : symbol);
        }
        else if (TexCommands.Switches.Contains(name))
        {
            SkipBlanks();
            if (depth > 0)
            {
                AddInside(at, text.End);
                at = text.End;
            }
        }
        else if (TexCommands.Drop.Contains(name))
        {
            DropCommand();
        }
        else if (name == "item")
        {
            pieces.AppendSpace();
            pieces.Append('•');
        }
        else if (!TryWithArgument(name))
        {
            pieces.Append(text.Slice(from, at));
        }

        if (text.StartsWith("{}", at))
            at += 2;
    }

    /// <summary>Reads a command with a required argument in braces.</summary>
    private bool TryWithArgument(string name)
    {
        var isCite = TexCommands.Cites.Contains(name);
        var isNote = TexCommands.Notes.Contains(name);
        var isSecond = TexCommands.SkipFirst.Contains(name);
        var isDropped = TexCommands.DropWithArgument.Contains(name);
        if (!isCite && !isNote && !isSecond && !isDropped && name is not ("url" or "hyperref") && !TexCommands.Styles.Contains(name))
            return false;

        var start = at;
        while ((isCite || name == "hyperref") && OptionEnd() is { } optionEnd)
            at = optionEnd;
        if (Argument() is not var (from, to))
        {
            at = start;
            return false;
        }

        at = to + 1;
        if (isSecond && Argument() is var (second, secondEnd))
        {
            AddInside(second, secondEnd);
            at = secondEnd + 1;
        }
        else if (isDropped)
        {
            DropCommand();
        }
        else if (isCite)
        {
            pieces.Append($"[{string.Join(", ", text.Unescaped(from, to).Split(',', StringSplitOptions.TrimEntries))}]");
        }
        else if (name == "url")
        {
            pieces.Add(new TexPiece(text.Unescaped(from, to), IsMaths: false));
        }
        else
        {
            if (isNote)
            {
                pieces.TrimEnd();
                pieces.Append(" (");
            }

            AddInside(from, to);
            if (isNote)
                pieces.Append(')');
        }

        return true;
    }

    private int? OptionEnd()
    {
        var open = text.SkipWhile(at, char.IsWhiteSpace);
        var close = text.StartsWith("[", open) ? text.SkipWhile(open + 1, letter => letter is not ('[' or ']')) : text.End;
        return text.StartsWith("]", close) ? close + 1 : null;
    }

    /// <summary>Reads braces around a command ({\"o}, {\em so}), a comma between digits (10{,}000), or an empty group.</summary>
    private bool TryGroup()
    {
        if (depth >= MaxDepth || !ends.TryGetValue(at, out var close) || close >= text.End)
            return false;
        if (text[at + 1] == '\\')
            AddInside(at + 1, close);
        else if (close == at + 2 && text[at + 1] == ',')
            pieces.Append(',');
        else if (close != at + 1)
            return false;
        at = close + 1;
        return true;
    }
}
