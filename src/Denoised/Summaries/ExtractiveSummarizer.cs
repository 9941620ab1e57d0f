using System.Collections.Frozen;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Embeddings;
using Denoised.PaperText;
using Denoised.Text;

namespace Denoised.Summaries;

/// <summary>Selects sentences of the abstract by their role (<see cref="RoleModel"/>) and their centrality. Each one is a verbatim quote.</summary>
public static class ExtractiveSummarizer
{
    /// <summary>The <see cref="GenerationMetadata.PromptVersion"/> of extractive summaries. Increase it when the algorithm changes.</summary>
    public const string Version = "extractive-4";

    /// <summary>
    /// The maximum length of an abstract, in characters; the rest is ignored. arXiv allows 1,920 (https://info.arxiv.org/help/prep.html#abstracts).
    /// Bounds the time for any feed content.
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
        "Also", "Additionally", "As", "But", "Consequently", "Furthermore", "Hence", "However", "It", "Its", "Moreover", "Nevertheless", "Second",
        "Such", "That", "Their", "Then",
        "Therefore", "These", "They", "This", "Those", "Thus", "Yet");

    /// <summary>
    /// Summarizes a paper from its title, abstract and categories. Overview and sections are verbatim sentences of the abstract in their order,
    /// joined by a space. A section without sentences is null, as is the overview of an empty abstract. Never throws because of a paper's text.
    /// </summary>
    public static Summary Summarize(Paper paper, DateTimeOffset now, string? note = null)
    {
        ArgumentNullException.ThrowIfNull(paper);
        var visibleSentences = RemoveInjections(Truncate(paper.Title), Truncate(paper.Abstract));
        var text = string.Join(' ', visibleSentences);
        var sentences = ExtractiveSentence.Read(Truncate(paper.Title), visibleSentences);

        // A withdrawal note instead of an abstract becomes the overview, without key points or sections. A note after a full abstract is an aside.
        var isNote = sentences.Count <= 4 && Withdrawal.IsNotedIn(text);
        var telling = isNote ? [] : sentences;
        var methodology = SelectSection(telling, SentenceRole.Method, words: 70, maxSentences: 3);
        var results = SelectSection(telling, SentenceRole.Result, words: 70, maxSentences: 3);
        var implications = SelectSection(telling, SentenceRole.Implication, words: 60, maxSentences: 2);
        return new Summary
        {
            Tags = TagModel.Shared.Choose(Truncate(paper.Title), text, paper.Categories.Count > 0 ? paper.Categories : [paper.PrimaryCategory]),
            KeyPoints = [.. SelectKeyPoints(telling).Select(sentence => new KeyPoint(sentence.Text))],
            Overview = Join(isNote ? sentences : SelectOverview(sentences)),
            Problem = Join(SelectSection(telling, SentenceRole.Problem, words: 50, maxSentences: 1)),
            Methodology = Join(methodology),
            Results = Join(results),
            Implications = Join(implications),
            Provenance = new Provenance
            {
                Method = SummaryMethod.Extractive,
                PromptVersion = Version,
                Source = TextOrigin.Abstract,
                PaperVersion = paper.Version,
                CreatedAt = now,
                Note = note,
            },
        };
    }

    // Removes whole sentences that address a model: a sentence without its instruction would no longer be verbatim. The page shows the abstract
    // unchanged.
    private static List<string> RemoveInjections(string title, string text)
    {
        var sentences = Sentences.Of(text);
        var visible = Characters.RemoveInvisible(text, hidden: null);
        var read = PromptInjectionFilter.Remove(PaperDocument.OfAbstract(title, visible));
        if (read.SkippedPassages.Count == 0 || read.Abstract == visible)
            return sentences;
        var left = Unspaced(read.Abstract);
        return sentences.FindAll(sentence => left.Contains(Unspaced(Characters.RemoveInvisible(sentence, hidden: null)), StringComparison.Ordinal));

        static string Unspaced(string text) => string.Concat(text.Split((char[]?)null));
    }

    /// <summary>
    /// Three to five sentences with the problem, contribution, method and main result; for a short abstract, all sentences but asides.
    /// </summary>
    private static IEnumerable<ExtractiveSentence> SelectOverview(List<ExtractiveSentence> sentences)
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

        ExtractiveSentence? Best(SentenceRole role) =>
            candidates.Where(sentence => sentence.Is(role) && !chosen.Contains(sentence)).MaxBy(sentence => Score(sentence, role));

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
    /// Up to five sentences about contributions, results, methods or implications, in the order of the abstract. Selects by score and lowers the
    /// score of sentences that are similar to a selected one. A short abstract yields fewer.
    /// </summary>
    private static IEnumerable<ExtractiveSentence> SelectKeyPoints(List<ExtractiveSentence> sentences)
    {
        var chosen = new List<ExtractiveSentence>();
        Choose(sentences.Where(IsPoint), Math.Clamp((sentences.Count + 1) / 2, 3, 5));

        // The abstract of an essay can consist of background and questions: other sentences then fill in, if there are enough.
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
                var next = candidates.MaxBy(sentence => ScorePoint(sentence) - (RedundancyWeight * chosen.Select(other => sentence.Embedding.Similarity(other.Embedding))
                    .DefaultIfEmpty(0)
                    .Max()))!;
                if (chosen.TrueForAll(other => other.Text != next.Text))
                    chosen.Add(next);

                // Removes all exact repetitions at once: comparing each of them would be quadratic.
                candidates.RemoveAll(other => other.Text == next.Text);
            }
        }
    }

    private static bool IsPoint(ExtractiveSentence sentence) => IsReadable(sentence) && sentence.Role != SentenceRole.Problem;

    private static bool IsReadable(ExtractiveSentence sentence) =>
        sentence.Words >= MinPointWords && sentence.Role != SentenceRole.Aside && !sentence.Text.EndsWith('?');

    /// <summary>Prefers contributions and results to methods and implications.</summary>
    private static double ScorePoint(ExtractiveSentence sentence) =>
        sentence[SentenceRole.Contribution] + sentence[SentenceRole.Result]
        + (LesserRole * (sentence[SentenceRole.Method] + sentence[SentenceRole.Implication])) + Readability(sentence);

    private static double Score(ExtractiveSentence sentence, SentenceRole role) => sentence[role] + Readability(sentence);

    /// <summary>Rates a sentence without its context: prefers central, short and self-contained ones.</summary>
    private static double Readability(ExtractiveSentence sentence) =>
        (CentralityWeight * sentence.Centrality)
        - (sentence.Words > LongSentence ? PenaltyForLength : 0)
        - (LeansOnItsNeighbour(sentence.Text) ? PenaltyForLeaning : 0);

    /// <summary>Sentences of one role, in descending order of score, up to a word limit. The best one is taken whatever its length.</summary>
    private static IEnumerable<ExtractiveSentence> SelectSection(List<ExtractiveSentence> sentences, SentenceRole role, int words, int maxSentences)
    {
        var chosen = new List<ExtractiveSentence>();
        var left = words;
        foreach (var sentence in sentences.Where(sentence => sentence.Is(role)).OrderByDescending(sentence => Score(sentence, role)))
        {
            if (chosen.Count == maxSentences || (chosen.Count > 0 && sentence.Words > left))
                continue;
            chosen.Add(sentence);
            left -= sentence.Words;
        }

        return chosen.OrderBy(sentence => sentence.Index);
    }

    /// <summary>Whether a sentence depends on the one before it: "It …", "These …", "However, …".</summary>
    private static bool LeansOnItsNeighbour(ReadOnlySpan<char> text) =>
        text.IndexOfAny(' ', ',') is var end and > 0 && leaning.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..end]);

    private static string? Join(IEnumerable<ExtractiveSentence> sentences) =>
        string.Join(' ', sentences.Select(sentence => sentence.Text)) is { Length: > 0 } text ? text : null;

    /// <summary>Truncates a text at the last white space within <see cref="ReadLimit"/>.</summary>
    internal static string Truncate(string text)
    {
        if (text.Length <= ReadLimit)
            return text;
        var end = text.LastIndexOfAny([' ', '\n'], ReadLimit);
        if (end <= 0)
            end = char.IsHighSurrogate(text[ReadLimit - 1]) ? ReadLimit - 1 : ReadLimit;
        return text[..end];
    }
}
