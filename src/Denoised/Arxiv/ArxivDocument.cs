namespace Denoised.Arxiv;

/// <summary>What arXiv answered.</summary>
/// <param name="Address">Where it was in the end, after redirects.</param>
/// <param name="MediaType">The content type without parameters, in lower case; empty where arXiv names none.</param>
/// <param name="Content">The bytes, decompressed.</param>
public sealed record ArxivDocument(Uri Address, string MediaType, ReadOnlyMemory<byte> Content);
