namespace Denoised.Tests.Summaries.Digests;

/// <summary>
/// Where a quote stands in a paper, without its words: those are the authors', and no part of this tree.
/// </summary>
/// <param name="At">Where it begins in <see cref="QuotableText.Normalized"/>, in characters. A hint: it moves when the readers change.</param>
/// <param name="Length">Its length there.</param>
/// <param name="Hash">The first 12 hex digits of the SHA-256 of the characters there (UTF-8).</param>
internal sealed record QuotePlace(int At, int Length, string Hash);
