namespace Denoised.Arxiv;

/// <summary>A response from arXiv.</summary>
/// <param name="Address">The final address, after redirects.</param>
/// <param name="MediaType">The content type in lower case, without parameters; empty if arXiv sends none.</param>
/// <param name="Content">The decompressed bytes.</param>
public sealed record ArxivDocument(Uri Address, string MediaType, ReadOnlyMemory<byte> Content);
