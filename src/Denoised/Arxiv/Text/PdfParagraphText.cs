using System.Text;

namespace Denoised.Arxiv.Text;

/// <summary>Joins the lines of a paragraph. A hyphen at a line's end goes, unless the paper writes the word with it elsewhere.</summary>
internal sealed class PdfParagraphText
{
    private readonly HashSet<string> words = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="lines">All lines of the paper: the words within them tell which compounds have a hyphen.</param>
    public PdfParagraphText(IEnumerable<PdfLine> lines)
    {
        foreach (var line in lines)
        {
            var tokens = line.Text.Split(' ');
            for (var index = 0; index < tokens.Length; index++)
            {
                // The last word of a line may be the half of one.
                if (index < tokens.Length - 1 || !tokens[index].EndsWith('-'))
                    words.Add(Bare(tokens[index]));
            }
        }
    }

    public string Join(IEnumerable<string> lines)
    {
        StringBuilder text = new();
        foreach (var line in lines)
        {
            if (line.Length == 0)
                continue;
            if (text.Length == 0)
                text.Append(line);
            else if (EndsWithHyphen(text) && char.IsLetter(line[0]))
                JoinHyphen(text, line);
            else if (IsOpenEnded(text))
                text.Append(line);
            else
                text.Append(' ').Append(line);
        }

        return text.ToString();
    }

    private static bool EndsWithHyphen(StringBuilder text) =>
        text.Length > 1 && text[^1] is '-' or '‐' or '\u00AD' && char.IsLetter(text[^2]);

    // "34-" and "layer"; an address that goes on after a slash.
    private static bool IsOpenEnded(StringBuilder text)
    {
        if (text.Length > 1 && text[^1] == '-' && char.IsAsciiDigit(text[^2]))
            return true;
        if (text[^1] != '/')
            return false;
        var last = text.ToString(Math.Max(0, text.Length - 100), Math.Min(100, text.Length));
        return last[(last.LastIndexOf(' ') + 1)..].Contains("://", StringComparison.Ordinal);
    }

    private void JoinHyphen(StringBuilder text, string line)
    {
        var start = text.Length - 1;
        while (start > 0 && text[start - 1] != ' ')
            start--;
        var first = text.ToString(start, text.Length - 1 - start);
        var second = line.Split(' ', 2)[0];
        var whole = Bare(first + second);
        var compound = Bare($"{first}-{second}");
        var keeps = text[^1] != '\u00AD' && !words.Contains(whole)
            && (words.Contains(compound) || AreWords(first, second) || first.Contains('-', StringComparison.Ordinal) || char.IsUpper(line[0]) || second.Contains('-', StringComparison.Ordinal));
        if (!keeps)
            text.Length--;
        text.Append(line);
    }

    // "sequence-" and "aligned" are words of the paper, so the hyphen is the author's; "archi-" and "tecture" are none.
    private bool AreWords(string first, string second) =>
        Bare(first).Length > 2 && Bare(second).Length > 2 && words.Contains(Bare(first)) && words.Contains(Bare(second));

    private static string Bare(string word) => word.Trim('.', ',', ';', ':', '(', ')', '[', ']', '"', '\'', '“', '”', '‘', '’', '?', '!');
}
