using Denoised.Arxiv.Text;

namespace Denoised.Summaries;

/// <summary>A sentence of a paper, or one line of a table, list or program, as the paper has it.</summary>
/// <param name="Text">Its text, line breaks of the source among it; never empty.</param>
/// <param name="Section">The place of its section in <see cref="PaperText.Sections"/>; -1 for the abstract.</param>
/// <param name="Block">The place of its block in the section; 0 for the abstract.</param>
/// <param name="Kind">What the block is.</param>
internal sealed record PaperSentence(string Text, int Section, int Block, BlockKind Kind);

/// <summary>
/// Cuts a paper into the sentences that a model is given numbers for. A sentence is known by its ordinal: its place in the whole paper.
/// The title and headings are no sentences.
/// </summary>
internal static class PaperSentences
{
    /// <summary>A longer one is cut between words, in characters: a table's row of ten thousand figures must not be all or nothing.</summary>
    public const int MaxLength = 1200;

    /// <summary>All sentences in reading order; linear in the paper's length.</summary>
    public static List<PaperSentence> Of(PaperText paper)
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

    /// <summary>The sentences of one text. Lines of tables, lists and programs are kept apart; a table's row is one sentence.</summary>
    public static IEnumerable<string> Cut(string text, BlockKind kind)
    {
        IEnumerable<string> lines = kind is BlockKind.Paragraph or BlockKind.Caption or BlockKind.Equation ? [text] : text.Split('\n');
        return lines.Where(line => !string.IsNullOrWhiteSpace(line)).SelectMany(line => kind is BlockKind.Table ? [line] : Whole(line)).SelectMany(Pieces);
    }

    /// <summary>PDFs tear decimals apart ("97. 42%"): no sentence begins there.</summary>
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
