using System.Collections.Frozen;
using Denoised.Arxiv.Text;
using Denoised.Embeddings;
using Denoised.Papers;

namespace Denoised.Summaries;

/// <summary>
/// Chooses sentences of the abstract by their role (<see cref="RoleModel"/>) and by how central they are to the paper; each one stands verbatim in its source.
/// </summary>
public static class ExtractiveSummarizer
{
    /// <summary>The version of the method; goes into <see cref="Authorship.PromptVersion"/>.</summary>
    public const string Version = "extractive-4";

    /// <summary>
    /// How much of an abstract is read, in characters. arXiv allows 1,920 (https://info.arxiv.org/help/prep.html#abstracts); what lies beyond
    /// this bound is no abstract, and the bound keeps the time bounded whatever the feed delivers.
    /// </summary>
    internal const int ReadLimit = 20_000;

    private const int OverviewWords = 120;
    private const int LongSentence = 45;
    private const int MinPointWords = 5;
    private const int MinSentencesOfThreePoints = 5;
    private const double LesserRole = 0.7;
    private const double CentralityWeight = 0.3;
    private const double RedundancyWeight = 0.4;
    private const double PenaltyForLength = 0.3;
    private const double PenaltyForLeaning = 0.1;

    private static readonly FrozenSet<string> leaning = FrozenSet.Create(
        StringComparer.Ordinal,
        "Also", "Additionally", "As", "But", "Consequently", "Furthermore", "Hence", "However", "It", "Its", "Moreover", "Nevertheless", "Second", "Such", "That", "Their", "Then",
        "Therefore", "These", "They", "This", "Those", "Thus", "Yet");

    /// <summary>
    /// Summarizes a paper from its title, abstract and categories. Every sentence stands verbatim in the abstract; overview and sections are sentences of it
    /// in their order, joined by a space. A section that no sentence speaks of is null, and so is the overview of an empty abstract. Never throws on a paper's text.
    /// </summary>
    public static Summary Summarize(Paper paper, DateTimeOffset now, string? note = null)
    {
        ArgumentNullException.ThrowIfNull(paper);
        var told = WithoutAddressed(Readable(paper.Title), Readable(paper.Abstract));
        var text = string.Join(' ', told);
        var sentences = ExtractiveSentence.Read(Readable(paper.Title), told);

        // A note in place of the abstract: it is shown, but nothing is made of it. A note behind a whole abstract is one of its asides.
        var isNote = sentences.Count <= 4 && Withdrawal.IsNotedIn(text);
        var telling = isNote ? [] : sentences;
        var methodology = Section(telling, SentenceRole.Method, words: 70, most: 3);
        var results = Section(telling, SentenceRole.Result, words: 70, most: 3);
        var implications = Section(telling, SentenceRole.Implication, words: 60, most: 2);
        return new Summary
        {
            Tags = TagModel.Shared.Choose(Readable(paper.Title), text, paper.Categories.Count > 0 ? paper.Categories : [paper.PrimaryCategory]),
            KeyPoints = [.. KeyPoints(telling).Select(sentence => new KeyPoint(sentence.Text))],
            Overview = Join(isNote ? sentences : Overview(sentences)),
            Problem = Join(Section(telling, SentenceRole.Problem, words: 50, most: 1)),
            Methodology = Join(methodology),
            Results = Join(results),
            Implications = Join(implications),
            Provenance = new Provenance
            {
                Method = SummaryMethod.Extractive,
                PromptVersion = Version,
                Source = TextSource.Abstract,
                PaperVersion = paper.Version,
                CreatedAt = now,
                Note = note,
            },
        };
    }

    // A sentence that gives a model orders is none of the paper's, as a whole: what taking out its order would leave of it stands nowhere.
    // The abstract itself is shown as it is.
    private static List<string> WithoutAddressed(string title, string text)
    {
        var sentences = Sentences.Of(text);
        var visible = Characters.WithoutInvisible(text, hidden: null);
        var read = PromptInjectionFilter.Remove(PaperText.OfAbstract(title, visible));
        if (read.LeftOut.Count == 0 || read.Abstract == visible)
            return sentences;
        var left = Unspaced(read.Abstract);
        return sentences.FindAll(sentence => left.Contains(Unspaced(Characters.WithoutInvisible(sentence, hidden: null)), StringComparison.Ordinal));

        static string Unspaced(string text) => string.Concat(text.Split((char[]?)null));
    }

    /// <summary>Three to five sentences that give problem, contribution, method and main result; all of a short abstract but its asides.</summary>
    private static IEnumerable<ExtractiveSentence> Overview(List<ExtractiveSentence> sentences)
    {
        var candidates = sentences.Where(sentence => sentence.Role != SentenceRole.Aside).ToList();
        if (candidates.Count == 0)
            return sentences.Take(3);
        if (candidates.Count <= 3 || candidates.Sum(sentence => sentence.Words) <= OverviewWords / 2)
            return candidates.Take(5);

        var chosen = new List<ExtractiveSentence>();
        Take(candidates.MaxBy(sentence => Score(sentence, SentenceRole.Contribution)));
        Take(Best(SentenceRole.Result));
        Take(Best(SentenceRole.Problem));
        Take(Best(SentenceRole.Method));
        Take(Best(SentenceRole.Implication));
        foreach (var sentence in candidates.OrderByDescending(sentence => sentence.Centrality))
        {
            if (chosen.Count >= 3)
                break;
            Take(sentence, atLeast: 3);
        }

        return chosen.OrderBy(sentence => sentence.Index);

        ExtractiveSentence? Best(SentenceRole role) => candidates.Where(sentence => sentence.Is(role) && !chosen.Contains(sentence)).MaxBy(sentence => Score(sentence, role));

        void Take(ExtractiveSentence? sentence, int atLeast = 2)
        {
            if (sentence is null || chosen.Contains(sentence) || chosen.Count == 5)
                return;
            if (chosen.Count >= atLeast && chosen.Sum(other => other.Words) + sentence.Words > OverviewWords)
                return;
            chosen.Add(sentence);
        }
    }

    /// <summary>
    /// Up to five sentences of contribution, result, method or implication, in the abstract's order. The highest score is chosen first; what repeats
    /// a chosen sentence scores lower. A short abstract gives fewer.
    /// </summary>
    private static IEnumerable<ExtractiveSentence> KeyPoints(List<ExtractiveSentence> sentences)
    {
        var chosen = new List<ExtractiveSentence>();
        Choose(sentences.Where(IsPoint), Math.Clamp((sentences.Count + 1) / 2, 3, 5));

        // An essay may be nothing but background and questions: the rest of a longer abstract then stands in.
        if (sentences.Count >= MinSentencesOfThreePoints)
        {
            Choose(sentences.Where(IsReadable), 3);
            Choose(sentences.Where(sentence => !sentence.Is(SentenceRole.Aside)), 3);
        }

        return chosen.OrderBy(sentence => sentence.Index);

        void Choose(IEnumerable<ExtractiveSentence> from, int wanted)
        {
            var candidates = from.Except(chosen).ToList();
            while (chosen.Count < wanted && candidates.Count > 0)
            {
                var next = candidates.MaxBy(sentence => PointScore(sentence) - (RedundancyWeight * chosen.Select(other => sentence.Embedding.Similarity(other.Embedding)).DefaultIfEmpty(0).Max()))!;
                if (chosen.TrueForAll(other => other.Text != next.Text))
                    chosen.Add(next);

                // A repetition adds nothing; comparing each would be quadratic.
                candidates.RemoveAll(other => other.Text == next.Text);
            }
        }
    }

    private static bool IsPoint(ExtractiveSentence sentence) => IsReadable(sentence) && sentence.Role != SentenceRole.Problem;

    private static bool IsReadable(ExtractiveSentence sentence) => sentence.Words >= MinPointWords && sentence.Role != SentenceRole.Aside && !sentence.Text.EndsWith('?');

    /// <summary>Contributions and results make better points than methods and implications.</summary>
    private static double PointScore(ExtractiveSentence sentence) =>
        sentence[SentenceRole.Contribution] + sentence[SentenceRole.Result]
        + (LesserRole * (sentence[SentenceRole.Method] + sentence[SentenceRole.Implication])) + Readability(sentence);

    private static double Score(ExtractiveSentence sentence, SentenceRole role) => sentence[role] + Readability(sentence);

    /// <summary>How well a sentence serves on its own: central to the paper, not too long, not leaning on the one before it.</summary>
    private static double Readability(ExtractiveSentence sentence) =>
        (CentralityWeight * sentence.Centrality)
        - (sentence.Words > LongSentence ? PenaltyForLength : 0)
        - (LeansOnItsNeighbour(sentence.Text) ? PenaltyForLeaning : 0);

    /// <summary>Whole sentences of one role, the highest score first, while they fit; the first is taken whatever its length.</summary>
    private static IEnumerable<ExtractiveSentence> Section(List<ExtractiveSentence> sentences, SentenceRole role, int words, int most)
    {
        var chosen = new List<ExtractiveSentence>();
        var left = words;
        foreach (var sentence in sentences.Where(sentence => sentence.Is(role)).OrderByDescending(sentence => Score(sentence, role)))
        {
            if (chosen.Count == most || (chosen.Count > 0 && sentence.Words > left))
                continue;
            chosen.Add(sentence);
            left -= sentence.Words;
        }

        return chosen.OrderBy(sentence => sentence.Index);
    }

    /// <summary>"It …", "These …", "However, …": such a sentence says less when it stands alone.</summary>
    private static bool LeansOnItsNeighbour(ReadOnlySpan<char> text) =>
        text.IndexOfAny(' ', ',') is var end and > 0 && leaning.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..end]);

    private static string? Join(IEnumerable<ExtractiveSentence> sentences) => string.Join(' ', sentences.Select(sentence => sentence.Text)) is { Length: > 0 } text ? text : null;

    /// <summary>The part of a text that is read: all of it, or what lies before the last white space within <see cref="ReadLimit"/>.</summary>
    internal static string Readable(string text)
    {
        if (text.Length <= ReadLimit)
            return text;
        var end = text.LastIndexOfAny([' ', '\n'], ReadLimit);
        if (end <= 0)
            end = char.IsHighSurrogate(text[ReadLimit - 1]) ? ReadLimit - 1 : ReadLimit;
        return text[..end];
    }
}
