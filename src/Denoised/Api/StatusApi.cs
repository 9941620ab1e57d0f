using Azure;
using Denoised.Arxiv.Calendar;
using Denoised.Collecting;
using Denoised.Storage;
using Microsoft.AspNetCore.Mvc;

namespace Denoised.Api;

/// <summary><c>GET /api/status</c>: the ledger of each day, the backlog, failures and model usage.</summary>
public sealed class StatusApi(
    LedgerReader ledgers,
    ModelStatusReader model,
    RunTable runs,
    MessageStatusReader messages,
    ResponseCache cache,
    CollectionSchedule schedule,
    TimeProvider time)
{
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
        var empty = new StatusResponse
        {
            Now = time.GetUtcNow(),
            NextRun = schedule.NextRun(),
            Days = [],
            Backlog = new Backlog(0, 0, 0, null),
            Failures = [],
            Queues = [],
            Discarded = [],
            Deliveries = [],
            Usage = [],
            ModelRetiresOn = model.FindRetirement(),
            DailyTokenBudget = model.DailyTokenBudget,
        };
        try
        {
            var (days, backlog, failures) = await ledgers.ReadAsync(cancellationToken);
            return empty with
            {
                LastRun = await runs.ReadAsync(cancellationToken),
                Days = days,
                Backlog = backlog,
                Failures = failures,
                Queues = await messages.ReadQueuesAsync(cancellationToken),
                Discarded = await messages.ReadDiscardedAsync(cancellationToken),
                Deliveries = await messages.ReadDeliveriesAsync(cancellationToken),
                Usage = await model.ReadUsageAsync(cancellationToken),
                Model = await model.FindPauseAsync(cancellationToken),
            };
        }
        catch (RequestFailedException exception) when (StorageErrors.IsMissingStore(exception))
        {
            return empty;
        }
    }
}
