using Denoised.Arxiv.Feeds;
using Denoised.Model;
using Denoised.PaperText;
using Denoised.Text;

namespace Denoised.Summaries;

/// <summary>
/// The part of a paper that fits the token budget: passages by importance, in the order of the paper, with gaps marked. Results come first, starting
/// with their tables, so that a long paper loses its appendix, its related work and the end of its method rather than its results.
/// </summary>
/// <param name="Numbered">Title, abstract and the selected passages, with numbered sentences.</param>
/// <param name="Tokens">
/// The size (o200k) including the numbers, counted per passage: exceeds the actual size by at most a few tokens, never falls below it.
/// </param>
/// <param name="TotalTokens">The size of the whole text, estimated for passages that were not counted.</param>
internal sealed record TextSelection(NumberedText Numbered, int Tokens, int TotalTokens)
{
    /// <summary>The size of a gap mark with its empty line.</summary>
    private const int GapTokens = 5;

    /// <summary>The size of the line breaks before a passage.</summary>
    private const int BreakTokens = 2;

    /// <summary>The size of the label between title and abstract, with its empty line.</summary>
    private const int LabelTokens = 4;

    /// <summary>The last number that is one token; longer numbers are two.</summary>
    private const int LastShortNumber = 999;

    /// <summary>The maximum length of a piece, in characters.</summary>
    private const int MaxPieceLength = PaperSentences.MaxLength;

    /// <summary>The share of the budget that result tables and their captions get before any text.</summary>
    private const double TableShare = 0.25;

    /// <summary>
    /// The section kinds in order of importance, each with its initial share of the budget. The shares and the tables' share add up to the whole
    /// budget. Remaining budget goes to the first of these kinds that needs more.
    /// </summary>
    private static readonly (SectionKind Kind, double Share)[] order =
    [
        (SectionKind.Results, 0.30),
        (SectionKind.Experiments, 0.15),
        (SectionKind.Conclusion, 0.05),
        (SectionKind.Limitations, 0.05),
        (SectionKind.Introduction, 0.08),
        (SectionKind.Method, 0.07),
        (SectionKind.Discussion, 0.03),
        (SectionKind.Other, 0.02),
        (SectionKind.RelatedWork, 0),
        (SectionKind.Appendix, 0),
    ];

    /// <summary>The text in the prompt.</summary>
    public string Text => Numbered.Text;

    /// <summary>Selects the text. Deterministic for the same paper and budget.</summary>
    public static TextSelection Of(PaperDocument paper, int budget)
    {
        var sentences = PaperSentences.Of(paper);
        var headTokens = TokenCounter.Count(NumberedText.Title(paper)) + LabelTokens;
        var choice = new Choice(paper, sentences, Pieces(paper, sentences), budget - headTokens);
        if (choice.Take(static piece => piece.IsAbstract, int.MaxValue))
            choice.TakeBody(budget);
        var tokens = headTokens + choice.Tokens + (choice.IsWhole ? 0 : GapTokens);
        return new TextSelection(choice.Write(), tokens, Math.Max(tokens, headTokens + choice.TotalTokens()));
    }

    /// <summary>Splits the sentences of each block into pieces of limited length.</summary>
    private static List<Piece> Pieces(PaperDocument paper, List<PaperSentence> sentences)
    {
        var pieces = new List<Piece>();
        for (var first = 0; first < sentences.Count;)
        {
            var (count, length) = (1, sentences[first].Text.Length);
            while (first + count < sentences.Count && NumberedText.IsSameBlock(sentences[first], sentences[first + count])
                && (length += sentences[first + count].Text.Length + 1) <= MaxPieceLength)
            {
                count++;
            }

            if (!NumberedText.IsSkipped(paper, sentences[first]))
                pieces.Add(new Piece(sentences, first, count, sentences[first].Section < 0 ? null : paper.Sections[sentences[first].Section].Kind));
            first += count;
        }

        return pieces;
    }

    /// <summary>A passage. Its tokens are counted on first use.</summary>
    private sealed class Piece(IReadOnlyList<PaperSentence> sentences, int first, int count, SectionKind? kind)
    {
        private int tokens = -1;

        public int First => first;

        public int Sentences => count;

        public int Section => sentences[first].Section;

        public SectionKind? Kind => kind;

        public bool IsAbstract => kind is null;

        public bool IsTable => sentences[first].Kind is BlockKind.Table or BlockKind.Caption;

        public bool IsResult => kind is SectionKind.Results or SectionKind.Experiments;

        public int Length { get; } = Enumerable.Range(first, count).Sum(ordinal => sentences[ordinal].Text.Length + 1);

        public bool IsCounted => tokens >= 0;

        public int Tokens => tokens >= 0 ? tokens : tokens = TokenCounter.Count(NumberedText.Passage(sentences, first, count, LastShortNumber)) + BreakTokens;
    }

    /// <summary>The selection so far and its size, including headings and gap marks.</summary>
    private sealed class Choice(PaperDocument paper, IReadOnlyList<PaperSentence> sentences, List<Piece> pieces, int room)
    {
        private readonly bool[] chosen = new bool[pieces.Count];
        private readonly bool[] opened = new bool[paper.Sections.Count];
        private int given;

        public int Tokens { get; private set; }

        public bool IsWhole => Array.TrueForAll(chosen, isChosen => isChosen);

        /// <summary>Selects pieces of the sections in order of importance.</summary>
        public void TakeBody(int budget)
        {
            Take(piece => piece.IsResult && piece.IsTable, (int)(budget * TableShare));
            foreach (var (kind, share) in order)
                Take(piece => piece.Kind == kind, (int)(budget * share));
            foreach (var (kind, _) in order)
            {
                // Does not fill the remaining budget with less important sections.
                if (!Take(piece => piece.Kind == kind, int.MaxValue))
                    break;
            }
        }

        /// <summary>Selects pieces in order until the share or the budget is used.</summary>
        /// <returns>False when a piece does not fit the budget; the pieces after it are skipped too.</returns>
        public bool Take(Func<Piece, bool> isMeant, int share)
        {
            var taken = 0;
            for (var index = 0; index < pieces.Count; index++)
            {
                var piece = pieces[index];
                if (chosen[index] || !isMeant(piece))
                    continue;

                var cost = CountCost(index);
                if (Tokens + cost + GapTokens > room)
                    return false;
                if (taken + cost > share)
                    return true;
                chosen[index] = true;
                if (piece.Section >= 0)
                    opened[piece.Section] = true;
                taken += cost;
                Tokens += cost;
                given += piece.Sentences;
            }

            return true;
        }

        /// <summary>Estimates the size of the whole text; pieces that were not counted contribute in proportion to their characters.</summary>
        public int TotalTokens()
        {
            long counted = 0, characters = 0, others = 0;
            foreach (var piece in pieces)
            {
                if (piece.IsCounted)
                    (counted, characters) = (counted + piece.Tokens, characters + piece.Length);
                else
                    others += piece.Length;
            }

            return (int)(counted + (characters == 0 ? others / 4 : others * counted / characters));
        }

        public NumberedText Write() =>
            NumberedText.Of(paper, sentences, pieces.Where((_, index) => chosen[index]).Select(piece => (piece.First, piece.Sentences)));

        private static int LongNumbers(int count) => Math.Max(0, count - LastShortNumber);

        private int CountCost(int index)
        {
            var piece = pieces[index];
            var cost = piece.Tokens + LongNumbers(given + piece.Sentences) - LongNumbers(given);
            if (piece.Section >= 0 && !opened[piece.Section] && NumberedText.Heading(paper, piece.Section) is { } heading)
                cost += TokenCounter.Count(heading) + BreakTokens;
            var isBesideChosen = index > 0 && chosen[index - 1] || index + 1 < pieces.Count && chosen[index + 1];
            return isBesideChosen ? cost : cost + GapTokens;
        }
    }
}
