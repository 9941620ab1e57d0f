using Denoised.Arxiv.Feeds;
using Denoised.Text;

namespace Denoised.PaperText;

/// <summary>A sentence of a paper, or one line of a table, list or program, as in the paper.</summary>
/// <param name="Text">The text, including line breaks of the source; never empty.</param>
/// <param name="Section">The index of the section in <see cref="PaperDocument.Sections"/>; -1 for the abstract.</param>
/// <param name="Block">The index of the block in the section; 0 for the abstract.</param>
/// <param name="Kind">The kind of the block.</param>
internal sealed record PaperSentence(string Text, int Section, int Block, BlockKind Kind);

/// <summary>
/// Splits a paper into the sentences that are numbered for a model. The ordinal of a sentence is its position in the whole paper. Title and headings
/// are not included.
/// </summary>
internal static class PaperSentences
{
    /// <summary>
    /// The maximum length, in characters. Longer sentences are split between words: a table row of ten thousand numbers must not be all or nothing.
    /// </summary>
    public const int MaxLength = 1200;

    /// <summary>Returns all sentences in reading order. Linear in the length of the paper.</summary>
    public static List<PaperSentence> Of(PaperDocument paper)
    {
        var all = Cut(paper.Abstract, BlockKind.Paragraph).Select(text => new PaperSentence(text, -1, 0, BlockKind.Paragraph)).ToList();
        for (var section = 0; section < paper.Sections.Count; section++)
        {
            var blocks = paper.Sections[section].Blocks;
            for (var block = 0; block < blocks.Count; block++)
            {
                foreach (var text in Cut(blocks[block].Text, blocks[block].Kind))
                    all.Add(new PaperSentence(text, section, block, blocks[block].Kind));
            }
        }

        return all;
    }

    /// <summary>Returns the sentences of one text. Lines of tables, lists and programs stay separate; a table row is one sentence.</summary>
    public static IEnumerable<string> Cut(string text, BlockKind kind)
    {
        IEnumerable<string> lines = kind is BlockKind.Paragraph or BlockKind.Caption or BlockKind.Equation ? [text] : text.Split('\n');
        return lines.Where(line => !string.IsNullOrWhiteSpace(line)).SelectMany(line => kind is BlockKind.Table ? [line] : Whole(line)).SelectMany(Pieces);
    }

    /// <summary>Joins decimals that PDF extraction splits ("97. 42%"): no sentence starts there.</summary>
    private static IEnumerable<string> Whole(string text)
    {
        var pending = "";
        foreach (var sentence in Sentences.Of(text))
        {
            if (pending.Length > 0 && !(pending.Length > 1 && pending[^1] == '.' && char.IsAsciiDigit(pending[^2]) && char.IsAsciiDigit(sentence[0])))
            {
                yield return pending;
                pending = "";
            }

            pending = pending.Length > 0 ? $"{pending} {sentence}" : sentence;
        }

        if (pending.Length > 0)
            yield return pending;
    }

    private static IEnumerable<string> Pieces(string sentence)
    {
        while (sentence.Length > MaxLength)
        {
            var end = sentence.LastIndexOf(' ', MaxLength);
            if (end <= 0)
                end = char.IsHighSurrogate(sentence[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
            yield return sentence[..end];
            sentence = sentence[end..].TrimStart();
        }

        if (sentence.Length > 0)
            yield return sentence;
    }
}
