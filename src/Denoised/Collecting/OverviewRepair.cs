using Denoised.Arxiv.Calendar;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Overviews;
using Denoised.Storage;
using Microsoft.Extensions.Options;

namespace Denoised.Collecting;

/// <summary>Finds daily overviews whose message was lost or that can run again.</summary>
public sealed class OverviewRepair(OverviewTable overviews, OverviewPlan plan, WorkQueues queues, IOptions<CollectOptions> options)
{
    /// <summary>Enqueues the overview of a day if it is overdue.</summary>
    /// <param name="day">The day.</param>
    /// <param name="papers">The papers of the day; at least one.</param>
    /// <param name="hasBudget">Whether tokens are left today.</param>
    /// <param name="now">The time of the storage service.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The row of the overview, or null before the first one.</returns>
    public async Task<OverviewRow?> EnqueueOverdueAsync(
        ListingDay day, IReadOnlyList<PaperProgress> papers, bool hasBudget, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(papers);
        var newest = papers.Max(row => row.Timestamp);
        var (overview, _) = await overviews.ReadAsync(day, cancellationToken);
        if (plan.Next(OverviewBasis.Of(papers), overview) != OverviewStep.None && IsOverdue(newest, overview, now)
            && (hasBudget || overview?.FallbackReason != FallbackReason.Budget))
        {
            await queues.SendAsync(new DayMessage(day, newest, Overview: true), TimeSpan.Zero, cancellationToken);
        }

        return overview;
    }

    private bool IsOverdue(DateTimeOffset newest, OverviewRow? overview, DateTimeOffset now)
    {
        DateTimeOffset[] due = [newest, overview?.Timestamp ?? DateTimeOffset.MinValue, overview?.Due ?? DateTimeOffset.MinValue];
        return due.Max() + options.Value.OverdueAfter < now;
    }
}
