using Denoised.Domain;
using Denoised.Storage;

namespace Denoised.Overviews;

/// <summary>Generates the overview of a day. The rule-based overview comes first, and stays when the model gives none.</summary>
public sealed class OverviewGenerator(
    OverviewTable overviews, PaperTable papers, WorkQueues queues, OverviewPlan plan, OverviewWorker worker, TimeProvider time)
{
    /// <summary>The number of other days that measure how common a term is. Bounds the cost of a long history.</summary>
    private const int DaysCompared = 6;

    /// <summary>Generates the overview that a message requests, or defers the message.</summary>
    public async Task GenerateAsync(DayMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var trace = Telemetry.Traces.StartActivity("overview");
        trace?.SetTag("day", message.Day.ToString());
        var (row, now) = await overviews.ReadAsync(message.Day, cancellationToken);
        var rows = await papers.ReadDayAsync(message.Day, cancellationToken);
        var basis = OverviewBasis.Of(rows);
        var step = plan.Next(basis, row);
        if (step == OverviewStep.None)
        {
            // An earlier delivery may have crashed after its last write, before it enqueued the publication of the day.
            if (row?.Written is not null && rows.Count > 0)
                await queues.SendAsync(new DayMessage(row.Day, row.Timestamp), TimeSpan.Zero, cancellationToken);
            return;
        }

        var job = new OverviewJob(message, rows, basis);
        if (row is not null && await worker.DeferUntilDueAsync(row, now, job, cancellationToken))
            return;

        var startTimestamp = time.GetTimestamp();
        if (OverviewPlan.NeedsClusterOverview(basis, row))
        {
            var chosen = ClusterOverview.Build(rows, await ReadOtherDaysAsync(message.Day, cancellationToken), time.GetUtcNow());
            row = await overviews.TryWriteAsync(
                (row ?? new OverviewRow { Day = message.Day }) with { Written = OverviewWorker.AddNote(chosen, row?.Reason), WrittenBasis = basis.Papers },
                cancellationToken);
            if (row is not null)
                await queues.SendAsync(new DayMessage(row.Day, row.Timestamp), TimeSpan.Zero, cancellationToken);
        }

        if (row is not null && step == OverviewStep.Model)
            await worker.AttemptAsync(row, now + time.GetElapsedTime(startTimestamp), job, cancellationToken);
    }

    private async Task<IReadOnlyList<PaperRow>> ReadOtherDaysAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var others = new List<PaperRow>();
        foreach (var other in (await papers.ReadDaysAsync(cancellationToken)).Where(other => other != day).Take(DaysCompared))
            others.AddRange(await papers.ReadDayAsync(other, cancellationToken));
        return others;
    }
}
