using Azure;
using Denoised.Domain;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Publishing;

/// <summary>
/// Rebuilds what readers load of a day. Optimistic: it reads the index, then the table, and writes the index only if it is still the one
/// that was read, so that whoever writes last has also read last; everything the index names is there before it.
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

            // The list before everything that the files are made from; see Pages.
            var files = await site.ListAsync("", cancellationToken);
            if (await indexFile.ReadAsync(cancellationToken) is var again && again.ETag == etag)
            {
                var day = await reader.ReadAsync(message.Day, cancellationToken);

                // Before the index is written: a delivery that comes again after that finds nothing to do.
                if (!hasRequestedOverview)
                    hasRequestedOverview = await overviews.RequestDueAsync(day, again.Now, cancellationToken);
                if (await TryPublishAsync(day, files, index, etag, again.Now, cancellationToken))
                    return null;
            }

            Log.Restarted(logger, message.Day);
            await contention.BackOffAsync(cancellationToken);
        }
    }

    /// <summary>Takes days out of the index that have left the history, and removes files that nothing points to.</summary>
    /// <param name="isRetained">Whether a day stays.</param>
    /// <param name="cancellationToken">Stops the work.</param>
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
        // The list before the index: a file that is written between the two is not in the list.
        var files = await site.ListAsync("", cancellationToken);
        var (index, _, now) = await indexFile.ReadAsync(cancellationToken);
        await editions.RemoveUnreferencedAsync(files, index, await published.ReadAsync(index?.Days ?? [], cancellationToken), now, cancellationToken);
    }

    /// <summary>
    /// A rebuild's work grows with the day, and so does the time in which its summaries come: where the pause between two rebuilds
    /// grew with neither, a day's rebuilds would cost the square of its papers.
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

        var papersOf = new Dictionary<ListingDay, IReadOnlyList<PaperView>>(await published.ReadAsync([.. visibleDays.Where(entry => entry.Day != day)], cancellationToken));
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
