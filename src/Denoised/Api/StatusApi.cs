using Azure;
using Denoised.Arxiv.Calendar;
using Denoised.Collecting;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Denoised.Api;

/// <summary><c>GET /api/status</c>: the ledger of each day, the backlog, failures and model usage.</summary>
public sealed class StatusApi(
    PaperTable papers,
    ListingTable listings,
    RunTable runs,
    WorkQueues queues,
    SiteIndexFile indexFile,
    TokenBudget budget,
    ModelRateLimiter gate,
    PoisonMessages discarded,
    ResponseCache cache,
    IOptions<SummarizerOptions> summarizer,
    CollectionSchedule schedule,
    TimeProvider time)
{
    // Enough time to choose, evaluate and deploy another model.
    private static readonly TimeSpan retirementNotice = TimeSpan.FromDays(90);

    /// <summary>Handles the request.</summary>
    public async Task<IActionResult> GetAsync(CancellationToken cancellationToken)
    {
        var answer = await cache.GetAsync(
            "status", async token => Representation.OfJson(await ReadAsync(token), ApiJson.Default.StatusResponse), cancellationToken);
        return new RepresentationResult(answer!, cacheControl: "no-cache");
    }

    /// <summary>Read-only: creates no missing tables or queues, and reports them as empty.</summary>
    private async Task<StatusResponse> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadStoresAsync(cancellationToken);
        }
        catch (RequestFailedException exception) when (StorageErrors.IsMissingStore(exception))
        {
            return new StatusResponse
            {
                Now = time.GetUtcNow(),
                NextRun = schedule.NextRun(),
                Days = [],
                Backlog = new Backlog(0, 0, 0, null),
                Failures = [],
                Queues = [],
                Discarded = [],
                Usage = [],
                ModelRetiresOn = FindRetirement(),
                DailyTokenBudget = summarizer.Value.DailyTokenBudget,
            };
        }
    }

    private async Task<StatusResponse> ReadStoresAsync(CancellationToken cancellationToken)
    {
        var records = await listings.ReadAllAsync(cancellationToken);
        var (index, _, _) = await indexFile.ReadAsync(cancellationToken);
        var ledgers = new List<DayLedger>();
        var all = new List<PaperProgress>();
        foreach (var day in (await papers.ReadDaysAsync(cancellationToken)).Union(records.Select(record => record.Key)).OrderByDescending(day => day.Date))
        {
            var rows = await papers.ReadProgressAsync(day, cancellationToken);
            all.AddRange(rows);
            ledgers.Add(Ledger(day, rows, [.. records[day]], index?.Days.FirstOrDefault(entry => entry.Day == day)));
        }

        var waiting = all.Where(row => !row.IsFinal).ToList();
        return new StatusResponse
        {
            Now = time.GetUtcNow(),
            LastRun = await runs.ReadAsync(cancellationToken),
            NextRun = schedule.NextRun(),
            Days = ledgers,
            Backlog = new Backlog(
                waiting.Count(row => row.State == PaperState.Announced),
                waiting.Count(row => row.State == PaperState.Summarizing),
                all.Count(row => row.IsFinal && row.Obstacle == FallbackReason.Budget),
                waiting.Count > 0 ? waiting.Min(row => row.Timestamp) : null),
            Failures = [.. all.Where(row => row.State == PaperState.Failed).Select(row => new FailedPaper(row.Id, row.Day, row.Reason, row.Attempts))],
            Queues = await Task.WhenAll(QueueNames.All.Select(name => queues.ReadBacklogAsync(name, cancellationToken))),
            Discarded = await discarded.ReadAllAsync(cancellationToken),
            Usage = await budget.ReadAllAsync(cancellationToken),
            Model = await gate.FindPauseAsync(cancellationToken),
            ModelRetiresOn = FindRetirement(),
            DailyTokenBudget = summarizer.Value.DailyTokenBudget,
        };
    }

    private DateOnly? FindRetirement() =>
        summarizer.Value is { IsConfigured: true, ModelRetiresOn: { } day }
        && new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) - time.GetUtcNow() < retirementNotice
        ? day
        : null;

    private static DayLedger Ledger(ListingDay day, IReadOnlyList<PaperProgress> rows, IReadOnlyList<ListingRecord> records, DayEntry? published) => new(
        day,
        records.Sum(record => record.Announced),
        rows.Count(row => !row.Sample),
        published?.Counts.Announced ?? 0,
        rows.Count(row => row.State == PaperState.Summarized),
        rows.Count(row => row.State == PaperState.Summarized && row.Method == SummaryMethod.Extractive),
        rows.Count(row => !row.IsFinal),
        rows.Count(row => row.State == PaperState.Failed),
        rows.Count(row => row.Retracted),
        records.Count > 0 && records.All(record => record.IsComplete),
        rows.Any(row => row.Sample),
        published?.ReadAt,
        published?.Notes ?? [.. records.SelectMany(record => record.Notes)]);
}
