using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Azure;
using Denoised.Publishing;
using Denoised.Publishing.Search;
using Denoised.Publishing.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Denoised.Api;

/// <summary><c>GET /api/search</c>.</summary>
public sealed class SearchApi(PublishedEdition published, ResponseCache cache)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;
    private const int MaxQueryLength = 300;

    /// <summary>The values of the parameter <c>mode</c>, the default first.</summary>
    internal static readonly string[] Modes = [.. Enum.GetNames<SearchMode>().Select(name => name.ToLowerInvariant())];

    private CachedSearch? cached;

    /// <summary>Handles the request.</summary>
    /// <param name="request">
    /// Query parameters: <c>q</c>, <c>mode</c>, <c>tag</c> (repeatable; matches papers with any of the tags), <c>from</c> and <c>to</c> (listing days, inclusive),
    /// <c>limit</c>, <c>cursor</c>.
    /// </param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<IActionResult> GetAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var query = request.Query["q"].LastOrDefault() ?? "";
        if (query.Length > MaxQueryLength)
            return Problem.BadRequest($"The query 'q' has {query.Length} characters; {MaxQueryLength} is the most.");
        if (!TryReadMode(request, out var mode, out var problem)
            || !RequestQuery.TryReadTags(request, out var tags, out problem)
            || !RequestQuery.TryReadDay(request, "from", out var from, out problem)
            || !RequestQuery.TryReadDay(request, "to", out var to, out problem)
            || !RequestQuery.TryReadLimit(request, DefaultLimit, MaxLimit, out var limit, out problem))
        {
            return problem;
        }

        var start = 0;
        if (request.Query["cursor"].LastOrDefault() is { } cursor && !TryReadCursor(cursor, out start))
            return Problem.BadRequest($"The cursor '{Problem.Shorten(cursor)}' is not one that a previous page of this search gave as 'next'.");

        var key = string.Create(CultureInfo.InvariantCulture, $"search|{mode}|{from}|{to}|{string.Join(',', tags)}|{limit}|{start}|{query}");
        var answer = await cache.GetAsync(key, async token =>
        {
            var search = await GetSearchAsync(token);
            var found = search.Find(query, mode, paper => (from is not { } first || paper.Day >= first) && (to is not { } last || paper.Day <= last)
                && (tags.Count == 0 || paper.Summary.Tags.Any(tags.Contains)));
            return Representation.OfJson(
                new SearchResponse(query, found.Count, [.. found.Skip(start).Take(limit).Select(position => search.Papers[position])], start < found.Count - limit ? WriteCursor(start + limit) : null),
                ApiJson.Default.SearchResponse);
        }, cancellationToken);
        return new RepresentationResult(answer!);
    }

    private static bool TryReadMode(HttpRequest request, out SearchMode mode, [NotNullWhen(false)] out IActionResult? problem)
    {
        mode = SearchMode.Both;
        problem = null;
        if (request.Query["mode"].LastOrDefault() is not { } text)
            return true;
        var position = Array.IndexOf(Modes, text);
        if (position >= 0)
        {
            mode = Enum.GetValues<SearchMode>()[position];
            return true;
        }

        problem = Problem.BadRequest($"The mode '{Problem.Shorten(text)}' is unknown. The modes are: {string.Join(", ", Modes)}.");
        return false;
    }

    private static string WriteCursor(int start) =>
        WebEncoders.Base64UrlEncode(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"s|{start}")));

    private static bool TryReadCursor(string text, out int start)
    {
        start = 0;
        try
        {
            return Encoding.ASCII.GetString(WebEncoders.Base64UrlDecode(text)).Split('|') is ["s", var number]
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out start);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The search over the current edition. Its index is built once for each edition.</summary>
    private async Task<PaperSearch> GetSearchAsync(CancellationToken cancellationToken)
    {
        var (edition, version) = await published.ReadAsync(cancellationToken);
        var current = cached;
        if (current is null || current.Version != version)
            cached = current = new CachedSearch(new Lazy<PaperSearch>(() => new PaperSearch([.. edition.Papers])), version);
        return current.Search.Value;
    }

    private sealed record CachedSearch(Lazy<PaperSearch> Search, ETag Version);
}

/// <summary><c>GET /api/search</c>.</summary>
/// <param name="Query">The search query.</param>
/// <param name="Total">The number of matching papers.</param>
/// <param name="Papers">The matches of this page, best first; newest first if the query is empty.</param>
/// <param name="Next">The cursor of the next page; null on the last page. It is an offset: a publication between two requests may shift the matches.</param>
public sealed record SearchResponse(string Query, int Total, IReadOnlyList<PaperView> Papers, string? Next);
