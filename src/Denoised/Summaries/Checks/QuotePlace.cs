namespace Denoised.Summaries.Checks;

/// <summary>Where a quote stands.</summary>
/// <param name="First">The first of the sentences of <see cref="SourceIndex.Sentences"/> that it stands in.</param>
/// <param name="Last">The last of them.</param>
/// <param name="Section">The heading it stands under, <c>Abstract</c>, or null for the title.</param>
/// <param name="Anchor">The fragment of that section in arXiv's HTML, where there is one.</param>
internal sealed record QuotePlace(int First, int Last, string? Section, string? Anchor);
