namespace Denoised.Grounding;

/// <summary>Answers whether the paper supports a sentence, given the evidence that it names.</summary>
internal static class GroundingCheck
{
    // What is longer is no sentence; nothing behind this is read.
    private const int MaxCharacters = 2_000;

    /// <summary>Checks a sentence against its evidence.</summary>
    /// <param name="sentence">One sentence of a summary.</param>
    /// <param name="evidence">What it rests on.</param>
    /// <param name="thresholds">Null: <see cref="GroundingThresholds.Default"/>.</param>
    /// <returns>What is wrong with it; empty where the paper supports it.</returns>
    public static IReadOnlyList<GroundingFinding> Check(string sentence, EvidencePassage evidence, GroundingThresholds? thresholds = null)
    {
        if (sentence.Length > MaxCharacters)
            return [new(GroundingKind.Form, $"it has more than {MaxCharacters} characters")];
        thresholds ??= GroundingThresholds.Default;
        var claim = new Claim(sentence, evidence.Paper);
        List<GroundingFinding> findings = [.. FormCheck.Find(claim, evidence.Paper), .. NumberSupport.Find(claim, evidence), .. NameSupport.Find(claim, evidence)];
        findings.AddRange([.. PolarityCheck.Find(claim, evidence), .. StrengthCheck.Find(claim, evidence)]);
        if (EvidenceSupport.Find(claim, evidence, thresholds) is { } unsupported)
            findings.Add(unsupported);
        if (TopicCheck.Find(evidence, thresholds) is { } foreign)
            findings.Add(foreign);
        return findings;
    }
}
