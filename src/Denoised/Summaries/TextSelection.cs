using System.Text;
using Denoised.Arxiv.Text;
using Microsoft.ML.Tokenizers;

namespace Denoised.Summaries;

/// <summary>
/// What of a paper is given to the model: passages by importance until the budget is used, in the paper's order, with what is left out marked. Results
/// come first, so that a long paper loses its appendix and the tail of its method, never what came out.
/// </summary>
/// <param name="Text">Title, abstract and the chosen passages.</param>
/// <param name="Tokens">Its length (o200k).</param>
/// <param name="WholeTokens">The length of the whole text.</param>
internal sealed record TextSelection(string Text, int Tokens, int WholeTokens)
{
    private const string Gap = "[…]";

    /// <summary>What is cut into pieces before it is chosen: a table of ten thousand figures must not be all or nothing.</summary>
    private const int LongestPiece = 400;

    // Costs about 40 MB and a third of a second: only where a model is asked.
    private static readonly Lazy<TiktokenTokenizer> tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    /// <summary>Kinds in the order of their importance, each with the share of the budget that it may take before the others have had theirs.</summary>
    private static readonly (SectionKind Kind, double Share)[] order =
    [
        (SectionKind.Results, 0.40),
        (SectionKind.Conclusion, 0.08),
        (SectionKind.Limitations, 0.06),
        (SectionKind.Introduction, 0.18),
        (SectionKind.Method, 0.25),
        (SectionKind.Experiments, 0.25),
        (SectionKind.Discussion, 0.08),
        (SectionKind.Other, 0.10),
        (SectionKind.RelatedWork, 0.02),
        (SectionKind.Appendix, 0.02),
    ];

    /// <summary>The number of tokens of a text.</summary>
    public static int Count(string text) => tokenizer.Value.CountTokens(text);

    /// <summary>Chooses.</summary>
    public static TextSelection Of(PaperText paper, int budget)
    {
        var head = $"Title: {paper.Title}\n\nAbstract: {paper.Abstract}";
        var pieces = Pieces(paper);
        var whole = Count(head) + pieces.Sum(piece => piece.Tokens);
        var left = budget - Count(head);
        var chosen = new bool[pieces.Count];
        foreach (var (kind, share) in order)
            Choose(pieces, chosen, kind, (int)(budget * share), ref left);
        foreach (var (kind, _) in order)
            Choose(pieces, chosen, kind, int.MaxValue, ref left);

        var text = Write(head, paper, pieces, chosen);
        return new TextSelection(text, Count(text), whole);
    }

    private static List<Piece> Pieces(PaperText paper)
    {
        var pieces = new List<Piece>();
        for (var section = 0; section < paper.Sections.Count; section++)
        {
            var current = paper.Sections[section];
            if (current.Kind == SectionKind.Acknowledgements)
                continue;
            foreach (var block in current.Blocks)
            {
                foreach (var part in Parts(block))
                    pieces.Add(new Piece(section, current.Kind, part, Count(part) + 2));
            }
        }

        return pieces;
    }

    /// <summary>A block, or the lines or sentences of one that is too long, a piece each.</summary>
    private static IEnumerable<string> Parts(PaperBlock block)
    {
        if (block.Text.Length < LongestPiece * 2 || Count(block.Text) <= LongestPiece)
            return [block.Text];

        var units = block.Text.Contains('\n') ? block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [.. Sentences.Of(block.Text)];
        var separator = block.Text.Contains('\n') ? "\n" : " ";
        var parts = new List<string>();
        var part = new StringBuilder();
        var length = 0;
        foreach (var unit in units)
        {
            var tokens = Count(unit);
            if (length > 0 && length + tokens > LongestPiece)
            {
                parts.Add(part.ToString());
                part.Clear();
                length = 0;
            }

            part.Append(length > 0 ? separator : "").Append(unit);
            length += tokens;
        }

        parts.Add(part.ToString());
        return parts;
    }

    private static void Choose(List<Piece> pieces, bool[] chosen, SectionKind kind, int most, ref int left)
    {
        for (var index = 0; index < pieces.Count; index++)
        {
            var piece = pieces[index];
            if (piece.Kind != kind || chosen[index])
                continue;
            if (piece.Tokens > left || piece.Tokens > most)
            {
                // The tail of a kind goes together; a monstrous line alone is passed over.
                if (piece.Tokens <= LongestPiece)
                    return;
                continue;
            }

            chosen[index] = true;
            left -= piece.Tokens;
            most -= piece.Tokens;
        }
    }

    private static string Write(string head, PaperText paper, List<Piece> pieces, bool[] chosen)
    {
        var text = new StringBuilder(head);
        var section = -1;
        var isGap = false;
        for (var index = 0; index < pieces.Count; index++)
        {
            var piece = pieces[index];
            if (!chosen[index])
            {
                isGap = true;
                continue;
            }

            if (piece.Section != section)
            {
                if (isGap && section >= 0)
                    text.Append("\n\n").Append(Gap);
                if (paper.Sections[piece.Section].Heading is { Length: > 0 } heading)
                    text.Append("\n\n## ").Append(heading);
                section = piece.Section;
            }
            else if (isGap)
            {
                text.Append("\n\n").Append(Gap);
            }

            text.Append("\n\n").Append(piece.Text);
            isGap = false;
        }

        if (isGap)
            text.Append("\n\n").Append(Gap);
        return text.ToString();
    }

    private sealed record Piece(int Section, SectionKind Kind, string Text, int Tokens);
}
