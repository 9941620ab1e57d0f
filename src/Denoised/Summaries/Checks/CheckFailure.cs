namespace Denoised.Summaries.Checks;

/// <summary>The reason why a part of a draft is not published.</summary>
/// <param name="ForModel">The correction for the model, with the words in question; part of the repair message.</param>
/// <param name="Reason">
/// The reason for readers, such as "a number that the paper does not state". Never contains the words in question: a prompt injection may aim to
/// publish them.
/// </param>
internal sealed record CheckFailure(string ForModel, string Reason);
