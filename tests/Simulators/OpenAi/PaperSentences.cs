using System.Text;
using System.Text.RegularExpressions;

namespace Denoised.Simulators.OpenAi;

/// <summary>A sentence of a paper, word for word (white space apart), with the heading it stands under.</summary>
internal sealed record PaperSentence(string Text, string? Section, int Position)
{
    public int Words { get; } = Text.Count(static c => c == ' ') + 1;

    public bool HasDigit { get; } = Text.Any(char.IsAsciiDigit);
}

/// <summary>Finds sentences in a prompt that holds a paper's text.</summary>
internal static partial class PaperSentences
{
    /// <summary>All sentences of at least seven words that can be quoted: no links, no markup, no TeX where enough others are left.</summary>
    public static IReadOnlyList<PaperSentence> Read(string prompt)
    {
        var text = Body(prompt);
        var all = new List<PaperSentence>();
        string? section = null;
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

            Split(paragraph.ToString(), section, all);
            paragraph.Clear();
            if (trimmed.Length > 0)
                section = HeadingMarks().Replace(trimmed, "");
        }

        var plain = all.FindAll(static s => s.Text.IndexOfAny(['$', '\\', '{', '}', '_', '^']) < 0);
        return plain.Count >= 4 ? plain : all;
    }

    // Of several tagged blocks the longest is the paper; a prompt without tags is all paper.
    private static string Body(string prompt)
    {
        var longest = Tagged().Matches(prompt).Select(static m => m.Groups["body"].Value).MaxBy(static body => body.Length);
        return longest is not null && longest.Length > prompt.Length / 3 ? longest : prompt;
    }

    private static bool IsHeading(string line) =>
        line.StartsWith('#') || (line.Length is > 0 and < 100 && line[^1] is not ('.' or '!' or '?' or ':' or ',') && line.Count(static c => c == ' ') < 10);

    private static void Split(string paragraph, string? section, List<PaperSentence> all)
    {
        if (paragraph.Length == 0 || Metadata().IsMatch(paragraph))
            return;
        foreach (var sentence in SentenceEnd().Split(Label().Replace(Spaces().Replace(paragraph, " "), "")))
        {
            var words = sentence.Count(static c => c == ' ') + 1;
            if (words is >= 7 and <= 90 && !Unquotable().IsMatch(sentence) && sentence.Count(char.IsLetter) > sentence.Length / 2)
                all.Add(new PaperSentence(sentence, section, all.Count));
        }
    }

    [GeneratedRegex(@"<(?<tag>[a-zA-Z_-]+)[^<>]*>(?<body>.*?)</\k<tag>>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Tagged();

    [GeneratedRegex(@"^[#=\s]+|[#=\s]+$", RegexOptions.None, 2000)]
    private static partial Regex HeadingMarks();

    [GeneratedRegex(@"^\W*(title|authors?|arxiv|categor\w+|comments?|id)\s*:", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Metadata();

    // A label that the prompt put there is not the paper's.
    [GeneratedRegex(@"^(abstract|text|paper)\s*:\s*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Label();

    // A full stop before a capital; not after one letter ("J. Doe"), "al.", "e.g.", "Fig." and their like.
    [GeneratedRegex(@"(?<=[.!?][""')\]]?)(?<!\b(\w|al|e\.g|i\.e|cf|vs|Fig|Eq|Sec|Tab|resp|approx)\.)\s+(?=[""'(]?[A-Z])", RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"https?:|www\.|[<>|*`]|\bIMPORTANT\b|\bSYSTEM\b|arXiv:", RegexOptions.None, 2000)]
    private static partial Regex Unquotable();

    [GeneratedRegex(@"\s+", RegexOptions.None, 2000)]
    private static partial Regex Spaces();
}
