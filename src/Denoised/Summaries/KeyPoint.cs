namespace Denoised.Summaries;

/// <summary>One claim, with the quote that it rests on.</summary>
/// <param name="Claim">7 to 20 words; of an extractive summary a whole sentence of the text.</param>
/// <param name="Evidence">Null where the claim itself is the quote (extractive).</param>
/// <param name="MoreEvidence">The quote of the second sentence that it rests on, where it rests on two.</param>
public sealed record KeyPoint(string Claim, Evidence? Evidence = null, Evidence? MoreEvidence = null);

/// <summary>A sentence of a summary's prose, with the quotes that it rests on.</summary>
/// <param name="Part">The property that it stands in: <c>summary</c>, <c>methodology</c>, <c>results</c> or <c>implications</c>.</param>
/// <param name="Start">Where it begins there, in UTF-16 code units.</param>
/// <param name="Length">Its length.</param>
/// <param name="Evidence">One or two quotes, the most similar one first.</param>
public sealed record SentenceEvidence(string Part, int Start, int Length, IReadOnlyList<Evidence> Evidence);

/// <summary>A verbatim quote from one sentence of the paper.</summary>
/// <param name="Quote">At most 40 words.</param>
/// <param name="Section">The heading of the section it stands in, where known.</param>
/// <param name="Anchor">The fragment of that section in arXiv's HTML (<c>S3.SS1</c>), where there is one.</param>
/// <param name="Weak">The quote supports the claim only in part.</param>
public sealed record Evidence(string Quote, string? Section = null, string? Anchor = null, bool Weak = false);
