using Denoised.Arxiv.Text;

namespace Denoised.Summaries.Checks;

/// <summary>Checks the numbers, names and strong claims of one sentence of a draft.</summary>
internal static class SentenceCheck
{
    /// <summary>What is wrong with a key point's claim.</summary>
    /// <inheritdoc cref="OfProse"/>
    public static (IReadOnlyList<CheckFailure> Failures, Support Support) OfClaim(string field, string sentence, IReadOnlyList<SourceSentence> named, SourceIndex source) =>
        Find(field, sentence, SupportCheck.OfClaim(PlainText.Of(sentence), named, source), "its evidence", source);

    /// <summary>What is wrong with a sentence of prose.</summary>
    /// <param name="field">The part of the digest that it stands in.</param>
    /// <param name="sentence">The sentence as the draft has it.</param>
    /// <param name="named">The sentences of the paper that it names.</param>
    /// <param name="source">The paper.</param>
    public static (IReadOnlyList<CheckFailure> Failures, Support Support) OfProse(string field, string sentence, IReadOnlyList<SourceSentence> named, SourceIndex source) =>
        Find(field, sentence, SupportCheck.OfProse(PlainText.Of(sentence), named, source), "the paper", source);

    private static (IReadOnlyList<CheckFailure> Failures, Support Support) Find(string field, string sentence, Support support, string place, SourceIndex source)
    {
        var shown = DraftTexts.Shorten(sentence);
        List<CheckFailure> failures =
        [
            .. support.Numbers.Select(number => new CheckFailure($"{field}: \"{number}\" does not stand in {place}, nor does it follow from it: \"{shown}\"", $"a number that {place} does not state")),
            .. support.Names.Select(name => new CheckFailure($"{field}: the name \"{name}\" does not stand in {place}: \"{shown}\"", $"a name that does not stand in {place}")),
            .. Strong(field, sentence, source),
        ];
        return (failures, support);
    }

    /// <summary>What a sentence, or each of several, claims more strongly than the paper does.</summary>
    private static IEnumerable<CheckFailure> Strong(string field, string sentence, SourceIndex source) =>
        Sentences.Of(sentence).SelectMany(one => OverclaimCheck.Find(PlainText.Of(one), source)).Select(strong => strong.IsHedged
            ? new CheckFailure($"{field}: the paper hedges what this says with \"{strong.Claim}\": \"{DraftTexts.Shorten(sentence)}\"", "a claim that the paper hedges")
            : new CheckFailure($"{field}: the paper does not claim \"{strong.Claim}\" of this: \"{DraftTexts.Shorten(sentence)}\"", "a claim that the paper does not make"));

    /// <summary>What a whole text must not hold: what was smuggled in, and passages of the paper's body.</summary>
    public static CheckFailure? Foreign(string field, string text, PaperText paper, SourceIndex source)
    {
        if (InjectionResidue.Find(text, paper) is { } residue)
            return new CheckFailure($"{field}: it holds {residue}.", $"it held {residue}");
        return source.Body.Find(text) is { } copied
            ? new CheckFailure($"{field}: more than {PassageIndex.MostWords} words in a row are copied from the paper, from \"{copied}\" on; use your own words.", "too much of it was copied from the paper")
            : null;
    }
}
