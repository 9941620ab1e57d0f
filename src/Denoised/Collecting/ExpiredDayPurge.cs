using Denoised.Arxiv.Calendar;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Publishing;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Collecting;

/// <summary>
/// Purges the listing days beyond the retention limit: first from the site, then from the tables. A crash leaves no dangling reference, and the next
/// run finds the remaining rows.
/// </summary>
public sealed partial class ExpiredDayPurge(
    StorageSetup setup,
    StoredDays storedDays,
    DayPublisher publisher,
    TokenBudget budget,
    IOptions<CollectOptions> options,
    ILogger<ExpiredDayPurge> logger)
{
    /// <summary>Keeps the newest <see cref="CollectOptions.RetentionDays"/> days that have papers and purges older ones.</summary>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        await setup.EnsureCreatedAsync(cancellationToken);
        var days = await storedDays.ReadAsync(cancellationToken);

        // With fewer days, nothing expires: the default is the earliest possible date.
        var oldest = days.ElementAtOrDefault(options.Value.RetentionDays - 1);
        await publisher.PurgeAsync(day => day >= oldest, cancellationToken);
        foreach (var day in days.Where(day => day < oldest))
            Log.Purged(logger, day, await storedDays.DeletePapersAsync(day, cancellationToken));

        await storedDays.DeleteListingsBeforeAsync(oldest, cancellationToken);
        await budget.PurgeAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Purged {Day} with {Papers} papers.")]
        public static partial void Purged(ILogger logger, ListingDay day, int papers);
    }
}
