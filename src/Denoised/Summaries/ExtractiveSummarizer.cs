using System.Collections.Frozen;
using Denoised.Arxiv.Text;
using Denoised.Embeddings;
using Denoised.Papers;

namespace Denoised.Summaries;

/// <summary>Chooses sentences of the abstract by rules; each one stands verbatim in its source.</summary>
public static class ExtractiveSummarizer
{
    /// <summary>The version of the rules; goes into <see cref="Authorship.PromptVersion"/>.</summary>
    public const string Version = "extractive-3";

    /// <summary>
    /// How much of an abstract is read, in characters. arXiv allows 1,920 (https://info.arxiv.org/help/prep.html#abstracts); what lies beyond
    /// this bound is no abstract, and the bound keeps the time bounded whatever the feed delivers.
    /// </summary>
    internal const int ReadLimit = 20_000;

    private const int OverviewWords = 120;
    private const int LongSentence = 45;

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
        var sentences = ExtractiveReading.Read(Readable(paper.Title), told);

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

    /// <summary>Three to five sentences that give problem, contribution, way and main result; all of a short abstract but its asides.</summary>
    private static IEnumerable<ExtractiveSentence> Overview(List<ExtractiveSentence> sentences)
    {
        var candidates = sentences.Where(sentence => !sentence.Is(SentenceRole.Aside)).ToList();
        if (candidates.Count == 0)
            return sentences.Take(3);
        if (candidates.Count <= 3 || candidates.Sum(sentence => sentence.Words) <= OverviewWords / 2)
            return candidates.Take(5);

        var chosen = new List<ExtractiveSentence>();
        Take(candidates.MaxBy(sentence => Worth(sentence, SentenceRole.Contribution)));
        var contribution = chosen[0].Index;
        Take(Best(SentenceRole.Result, sentence => sentence.Index > contribution) ?? Best(SentenceRole.Result));
        Take(Best(SentenceRole.Problem, sentence => sentence.Index < contribution));
        Take(Best(SentenceRole.Method, sentence => sentence.Index > contribution));
        Take(Best(SentenceRole.Implication, sentence => sentence.Index > contribution));
        foreach (var sentence in candidates.OrderByDescending(sentence => sentence.Centrality))
        {
            if (chosen.Count >= 3)
                break;
            Take(sentence, atLeast: 3);
        }

        return chosen.OrderBy(sentence => sentence.Index);

        ExtractiveSentence? Best(SentenceRole role, Func<ExtractiveSentence, bool>? where = null) => candidates
            .Where(sentence => sentence[role] >= 2 && !chosen.Contains(sentence) && (where is null || where(sentence)))
            .MaxBy(sentence => Worth(sentence, role));

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
    /// Up to five sentences of contribution, result, way or consequence, in the abstract's order: the most telling first, each next one chosen
    /// also for what it adds to those before. Problems, asides and scraps are none; a short abstract gives fewer.
    /// </summary>
    private static IEnumerable<ExtractiveSentence> KeyPoints(List<ExtractiveSentence> sentences)
    {
        var chosen = new List<ExtractiveSentence>();
        Choose(sentences.Where(IsPoint), Math.Clamp((sentences.Count + 1) / 2, 3, 5));

        // An essay or a survey may have too few telling cues: what is left of a longer abstract then speaks for it.
        if (sentences.Count >= 5)
            Choose(sentences.Where(IsReadable), 3);
        return chosen.OrderBy(sentence => sentence.Index);

        void Choose(IEnumerable<ExtractiveSentence> from, int wanted)
        {
            var candidates = from.Except(chosen).ToList();
            while (chosen.Count < wanted && candidates.Count > 0)
            {
                var next = candidates.MaxBy(sentence => PointWorth(sentence) - (4 * chosen.Select(sentence.Overlap).DefaultIfEmpty(0).Max()))!;
                if (chosen.TrueForAll(other => other.Text != next.Text))
                    chosen.Add(next);

                // The same words once more add nothing; looking at each of their repetitions would take the square of the time.
                candidates.RemoveAll(other => other.Text == next.Text);
            }
        }
    }

    private static bool IsPoint(ExtractiveSentence sentence) => IsReadable(sentence) && sentence.Role is not (null or SentenceRole.Problem);

    private static bool IsReadable(ExtractiveSentence sentence) => sentence.Words >= 5 && sentence.Role != SentenceRole.Aside && !sentence.Text.EndsWith('?');

    private static double PointWorth(ExtractiveSentence sentence)
    {
        var cues = sentence.Role switch
        {
            SentenceRole.Contribution => 1.2 * sentence[SentenceRole.Contribution],
            SentenceRole.Result => 1.2 * sentence[SentenceRole.Result],
            SentenceRole.Implication => 0.8 * sentence[SentenceRole.Implication],
            null or SentenceRole.Problem => 0,
            _ => 0.8 * sentence[SentenceRole.Method],
        };
        return Math.Min(cues, 12) + (3 * sentence.Centrality) - TooLong(sentence) - LeansOnItsNeighbour(sentence);
    }

    private static double Worth(ExtractiveSentence sentence, SentenceRole role)
    {
        var strongest = sentence.Role == role ? 2 : 0;

        // What follows may well begin with "These findings"; a problem that begins with "However" opens an overview badly.
        var leans = role switch { SentenceRole.Implication => 0, SentenceRole.Problem => 4, _ => 2 };
        return Math.Min(sentence[role], 10) + strongest + (2 * sentence.Centrality) - TooLong(sentence) - (leans * LeansOnItsNeighbour(sentence));
    }

    /// <summary>Whole sentences of one role, the strongest first, while they fit; the first is taken whatever its length.</summary>
    private static IEnumerable<ExtractiveSentence> Section(List<ExtractiveSentence> sentences, SentenceRole role, int words, int most)
    {
        var chosen = new List<ExtractiveSentence>();
        var left = words;
        var speaking = sentences.Where(sentence => sentence.Role == role && sentence[role] >= 3).ToList();

        // "We propose X, which combines …" says how as well, where no sentence says only that.
        if (speaking.Count == 0 && role == SentenceRole.Method)
            speaking = [.. sentences.Where(sentence => sentence.Role == SentenceRole.Contribution && sentence[role] >= 4)];
        foreach (var sentence in speaking.OrderByDescending(sentence => Worth(sentence, role)))
        {
            if (chosen.Count == most || (chosen.Count > 0 && sentence.Words > left))
                continue;
            chosen.Add(sentence);
            left -= sentence.Words;
        }

        return chosen.OrderBy(sentence => sentence.Index);
    }

    private static double TooLong(ExtractiveSentence sentence) => sentence.Words > LongSentence ? 2 + ((sentence.Words - LongSentence) / 10.0) : 0;

    /// <summary>1 for "It …", "These …", "However, …": such a sentence says less when it stands alone; else 0.</summary>
    private static int LeansOnItsNeighbour(ExtractiveSentence sentence)
    {
        var text = sentence.Text.AsSpan();
        var end = text.IndexOfAny(' ', ',');
        return end > 0 && leaning.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..end]) ? 1 : 0;
    }

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
