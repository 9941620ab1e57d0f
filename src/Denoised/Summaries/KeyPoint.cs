namespace Denoised.Summaries;

/// <summary>One claim, with the quote that it rests on.</summary>
/// <param name="Claim">7 to 20 words; of an extractive summary a whole sentence of the text.</param>
/// <param name="Evidence">Null where the claim itself is the quote (extractive).</param>
public sealed record KeyPoint(string Claim, Evidence? Evidence = null);

/// <summary>A verbatim quote from the paper.</summary>
/// <param name="Quote">At most 40 words.</param>
/// <param name="Section">The heading of the section it stands in, where known.</param>
/// <param name="Anchor">The fragment of that section in arXiv's HTML (<c>S3.SS1</c>), where there is one.</param>
/// <param name="Weak">The quote stands in the text, but supports the claim only in part.</param>
public sealed record Evidence(string Quote, string? Section = null, string? Anchor = null, bool Weak = false);
