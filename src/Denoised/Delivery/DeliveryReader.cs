using Denoised.Domain;
using Denoised.Overviews;
using Denoised.Publishing;
using Denoised.Publishing.Feeds;
using Denoised.Publishing.Snapshots;
using Microsoft.Extensions.Options;

namespace Denoised.Delivery;

/// <summary>Reads the published digests.</summary>
public sealed class DeliveryReader(
    SiteIndexFile indexFile,
    PublishedPapers papers,
    DayReader days,
    OverviewPlan overviews,
    IOptions<PublishingOptions> options,
    TimeProvider time)
{
    /// <summary>The time after the announcement in which a digest is sent. It bounds the retries, and a new site does not send old days.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(3);

    /// <summary>Whether a day is too old for a delivery.</summary>
    internal static bool IsTooOld(DayEntry entry, DateTimeOffset now) => entry.AnnouncedAt + MaxAge < now;

    /// <summary>Reads the digest of a day. Null if the day is not published, or too old.</summary>
    internal async Task<DeliveryContent?> ReadAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var (index, _, _) = await indexFile.ReadAsync(cancellationToken);
        if (index?.Days.FirstOrDefault(entry => entry.Day == day && !entry.Sample) is not { } entry || IsTooOld(entry, time.GetUtcNow()))
            return null;

        // All days: a request for one day would evict the others from the cache.
        var ofDay = (await papers.ReadAsync(index.Days, cancellationToken))[day];
        return ofDay.Count == 0
            ? null
            : new DeliveryContent(
                entry, Digest.Of(entry, ofDay, await papers.ReadOverviewAsync(entry, cancellationToken), SiteAddress.Of(options.Value)));
    }

    /// <summary>
    /// Finds the newest listing day, if it is complete: its listings are complete, no summary is pending, and its overview is published.
    /// </summary>
    internal async Task<ListingDay?> FindCompleteDayAsync(CancellationToken cancellationToken)
    {
        var (index, _, _) = await indexFile.ReadAsync(cancellationToken);
        if (index is not { Days: [{ Sample: false, Counts: { Announced: > 0, Pending: 0 } } entry, ..] } || IsTooOld(entry, time.GetUtcNow()))
            return null;

        var (day, rows, listings, overview) = await days.ReadAsync(entry.Day, cancellationToken);
        var isComplete = listings.Count > 0
            && listings.All(listing => listing.IsComplete)
            && rows.All(row => row.IsFinal)
            && rows.Count == entry.Counts.Announced
            && overviews.Next(OverviewBasis.Of(rows), overview) == OverviewStep.None
            && (entry.Overview is not null || OverviewView.Of(overview, rows) is null);
        return isComplete ? day : null;
    }
}
