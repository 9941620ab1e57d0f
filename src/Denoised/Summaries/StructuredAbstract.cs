namespace Denoised.Summaries;

/// <summary>Structured abstracts name the roles of their sentences in headings: <c>Methods: …</c>.</summary>
internal static class StructuredAbstract
{
    private const int MaxHeadingLength = 40;

    /// <summary>The role and length of the heading at the start of a sentence, including its colon; null when there is none.</summary>
    public static (SentenceRole Role, int Length)? Heading(string sentence)
    {
        var colon = sentence.AsSpan(0, Math.Min(sentence.Length, MaxHeadingLength)).IndexOf(':');
        SentenceRole? role = colon < 0 ? null : sentence.AsSpan(0, colon).Trim().ToString().ToUpperInvariant() switch
        {
            "BACKGROUND" or "INTRODUCTION" or "MOTIVATION" or "IMPORTANCE" or "PROBLEM" or "CONTEXT" => SentenceRole.Problem,
            "OBJECTIVE" or "OBJECTIVES" or "PURPOSE" or "AIM" or "AIMS" or "GOAL" or "BACKGROUND AND OBJECTIVE" => SentenceRole.Contribution,
            "METHOD" or "METHODS" or "METHODOLOGY" or "MATERIALS AND METHODS" or "APPROACH" or "DESIGN" => SentenceRole.Method,
            "RESULT" or "RESULTS" or "FINDINGS" or "MAIN RESULTS" or "KEY FINDINGS" => SentenceRole.Result,
            "CONCLUSION" or "CONCLUSIONS" or "DISCUSSION" or "SIGNIFICANCE" or "IMPLICATIONS" or "RESULTS AND CONCLUSION" => SentenceRole.Implication,
            _ => null,
        };
        return role is { } known ? (known, colon + 1) : null;
    }
}
