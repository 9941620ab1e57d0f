using Denoised.Arxiv;
using Denoised.Arxiv.Calendar;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Collecting;

/// <summary>Reads arXiv's listings and records them: the feeds of the newest day, and the pages of days without a complete listing.</summary>
public sealed partial class ListingReader(
    ArxivClient arxiv,
    ListingRecorder recorder,
    ListingTable listings,
    PaperTable papers,
    IOptions<ArxivOptions> arxivOptions,
    IOptions<CollectOptions> options,
    ILogger<ListingReader> logger)
{
    /// <summary>The feed appears four to five hours after the announcement. Until then the day does not count as missed.</summary>
    private static readonly TimeSpan feedDelay = TimeSpan.FromHours(6);

    /// <summary>Reads the feed of each category.</summary>
    /// <param name="result">The state of this collection.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task ReadFeedsAsync(ListingResult result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        foreach (var category in arxivOptions.Value.Categories)
        {
            if (await TryReadAsync(() => arxiv.ReadListingAsync(category, cancellationToken), category, result) is not ({ } listing, _))
                continue;

            result.Problems.AddRange(listing.Problems.Select(problem => $"{category}: {problem}"));
            if (listing.Day is not { } day)
                continue;

            if (day < result.Newest)
                result.Messages.Add($"{category}: the feed still holds {day}; it is rebuilt at midnight Eastern time.");
            if (listing.Papers.Count == 0 && AnnouncementCalendar.IsListingDay(day))
            {
                result.Messages.Add($"{category}: the feed of {day} is empty.");
                if (!await HasPapersAsync(category, day, cancellationToken))
                    continue;
            }

            await FillPreviousDayAsync(category, day, result, cancellationToken);
            var anomaly = await recorder.RecordAsync(listing, isNewest: day >= result.Newest, cancellationToken);
            if (anomaly is not null)
            {
                result.Messages.Add($"{category}: {anomaly.Reason}");
                result.Anomalous.Add((category, day));
            }

            if (anomaly is not { IsWrongListing: true } && day > result.Newest)
                result.Newest = day;
        }
    }

    /// <summary>Reads the days of the history that have no complete listing (a first run, days without a run, rejected feeds).</summary>
    /// <param name="result">The state of this collection.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task FillMissedDaysAsync(ListingResult result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(result);
        var recorded = await listings.ReadAllAsync(cancellationToken);
        foreach (var day in await ReadRetainedDaysAsync(result, cancellationToken))
        {
            foreach (var category in arxivOptions.Value.Categories)
            {
                var isRecorded = IsComplete(recorded, category, day);
                var isLate = result.Now - AnnouncementCalendar.AnnouncedAt(day) >= feedDelay;
                var isRequested = result.RequestedDay == day || result.Anomalous.Contains((category, day));
                if (!isRequested && (isRecorded || !isLate))
                    continue;

                // Neither source responds: the next collection continues here.
                if (!await FillAsync(category, day, result, useApi: !isRecorded && isLate, cancellationToken))
                    return;
            }
        }
    }

    /// <summary>
    /// Reads the listing before that of a feed, unless it is stored. It reveals a feed that repeats the previous listing, whose papers would
    /// otherwise be recorded under the wrong day while the day's own papers were lost.
    /// </summary>
    private async Task FillPreviousDayAsync(string category, ListingDay day, ListingResult result, CancellationToken cancellationToken)
    {
        var before = (await ReadRetainedDaysAsync(result, cancellationToken)).Where(retained => retained < day).Take(1).ToList();
        if (before.Count > 0 && !IsComplete(await listings.ReadAllAsync(cancellationToken), category, before[0]))
            await FillAsync(category, before[0], result, useApi: false, cancellationToken);
    }

    /// <summary>Reads one listing from arXiv's page of the day, or from the API when the page does not respond.</summary>
    /// <returns>Whether to continue with other listings; false when neither source responds.</returns>
    private async Task<bool> FillAsync(string category, ListingDay day, ListingResult result, bool useApi, CancellationToken cancellationToken)
    {
        var hasResponse = false;
        if (!result.IsPageDown && !result.UnknownCategories.Contains(category))
        {
            var (page, failure) = await TryReadAsync(() => arxiv.ReadCatchUpAsync(category, day, cancellationToken), category, result);
            if (page is not null && await TryRecordAsync(page, result, cancellationToken))
                return true;

            // A page of another day says nothing about the availability of the pages.
            hasResponse = page is not null || failure == ArxivFailure.WrongListing;
            result.IsPageDown = !hasResponse && failure != ArxivFailure.UnknownCategory;
        }

        // The category is unknown for every day.
        if (result.UnknownCategories.Contains(category))
            return true;
        if (!useApi || result.IsApiDown)
            return hasResponse || (!useApi && !result.IsApiDown);

        var (from, to) = AnnouncementCalendar.SubmissionWindow(day);
        var (window, _) = await TryReadAsync(
            async () => await arxiv.ReadSubmittedAsync(category, from, to, cancellationToken) with { Day = day }, category, result);
        if (result.UnknownCategories.Contains(category))
            return true;
        result.IsApiDown = window is null;
        if (window is null)
            return hasResponse;

        // The API also returns 200 without entries when it is unhealthy: an empty response does not prove that the day is empty.
        if (window.Papers.Count == 0)
            result.Problems.Add($"{category}: the API shows no submissions of {day}; it will be asked again.");
        else
            await TryRecordAsync(window, result, cancellationToken);
        return true;
    }

    /// <summary>Records the listing of a missed day.</summary>
    /// <returns>Whether the listing belongs to the day.</returns>
    private async Task<bool> TryRecordAsync(Listing listing, ListingResult result, CancellationToken cancellationToken)
    {
        var day = listing.Day!.Value;
        if (listing is { Papers.Count: 0, Source: ListingSource.CatchUp, IsPartial: false, HasUnreadableEntries: false }
            && await HasPapersAsync(listing.Category, day, cancellationToken))
        {
            result.Messages.Add($"{listing.Category}: arXiv has taken back the listing of {day}.");
        }

        var anomaly = await recorder.RecordAsync(listing, isNewest: day >= result.Newest, cancellationToken);
        if (anomaly is not { IsWrongListing: true })
            return true;
        result.Problems.Add($"{listing.Category}: {anomaly.Reason}");
        return false;
    }

    /// <summary>
    /// The days of the history, newest first. Excludes days beyond the retention limit, which would be backfilled and purged in a loop.
    /// </summary>
    private async Task<IReadOnlyList<ListingDay>> ReadRetainedDaysAsync(ListingResult result, CancellationToken cancellationToken)
    {
        var oldest = (await papers.ReadDaysAsync(cancellationToken)).ElementAtOrDefault(options.Value.RetentionDays - 1);
        return [.. AnnouncementCalendar.Latest(options.Value.RetentionDays, result.Now).Where(day => day >= oldest)];
    }

    private static bool IsComplete(ILookup<ListingDay, ListingRecord> recorded, string category, ListingDay day) =>
        recorded[day].Any(record => record.Category == category && record.IsComplete);

    private async Task<bool> HasPapersAsync(string category, ListingDay day, CancellationToken cancellationToken) =>
        (await papers.ReadProgressAsync(day, cancellationToken)).Any(row => !row.Sample && !row.Retracted && row.PrimaryCategory == category);

    private async Task<(Listing? Listing, ArxivFailure? Failure)> TryReadAsync(Func<Task<Listing>> read, string category, ListingResult result)
    {
        try
        {
            return (await read(), null);
        }
        catch (ArxivException exception)
        {
            Log.NotRead(logger, category, exception.Message);
            result.Problems.Add($"{category}: {exception.Message}");
            if (exception.Failure == ArxivFailure.UnknownCategory)
                result.UnknownCategories.Add(category);
            return (null, exception.Failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Category} could not be read: {Reason}")]
        public static partial void NotRead(ILogger logger, string category, string reason);
    }
}
