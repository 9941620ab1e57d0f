using System.Text;
using Denoised.Arxiv.Feeds;

namespace Denoised.PaperText.Pdf;

/// <summary>Joins the lines of a paragraph. Removes the hyphen at a line end, unless the paper hyphenates the word elsewhere.</summary>
internal sealed class PdfParagraphText
{
    private readonly Dictionary<string, int> words = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="lines">All lines of the paper. The words within them show which compounds are hyphenated.</param>
    public PdfParagraphText(IEnumerable<PdfLine> lines)
    {
        var isBroken = false;
        foreach (var line in lines)
        {
            var tokens = line.Text.Split(' ');
            for (var index = isBroken ? 1 : 0; index < tokens.Length; index++)
            {
                // The last word of a line and the first word of the next may be halves of one word. E-mail addresses and URLs are not words.
                if (!tokens[index].Contains('@', StringComparison.Ordinal) && !tokens[index].Contains("://", StringComparison.Ordinal)
                    && !tokens[index].Contains("www.", StringComparison.Ordinal))
                {
                    Add(tokens[index], isHalf: index == tokens.Length - 1 && tokens[index].EndsWith('-'));
                }
            }

            isBroken = line.Text.EndsWith('-');
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
            else if (IsOpenEnded(text, line))
                text.Append(line);
            else
                text.Append(' ').Append(line);
        }

        return text.ToString();
    }

    private void Add(string token, bool isHalf)
    {
        for (var start = 0; start < token.Length;)
        {
            var length = WordAt(token, start);
            if (length > 0 && !(isHalf && start + length == token.Length))
            {
                var word = token.Substring(start, length).Trim('-', '\'', '’');
                words[word] = Count(word) + 1;
                foreach (var part in word.Contains('-', StringComparison.Ordinal) ? word.Split('-') : [])
                    words.TryAdd(part, 1);
            }

            start += length + 1;
        }
    }

    private int Count(string word) => words.GetValueOrDefault(word);

    private static bool EndsWithHyphen(StringBuilder text) =>
        text.Length > 1 && text[^1] is '-' or '‐' or '\u00AD' && char.IsLetter(text[^2]);

    // "34-" and "layer", "CIFAR-" and "10", or a URL that continues after a slash.
    private static bool IsOpenEnded(StringBuilder text, string line)
    {
        if (text.Length > 1 && text[^1] == '-' && (char.IsAsciiDigit(text[^2]) || char.IsLetter(text[^2]) && char.IsAsciiDigit(line[0])))
            return true;
        if (text[^1] != '/')
            return false;
        var last = text.ToString(Math.Max(0, text.Length - 100), Math.Min(100, text.Length));
        return last[(last.LastIndexOf(' ') + 1)..].Contains("://", StringComparison.Ordinal);
    }

    private void JoinHyphen(StringBuilder text, string line)
    {
        var start = text.Length - 1;
        while (start > 0 && IsWordCharacter(text[start - 1]))
            start--;
        var first = text.ToString(start, text.Length - 1 - start);
        var second = line[..WordAt(line, 0)].TrimEnd('-', '\'', '’');

        // "data- and model-parallel"
        if (second is "and" or "or" && Count(first) > 0 && Count(first + second) == 0)
        {
            text.Append(' ').Append(line);
            return;
        }

        var (compound, whole) = (Count($"{first}-{second}"), Count(first + second));
        var keeps = text[^1] != '\u00AD' && (compound > whole
            || whole == 0
            && (AreWords(first, second) || first.Contains('-', StringComparison.Ordinal) || char.IsUpper(line[0])
                || second.Contains('-', StringComparison.Ordinal) || IsAbbreviation(first)));
        if (!keeps)
            text.Length--;
        text.Append(line);
    }

    // Both "sequence-" and "aligned" occur as words in the paper, so the author wrote the hyphen; "archi-" and "tecture" do not. A frequent long
    // word may also form a compound only once.
    private bool AreWords(string first, string second) =>
        first.Length > 2 && second.Length > 2 && Count(first) > 0 && Count(second) > 0 || first.Length > 5 && second.Length > 4 && Count(first) > 2;

    // "IO-" and "aware": typesetters do not hyphenate capitals.
    private static bool IsAbbreviation(string first) => first.Length > 1 && first.All(character => char.IsUpper(character) || char.IsAsciiDigit(character));

    private static bool IsWordCharacter(char character) => char.IsLetterOrDigit(character) || character is '-' or '\'' or '’';

    private static int WordAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && IsWordCharacter(text[end]))
            end++;
        return end - start;
    }
}
