using Denoised.Arxiv.Calendar;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Collecting;

/// <summary>Finds lost work: papers and overviews whose message was lost or that can run again, and days with an outdated snapshot.</summary>
public sealed partial class Repair(
    PaperTable papers,
    OverviewRepair overviews,
    WorkQueues queues,
    SiteIndexFile indexFile,
    SummaryPlan plan,
    TokenBudget budget,
    IOptions<CollectOptions> options,
    ILogger<Repair> logger)
{
    /// <summary>Checks every stored row and enqueues missing messages.</summary>
    /// <param name="isRetry">
    /// Whether this is a retry of a crashed collection. Papers without an attempt may have no message yet, however recent they are.
    /// </param>
    /// <param name="now">The time of the storage service.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task RepairAsync(bool isRetry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (index, _, _) = await indexFile.ReadAsync(cancellationToken);
        var days = await papers.ReadDaysAsync(cancellationToken);
        var hasBudget = await budget.HasBudgetAsync(cancellationToken);
        var lag = TimeSpan.Zero;
        foreach (var day in days)
        {
            var rows = await papers.ReadProgressAsync(day, cancellationToken);
            if (rows.Count == 0)
                continue; // Purged in the meantime.

            var overdue = rows.Where(row => !row.IsFinal && ((isRetry && IsUntouched(row)) || IsOverdue(row, now))).ToList();
            await queues.SendAsync(overdue.Select(row => new PaperMessage(day, row.Id)), cancellationToken);
            if (overdue.Count > 0)
                Log.Overdue(logger, day, overdue.Count);

            foreach (var row in rows.Where(row => hasBudget && plan.ShouldRetry(row, isNewest: day == days[0])))
                await RetryAsync(row, cancellationToken);

            var published = index?.Days.FirstOrDefault(entry => entry.Day == day);
            var newest = rows.Max(row => row.Timestamp);
            var overview = await overviews.EnqueueOverdueAsync(day, rows, hasBudget, now, cancellationToken);
            if (overview?.Timestamp > newest)
                newest = overview.Timestamp;
            if (published is null
                || (newest > published.ReadAt && published.Revision != DaySnapshot.RevisionOf(rows.Select(row => (row.Id, row.Timestamp)), overview)))
            {
                lag = now - newest > lag ? now - newest : lag;
                await queues.SendAsync(new DayMessage(day, newest), TimeSpan.Zero, cancellationToken);
            }
        }

        Telemetry.PublicationLag.Record(lag.TotalHours);
    }

    /// <summary>
    /// Whether no message of the paper was handled yet. An attempted or deferred paper had a message; each crash of a collection would add another.
    /// </summary>
    private static bool IsUntouched(PaperProgress row) => row is { State: PaperState.Announced, Attempts: 0, NotBefore: null };

    private bool IsOverdue(PaperProgress row, DateTimeOffset now)
    {
        DateTimeOffset[] due = [row.Timestamp, row.NotBefore ?? DateTimeOffset.MinValue, row.LeaseEnd ?? DateTimeOffset.MinValue];
        return due.Max() + options.Value.OverdueAfter < now;
    }

    private async Task RetryAsync(PaperProgress progress, CancellationToken cancellationToken)
    {
        var written = await papers.UpdateAsync(
            progress.Day,
            progress.Id,
            (row, _) => row.State == PaperState.Summarized && row.FallbackReason == progress.FallbackReason
                ? row with { State = PaperState.Announced, FallbackReason = FallbackReason.None, Reason = null, Attempts = 0, NotBefore = null }
                : null,
            cancellationToken);
        if (written is not null)
            await queues.SendAsync(new PaperMessage(progress.Day, progress.Id), TimeSpan.Zero, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Day}: {Papers} papers were overdue and have a new message.")]
        public static partial void Overdue(ILogger logger, ListingDay day, int papers);
    }
}
