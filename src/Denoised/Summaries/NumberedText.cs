using System.Text;
using Denoised.Arxiv.Feeds;
using Denoised.Model;
using Denoised.PaperText;
using Denoised.Text;

namespace Denoised.Summaries;

/// <summary>The text of a paper in a prompt: title, headings, and each sentence after its number (<c>[s12]</c>).</summary>
/// <param name="Text">The text. Nothing from the paper can pass for a number, a fence or a turn of the conversation.</param>
/// <param name="Ordinals">The ordinals (<see cref="PaperSentences"/>) of the sentences, starting with number 1.</param>
public sealed record NumberedText(string Text, IReadOnlyList<int> Ordinals)
{
    /// <summary>Marks skipped sentences.</summary>
    internal const string Gap = "[…]";

    /// <summary>The maximum length of the title, in characters.</summary>
    private const int MaxTitle = 1000;

    /// <summary>Numbers a whole paper.</summary>
    public static NumberedText Of(PaperDocument paper)
    {
        ArgumentNullException.ThrowIfNull(paper);
        var sentences = PaperSentences.Of(paper);
        var passages = new List<(int First, int Count)>();
        for (var first = 0; first < sentences.Count; first += passages[^1].Count)
        {
            var count = 1;
            while (first + count < sentences.Count && IsSameBlock(sentences[first], sentences[first + count]))
                count++;
            passages.Add((first, count));
        }

        return Of(paper, sentences, passages);
    }

    /// <summary>Numbers some passages of a paper.</summary>
    /// <param name="paper">The paper.</param>
    /// <param name="sentences">The sentences of the paper.</param>
    /// <param name="passages">The passages in order, each a run of sentences of one block.</param>
    internal static NumberedText Of(PaperDocument paper, IReadOnlyList<PaperSentence> sentences, IEnumerable<(int First, int Count)> passages)
    {
        var text = new StringBuilder(Title(paper)).Append("\n\nAbstract:");
        var ordinals = new List<int>();
        var (section, next) = (-1, 0);
        foreach (var (first, count) in passages)
        {
            if (first > next && !IsSkipped(paper, sentences, next, first))
                text.Append("\n\n").Append(Gap);
            var current = sentences[first].Section;
            if (current != section && Heading(paper, current) is { } heading)
                text.Append("\n\n").Append(heading);
            section = current;
            text.Append(current < 0 ? " " : "\n\n");
            AppendPassage(text, sentences, first, count, _ => ordinals.Count + 1, ordinals);
            next = first + count;
        }

        if (next < sentences.Count && !IsSkipped(paper, sentences, next, sentences.Count))
            text.Append("\n\n").Append(Gap);
        return new NumberedText(text.ToString(), ordinals);
    }

    /// <summary>The title line.</summary>
    internal static string Title(PaperDocument paper) => $"Title: {AppendLine(paper.Title.Length <= MaxTitle ? paper.Title : paper.Title[..MaxTitle])}";

    /// <summary>The heading line of a section, or null.</summary>
    internal static string? Heading(PaperDocument paper, int section) =>
        section >= 0 && paper.Sections[section].Heading is { Length: > 0 } heading ? $"## {AppendLine(heading)}" : null;

    /// <summary>A passage with the same number before each sentence, for counting its tokens.</summary>
    internal static string Passage(IReadOnlyList<PaperSentence> sentences, int first, int count, int number)
    {
        var text = new StringBuilder();
        AppendPassage(text, sentences, first, count, _ => number, []);
        return text.ToString();
    }

    /// <summary>Whether two sentences are in the same block.</summary>
    internal static bool IsSameBlock(PaperSentence one, PaperSentence other) => one.Section == other.Section && one.Block == other.Block;

    /// <summary>Whether a section is never part of a prompt.</summary>
    internal static bool IsSkipped(PaperDocument paper, PaperSentence sentence) =>
        sentence.Section >= 0 && paper.Sections[sentence.Section].Kind == SectionKind.Acknowledgements;

    private static bool IsSkipped(PaperDocument paper, IReadOnlyList<PaperSentence> sentences, int first, int end)
    {
        for (var ordinal = first; ordinal < end; ordinal++)
        {
            if (!IsSkipped(paper, sentences[ordinal]))
                return false;
        }

        return true;
    }

    private static void AppendPassage(
        StringBuilder text,
        IReadOnlyList<PaperSentence> sentences,
        int first,
        int count,
        Func<int, int> numberOf,
        List<int> ordinals)
    {
        for (var ordinal = first; ordinal < first + count; ordinal++)
        {
            if (ordinal > first)
                text.Append(sentences[ordinal].Kind is BlockKind.Paragraph or BlockKind.Caption or BlockKind.Equation ? ' ' : '\n');
            text.Append("[s").Append(numberOf(ordinal)).Append("] ").Append(AppendLine(sentences[ordinal].Text));
            ordinals.Add(ordinal);
        }
    }

    /// <summary>Neutralizes a text and joins its lines: a line break could start a turn of the conversation.</summary>
    private static string AppendLine(string text) => PromptSanitizer.Neutralize(Characters.CollapseWhiteSpace(text));
}
