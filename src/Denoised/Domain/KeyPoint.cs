namespace Denoised.Domain;

/// <summary>A claim with the quote that supports it: a key point, or the TL;DR.</summary>
/// <param name="Claim">One sentence of the length in <see cref="Lengths"/>. In an extractive summary, a whole sentence of the text.</param>
/// <param name="Evidence">The quote, or null when the claim itself is the quote (extractive).</param>
/// <param name="MoreEvidence">The quote of the second supporting sentence, if there is one.</param>
public sealed record KeyPoint(string Claim, Evidence? Evidence = null, Evidence? MoreEvidence = null);

/// <summary>A sentence of a summary's prose, with the quotes that support it.</summary>
/// <param name="Part">The property that contains it: <c>summary</c>, <c>methodology</c>, <c>results</c> or <c>implications</c>.</param>
/// <param name="Start">The start in that property, in UTF-16 code units.</param>
/// <param name="Length">The length, in UTF-16 code units.</param>
/// <param name="Evidence">One or two quotes, the most similar first.</param>
public sealed record SentenceEvidence(string Part, int Start, int Length, IReadOnlyList<Evidence> Evidence);

/// <summary>A verbatim quote from one sentence of the paper.</summary>
/// <param name="Quote">At most 40 words.</param>
/// <param name="Section">The heading of its section, if known.</param>
/// <param name="Anchor">The fragment of the section in arXiv's HTML (<c>S3.SS1</c>), if there is one.</param>
/// <param name="Weak">Whether the quote supports the claim only in part.</param>
public sealed record Evidence(string Quote, string? Section = null, string? Anchor = null, bool Weak = false);
