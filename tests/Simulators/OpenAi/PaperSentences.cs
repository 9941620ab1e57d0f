using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Denoised.Simulators.OpenAi;

/// <summary>A verbatim sentence of a paper, with normalized white space.</summary>
/// <param name="Text">The text.</param>
/// <param name="Number">The sentence's number in the prompt (<c>[s12]</c>); 0 if it has none.</param>
/// <param name="Position">The index among all extracted sentences.</param>
internal sealed record PaperSentence(string Text, int Number, int Position)
{
    public int Words { get; } = Text.Count(static c => c == ' ') + 1;

    public bool HasDigit { get; } = Text.Any(char.IsAsciiDigit);
}

/// <summary>Extracts sentences from a prompt that contains a paper's text.</summary>
internal static partial class PaperSentences
{
    /// <summary>
    /// Extracts all quotable sentences of at least seven words: without links and markup, and without TeX if enough others remain.
    /// </summary>
    public static IReadOnlyList<PaperSentence> Read(string prompt)
    {
        var text = Body(prompt);
        var all = new List<PaperSentence>();
        var paragraph = new StringBuilder();
        foreach (var line in text.Split('\n').Append(""))
        {
            var trimmed = line.Trim();
            var isHeading = IsHeading(trimmed) && paragraph.Length == 0;
            if (trimmed.Length > 0 && !isHeading && !trimmed.StartsWith('#'))
            {
                paragraph.Append(paragraph.Length > 0 ? " " : "").Append(trimmed);
                continue;
            }

            Split(paragraph.ToString(), all);
            paragraph.Clear();
        }

        var plain = all.FindAll(static s => s.Text.IndexOfAny(['$', '\\', '{', '}', '_', '^']) < 0);
        return plain.Count >= 4 ? plain : all;
    }

    /// <summary>Gets the number of the sentence at a position of the prompt; 0 if there is none.</summary>
    public static int NumberAt(string prompt, int place) =>
        Number().Matches(prompt[..place]).LastOrDefault() is { } last && !prompt.AsSpan(last.Index, place - last.Index).Contains("\n\n", StringComparison.Ordinal)
            ? int.Parse(last.Groups["number"].ValueSpan, CultureInfo.InvariantCulture)
            : 0;

    /// <summary>Removes the sentence numbers from a prompt.</summary>
    public static string WithoutNumbers(string prompt) => Number().Replace(prompt, "");

    // The longest tagged block is the paper; without tags, the whole prompt is.
    private static string Body(string prompt)
    {
        var longest = Tagged().Matches(prompt).Select(static m => m.Groups["body"].Value).MaxBy(static body => body.Length);
        return longest is not null && longest.Length > prompt.Length / 3 ? longest : prompt;
    }

    private static bool IsHeading(string line) =>
        line.StartsWith('#') || (!line.StartsWith("[s", StringComparison.Ordinal) && line.Length is > 0 and < 100 && line[^1] is not ('.' or '!' or '?' or ':' or ',') && line.Count(static c => c == ' ') < 10);

    private static void Split(string paragraph, List<PaperSentence> all)
    {
        if (paragraph.Length == 0 || Metadata().IsMatch(paragraph))
            return;
        var text = Label().Replace(Spaces().Replace(paragraph, " "), "");
        var numbers = Number().Matches(text).ToList();
        if (numbers.Count == 0)
            SplitPart(text, 0, all);
        for (var index = 0; index < numbers.Count; index++)
        {
            var start = numbers[index].Index + numbers[index].Length;
            var end = index + 1 < numbers.Count ? numbers[index + 1].Index : text.Length;
            SplitPart(text[start..end].Trim(), int.Parse(numbers[index].Groups["number"].ValueSpan, CultureInfo.InvariantCulture), all);
        }
    }

    private static void SplitPart(string part, int number, List<PaperSentence> all)
    {
        foreach (var sentence in SentenceEnd().Split(part))
        {
            var words = sentence.Count(static c => c == ' ') + 1;
            if (words is >= 7 and <= 90 && !Unquotable().IsMatch(sentence) && sentence.Count(char.IsLetter) > sentence.Length / 2)
                all.Add(new PaperSentence(sentence, number, all.Count));
        }
    }

    [GeneratedRegex(@"\[s(?<number>\d{1,6})\] ", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Number();

    [GeneratedRegex(@"<(?<tag>[a-zA-Z_-]+)[^<>]*>(?<body>.*?)</\k<tag>>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Tagged();

    [GeneratedRegex(@"^\W*(title|authors?|arxiv|categor\w+|comments?|id)\s*:", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Metadata();

    // Labels are added by the prompt and are not part of the paper.
    [GeneratedRegex(@"^(abstract|text|paper)\s*:\s*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Label();

    // A full stop before a capital letter, except after a single letter ("J. Doe") or an abbreviation such as "al.", "e.g." or "Fig.".
    [GeneratedRegex(@"(?<=[.!?][""')\]]?)(?<!\b(\w|al|e\.g|i\.e|cf|vs|Fig|Eq|Sec|Tab|resp|approx)\.)\s+(?=[""'(]?[A-Z])", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"https?:|www\.|[<>|*`]|\bIMPORTANT\b|\bSYSTEM\b|arXiv:", RegexOptions.None, 2000)]
    private static partial Regex Unquotable();

    [GeneratedRegex(@"\s+", RegexOptions.None, 2000)]
    private static partial Regex Spaces();
}
