using System.Text.RegularExpressions;

namespace Denoised.EmbeddingTrainer;

/// <summary>Texts as MiniLM is given them: TeX commands, braces and dollar signs removed, white space collapsed.</summary>
internal static partial class TeacherText
{
    private const int MinSentenceLength = 40;

    public static string Clean(string text)
    {
        text = Command().Replace(text, " ");
        text = Markup().Replace(text, "");
        return WhiteSpace().Replace(text.Replace('~', ' '), " ").Trim();
    }

    /// <summary>One part of the paper: its title for every third paper, a sentence of the abstract otherwise. Short texts are trained on too.</summary>
    public static string Part(Paper paper)
    {
        var sentences = Sentences(paper.Abstract);
        return paper.ShuffleKey % 3 == 0 || sentences.Length == 0 ? Clean(paper.Title) : sentences[paper.ShuffleKey / 3 % (ulong)sentences.Length];
    }

    public static string[] Sentences(string text) =>
        [.. SentenceEnd().Split(Clean(text)).Where(sentence => sentence.Length >= MinSentenceLength)];

    [GeneratedRegex(@"\\[A-Za-z]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Command();

    [GeneratedRegex(@"\\.|[{}$]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex WhiteSpace();

    [GeneratedRegex(@"(?<=[.!?])\s+(?=[A-Z])", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SentenceEnd();
}
