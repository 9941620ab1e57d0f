using System.Text;
using Denoised.Arxiv.Text;
using Microsoft.ML.Tokenizers;

namespace Denoised.Summaries;

/// <summary>
/// What of a paper is given to the model: passages by importance until the budget is used, in the paper's order, with what is left out marked. Results
/// come first, their tables before all, so that a long paper loses its appendix, its related work and the tail of its method, never what came out.
/// </summary>
/// <param name="Text">Title, abstract and the chosen passages.</param>
/// <param name="Tokens">Its length (o200k), counted by passages: at most a few tokens more than it takes, never less.</param>
/// <param name="WholeTokens">The length of the whole text; what was not looked at is estimated.</param>
internal sealed record TextSelection(string Text, int Tokens, int WholeTokens)
{
    private const string Gap = "[…]";

    /// <summary>What the mark of a gap takes, with the empty line around it.</summary>
    private const int GapTokens = 5;

    /// <summary>The line breaks before a passage.</summary>
    private const int BreakTokens = 2;

    /// <summary>What is cut into pieces before it is chosen, in characters: a table of ten thousand figures must not be all or nothing.</summary>
    private const int LongestPiece = 1200;

    /// <summary>The share of the budget for tables of results and their captions, before any text.</summary>
    private const double TableShare = 0.25;

    // Costs about 40 MB and a third of a second: only where a model is asked.
    private static readonly Lazy<TiktokenTokenizer> tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    /// <summary>
    /// Kinds in the order of their importance, each with the share of the budget that it may take before the others have had theirs. With the tables that is all of it;
    /// what a short section leaves goes to the first of these that want more.
    /// </summary>
    private static readonly (SectionKind Kind, double Share)[] order =
    [
        (SectionKind.Results, 0.25),
        (SectionKind.Experiments, 0.15),
        (SectionKind.Conclusion, 0.05),
        (SectionKind.Limitations, 0.05),
        (SectionKind.Introduction, 0.10),
        (SectionKind.Method, 0.10),
        (SectionKind.Discussion, 0.03),
        (SectionKind.Other, 0.02),
        (SectionKind.RelatedWork, 0),
        (SectionKind.Appendix, 0),
    ];

    /// <summary>The number of tokens of a text.</summary>
    public static int Count(string text) => tokenizer.Value.CountTokens(text);

    /// <summary>Loads the tokenizer meanwhile, so that the first paper need not wait for it.</summary>
    public static void Prepare()
    {
        if (!tokenizer.IsValueCreated)
            _ = Task.Run(() => _ = tokenizer.Value);
    }

    /// <summary>Chooses. The same paper and budget give the same text.</summary>
    public static TextSelection Of(PaperText paper, int budget)
    {
        var head = $"Title: {paper.Title}\n\nAbstract: {paper.Abstract}";
        var headTokens = Count(head);
        if (headTokens > budget - GapTokens)
        {
            head = head[..tokenizer.Value.GetIndexByTokenCount(head, budget - GapTokens, out _, out headTokens)];
            if (char.IsHighSurrogate(head[^1]))
                head = head[..^1];
        }

        var choice = new Choice(paper, Pieces(paper), budget - headTokens);
        choice.Take(piece => piece.IsResult && piece.IsTable, (int)(budget * TableShare));
        foreach (var (kind, share) in order)
            choice.Take(piece => piece.Kind == kind, (int)(budget * share));
        foreach (var (kind, _) in order)
        {
            // Nothing less important in the place of what found none.
            if (!choice.Take(piece => piece.Kind == kind, int.MaxValue))
                break;
        }

        var tokens = headTokens + choice.Tokens + (choice.IsWhole ? 0 : GapTokens);
        return new TextSelection(choice.Write(head), tokens, Math.Max(tokens, headTokens + choice.WholeTokens()));
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
                    pieces.Add(new Piece(section, current.Kind, block.Kind is BlockKind.Table or BlockKind.Caption, part));
            }
        }

        return pieces;
    }

    /// <summary>A block; the lines or sentences of one that is too long, as many as fit a piece; words of a line that is too long by itself.</summary>
    private static IEnumerable<string> Parts(PaperBlock block)
    {
        if (block.Text.Length <= LongestPiece)
            return [block.Text];

        var isLines = block.Text.Contains('\n', StringComparison.Ordinal);
        IEnumerable<string> units = isLines ? block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : Sentences.Of(block.Text);
        return Packed(units.SelectMany(unit => unit.Length <= LongestPiece ? [unit] : Packed(Chunks(unit), ' ')), isLines ? '\n' : ' ');
    }

    private static IEnumerable<string> Chunks(string unit) =>
        unit.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => word.Length <= LongestPiece ? [word] : word.Chunk(LongestPiece).Select(chunk => new string(chunk)));

    private static List<string> Packed(IEnumerable<string> units, char separator)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        foreach (var unit in units)
        {
            if (part.Length > 0 && part.Length + unit.Length >= LongestPiece)
            {
                parts.Add(part.ToString());
                part.Clear();
            }

            if (part.Length > 0)
                part.Append(separator);
            part.Append(unit);
        }

        if (part.Length > 0)
            parts.Add(part.ToString());
        return parts;
    }

    /// <summary>A passage, counted when it is first considered.</summary>
    private sealed class Piece(int section, SectionKind kind, bool isTable, string text)
    {
        private int tokens = -1;

        public int Section => section;

        public SectionKind Kind => kind;

        public bool IsTable => isTable;

        public bool IsResult => kind is SectionKind.Results or SectionKind.Experiments;

        public string Text => text;

        public bool IsCounted => tokens >= 0;

        public int Tokens => tokens >= 0 ? tokens : tokens = Count(text) + BreakTokens;
    }

    /// <summary>What has been chosen so far, and what it takes with headings and marks of gaps.</summary>
    private sealed class Choice(PaperText paper, List<Piece> pieces, int room)
    {
        private readonly bool[] chosen = new bool[pieces.Count];
        private readonly bool[] opened = new bool[paper.Sections.Count];

        public int Tokens { get; private set; }

        public bool IsWhole => Array.TrueForAll(chosen, isChosen => isChosen);

        /// <summary>Takes pieces in their order until the share or the room is used.</summary>
        /// <returns>False where one of them found no room; the tail behind it is left out with it.</returns>
        public bool Take(Func<Piece, bool> isMeant, int share)
        {
            var taken = 0;
            for (var index = 0; index < pieces.Count; index++)
            {
                var piece = pieces[index];
                if (chosen[index] || !isMeant(piece))
                    continue;

                var cost = Cost(index);
                if (Tokens + cost + GapTokens > room)
                    return false;
                if (taken + cost > share)
                    return true;
                chosen[index] = true;
                opened[piece.Section] = true;
                taken += cost;
                Tokens += cost;
            }

            return true;
        }

        /// <summary>Of pieces that were not counted, in proportion to their characters.</summary>
        public int WholeTokens()
        {
            long counted = 0, characters = 0, others = 0;
            foreach (var piece in pieces)
            {
                if (piece.IsCounted)
                    (counted, characters) = (counted + piece.Tokens, characters + piece.Text.Length);
                else
                    others += piece.Text.Length;
            }

            return (int)(counted + (characters == 0 ? others / 4 : others * counted / characters));
        }

        public string Write(string head)
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

                if (isGap)
                    text.Append("\n\n").Append(Gap);
                if (piece.Section != section && Heading(piece.Section) is { } heading)
                    text.Append("\n\n").Append(heading);
                section = piece.Section;
                text.Append("\n\n").Append(piece.Text);
                isGap = false;
            }

            if (isGap)
                text.Append("\n\n").Append(Gap);
            return text.ToString();
        }

        private string? Heading(int section) => paper.Sections[section].Heading is { Length: > 0 } heading ? $"## {heading}" : null;

        private int Cost(int index)
        {
            var piece = pieces[index];
            var cost = piece.Tokens;
            if (!opened[piece.Section] && Heading(piece.Section) is { } heading)
                cost += Count(heading) + BreakTokens;
            var isBesideChosen = index > 0 && chosen[index - 1] || index + 1 < pieces.Count && chosen[index + 1];
            return isBesideChosen ? cost : cost + GapTokens;
        }
    }
}
