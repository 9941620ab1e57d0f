using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;
using Microsoft.AspNetCore.Mvc;

namespace Denoised.Api;

/// <summary><c>GET /api/papers/{id}/related</c>.</summary>
public sealed class RelatedApi(PublishedEdition published, PublishedPapers files, ResponseCache cache)
{
    /// <summary>Handles the request.</summary>
    /// <param name="id">An arXiv identifier, whose slash may be written as %2F or ~.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<IActionResult> GetAsync(string id, CancellationToken cancellationToken)
    {
        if (!PapersApi.TryReadId(id, out var paper))
            return Problem.BadRequest($"'{Problem.Shorten(id)}' is not an arXiv identifier (such as 2603.15569 or math/0211159).");

        var response = await cache.GetAsync($"related|{paper}", async token =>
        {
            var (edition, _) = await published.ReadAsync(token);
            if (edition.Papers.FirstOrDefault(held => held.Id == paper) is not { } shown)
                return null;

            var ofDay = await files.ReadRelatedAsync(edition.Index.Days.First(day => day.Day == shown.Day), token);
            var related = ofDay.GetValueOrDefault(paper.Value) ?? RelatedPapers.None;
            return Representation.OfJson(new RelatedResponse(paper, related.Related, related.Duplicates), ApiJson.Default.RelatedResponse);
        }, cancellationToken);
        return response is not null
            ? new RepresentationResult(response)
            : Problem.NotFound($"The paper {paper} is not held: it was not announced in the days held. It is at https://arxiv.org/abs/{paper}.");
    }
}

/// <summary><c>GET /api/papers/{id}/related</c>.</summary>
/// <param name="Id">The paper.</param>
/// <param name="Related">At most three papers of the days held, the most similar first; empty if none is similar enough.</param>
/// <param name="Duplicates">Nearly the same paper by the same authors under another identifier.</param>
public sealed record RelatedResponse(ArxivId Id, IReadOnlyList<RelatedPaper> Related, IReadOnlyList<RelatedPaper> Duplicates);
