using Denoised.Grounding.Claims;
using Denoised.Grounding.Names;
using Denoised.Grounding.Numbers;
using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>Answers whether the paper supports a sentence, given the evidence that it names.</summary>
internal static class GroundingCheck
{
    // What is longer is no sentence; nothing behind this is read.
    private const int MaxCharacters = 2_000;

    /// <summary>Checks a key point: its numbers, names and directions are those of its evidence.</summary>
    /// <param name="sentence">One sentence of a summary.</param>
    /// <param name="evidence">What it rests on.</param>
    /// <param name="thresholds">Null: <see cref="GroundingThresholds.Default"/>.</param>
    /// <returns>What is wrong with it; empty where the paper supports it.</returns>
    public static IReadOnlyList<GroundingFinding> Check(string sentence, EvidencePassage evidence, GroundingThresholds? thresholds = null) =>
        Check(sentence, evidence, thresholds, static (claim, evidence) => [.. NumberSupport.Find(claim, evidence), .. NameSupport.Find(claim, evidence), .. PolarityCheck.Find(claim, evidence), .. SuperlativeCheck.Find(claim, evidence)]);

    /// <summary>Checks a sentence of prose, which takes together what the paper says in several places: numbers and names may stand anywhere in it, and are not checked here.</summary>
    /// <inheritdoc cref="Check(string, EvidencePassage, GroundingThresholds?)"/>
    public static IReadOnlyList<GroundingFinding> CheckProse(string sentence, EvidencePassage evidence) => Check(sentence, evidence, null, static (_, _) => []);

    private static IReadOnlyList<GroundingFinding> Check(
        string sentence, EvidencePassage evidence, GroundingThresholds? thresholds, Func<Claim, EvidencePassage, IEnumerable<GroundingFinding>> findMore)
    {
        if (sentence.Length > MaxCharacters)
            return [new(GroundingKind.Form, $"it has more than {MaxCharacters} characters")];
        thresholds ??= GroundingThresholds.Default;
        var claim = new Claim(sentence, evidence.Paper);
        List<GroundingFinding> findings = [.. findMore(claim, evidence)];

        // A key point may be two sentences; each speaks for itself.
        foreach (var one in Sentences.Of(sentence))
        {
            findings.AddRange(FormCheck.Find(one, evidence.Paper));
            findings.AddRange(Strong(PlainText.Of(one), evidence.Paper.Source));
        }

        if (EvidenceSupport.Find(claim, evidence, thresholds) is { } unsupported)
            findings.Add(unsupported);
        if (TopicCheck.Find(evidence, thresholds) is { } foreign)
            findings.Add(foreign);
        return findings;
    }

    private static IEnumerable<GroundingFinding> Strong(string plain, SourceIndex source) =>
        OverclaimCheck.Find(plain, source).Select(static strong => new GroundingFinding(
            GroundingKind.Strength, strong.IsHedged ? $"the paper hedges what this says with \"{strong.Claim}\"" : $"the paper does not claim \"{strong.Claim}\" of this"));
}
