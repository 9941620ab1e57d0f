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
    /// <param name="reading">The state of this collection.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task ReadFeedsAsync(ListingResult reading, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reading);
        foreach (var category in arxivOptions.Value.Categories)
        {
            if (await TryReadAsync(() => arxiv.ReadListingAsync(category, cancellationToken), category, reading) is not ({ } listing, _))
                continue;

            reading.Problems.AddRange(listing.Problems.Select(problem => $"{category}: {problem}"));
            if (listing.Day is not { } day)
                continue;

            if (day < reading.Newest)
                reading.Messages.Add($"{category}: the feed still holds {day}; it is rebuilt at midnight Eastern time.");
            if (listing.Papers.Count == 0 && AnnouncementCalendar.IsListingDay(day))
            {
                reading.Messages.Add($"{category}: the feed of {day} is empty.");
                if (!await HoldsAsync(category, day, cancellationToken))
                    continue;
            }

            await ReadListingBeforeAsync(category, day, reading, cancellationToken);
            var doubt = await recorder.RecordAsync(listing, isNewest: day >= reading.Newest, cancellationToken);
            if (doubt is not null)
            {
                reading.Messages.Add($"{category}: {doubt.Reason}");
                reading.Doubted.Add((category, day));
            }

            if (doubt is not { IsOtherListing: true } && day > reading.Newest)
                reading.Newest = day;
        }
    }

    /// <summary>Reads the days of the history that have no complete listing (a first run, days without a run, rejected feeds).</summary>
    /// <param name="reading">The state of this collection.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task FillMissedDaysAsync(ListingResult reading, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var held = await listings.ReadAllAsync(cancellationToken);
        foreach (var day in await ReadKeptDaysAsync(reading, cancellationToken))
        {
            foreach (var category in arxivOptions.Value.Categories)
            {
                var isHeld = IsComplete(held, category, day);
                var isLate = reading.Now - AnnouncementCalendar.AnnouncedAt(day) >= feedDelay;
                var isAsked = reading.RequestedDay == day || reading.Doubted.Contains((category, day));
                if (!isAsked && (isHeld || !isLate))
                    continue;

                // Neither source responds: the next collection continues here.
                if (!await FillAsync(category, day, reading, isApiAsked: !isHeld && isLate, cancellationToken))
                    return;
            }
        }
    }

    /// <summary>
    /// Reads the listing before that of a feed, unless it is stored. It reveals a feed that repeats the previous listing, whose papers would
    /// otherwise be recorded under the wrong day while the day's own papers were lost.
    /// </summary>
    private async Task ReadListingBeforeAsync(string category, ListingDay day, ListingResult reading, CancellationToken cancellationToken)
    {
        var before = (await ReadKeptDaysAsync(reading, cancellationToken)).Where(kept => kept < day).Take(1).ToList();
        if (before.Count > 0 && !IsComplete(await listings.ReadAllAsync(cancellationToken), category, before[0]))
            await FillAsync(category, before[0], reading, isApiAsked: false, cancellationToken);
    }

    /// <summary>Reads one listing from arXiv's page of the day, or from the API when the page does not respond.</summary>
    /// <returns>Whether to continue with other listings; false when neither source responds.</returns>
    private async Task<bool> FillAsync(string category, ListingDay day, ListingResult reading, bool isApiAsked, CancellationToken cancellationToken)
    {
        var isAnswered = false;
        if (!reading.IsPageDown && !reading.UnknownCategories.Contains(category))
        {
            var (page, failure) = await TryReadAsync(() => arxiv.ReadCatchUpAsync(category, day, cancellationToken), category, reading);
            if (page is not null && await IsBelievedAsync(page, reading, cancellationToken))
                return true;

            // A page of another day says nothing about the availability of the pages.
            isAnswered = page is not null || failure == ArxivFailure.OtherListing;
            reading.IsPageDown = !isAnswered && failure != ArxivFailure.UnknownCategory;
        }

        // The category is unknown for every day.
        if (reading.UnknownCategories.Contains(category))
            return true;
        if (!isApiAsked || reading.IsApiDown)
            return isAnswered || (!isApiAsked && !reading.IsApiDown);

        var (from, to) = AnnouncementCalendar.SubmissionWindow(day);
        var (window, _) = await TryReadAsync(async () => await arxiv.ReadSubmittedAsync(category, from, to, cancellationToken) with { Day = day }, category, reading);
        if (reading.UnknownCategories.Contains(category))
            return true;
        reading.IsApiDown = window is null;
        if (window is null)
            return isAnswered;

        // The API also returns 200 without entries when it is unhealthy: an empty response does not prove that the day is empty.
        if (window.Papers.Count == 0)
            reading.Problems.Add($"{category}: the API shows no submissions of {day}; it will be asked again.");
        else
            await IsBelievedAsync(window, reading, cancellationToken);
        return true;
    }

    /// <summary>Records the listing of a missed day.</summary>
    /// <returns>Whether the listing belongs to the day.</returns>
    private async Task<bool> IsBelievedAsync(Listing listing, ListingResult reading, CancellationToken cancellationToken)
    {
        var day = listing.Day!.Value;
        if (listing is { Papers.Count: 0, Source: ListingSource.CatchUp, IsPartial: false, HasUnreadableEntries: false } && await HoldsAsync(listing.Category, day, cancellationToken))
            reading.Messages.Add($"{listing.Category}: arXiv has taken back the listing of {day}.");

        var doubt = await recorder.RecordAsync(listing, isNewest: day >= reading.Newest, cancellationToken);
        if (doubt is not { IsOtherListing: true })
            return true;
        reading.Problems.Add($"{listing.Category}: {doubt.Reason}");
        return false;
    }

    /// <summary>
    /// The days of the history, newest first. Excludes days beyond the retention limit, which would be backfilled and purged in a loop.
    /// </summary>
    private async Task<IReadOnlyList<ListingDay>> ReadKeptDaysAsync(ListingResult reading, CancellationToken cancellationToken)
    {
        var oldest = (await papers.ReadDaysAsync(cancellationToken)).ElementAtOrDefault(options.Value.RetentionDays - 1);
        return [.. AnnouncementCalendar.Latest(options.Value.RetentionDays, reading.Now).Where(day => day >= oldest)];
    }

    private static bool IsComplete(ILookup<ListingDay, ListingRecord> held, string category, ListingDay day) =>
        held[day].Any(record => record.Category == category && record.IsComplete);

    private async Task<bool> HoldsAsync(string category, ListingDay day, CancellationToken cancellationToken) =>
        (await papers.ReadProgressAsync(day, cancellationToken)).Any(row => !row.Sample && !row.Retracted && row.PrimaryCategory == category);

    private async Task<(Listing? Listing, ArxivFailure? Failure)> TryReadAsync(Func<Task<Listing>> read, string category, ListingResult reading)
    {
        try
        {
            return (await read(), null);
        }
        catch (ArxivException exception)
        {
            Log.NotRead(logger, category, exception.Message);
            reading.Problems.Add($"{category}: {exception.Message}");
            if (exception.Failure == ArxivFailure.UnknownCategory)
                reading.UnknownCategories.Add(category);
            return (null, exception.Failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Category} could not be read: {Reason}")]
        public static partial void NotRead(ILogger logger, string category, string reason);
    }
}
