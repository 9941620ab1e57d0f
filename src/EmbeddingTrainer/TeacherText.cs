using System.Text.RegularExpressions;

namespace Denoised.EmbeddingTrainer;

/// <summary>Normalizes texts for MiniLM: removes TeX commands, accents, escaped characters, braces and dollar signs, and collapses
/// white space.</summary>
internal static partial class TeacherText
{
    private const int MinSentenceLength = 40;

    public static string Clean(string text)
    {
        text = Command().Replace(text, " ");
        text = EscapesAndDelimiters().Replace(text, "");
        return WhiteSpace().Replace(text.Replace('~', ' '), " ").Trim();
    }

    /// <summary>Selects one short text of a paper for training: the title for every third paper, otherwise one sentence of the abstract.</summary>
    public static string SelectShortText(Paper paper)
    {
        var sentences = Sentences(paper.Abstract);

        // ShuffleKey is a hash of the identifier; its quotient is independent of the remainder that selects the title.
        return paper.ShuffleKey % 3 == 0 || sentences.Length == 0 ? Clean(paper.Title) : sentences[paper.ShuffleKey / 3 % (ulong)sentences.Length];
    }

    public static string[] Sentences(string text) =>
        [.. SentenceEnd().Split(Clean(text)).Where(sentence => sentence.Length >= MinSentenceLength)];

    [GeneratedRegex(@"\\[A-Za-z]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Command();

    [GeneratedRegex(@"\\.|[{}$]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex EscapesAndDelimiters();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"(?<=[.!?])\s+(?=[A-Z])", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SentenceEnd();
}
