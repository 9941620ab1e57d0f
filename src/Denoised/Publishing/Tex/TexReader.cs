using System.Text;
using Denoised.Arxiv.Feeds;
using Denoised.Text;

namespace Denoised.Publishing.Tex;

/// <summary>
/// Reads the TeX that stands in titles and abstracts: maths between dollars, accents, some commands; of the others it leaves the name.
/// <c>frontend/src/maths/tex.ts</c> reads the same, and both pass <c>frontend/test/tex-cases.json</c>.
/// </summary>
internal sealed class TexReader
{
    // Groups deeper than this are text, and so is maths longer than this: hostile text must not cost more than its length.
    private const int MaxDepth = 20;
    private const int MaxMaths = 2_000;

    private static readonly string[] opening = ["$$", "$", @"\(", @"\[", @"\begin{equation}", @"\begin{equation*}", @"\begin{displaymath}", @"\begin{math}"];

    private readonly string text;
    private readonly int end;
    private readonly int depth;
    private readonly Dictionary<int, int> ends;
    private readonly int lastQuote;
    private readonly List<TexPiece> pieces = [];
    private readonly StringBuilder plain = new();
    private int at;
    private bool isQuoted;

    private TexReader(string text, int at, int end, int depth, Dictionary<int, int> ends, int lastQuote)
    {
        this.text = text;
        this.at = at;
        this.end = end;
        this.depth = depth;
        this.ends = ends;
        this.lastQuote = lastQuote;
    }

    /// <summary>A text's formulas and what stands between them.</summary>
    public static IReadOnlyList<TexPiece> Read(string text) =>
        new TexReader(text, 0, text.Length, 0, GroupEnds(text), text.LastIndexOf("''", StringComparison.Ordinal)).Read();

    /// <summary>A text without its TeX; maths stays as its authors wrote it.</summary>
    public static string PlainText(string text) => string.Concat(Read(text).Select(piece => piece.Text));

    private static Dictionary<int, int> GroupEnds(string text)
    {
        var groups = new Dictionary<int, int>();
        var open = new Stack<int>();
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\')
                index++;
            else if (text[index] == '{')
                open.Push(index);
            else if (text[index] == '}' && open.TryPop(out var start))
                groups[start] = index;
        }

        return groups;
    }

    private List<TexPiece> Read()
    {
        while (at < end)
        {
            if (TryMaths() || TryCommand() || TryGroup())
                continue;

            var sign = text[at];
            var typed = Typed();
            if (sign == '~' && IsTie())
            {
                if (!char.IsWhiteSpace(After(1)))
                    Blank();
                at++;
            }
            else if (typed.Length > 0 && (typed == "``" ? lastQuote > at : typed != "''" || isQuoted))
            {
                plain.Append(typed switch { "---" => '—', "--" => '–', "``" => '“', _ => '”' });
                isQuoted = typed == "``";
                at += typed.Length;
            }
            else
            {
                plain.Append(sign);
                at++;
            }
        }

        Flush();
        return pieces;
    }

    private char After(int count) => at + count < text.Length ? text[at + count] : ' ';

    private bool StartsWith(string value, int from) => from + value.Length <= end && string.CompareOrdinal(text, from, value, 0, value.Length) == 0;

    private int SkipWhile(int from, Func<char, bool> isPart)
    {
        while (from < end && isPart(text[from]))
            from++;
        return from;
    }

    /// <summary>A dash or a quotation mark made of several signs, or nothing.</summary>
    private string Typed()
    {
        if (StartsWith("---", at) && After(3) != '-')
            return "---";
        if (StartsWith("--", at) && (char.IsAsciiDigit(After(2)) || (at + 2 < text.Length && char.IsWhiteSpace(text[at + 2]))))
            return "--";
        return StartsWith("``", at) ? "``" : StartsWith("''", at) ? "''" : "";
    }

    private void Flush()
    {
        if (plain.Length > 0)
            pieces.Add(new TexPiece(plain.ToString(), IsMaths: false));
        plain.Clear();
    }

    /// <summary>A blank, unless the text begins here or has one already.</summary>
    private void Blank()
    {
        if (plain.Length > 0 ? !char.IsWhiteSpace(plain[^1]) : pieces.Count > 0)
            plain.Append(' ');
    }

    private void SkipBlanks() => at = SkipWhile(at, char.IsWhiteSpace);

    /// <summary>What leaves at most a blank.</summary>
    private void DropCommand()
    {
        SkipBlanks();
        Blank();
    }

    private void AddInside(int from, int to)
    {
        Flush();
        pieces.AddRange(new TexReader(text, from, to, depth + 1, ends, lastQuote).Read());
    }

    /// <summary>The group that stands here or behind blanks, as its inner range; null where there is none.</summary>
    private (int From, int End)? Argument()
    {
        var open = SkipWhile(at, char.IsWhiteSpace);
        return depth < MaxDepth && ends.TryGetValue(open, out var close) && close < end ? (open + 1, close) : null;
    }

    private bool TryMaths()
    {
        if (Array.Find(opening, mark => StartsWith(mark, at)) is not { } open || (open == "$" && at + 1 < text.Length && char.IsWhiteSpace(text[at + 1])))
            return false;

        var close = open switch { @"\(" => @"\)", @"\[" => @"\]", ['$', ..] => open, _ => open.Replace("begin", "end", StringComparison.Ordinal) };
        var from = at + open.Length;
        if (MathsEnd(from, close) is var mathsEnd && mathsEnd > from)
        {
            Flush();
            pieces.Add(new TexPiece(text[at..(mathsEnd + close.Length)], IsMaths: true));
            at = mathsEnd + close.Length;
            return true;
        }

        if (!open.StartsWith('$'))
            return false;
        plain.Append(open);
        at = from;
        return true;
    }

    /// <summary>Where the maths that opens at a place ends (the place of its closing mark), or -1.</summary>
    private int MathsEnd(int from, string close)
    {
        var last = Math.Min(end, from + MaxMaths) - close.Length;
        for (var place = from; place <= last; place++)
        {
            if (StartsWith(close, place))
            {
                // Money is no maths: nothing closes behind a blank ("$5 to $"), and no amount before another ("$5/$10").
                var isMoney = close == "$" && (char.IsWhiteSpace(text[place - 1]) || (char.IsAsciiDigit(text[from]) && place + 1 < text.Length && char.IsAsciiDigit(text[place + 1])));
                return isMoney ? -1 : place;
            }

            if (text[place] == '\\')
                place++;
        }

        return -1;
    }

    private bool TryCommand()
    {
        if (text[at] != '\\')
            return false;

        var nameEnd = SkipWhile(at + 1, char.IsAsciiLetter);
        if (Accented() is { } accented)
        {
            plain.Append(accented.Text);
            at = accented.End;
        }
        else if (nameEnd == at + 2 && StartsWith("{", nameEnd) && SkipWhile(nameEnd + 1, char.IsAsciiLetterLower) is var wordEnd && StartsWith("}", wordEnd)
            && TexCommands.Symbols.TryGetValue(text[at + 1] + text[(nameEnd + 1)..wordEnd], out var symbol))
        {
            // arXiv reads ρ as an accent that was typed: "\r{ho}".
            plain.Append(symbol);
            at = wordEnd + 1;
        }
        else if (nameEnd > at + 1)
        {
            var name = text[(at + 1)..nameEnd];
            at = StartsWith("*", nameEnd) ? nameEnd + 1 : nameEnd;
            ReadNamed(name);
        }
        else
        {
            ReadSign();
        }

        return true;
    }

    /// <summary>A letter with the accent that the command here puts on it: <c>\'e</c>, <c>\c c</c>, <c>\"{\i}</c>; and where it ends.</summary>
    private (string Text, int End)? Accented()
    {
        if (!TexCommands.Accents.TryGetValue(After(1).ToString(), out var mark))
            return null;

        var from = at + 2;
        var letter = SkipWhile(from, char.IsWhiteSpace);
        var isGroup = StartsWith("{", letter);
        if (isGroup)
            letter = SkipWhile(letter + 1, char.IsWhiteSpace);
        else if ((letter == from) == char.IsAsciiLetter(text[from - 1]))
            return null;

        if (StartsWith(@"\", letter))
            letter++;
        if (letter >= end || !char.IsAsciiLetter(text[letter]))
            return null;

        var after = letter + 1;
        if (isGroup)
        {
            after = SkipWhile(after, char.IsWhiteSpace);
            if (!StartsWith("}", after++))
                return null;
        }

        return (Characters.Composed(text[letter], mark)?.ToString() ?? $"{text[letter]}{mark}", after);
    }

    /// <summary>A backslash before no letter.</summary>
    private void ReadSign()
    {
        var sign = at + 1 < text.Length ? text[at + 1] : '\0';
        at += 2;
        if (sign is ',' or ';' or ':')
            plain.Append(char.IsWhiteSpace(After(0)) ? "" : "\u202F");
        else if (sign == '\\' || char.IsWhiteSpace(sign))
            DropCommand();
        else if (sign is not ('\0' or '!' or '@' or '/'))
            plain.Append(sign);
    }

    private void ReadNamed(string name)
    {
        var from = at - name.Length - (text[at - 1] == '*' ? 1 : 0);
        if (TexCommands.Letters.TryGetValue(name, out var letter))
        {
            // The blank that ends a command is not text.
            SkipBlanks();
            plain.Append(letter);
        }
        else if (TexCommands.Symbols.TryGetValue(name, out var symbol))
        {
            // The abbreviation's own full stop may stand behind it.
            plain.Append(symbol.EndsWith('.') && After(0) == '.' ? symbol[..^1] : symbol);
        }
        else if (TexCommands.Switches.Contains(name))
        {
            SkipBlanks();
            if (depth > 0)
            {
                AddInside(at, end);
                at = end;
            }
        }
        else if (TexCommands.Drop.Contains(name))
        {
            DropCommand();
        }
        else if (name == "item")
        {
            Blank();
            plain.Append('•');
        }
        else if (!TryWithArgument(name))
        {
            plain.Append(text, from, at - from);
        }

        if (StartsWith("{}", at))
            at += 2;
    }

    /// <summary>A command that is nothing without what stands in braces behind it.</summary>
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
            plain.Append('[').AppendJoin(", ", Unescaped(from, to).Split(',', StringSplitOptions.TrimEntries)).Append(']');
        }
        else if (name == "url")
        {
            Flush();
            pieces.Add(new TexPiece(Unescaped(from, to), IsMaths: false));
        }
        else
        {
            while (isNote && plain.Length > 0 && char.IsWhiteSpace(plain[^1]))
                plain.Length--;
            plain.Append(isNote ? " (" : "");
            AddInside(from, to);
            plain.Append(isNote ? ")" : "");
        }

        return true;
    }

    private int? OptionEnd()
    {
        var open = SkipWhile(at, char.IsWhiteSpace);
        var close = StartsWith("[", open) ? SkipWhile(open + 1, letter => letter is not ('[' or ']')) : end;
        return StartsWith("]", close) ? close + 1 : null;
    }

    /// <summary>An address or names, without the backslashes that TeX wants before some signs.</summary>
    private string Unescaped(int from, int to)
    {
        var result = new StringBuilder(text, from, to - from, to - from);
        foreach (var sign in "#%&_~")
            result.Replace($@"\{sign}", sign.ToString());
        return result.ToString();
    }

    /// <summary>Braces around a command ({\"o}, {\em so}), a comma between digits (10{,}000), or nothing.</summary>
    private bool TryGroup()
    {
        if (depth >= MaxDepth || !ends.TryGetValue(at, out var close) || close >= end)
            return false;
        if (text[at + 1] == '\\')
            AddInside(at + 1, close);
        else if (close == at + 2 && text[at + 1] == ',')
            plain.Append(',');
        else if (close != at + 1)
            return false;
        at = close + 1;
        return true;
    }

    /// <summary>A tie ("Figure~1"), which is no "about" ("~20 %", "5~10") and no home in an address ("/~ada").</summary>
    private bool IsTie()
    {
        var before = at > 0 ? text[at - 1] : ' ';
        var after = After(1);
        return char.IsAsciiDigit(before)
            ? char.IsLetter(after) || after is '\\' or '$' or '('
            : (char.IsLetter(before) || ".,;:)]}$'\"”".Contains(before, StringComparison.Ordinal))
                && (char.IsLetter(after) || char.IsNumber(after) || char.IsWhiteSpace(after) || @"\$([{".Contains(after, StringComparison.Ordinal));
    }
}
