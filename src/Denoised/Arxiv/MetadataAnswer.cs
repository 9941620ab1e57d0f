using Denoised.Papers;

namespace Denoised.Arxiv;

/// <summary>What the API says of the papers that it was asked for.</summary>
/// <param name="Papers">The papers that came, in the API's order.</param>
/// <param name="Missing">The identifiers that did not come. The API leaves papers out for hours sometimes: not here does not mean not there.</param>
/// <param name="Problems">One sentence for each entry that could not be read.</param>
public sealed record MetadataAnswer(IReadOnlyList<Paper> Papers, IReadOnlyList<ArxivId> Missing, IReadOnlyList<string> Problems);
