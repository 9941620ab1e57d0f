namespace Denoised.Domain;

/// <summary>The result of verifying a summary.</summary>
/// <param name="Pairs">The sentences that were checked, each with its quotes.</param>
/// <param name="Contradicted">The sentences that their quotes contradict; removed.</param>
/// <param name="NotStated">The sentences that their quotes do not state; removed.</param>
/// <param name="InputTokens">Input tokens; included in the summary's.</param>
/// <param name="OutputTokens">Output tokens; included in the summary's.</param>
public sealed record Verification(int Pairs, int Contradicted, int NotStated, int InputTokens, int OutputTokens);
