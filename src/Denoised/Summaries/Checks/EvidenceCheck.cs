using Denoised.Domain;
using Denoised.Grounding;
using Denoised.Model;
using Denoised.Text;

namespace Denoised.Summaries.Checks;

/// <summary>The sentences of a paper that a sentence of a draft cites by number.</summary>
/// <param name="Sentences">
/// The cited sentences that exist, distinct and in the order of the citation; at most <see cref="EvidenceCheck.MaxSentences"/>.
/// </param>
/// <param name="Failures">Failures of the numbers or of the cited sentences.</param>
internal sealed record NamedSentences(IReadOnlyList<SourceSentence> Sentences, IReadOnlyList<CheckFailure> Failures);

/// <summary>
/// Checks that a sentence of a draft cites one or two sentences of the prompt that are long enough to serve as evidence and safe to publish.
/// </summary>
/// <param name="text">The model input.</param>
/// <param name="source">The paper.</param>
internal sealed class EvidenceCheck(ModelInput text, SourceIndex source)
{
    /// <summary>The maximum number of cited sentences.</summary>
    public const int MaxSentences = 2;

    private const int MinWords = 4;

    // Many sentences of a draft can cite the same sentence of the paper.
    private readonly Dictionary<SourceSentence, string> passages = [];

    /// <summary>Resolves the cited numbers.</summary>
    /// <param name="field">The part of the summary.</param>
    /// <param name="written">The sentence with its numbers.</param>
    public NamedSentences Find(string field, DraftSentence written)
    {
        var shown = DraftTexts.Shorten(written.Text ?? "");
        var numbers = (written.Evidence ?? []).Distinct().Take(MaxSentences).ToList();
        if (numbers.Count == 0)
            return new(
                [],
                [new CheckFailure(
                    $"{field}: give the numbers of the one or two sentences that this rests on: \"{shown}\"", "it names no sentence of the paper")]);

        var (sentences, failures) = (new List<SourceSentence>(), new List<CheckFailure>());
        var last = text.Numbered.Ordinals.Count;
        foreach (var number in numbers)
        {
            if (number < 1 || number > last)
                failures.Add(new CheckFailure(
                    $"{field}: there is no sentence [s{number}], the last one is [s{last}]: \"{shown}\"",
                    "it names a sentence that the paper does not have"));
            else
                sentences.Add(source.AtOrdinal(text.Numbered.Ordinals[number - 1]));
        }

        if (sentences.Count > 0 && sentences.Sum(sentence => WordRange.Count(PassageOf(sentence))) < MinWords)
            failures.Add(new CheckFailure(
                $"{field}: what it names is too short to show anything: \"{shown}\"", "the sentence that it names is too short to show anything"));
        if (sentences.Exists(sentence => PassageOf(sentence).Length == 0))
            failures.Add(new CheckFailure($"{field}: a sentence that it names is a link: \"{shown}\"", "the sentence that it names is a link"));

        return new(sentences, failures);
    }

    /// <summary>Returns the quotes of the cited sentences, the most similar to the claim first.</summary>
    /// <param name="sentences">The cited sentences.</param>
    /// <param name="claim">The claim that they support.</param>
    /// <param name="isWeak">Whether they support it only in part.</param>
    public IReadOnlyList<Evidence> Quote(IReadOnlyList<SourceSentence> sentences, string claim, bool isWeak)
    {
        var window = new QuoteWindow(claim);
        return [.. sentences
            .Select(sentence => (Quote: window.Of(PassageOf(sentence)), Place: source.PlaceOf(sentence)))
            .OrderByDescending(found => sentences.Count > 1 ? window.Similarity(found.Quote) : 0)
            .Select(found => new Evidence(found.Quote, found.Place.Section, found.Place.Anchor, isWeak))];
    }

    /// <summary>The publishable part of a sentence: the text before a link.</summary>
    private string PassageOf(SourceSentence sentence)
    {
        if (!passages.TryGetValue(sentence, out var passage))
            passages[sentence] = passage = FormCheck.BeforeLink(sentence.Text);
        return passage;
    }
}
