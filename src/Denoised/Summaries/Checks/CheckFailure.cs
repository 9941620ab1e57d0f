namespace Denoised.Summaries.Checks;

/// <summary>Why something of a draft is not shown.</summary>
/// <param name="ForModel">What is to be mended, with the words in question: goes into the repair.</param>
/// <param name="Reason">
/// The same for readers, such as "its quote does not stand in the paper": without any of the words in question, which may be what a manipulated paper wants shown.
/// </param>
internal sealed record CheckFailure(string ForModel, string Reason);
