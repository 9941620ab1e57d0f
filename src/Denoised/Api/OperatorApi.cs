using Denoised.Arxiv.Calendar;
using Denoised.Collecting;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Denoised.Api;

/// <summary>The operator's endpoints. Each one enqueues a message and returns 202; a handler does the work later.</summary>
public sealed class OperatorApi(
    CollectionHandler collections,
    PaperTable papers,
    PaperDayTable paperDays,
    WorkQueues queues,
    SummaryPlan plan,
    IOptions<CollectOptions> collect,
    IOptions<SummarizerOptions> summarizer,
    TimeProvider time)
{
    /// <summary><c>POST /api/collections</c>.</summary>
    /// <param name="request">Query parameter: <c>day</c>, a listing day to read again.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<IActionResult> CollectAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ListingDay? day = null;
        if (request.Query["day"].LastOrDefault() is { } text)
        {
            if (!ListingDay.TryParse(text, out var parsed))
                return Problem.BadRequest($"The day '{Problem.Shorten(text)}' is not a date of the form yyyy-MM-dd.");
            var kept = AnnouncementCalendar.Latest(collect.Value.RetentionDays, time.GetUtcNow());
            if (!kept.Contains(parsed))
                return Problem.BadRequest($"The day {parsed} is none of the listing days that are kept: {string.Join(", ", kept)}.");
            day = parsed;
        }

        await collections.EnqueueAsync(day, cancellationToken);
        return Accepted(day is null ? "Whatever is due will be collected." : $"Whatever is due will be collected, and {day} read again.");
    }

    /// <summary><c>POST /api/summaries</c>: requests a new model summary of a paper. The previous one is kept with the reason.</summary>
    /// <param name="request">Query parameters: <c>id</c>, the paper; <c>reason</c> (optional).</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task<IActionResult> SummarizeAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        const int MaxReasonLength = 200;
        var text = request.Query["id"].LastOrDefault() ?? "";
        if (!ArxivId.TryParse(text, out var id))
            return Problem.BadRequest($"The id '{Problem.Shorten(text)}' is not an arXiv identifier (such as 2603.15569 or math/0211159).");
        var reason = request.Query["reason"].LastOrDefault() is { Length: > 0 } given ? given : "asked for by hand";
        if (reason.Length > MaxReasonLength)
            return Problem.BadRequest($"The reason has {reason.Length} characters; {MaxReasonLength} are possible.");
        if (!summarizer.Value.IsConfigured)
            return Problem.Conflict("No language model is configured: nothing can write the summary.");
        if (await paperDays.FindAsync(id, cancellationToken) is not { } day)
            return Problem.NotFound($"The paper {id} is not held: it was not announced in the days held.");

        string? conflict = null;
        var written = await papers.UpdateAsync(
            day,
            id,
            (row, now) =>
            {
                conflict = row.Paper.IsWithdrawn ? $"The paper {id} is withdrawn: there is nothing to summarize."
                    : row.Sample ? $"The paper {id} is an invented sample: there is no text to summarize."
                    : null;

                // A pending summary is on its way already; a restart would pay for it twice.
                return conflict is not null || !row.IsFinal ? null : plan.Restart(row, withModel: true, reason, now);
            },
            cancellationToken);
        if (conflict is not null)
            return Problem.Conflict(conflict);

        await queues.SendAsync(new PaperMessage(day, id), TimeSpan.Zero, cancellationToken);
        if (written is null)
            return Accepted($"The summary of {id} is under way already.");
        await queues.SendAsync(new DayMessage(day, written.Timestamp), TimeSpan.Zero, cancellationToken);
        return Accepted($"A new summary of {id} is requested.");
    }

    private static RepresentationResult Accepted(string sentence) =>
        new(Representation.OfJson(new AcceptedResponse(sentence), ApiJson.Default.AcceptedResponse), StatusCodes.Status202Accepted, "no-store");
}
