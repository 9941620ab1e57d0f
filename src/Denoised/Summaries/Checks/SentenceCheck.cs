using Denoised.Grounding;

namespace Denoised.Summaries.Checks;

/// <summary>Checks one sentence of a draft against the sentences of the paper that it names.</summary>
internal static class SentenceCheck
{
    /// <summary>What is wrong with a key point's claim.</summary>
    /// <inheritdoc cref="OfProse"/>
    public static (IReadOnlyList<CheckFailure> Failures, Support Support) OfClaim(string field, string sentence, IReadOnlyList<SourceSentence> named, GroundedPaper paper)
    {
        var evidence = new EvidencePassage(paper, named);
        return ([.. GroundingCheck.Check(sentence, evidence).Select(finding => Of(field, sentence, finding))], SupportCheck.OfClaim(PlainText.Of(sentence), evidence));
    }

    /// <summary>What is wrong with a sentence of prose; its numbers and names may stand anywhere in the paper.</summary>
    /// <param name="field">The part of the digest that it stands in.</param>
    /// <param name="sentence">The sentence as the draft has it.</param>
    /// <param name="named">The sentences of the paper that it names.</param>
    /// <param name="paper">The paper.</param>
    public static (IReadOnlyList<CheckFailure> Failures, Support Support) OfProse(string field, string sentence, IReadOnlyList<SourceSentence> named, GroundedPaper paper)
    {
        var shown = DraftTexts.Shorten(sentence);
        var evidence = new EvidencePassage(paper, named);
        var support = SupportCheck.OfProse(PlainText.Of(sentence), evidence);
        List<CheckFailure> failures =
        [
            .. support.Numbers.Select(number => new CheckFailure($"{field}: \"{number}\" does not stand in the paper, nor does it follow from it: \"{shown}\"", "a number that the paper does not state")),
            .. support.Names.Select(name => new CheckFailure($"{field}: the name \"{name}\" does not stand in the paper: \"{shown}\"", "a name that does not stand in the paper")),
            .. GroundingCheck.CheckProse(sentence, evidence).Select(finding => Of(field, sentence, finding)),
        ];
        return (failures, support);
    }

    private static CheckFailure Of(string field, string sentence, GroundingFinding finding) => new($"{field}: {finding.Message}: \"{DraftTexts.Shorten(sentence)}\"", finding.Kind switch
    {
        GroundingKind.Number => "a number that its evidence does not state",
        GroundingKind.Name => "a name that does not stand in its evidence",
        GroundingKind.Polarity => "its evidence says the opposite",
        GroundingKind.Strength => "a claim that the paper does not make",
        GroundingKind.Topic => "its evidence is not about the paper",
        GroundingKind.Form => "it is no statement about the work",
        _ => "its evidence is about something else",
    });

    /// <summary>What a whole text must not hold: passages of the paper's body.</summary>
    public static CheckFailure? Copied(string field, string text, SourceIndex source) => source.Body.Find(text) is { } copied
        ? new CheckFailure($"{field}: more than {PassageIndex.MostWords} words in a row are copied from the paper, from \"{copied}\" on; use your own words.", "too much of it was copied from the paper")
        : null;
}
