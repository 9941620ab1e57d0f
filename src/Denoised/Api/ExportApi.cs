using System.Text;
using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Publishing.Citations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Denoised.Api;

/// <summary><c>GET /api/export</c>: exports citations.</summary>
public sealed class ExportApi(PublishedEdition published)
{
    private const int MaxPapers = 500;

    /// <summary>Handles the request.</summary>
    /// <param name="request">Query parameters: <c>ids</c> (comma-separated or repeated), <c>format</c>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<IActionResult> GetAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asked = request.Query["format"].LastOrDefault() ?? "bibtex";
        if (CitationFormat.All.FirstOrDefault(known => known.Name.Equals(asked, StringComparison.OrdinalIgnoreCase)) is not { } format)
            return Problem.BadRequest($"The format '{Problem.Shorten(asked)}' is unknown. The formats are: {string.Join(", ", CitationFormat.All.Select(known => known.Name))}.");

        var ids = new List<ArxivId>();
        foreach (var text in request.Query["ids"].OfType<string>()
            .SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (!ArxivId.TryParse(text.Replace('~', '/'), out var id))
                return Problem.BadRequest($"'{Problem.Shorten(text)}' in 'ids' is not an arXiv identifier (such as 2603.15569 or math/0211159).");
            if (!ids.Contains(id))
                ids.Add(id);
        }

        if (ids.Count is 0 or > MaxPapers)
            return Problem.BadRequest($"'ids' names {ids.Count} papers; it has to name 1 to {MaxPapers}.");

        var (edition, _) = await published.ReadAsync(cancellationToken);
        var held = edition.Papers.DistinctBy(paper => paper.Id).ToDictionary(paper => paper.Id);
        var missing = ids.Where(id => !held.ContainsKey(id)).ToList();
        if (missing.Count > 0)
            return Problem.NotFound($"Not held, since they were not announced in the days held: {string.Join(", ", missing)}.");

        var citations = Encoding.UTF8.GetBytes(format.Write([.. ids.Select(id => Citation.Of(held[id]))]));
        return new RepresentationResult(new Representation(citations, format.ContentType));
    }
}
