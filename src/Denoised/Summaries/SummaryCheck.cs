using System.Runtime.CompilerServices;
using Denoised.Papers;
using Denoised.Summaries.Checks;

namespace Denoised.Summaries;

/// <summary>What the checks say of a draft.</summary>
/// <param name="Draft">The draft, or null where it is no JSON of the schema.</param>
/// <param name="Failures">What is to be mended, a sentence each, for the model to read: they hold words of the draft and are shown to nobody else.</param>
/// <param name="Findings">What was accepted although it is not as asked for, and what was dropped, a sentence each, for readers.</param>
/// <param name="Accepted">What remains when everything that failed is dropped; null where that is no summary.</param>
internal sealed record CheckedDraft(ModelDraft? Draft, IReadOnlyList<string> Failures, IReadOnlyList<string> Findings, Summary? Accepted)
{
    /// <summary>The failures as readers are told them, without words of the draft.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>What was counted in what is accepted; null where nothing is.</summary>
    public CheckTally? Tally { get; init; }

    /// <summary>How many sentences of prose were left out of what is accepted.</summary>
    public int SentencesLeftOut { get; init; }

    /// <summary>Whether this draft, a repair, is to take the other's place: the one that shows more does, then the one with fewer faults.</summary>
    public bool IsBetterThan(CheckedDraft former)
    {
        ArgumentNullException.ThrowIfNull(former);
        var order = Parts.CompareTo(former.Parts);
        if (order == 0)
            order = (Accepted?.ResultsEvidence is not null).CompareTo(former.Accepted?.ResultsEvidence is not null);
        if (order == 0)
            order = former.SentencesLeftOut.CompareTo(SentencesLeftOut);
        return order > 0 || (order == 0 && Failures.Count <= former.Failures.Count);
    }

    /// <summary>Key points and sections that can be shown; -1 where there is no summary.</summary>
    private int Parts => Accepted is { } shown
        ? shown.KeyPoints.Count + new[] { shown.Overview, shown.Methodology, shown.Results, shown.Implications }.Count(part => part is not null)
        : -1;
}

/// <summary>
/// Checks a model's draft in code: schema, tags, lengths, quotes, what the quotes support, numbers, names, strong claims, what a manipulated paper may have
/// made it say, and copying. What fails is dropped: a key point, a sentence of prose, or a whole part.
/// </summary>
internal static class SummaryCheck
{
    private const int FewestPoints = 3;
    private const int MostPoints = 5;

    // The final summary gets its own.
    private static readonly Provenance pending = new()
    {
        Method = SummaryMethod.Model,
        PromptVersion = SummaryPrompt.Version,
        Source = TextSource.Abstract,
        PaperVersion = 1,
        CreatedAt = default,
    };

    // A repair is checked against the same text; an index lives as long as its text does.
    private static readonly ConditionalWeakTable<SourceText, SourceIndex> indexes = [];

    /// <summary>Checks a draft against the text that it was written from.</summary>
    public static CheckedDraft Run(ModelDraft? draft, Paper paper, SourceText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return draft is null
            ? new CheckedDraft(null, ["The answer is no JSON of the schema."], [], null) { Reasons = ["the answer is no JSON of the schema"] }
            : new Reading(draft, text, indexes.GetValue(text, _ => new SourceIndex(paper, text.Paper))).Check();
    }

    /// <summary>One draft on its way through the checks.</summary>
    private sealed class Reading(ModelDraft draft, SourceText text, SourceIndex source)
    {
        // An abstract of two sentences gives two points, and short texts.
        private readonly bool isAbstract = text.Source == TextSource.Abstract;
        private readonly List<CheckFailure> failures = [];
        private readonly List<string> findings = [];
        private int dropped;
        private int leftOut;
        private int numbers;

        public CheckedDraft Check()
        {
            var tags = TagCheck.Accept(draft.Tags);
            if (tags.Count == 0)
                Fail("tags: give one to three of the given tags.", "it has no tag of the list");

            var points = new List<KeyPoint>();
            var repeated = 0;
            foreach (var point in (draft.KeyPoints ?? []).OfType<DraftPoint>())
            {
                if (points.Count + dropped == MostPoints)
                    break;
                if (points.Exists(earlier => Repetitions.KeyOf(earlier.Claim) == Repetitions.KeyOf(point.Claim)))
                    repeated++;
                else if (Point(point) is { } accepted)
                    points.Add(accepted);
                else
                    dropped++;
            }

            if (repeated > 0)
                findings.Add("A key point was given more than once and is shown once.");

            var fewest = isAbstract ? 1 : FewestPoints;
            if ((points.Count < fewest && dropped == 0) || (points.Count < FewestPoints && repeated > 0))
                Fail($"keyPoints: give at least {FewestPoints}.", "it has too few key points");

            var summary = Prose("summary", draft.Summary, Lengths.Summary);
            var methodology = Prose("methodology", draft.Methodology, Lengths.Methodology);
            var results = Prose("results", draft.Results, Lengths.Results);
            var implications = Prose("implications", draft.Implications, Lengths.Implications);
            if (DraftTexts.OrNull(draft.Summary) is null)
                Fail("summary: it must not be null.", "it has no summary");

            var evidence = Evidence(DraftTexts.OrNull(draft.Results) is not null, results is not null);
            var isShown = tags.Count > 0 && points.Count >= fewest && summary is not null;
            var shown = isShown
                ? new Summary
                {
                    Tags = tags,
                    KeyPoints = points,
                    Overview = summary,
                    Methodology = methodology,
                    Results = results,
                    Implications = implications,
                    ResultsEvidence = evidence,
                    Provenance = pending,
                }
                : null;
            return new CheckedDraft(draft, [.. failures.Select(failure => failure.ForModel).Distinct(StringComparer.Ordinal)], [.. findings.Distinct(StringComparer.Ordinal)], shown)
            {
                Reasons = [.. failures.Select(failure => failure.Reason).Distinct(StringComparer.Ordinal)],
                Tally = isShown ? new CheckTally(points.Count, points.Count, points.Count(point => point.Evidence!.Weak), dropped, numbers, numbers) : null,
                SentencesLeftOut = leftOut,
            };
        }

        private KeyPoint? Point(DraftPoint point)
        {
            const string field = "keyPoints";
            if (DraftTexts.OrNull(point.Claim) is not { } claim || string.IsNullOrWhiteSpace(point.Quote))
                return Drop(new CheckFailure("keyPoints: each has a claim and a quote.", "it has no claim or no quote"));

            var found = new List<CheckFailure>();
            var (place, noQuote) = QuoteCheck.Find(field, point.Quote, source);
            if (noQuote is not null)
                found.Add(noQuote);
            if (SentenceCheck.Foreign(field, claim, text.Paper, source) is { } foreign)
                found.Add(foreign);
            if (QuoteCheck.Foreign(field, point.Quote, text.Paper) is { } unfit)
                found.Add(unfit);

            var length = LengthCheck.Find("keyPoints: a claim", claim, Lengths.Claim, isLowerBoundOff: false);
            if (length is { IsAccepted: false })
                found.Add(new CheckFailure(length.Value.Said, "its length"));

            var plain = PlainText.Of(claim);
            var support = place is null ? null : SupportCheck.Find(plain, place, source);
            foreach (var number in support?.Numbers ?? [])
                found.Add(new CheckFailure($"{field}: \"{number}\" does not stand in the claim's own quote, nor does it follow from it: \"{DraftTexts.Shorten(claim)}\"", "a number that its quote does not state"));
            foreach (var name in support?.Names ?? [])
                found.Add(new CheckFailure($"{field}: \"{name}\" does not stand in the claim's own quote: \"{DraftTexts.Shorten(claim)}\"", "a name that does not stand in its quote"));
            found.AddRange(SentenceCheck.Strong(field, claim, source));
            if (found.Count > 0)
                return Drop([.. found]);

            if (length is { } odd)
                findings.Add(odd.Said);
            numbers += support!.NumberCount;
            return new KeyPoint(claim, new Evidence(QuoteText.Trim(point.Quote), place!.Section, place.Anchor, support.IsWeak));

            KeyPoint? Drop(params CheckFailure[] why)
            {
                failures.AddRange(why);
                findings.Add($"Dropped: a key point: {why[0].Reason}.");
                return null;
            }
        }

        private string? Prose(string field, string? written, WordRange length)
        {
            if (DraftTexts.OrNull(written) is not { } whole)
                return null;
            var prose = Repetitions.Once(whole, out var isRepetitive);
            if (isRepetitive)
                findings.Add($"A sentence of the {field} was given more than once and is shown once.");
            if (SentenceCheck.Foreign(field, prose, text.Paper, source) is { } foreign)
                return Drop(foreign);

            var kept = new List<string>();
            var ofKept = 0;
            var wrong = new List<CheckFailure>();
            var all = Sentences.Of(prose);
            foreach (var sentence in all)
            {
                var (faults, count) = SentenceCheck.Find(field, sentence, source);
                wrong.AddRange(faults);
                if (faults.Count > 0)
                    continue;
                kept.Add(sentence);
                ofKept += count;
            }

            if (wrong.Count == 0)
            {
                if (LengthCheck.Find(field, prose, length, isAbstract) is var (said, isAccepted))
                {
                    if (!isAccepted)
                        return Drop(new CheckFailure(said, "its length"));
                    findings.Add(said);
                }

                numbers += ofKept;
                return prose;
            }

            // A part loses its wrong sentences, and with too many of them itself.
            var rest = string.Join(' ', kept);
            if (!LengthCheck.IsWithinTolerance(WordRange.Count(rest), length, isAbstract))
                return Drop([.. wrong]);
            failures.AddRange(wrong);
            leftOut += all.Count - kept.Count;
            numbers += ofKept;
            findings.AddRange(wrong.Select(fault => $"A sentence was left out of the {field}: {fault.Reason}."));
            return rest;

            string? Drop(params CheckFailure[] why)
            {
                failures.AddRange(why);
                findings.Add($"Dropped: {field}: {why[0].Reason}.");
                dropped++;
                return null;
            }
        }

        private Evidence? Evidence(bool isWritten, bool isShown)
        {
            if (!isWritten)
                return null;
            if (string.IsNullOrWhiteSpace(draft.ResultsQuote))
            {
                Fail("resultsQuote: give the passage that the results rest on.", "the results have no quote");
                return null;
            }

            var (place, failure) = QuoteCheck.Find("resultsQuote", draft.ResultsQuote, source);
            failure ??= QuoteCheck.Foreign("resultsQuote", draft.ResultsQuote, text.Paper);
            if (failure is null)
                return isShown ? new Evidence(QuoteText.Trim(draft.ResultsQuote), place!.Section, place.Anchor) : null;
            failures.Add(failure);
            if (isShown)
                findings.Add("The results are shown without a quote: theirs did not pass the checks.");
            return null;
        }

        private void Fail(string forModel, string reason) => failures.Add(new CheckFailure(forModel, reason));
    }
}
