using Denoised.Grounding.Claims;
using Denoised.Grounding.Names;
using Denoised.Grounding.Numbers;
using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>Checks whether the cited evidence in the paper supports a sentence.</summary>
internal static class GroundingCheck
{
    // Ignores text beyond this length: a single statement is shorter.
    private const int MaxCharacters = 2_000;

    /// <summary>Checks that the numbers, names and directions of a key point match its evidence.</summary>
    /// <param name="sentence">One sentence of a summary.</param>
    /// <param name="evidence">The cited sentences.</param>
    /// <param name="thresholds">The thresholds; null for <see cref="GroundingThresholds.Default"/>.</param>
    /// <returns>The findings; empty if the paper supports the sentence.</returns>
    public static IReadOnlyList<GroundingFinding> Check(string sentence, EvidencePassage evidence, GroundingThresholds? thresholds = null) =>
        Check(
            sentence,
            evidence,
            thresholds,
            static (claim, evidence) =>
                [
                    .. NumberSupport.Find(claim, evidence),
                    .. NameSupport.Find(claim, evidence),
                    .. PolarityCheck.Find(claim, evidence),
                    .. SuperlativeCheck.Find(claim, evidence)]);

    /// <summary>
    /// Checks a sentence of prose, which combines several places of the paper. Its numbers and names can occur anywhere in the paper; this method
    /// does not check them.
    /// </summary>
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

        // A key point can consist of two sentences. Each is checked alone.
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
            GroundingKind.Strength,
            strong.IsHedged ? $"the paper hedges what this says with \"{strong.Claim}\"" : $"the paper does not claim \"{strong.Claim}\" of this"));
}
