using Denoised.Grounding;
using Denoised.Text;

namespace Denoised.Summaries.Checks;

/// <summary>Checks a sentence of a draft against the sentences of the paper that it cites.</summary>
internal static class SentenceCheck
{
    /// <summary>Checks the claim of a key point.</summary>
    /// <inheritdoc cref="OfProse"/>
    public static (IReadOnlyList<CheckFailure> Failures, Support Support) OfClaim(
        string field,
        string sentence,
        IReadOnlyList<SourceSentence> named,
        GroundedPaper paper)
    {
        var evidence = new EvidencePassage(paper, named);
        return (
            [.. GroundingCheck.Check(sentence, evidence).Select(finding => Of(field, sentence, finding))],
            SupportCheck.OfClaim(PlainText.Of(sentence), evidence));
    }

    /// <summary>Checks a sentence of prose. Its numbers and names can occur anywhere in the paper.</summary>
    /// <param name="field">The part of the summary.</param>
    /// <param name="sentence">The sentence as in the draft.</param>
    /// <param name="named">The cited sentences of the paper.</param>
    /// <param name="paper">The paper.</param>
    public static (IReadOnlyList<CheckFailure> Failures, Support Support) OfProse(
        string field,
        string sentence,
        IReadOnlyList<SourceSentence> named,
        GroundedPaper paper)
    {
        var shown = DraftTexts.Shorten(sentence);
        var evidence = new EvidencePassage(paper, named);
        var support = SupportCheck.OfProse(PlainText.Of(sentence), evidence);
        List<CheckFailure> failures =
        [
            .. support.Numbers.Select(number => new CheckFailure(
                $"{field}: \"{number}\" does not stand in the paper, nor does it follow from it: \"{shown}\"",
                "a number that the paper does not state")),
            .. support.Names.Select(name => new CheckFailure(
                $"{field}: the name \"{name}\" does not stand in the paper: \"{shown}\"", "a name that does not stand in the paper")),
            .. GroundingCheck.CheckProse(sentence, evidence).Select(finding => Of(field, sentence, finding)),
        ];
        return (failures, support);
    }

    /// <summary>Checks a sentence in another language than English.</summary>
    /// <param name="field">The part of the summary.</param>
    /// <param name="sentence">The sentence as in the draft.</param>
    /// <param name="named">The cited sentences of the paper.</param>
    /// <param name="paper">The paper.</param>
    /// <param name="isProse">Whether its numbers and names can occur anywhere in the paper.</param>
    public static (IReadOnlyList<CheckFailure> Failures, Support Support) OfTranslation(
        string field,
        string sentence,
        IReadOnlyList<SourceSentence> named,
        GroundedPaper paper,
        bool isProse)
    {
        var findings = TranslationCheck.Check(sentence, new EvidencePassage(paper, named), isProse, out var numbers);
        return ([.. findings.Select(finding => Of(field, sentence, finding))], new Support([], [], IsWeak: false, numbers));
    }

    private static CheckFailure Of(string field, string sentence, GroundingFinding finding) =>
        new($"{field}: {finding.Message}: \"{DraftTexts.Shorten(sentence)}\"", finding.Kind switch
    {
        GroundingKind.Number => "a number that its evidence does not state",
        GroundingKind.Name => "a name that does not stand in its evidence",
        GroundingKind.Polarity => "its evidence says the opposite",
        GroundingKind.Strength => "a claim that the paper does not make",
        GroundingKind.Topic => "its evidence is not about the paper",
        GroundingKind.Form => "it is no statement about the work",
        _ => "its evidence is about something else",
    });

    /// <summary>Checks that a text copies no passage of the paper's body.</summary>
    public static CheckFailure? FindCopied(string field, string text, SourceIndex source) => source.Body.Find(text) is { } copied
        ? new CheckFailure(
            $"{field}: more than {PassageIndex.MaxCopiedWords} words in a row are copied from the paper, from \"{copied}\" on; use your own words.",
            "too much of it was copied from the paper")
        : null;
}
