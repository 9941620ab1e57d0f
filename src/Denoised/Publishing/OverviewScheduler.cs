using Denoised.Overviews;
using Denoised.Storage;
using Microsoft.Extensions.Options;

namespace Denoised.Publishing;

/// <summary>Enqueues the overview of a day when it is due.</summary>
public sealed class OverviewScheduler(OverviewPlan plan, WorkQueues queues, IOptions<PublishingOptions> options)
{
    /// <summary>Enqueues the overview if the day is complete and no deferred message does so already.</summary>
    /// <returns>Whether a message was sent.</returns>
    internal async Task<bool> RequestDueAsync(DayContent day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var step = plan.Next(OverviewBasis.Of(day.Rows), day.Overview);
        if (step == OverviewStep.None || day.Overview?.Due > now)
            return false;

        // The categories of a listing are read one after the other. The delay keeps the model from seeing a part of the day.
        await queues.SendAsync(
            new DayMessage(day.Day, now, Overview: true),
            step == OverviewStep.Model ? options.Value.MinimumInterval : TimeSpan.Zero,
            cancellationToken);
        return true;
    }
}
