using Denoised.Arxiv.Text;

namespace Denoised.Summaries.Checks;

/// <summary>Checks one sentence of a draft's prose against the whole paper: its numbers, names and strong claims.</summary>
internal static class SentenceCheck
{
    /// <summary>What is wrong with a sentence, and how many numbers it has.</summary>
    /// <param name="field">The part of the digest that it stands in.</param>
    /// <param name="sentence">The sentence as the draft has it.</param>
    /// <param name="source">The paper.</param>
    public static (IReadOnlyList<CheckFailure> Failures, int Numbers) Find(string field, string sentence, SourceIndex source)
    {
        var plain = PlainText.Of(sentence);
        var failures = new List<CheckFailure>();
        var shown = DraftTexts.Shorten(sentence);
        var numbered = new NumberedSentence(plain, source);
        foreach (var number in numbered.Numbers)
        {
            if (!NumberCheck.IsBacked(number, numbered))
                failures.Add(new CheckFailure($"{field}: \"{numbered.Written(number)}\" is not what the paper states, nor does it follow from it: \"{shown}\"", "a number that the paper does not state"));
        }

        foreach (var name in NameCheck.Missing(plain, source.Names, source.Names))
            failures.Add(new CheckFailure($"{field}: the name \"{name}\" does not stand in the paper: \"{shown}\"", "a name that does not stand in the paper"));
        failures.AddRange(Strong(field, sentence, source));
        return (failures, numbered.Numbers.Count);
    }

    /// <summary>What a sentence, or each of several, claims more strongly than the paper does.</summary>
    public static IEnumerable<CheckFailure> Strong(string field, string sentence, SourceIndex source) =>
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
