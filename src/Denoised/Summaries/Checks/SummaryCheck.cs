using System.Runtime.CompilerServices;
using Denoised.Domain;
using Denoised.Grounding;
using Denoised.Model;
using Denoised.Text;

namespace Denoised.Summaries.Checks;

/// <summary>
/// Checks a model's draft in code: schema, tags, lengths, evidence, and whether the paper supports each sentence. Drops what fails: the TL;DR, a key
/// point, a sentence of prose, or a whole part. Creates the quotes from the sentences that the draft cites.
/// </summary>
internal static class SummaryCheck
{
    private const int MinPoints = 3;
    private const int MaxPoints = 5;

    // A part that exceeds its length by this factor is skipped, as are key points beyond this multiple of their maximum. Bounds time and memory.
    private const int MaxExcess = 4;

    // A repair is checked against the same text. Each index lives as long as its text.
    private static readonly ConditionalWeakTable<ModelInput, GroundedPaper> papers = [];

    /// <summary>Checks a draft against the text in its prompt.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="paper">The paper.</param>
    /// <param name="text">The model input.</param>
    /// <param name="language">The language of the draft.</param>
    public static CheckedDraft Run(ModelDraft? draft, Paper paper, ModelInput text, string language = SummaryLanguage.English)
    {
        ArgumentNullException.ThrowIfNull(text);
        return draft is null
            ? new CheckedDraft(null, ["The answer is no JSON of the schema."], [], null) { Reasons = ["the answer is no JSON of the schema"] }
            : new DraftChecker(draft, paper, text, papers.GetValue(text, _ => new GroundedPaper(new SourceIndex(paper, text.Paper))), language).Check();
    }

    /// <summary>Whether a summary is complete enough to publish: an overview and three key points (one for an abstract).</summary>
    public static bool IsSufficient(Summary summary, TextOrigin source)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return summary.Overview is not null && summary.KeyPoints.Count >= GetMinPoints(source);
    }

    private static int GetMinPoints(TextOrigin source) => source == TextOrigin.Abstract ? 1 : MinPoints;

    /// <summary>Checks one draft.</summary>
    private sealed class DraftChecker(ModelDraft draft, Paper paper, ModelInput text, GroundedPaper grounded, string language)
    {
        private readonly SourceIndex source = grounded.Source;
        private readonly bool isTranslation = !SummaryLanguage.IsEnglish(language);

        // An abstract of two sentences yields two points and short texts.
        private readonly bool isAbstract = text.Source == TextOrigin.Abstract;
        private readonly List<CheckFailure> failures = [];

        // Readers miss little without a TL;DR: alone, its failures are not worth a second call.
        private readonly List<CheckFailure> tldrFailures = [];
        private readonly List<string> findings = [];
        private readonly EvidenceCheck evidenceCheck = new(text, grounded.Source);
        private readonly List<SentenceEvidence> evidence = [];
        private int dropped;
        private int skippedSentences;
        private int numbers;

        public CheckedDraft Check()
        {
            var tags = TagCheck.Accept(draft.Tags);
            if (tags.Count == 0)
                Fail("tags: give one to three of the given tags.", "it has no tag of the list");

            var points = new List<KeyPoint>();
            var repeated = 0;
            foreach (var point in (draft.KeyPoints ?? []).OfType<DraftSentence>().Take(MaxExcess * MaxPoints))
            {
                if (points.Count + dropped == MaxPoints)
                    break;
                if (points.Exists(earlier => Repetitions.NormalizeKey(earlier.Claim) == Repetitions.NormalizeKey(point.Text)))
                    repeated++;
                else if (CheckPoint(point, "keyPoints", "a key point", Lengths.Claim, failures) is { } keyPoint)
                    points.Add(keyPoint);
                else
                    dropped++;
            }

            if (repeated > 0)
                findings.Add("A key point was given more than once and is shown once.");

            var minPoints = GetMinPoints(text.Source);
            if ((points.Count < minPoints && dropped == 0) || (points.Count < MinPoints && repeated > 0))
                Fail($"keyPoints: give at least {MinPoints}.", "it has too few key points");

            var tldr = CheckTldr(points);
            var summary = CheckProse("summary", draft.Summary, Lengths.Summary);
            var methodology = CheckProse("methodology", draft.Methodology, Lengths.Methodology);
            var results = CheckProse("results", draft.Results, Lengths.Results);
            var implications = CheckProse("implications", draft.Implications, Lengths.Implications);
            if (ItemsOf(draft.Summary).FirstOrDefault() is null)
                Fail("summary: it must not be null.", "it has no summary");

            var isShown = tags.Count > 0 && points.Count >= minPoints && summary is not null;
            var accepted = isShown
                ? new Summary
                {
                    Tags = tags,
                    Tldr = tldr,
                    KeyPoints = points,
                    Overview = summary,
                    Methodology = methodology,
                    Results = results,
                    Implications = implications,
                    ResultsEvidence = results is null ? null : MostSimilar(results),
                    Evidence = evidence,
                    Provenance = new Provenance
                    {
                        Method = SummaryMethod.Model,
                        PromptVersion = SummaryPrompt.Version,
                        Source = text.Source,
                        PaperVersion = paper.Version,
                        CreatedAt = default,
                        Language = language,
                    },
                }
                : null;
            return new CheckedDraft(
                draft,
                [.. (failures.Count == 0 ? [] : failures.Concat(tldrFailures)).Select(failure => failure.ForModel).Distinct(StringComparer.Ordinal)],
                [.. findings.Distinct(StringComparer.Ordinal)],
                accepted)
            {
                Reasons = [.. failures.Select(failure => failure.Reason).Distinct(StringComparer.Ordinal)],
                Tally = isShown ? new CheckTally(points.Count, points.Count, points.Count(point => point.Evidence!.Weak), dropped, numbers, numbers) : null,
                SkippedSentences = skippedSentences,
            };
        }

        private KeyPoint? CheckTldr(List<KeyPoint> points)
        {
            if (draft.Tldr is not { } sentence || DraftTexts.NullIfEmpty(sentence.Text) is not { } text)
                return null;
            if (points.Exists(point => Repetitions.NormalizeKey(point.Claim) == Repetitions.NormalizeKey(text)))
            {
                tldrFailures.Add(new CheckFailure("tldr: it repeats a key point.", "it repeats a key point"));
                findings.Add("Dropped: the TL;DR: it repeats a key point.");
            }
            else if (CheckPoint(sentence, "tldr", "the TL;DR", Lengths.Tldr, tldrFailures) is { } accepted)
            {
                return accepted;
            }

            dropped++;
            return null;
        }

        /// <summary>Checks a key point or the TL;DR.</summary>
        /// <param name="point">The sentence.</param>
        /// <param name="field">The field of the draft.</param>
        /// <param name="name">The name for readers.</param>
        /// <param name="range">The length.</param>
        /// <param name="reported">Receives the failures.</param>
        private KeyPoint? CheckPoint(DraftSentence point, string field, string name, WordRange range, List<CheckFailure> reported)
        {
            if (DraftTexts.NullIfEmpty(point.Text) is not { } claim)
                return Drop(new CheckFailure($"{field}: each has a text.", "it has no text"));

            var found = new List<CheckFailure>();
            var named = evidenceCheck.Find(field, point);
            if (SentenceCheck.FindCopied(field, claim, source) is { } copied)
                found.Add(copied);

            var length = LengthCheck.Find($"{field}: a text", WordRange.Count(claim), range, isLowerBoundOff: false);
            if (length is { IsAccepted: false })
                found.Add(new CheckFailure(length.Value.Message, "its length"));

            var support = Supported(named, found, () => isTranslation
                ? SentenceCheck.OfTranslation(field, claim, named.Sentences, grounded, isProse: false)
                : SentenceCheck.OfClaim(field, claim, named.Sentences, grounded));
            if (found.Count > 0)
                return Drop([.. found]);

            if (length is { } tolerated)
                findings.Add(tolerated.Message);
            numbers += support!.NumberCount;
            var quotes = evidenceCheck.Quote(named.Sentences, claim, support.IsWeak);
            return new KeyPoint(claim, quotes[0], quotes.ElementAtOrDefault(1));

            KeyPoint? Drop(params CheckFailure[] why)
            {
                reported.AddRange(why);
                findings.Add($"Dropped: {name}: {why[0].Reason}.");
                return null;
            }
        }

        private string? CheckProse(string field, IReadOnlyList<DraftSentence>? items, WordRange length)
        {
            var words = (items ?? []).Sum(item => WordRange.Count(item?.Text ?? ""));
            if (words > MaxExcess * length.Max)
                return Drop(new CheckFailure(LengthCheck.Find(field, words, length, isAbstract)!.Value.Message, "its length"));
            var all = ItemsOf(items).SelectMany(item => Sentences.Of(item.Text!).Select(sentence => item with { Text = sentence })).ToList();
            if (all.Count == 0)
                return null;
            var once = all.DistinctBy(sentence => Repetitions.NormalizeKey(sentence.Text), StringComparer.Ordinal).ToList();
            if (once.Count < all.Count)
                findings.Add($"A sentence of the {field} was given more than once and is shown once.");
            var whole = string.Join(' ', once.Select(sentence => sentence.Text));
            if (SentenceCheck.FindCopied(field, whole, source) is { } copied)
                return Drop(copied);

            var kept = new List<(string Text, IReadOnlyList<SourceSentence> Named, Support Support)>();
            var wrong = new List<CheckFailure>();
            foreach (var sentence in once)
            {
                var named = evidenceCheck.Find(field, sentence);
                var faults = new List<CheckFailure>();
                var support = Supported(named, faults, () => isTranslation
                    ? SentenceCheck.OfTranslation(field, sentence.Text!, named.Sentences, grounded, isProse: true)
                    : SentenceCheck.OfProse(field, sentence.Text!, named.Sentences, grounded));
                if (faults.Count == 0)
                    kept.Add((sentence.Text!, named.Sentences, support!));
                wrong.AddRange(faults);
            }

            // Prose that lost its failed sentences can be shorter than the minimum.
            var prose = string.Join(' ', kept.Select(sentence => sentence.Text));
            var lengthFailure = LengthCheck.Find(field, WordRange.Count(prose), length, isLowerBoundOff: isAbstract || wrong.Count > 0);
            if (lengthFailure is { IsAccepted: false } || kept.Count == 0)
                return Drop(wrong.Count > 0 ? [.. wrong] : [new CheckFailure(lengthFailure!.Value.Message, "its length")]);
            if (wrong.Count == 0 && lengthFailure is { } tolerated)
                findings.Add(tolerated.Message);
            failures.AddRange(wrong);
            findings.AddRange(wrong.Select(fault => $"A sentence was left out of the {field}: {fault.Reason}."));
            skippedSentences += once.Count - kept.Count;
            var start = 0;
            foreach (var sentence in kept)
            {
                numbers += sentence.Support.NumberCount;
                evidence.Add(new SentenceEvidence(
                    field, start, sentence.Text.Length, evidenceCheck.Quote(sentence.Named, sentence.Text, sentence.Support.IsWeak)));
                start += sentence.Text.Length + 1;
            }

            return prose;

            string? Drop(params CheckFailure[] why)
            {
                failures.AddRange(why);
                findings.Add($"Dropped: {field}: {why[0].Reason}.");
                dropped++;
                return null;
            }
        }

        /// <summary>Returns the support by the evidence; null when the evidence itself failed.</summary>
        private static Support? Supported(NamedSentences named, List<CheckFailure> faults, Func<(IReadOnlyList<CheckFailure> Failures, Support Support)> check)
        {
            faults.AddRange(named.Failures);
            if (named.Failures.Count > 0)
                return null;
            var (failures, support) = check();
            faults.AddRange(failures);
            return support;
        }

        /// <summary>The items of a part, except those that only state that there is nothing to say.</summary>
        private static IEnumerable<DraftSentence> ItemsOf(IReadOnlyList<DraftSentence>? items) =>
            (items ?? []).OfType<DraftSentence>().Where(item => DraftTexts.NullIfEmpty(item.Text) is not null);

        private Evidence? MostSimilar(string results)
        {
            var window = new QuoteWindow(results);
            return evidence.Where(sentence => sentence.Part == "results")
                .SelectMany(sentence => sentence.Evidence)
                .MaxBy(quote => window.Similarity(quote.Quote));
        }

        private void Fail(string forModel, string reason) => failures.Add(new CheckFailure(forModel, reason));
    }
}
