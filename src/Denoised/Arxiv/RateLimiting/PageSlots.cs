using Azure.Data.Tables;
using Denoised.Storage;
using Microsoft.Extensions.Options;

namespace Denoised.Arxiv.RateLimiting;

/// <summary>
/// Reserves time slots for page requests to arxiv.org across all instances. The caller defers its message until the slot is due. A slot is an
/// estimate, not a rate limit lease: a caller that then finds no lease reserves another slot.
/// </summary>
public sealed class PageSlots(TableServiceClient service, IOptions<ArxivOptions> options, TimeProvider time)
{
    /// <summary>The time that a request takes beyond the interval: the lease's margins and the response.</summary>
    private static readonly TimeSpan requestOverhead = TimeSpan.FromSeconds(1);

    private readonly SharedRow row = new(service.GetTableClient(TableNames.Coordination), "slots", "pages", time);

    /// <summary>Reserves the next free slot.</summary>
    /// <returns>The time until the slot.</returns>
    public async Task<TimeSpan> ReserveAsync(CancellationToken cancellationToken)
    {
        var step = options.Value.PageInterval + options.Value.ClockMargin + (options.Value.PageInterval > requestOverhead ? requestOverhead : options.Value.PageInterval);
        var wait = step;
        await row.ChangeAsync(
            content =>
            {
                var last = content.Entity?.GetDateTimeOffset("Last") ?? content.ServedAt;
                var slot = (last > content.ServedAt ? last : content.ServedAt) + step;
                wait = slot - content.ServedAt;
                return new TableEntity { ["Last"] = slot };
            },
            cancellationToken);
        return wait;
    }
}
