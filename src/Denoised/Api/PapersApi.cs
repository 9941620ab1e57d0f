using System.Globalization;
using Denoised.Domain;
using Denoised.Overviews;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Denoised.Api;

/// <summary>Serves days and papers from the tables.</summary>
public sealed class PapersApi(
    PaperTable papers,
    PaperDayTable paperDays,
    ListingTable listings,
    OverviewTable overviews,
    DaySummaries summaries,
    ResponseCache cache,
    TimeProvider time)
{
    private const int DefaultLimit = 500;
    private const int MaxLimit = 1000;
    private const string Latest = "latest";

    /// <summary><c>GET /api/days</c>.</summary>
    public async Task<IActionResult> GetDaysAsync(CancellationToken cancellationToken)
    {
        var answer = await cache.GetAsync(
            "days", async token => Representation.OfJson(new DaysResponse(await summaries.ReadAsync(token)), ApiJson.Default.DaysResponse), cancellationToken);
        return new RepresentationResult(answer!);
    }

    /// <summary><c>GET /api/days/{day}</c>.</summary>
    /// <param name="request">Query parameters: <c>tag</c> (repeatable; matches papers with any of the tags), <c>limit</c>, <c>cursor</c>.</param>
    /// <param name="day"><c>yyyy-MM-dd</c> or <c>latest</c>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<IActionResult> GetDayAsync(HttpRequest request, string day, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ListingDay? requestedDay = null;
        if (!string.Equals(day, Latest, StringComparison.OrdinalIgnoreCase))
        {
            if (!ListingDay.TryParse(day, out var parsed))
                return Problem.BadRequest($"The day '{Problem.Shorten(day)}' is neither a date of the form yyyy-MM-dd nor 'latest'.");
            requestedDay = parsed;
        }

        if (!RequestQuery.TryReadTags(request, out var tags, out var problem)
            || !RequestQuery.TryReadLimit(request, DefaultLimit, MaxLimit, out var limit, out problem))
        {
            return problem;
        }

        Cursor? after = null;
        if (request.Query["cursor"].LastOrDefault() is { } cursorText)
        {
            if (!Cursor.TryParse(cursorText, out var cursor) || (requestedDay is { } requested && requested != cursor.Day))
                return Problem.BadRequest($"The cursor '{Problem.Shorten(cursorText)}' is not one that a former page of this day gave as 'next'.");
            after = cursor;
            requestedDay = cursor.Day;
        }

        var key = string.Create(CultureInfo.InvariantCulture, $"day|{requestedDay?.ToString() ?? Latest}|{string.Join(',', tags)}|{limit}|{after}");
        var answer = await cache.GetAsync(key, token => BuildDayAsync(requestedDay, tags, limit, after, token), cancellationToken);
        return answer is not null
            ? new RepresentationResult(answer)
            : Problem.NotFound(requestedDay is null
                ? "No listing day is held yet."
                : $"The listing day {requestedDay} is not held: it was no listing day, or it has left the history.");
    }

    /// <summary><c>GET /api/papers/{id}</c>.</summary>
    /// <param name="id">An arXiv identifier. The slash of an old-style identifier may be written as /, %2F or ~. A version suffix is ignored.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<IActionResult> GetPaperAsync(string? id, CancellationToken cancellationToken)
    {
        // The catch-all route also matches /papers/ without an identifier.
        id ??= "";
        if (!TryReadId(id, out var paper))
            return Problem.BadRequest($"'{Problem.Shorten(id)}' is not an arXiv identifier (such as 2603.15569 or math/0211159).");

        var answer = await cache.GetAsync($"paper|{paper}", async token =>
        {
            if (await paperDays.FindAsync(paper, token) is not { } day || await papers.ReadAsync(day, paper, token) is not ({ } row, _))
                return null;
            return Representation.OfJson(PaperViews.View(row), PublishingJson.Default.PaperView);
        }, cancellationToken);
        return answer is not null
            ? new RepresentationResult(answer)
            : Problem.NotFound($"The paper {paper} is not held: it was not announced in the days held. It is at https://arxiv.org/abs/{paper}.");
    }

    /// <summary>Reads an identifier of an address. The Functions host does not decode %2F.</summary>
    internal static bool TryReadId(string id, out ArxivId paper) =>
        ArxivId.TryParse(id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).Replace('~', '/'), out paper);

    private async Task<Representation?> BuildDayAsync(
        ListingDay? requestedDay,
        SortedSet<string> tags,
        int limit,
        Cursor? after,
        CancellationToken cancellationToken)
    {
        if ((requestedDay ?? await papers.FindNewestDayAsync(time.GetUtcNow(), cancellationToken)) is not { } day)
            return null;

        var rows = await papers.ReadDayAsync(day, cancellationToken);
        if (rows.Count == 0)
            return null;

        var entry = DaySnapshot.Describe(day, rows, await listings.ReadAsync(day, cancellationToken), [], readAt: default);
        var matching = tags.Count == 0 ? rows : [.. rows.Where(row => row.Summary.Tags.Any(tags.Contains))];
        var page = matching
            .Where(row => after is not { } cursor
                || row.Position > cursor.Position
                || (row.Position == cursor.Position && string.CompareOrdinal(row.Paper.Id.Key, cursor.Key) > 0))
            .Take(limit + 1)
            .ToList();
        string? next = null;
        if (page.Count > limit)
        {
            page.RemoveAt(limit);
            next = new Cursor(day, page[^1].Position, page[^1].Paper.Id.Key).ToString();
        }

        var overview = OverviewView.Of((await overviews.ReadAsync(day, cancellationToken)).Row, rows);
        var answer = new DayResponse(
            day, entry.AnnouncedAt, entry.Sample, entry.Notes, entry.Counts, entry.Tags, overview, matching.Count, [.. page.Select(PaperViews.View)], next);
        return Representation.OfJson(answer, ApiJson.Default.DayResponse);
    }
}
