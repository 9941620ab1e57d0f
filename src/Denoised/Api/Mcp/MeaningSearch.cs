using System.Globalization;
using Denoised.Embeddings;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;

namespace Denoised.Api.Mcp;

/// <summary>Finds papers on the subject of a query by the similarity of embeddings.</summary>
public sealed class MeaningSearch(PublishedEdition published)
{
    /// <summary>Papers beyond these have little in common with the query.</summary>
    private const int MaxFound = 200;

    private const string CursorStart = "m";

    /// <summary>Finds papers, the most similar first.</summary>
    /// <param name="query">The query.</param>
    /// <param name="filter">A request with the query parameters <c>tag</c>, <c>from</c>, <c>to</c>, <c>limit</c> and <c>cursor</c>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="McpException">A parameter is invalid; the message says what to change.</exception>
    internal async Task<SearchResponse> FindAsync(string query, HttpRequest filter, CancellationToken cancellationToken)
    {
        if (!RequestQuery.TryReadTags(filter, out var tags, out var problem)
            || !RequestQuery.TryReadDay(filter, "from", out var from, out problem)
            || !RequestQuery.TryReadDay(filter, "to", out var to, out problem)
            || !RequestQuery.TryReadLimit(filter, MaxFound, MaxFound, out var limit, out problem))
        {
            throw ApiCaller.Failure(problem);
        }

        var start = 0;
        var cursor = filter.Query["cursor"].LastOrDefault();
        if (cursor is not null
            && (!cursor.StartsWith(CursorStart, StringComparison.Ordinal)
                || !int.TryParse(cursor.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out start)))
        {
            throw new McpException($"The cursor '{Problem.Shorten(cursor)}' is not the 'next' of a previous answer to this search. Omit it for the first page.");
        }

        var asked = EmbeddingModel.Shared.Embed(query);
        if (asked.IsEmpty)
            throw new McpException("No word of the query is known. Use other words, or the mode 'words'.");

        var (edition, _) = await published.ReadAsync(cancellationToken);
        var found = edition.Papers
            .Where(paper => (from is not { } first || paper.Day >= first) && (to is not { } last || paper.Day <= last)
                && (tags.Count == 0 || paper.Summary.Tags.Any(tags.Contains)))
            .OrderByDescending(paper => asked.Similarity(PaperVectors.Of(paper)))
            .Take(MaxFound)
            .ToList();
        return new SearchResponse(
            query,
            found.Count,
            [.. found.Skip(start).Take(limit)],
            start + limit < found.Count ? string.Create(CultureInfo.InvariantCulture, $"{CursorStart}{start + limit}") : null);
    }
}
