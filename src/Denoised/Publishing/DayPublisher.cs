using Azure;
using Denoised.Domain;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Publishing;

/// <summary>
/// Rebuilds the published files of a day with optimistic concurrency: reads the index, then the table, and writes the index only if its ETag is
/// unchanged. The last writer therefore also read last. Writes every file before the index that names it.
/// </summary>
public sealed partial class DayPublisher(
    SiteContainer site,
    SiteIndexFile indexFile,
    DayReader reader,
    OverviewScheduler overviews,
    EditionWriter editions,
    PublishedPapers published,
    IOptions<PublishingOptions> options,
    ILogger<DayPublisher> logger)
{
    /// <summary>A day of so many papers, a busy one of two categories, is rebuilt once in the minimum interval; a day of twice as many half as often.</summary>
    internal const int PapersInInterval = 500;

    /// <summary>Rebuilds a day, unless its snapshot holds the change already or was rebuilt a moment ago.</summary>
    /// <returns>How long to wait from now (the storage service's clock), where it was rebuilt a moment ago; otherwise null.</returns>
    public async Task<(TimeSpan Wait, DateTimeOffset Now)?> PublishAsync(DayMessage message, CancellationToken cancellationToken)
    {
        var hasRequestedOverview = false;
        var contention = new WriteContention("The site");
        while (true)
        {
            var (index, etag, now) = await indexFile.ReadAsync(cancellationToken);
            if (index?.Days.FirstOrDefault(entry => entry.Day == message.Day) is { } previous)
            {
                if (message.Changed < previous.ReadAt - StorageClock.Margin)
                    return null;
                if (now - previous.ReadAt is var age && GetMinimumInterval(previous) is var interval && age < interval)
                    return (interval - age, now);
            }

            // Lists the files before reading the data that they are made from; see PageRenderer.
            var files = await site.ListAsync("", cancellationToken);
            if (await indexFile.ReadAsync(cancellationToken) is var again && again.ETag == etag)
            {
                var day = await reader.ReadAsync(message.Day, cancellationToken);

                // Enqueues before writing the index: after that, a redelivered message finds nothing to do.
                if (!hasRequestedOverview)
                    hasRequestedOverview = await overviews.RequestDueAsync(day, again.Now, cancellationToken);
                if (await TryPublishAsync(day, files, index, etag, again.Now, cancellationToken))
                    return null;
            }

            Log.Restarted(logger, message.Day);
            await contention.BackOffAsync(cancellationToken);
        }
    }

    /// <summary>Removes days outside the retention period from the index, and deletes unreferenced files.</summary>
    /// <param name="isRetained">Whether a day is within the retention period.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task PurgeAsync(Func<ListingDay, bool> isRetained, CancellationToken cancellationToken)
    {
        var contention = new WriteContention("The site");
        while (true)
        {
            var files = await site.ListAsync("", cancellationToken);
            var (index, etag, now) = await indexFile.ReadAsync(cancellationToken);
            if (index is null)
                return;

            var remaining = index.Days.Where(entry => isRetained(entry.Day)).ToList();
            if (remaining.Count == index.Days.Count)
            {
                await editions.RemoveUnreferencedAsync(files, index, await published.ReadAsync(index.Days, cancellationToken), now, cancellationToken);
                return;
            }

            var papersOf = await published.ReadAsync(remaining, cancellationToken);
            if (await editions.TryWriteAsync(files, index, etag, remaining, papersOf, [], now, cancellationToken))
                return;
            await contention.BackOffAsync(cancellationToken);
        }
    }

    /// <summary>Removes the files of days that nothing has pointed to for the time of <see cref="PublishingOptions.KeepUnreferenced"/>.</summary>
    public async Task RemoveUnreferencedAsync(CancellationToken cancellationToken)
    {
        // Lists the files before reading the index: the list then excludes files that another publisher writes in between.
        var files = await site.ListAsync("", cancellationToken);
        var (index, _, now) = await indexFile.ReadAsync(cancellationToken);
        await editions.RemoveUnreferencedAsync(files, index, await published.ReadAsync(index?.Days ?? [], cancellationToken), now, cancellationToken);
    }

    /// <summary>
    /// The pause after a rebuild, in proportion to the number of papers. The cost of a rebuild and the duration of a day's summarization both grow
    /// with the day: with a constant pause, the total cost would be quadratic in its papers.
    /// </summary>
    private TimeSpan GetMinimumInterval(DayEntry previous) => options.Value.MinimumInterval * Math.Max(1, previous.Counts.Announced / (double)PapersInInterval);

    private async Task<bool> TryPublishAsync(
        DayContent read, IReadOnlyList<SiteFile> files, SiteIndex? index, ETag etag, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (day, rows, listings, overview) = read;
        var snapshot = DaySnapshot.Build(day, rows, listings, overview, readAt: now);
        var days = (index?.Days ?? []).Where(entry => entry.Day != day);
        if (rows.Count > 0)
            days = days.Append(snapshot.Entry);
        var visibleDays = editions.SelectShown([.. days]);

        var papersOf = new Dictionary<ListingDay, IReadOnlyList<PaperView>>(await published.ReadAsync(
            [.. visibleDays.Where(entry => entry.Day != day)], cancellationToken));
        if (rows.Count > 0)
            papersOf[day] = [.. rows.Select(PaperViews.View)];
        if (!await editions.TryWriteAsync(files, index, etag, visibleDays, papersOf, snapshot.Files, now, cancellationToken))
            return false;

        Log.Published(logger, day, rows.Count);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Published {Day} with {Papers} papers.")]
        public static partial void Published(ILogger logger, ListingDay day, int papers);

        [LoggerMessage(LogLevel.Debug, "Somebody else published while {Day} was rebuilt; starting over.")]
        public static partial void Restarted(ILogger logger, ListingDay day);
    }
}
