using Denoised.Domain;

namespace Denoised.Arxiv.Feeds;

/// <summary>The API's metadata for the requested papers.</summary>
/// <param name="Papers">The returned papers, in the API's order.</param>
/// <param name="Missing">The identifiers that the API did not return. It sometimes omits existing papers for hours.</param>
/// <param name="Problems">One sentence for each unreadable entry.</param>
public sealed record MetadataResponse(IReadOnlyList<Paper> Papers, IReadOnlyList<ArxivId> Missing, IReadOnlyList<string> Problems);
