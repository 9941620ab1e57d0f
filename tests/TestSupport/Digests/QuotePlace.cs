namespace Denoised.TestSupport.Digests;

/// <summary>
/// The position of a quote in a paper. The repository does not contain the words of the quote, because they belong to its authors.
/// </summary>
/// <param name="At">The start in <see cref="QuotableText.Normalized"/>, in characters. A hint: it changes with the readers.</param>
/// <param name="Length">The length in <see cref="QuotableText.Normalized"/>.</param>
/// <param name="Hash">The first 12 hex digits of the SHA-256 of these characters (UTF-8).</param>
internal sealed record QuotePlace(int At, int Length, string Hash);
