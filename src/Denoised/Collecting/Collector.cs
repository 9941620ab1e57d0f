using Denoised.Arxiv;
using Denoised.Papers;
using Denoised.Publishing;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Collecting;

/// <summary>
/// Reads what arXiv announced, records it, and asks for the summaries. One collection runs at a time, whatever the number of instances.
/// Each step can be repeated: a collection that dies is made good by the next one.
/// </summary>
public sealed partial class Collector(
    StorageSetup setup,
    SharedLeases leases,
    RunTable runs,
    ArxivClient arxiv,
    ListingRecorder recorder,
    Enrichment enrichment,
    Repair repair,
    ListingTable listings,
    PaperTable papers,
    WorkQueues queues,
    IOptions<ArxivOptions> arxivOptions,
    IOptions<CollectOptions> options,
    TimeProvider time,
    ILogger<Collector> logger,
    ISamplePapers? samples = null)
{
    private const string LeaseName = "collection";

    /// <summary>Collects, or, where another collection runs, asks for one after it.</summary>
    /// <param name="request">What is to be collected.</param>
    /// <param name="isRetry">Whether the same request died before.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task CollectAsync(CollectionMessage request, bool isRetry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await setup.EnsureCreatedAsync(cancellationToken);
        await using var lease = await leases.TryAcquireAsync(LeaseName, options.Value.LeaseDuration, cancellationToken);
        if (lease is null)
        {
            Log.PutOff(logger);
            await queues.PutOffAsync(request with { IsRetry = isRetry }, options.Value.LeaseDuration, cancellationToken);
            return;
        }

        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        var started = time.GetUtcNow();
        await runs.WriteAsync(new CollectionRun(started, FinishedAt: null, "running", []), linked.Token);

        var problems = new List<string>();
        var messages = await CollectAsync(request, isRetry, lease.AcquiredAt, problems, linked.Token);
        if (problems.Count == 0)
            Telemetry.CollectionsCompleted.Add(1);
        await TellBacklogAsync(linked.Token);
        await runs.WriteAsync(new CollectionRun(started, time.GetUtcNow(), problems.Count == 0 ? "complete" : "incomplete", [.. problems, .. messages]), linked.Token);
    }

    private async Task TellBacklogAsync(CancellationToken cancellationToken)
    {
        foreach (var name in QueueNames.All)
        {
            var backlog = await queues.ReadBacklogAsync(name, cancellationToken);
            Telemetry.OldestMessage.Record(backlog.Oldest is { } oldest ? Math.Max(0, (time.GetUtcNow() - oldest).TotalSeconds) : 0, new KeyValuePair<string, object?>("queue", name));
        }
    }

    private async Task<IReadOnlyList<string>> CollectAsync(CollectionMessage request, bool isRetry, DateTimeOffset began, List<string> problems, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var messages = new List<string>();
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        var newest = AnnouncementCalendar.LatestListingDay(now);

        foreach (var category in arxivOptions.Value.Categories)
        {
            if (await TryReadAsync(() => arxiv.ReadListingAsync(category, cancellationToken), category, problems, unknown) is not { } listing)
                continue;

            problems.AddRange(listing.Problems.Select(problem => $"{category}: {problem}"));
            if (listing.Day is not { } day)
                continue;

            if (day < newest)
                messages.Add($"{category}: the feed still holds {day}; it is rebuilt at midnight Eastern time.");
            else
                newest = day;
            if (listing.Papers.Count == 0 && AnnouncementCalendar.IsListingDay(day))
                await RecordEmptyAsync(category, day, messages, problems, cancellationToken);
            else
                await recorder.RecordAsync(listing, isNewest: day >= newest, cancellationToken);
        }

        // Before the missed days: where arXiv cannot be reached at all, each attempt takes its time.
        await ShowSamplesAsync(newest, problems, cancellationToken);
        await FillMissedDaysAsync(request, newest, now, problems, unknown, cancellationToken);
        await enrichment.EnrichAsync(problems, cancellationToken);
        await repair.RepairAsync(isRetry, began, cancellationToken);
        return messages;
    }

    /// <summary>
    /// An empty feed on a listing day. Where papers of it are held, arXiv's page of the day is asked: only if that is empty, too, has the
    /// day been taken back.
    /// </summary>
    private async Task RecordEmptyAsync(string category, ListingDay day, List<string> messages, List<string> problems, CancellationToken cancellationToken)
    {
        messages.Add($"{category}: the feed of {day} is empty.");
        var held = await papers.ReadProgressAsync(day, cancellationToken);
        if (!held.Any(row => !row.Sample && !row.Retracted && row.PrimaryCategory == category))
            return;

        if (await TryReadAsync(() => arxiv.ReadCatchUpAsync(category, day, cancellationToken), category, problems, []) is { Papers.Count: 0, Problems.Count: 0 } page)
        {
            messages.Add($"{category}: arXiv has taken back the listing of {day}.");
            await recorder.RecordAsync(page, isNewest: false, cancellationToken);
        }
    }

    /// <summary>The days of the history that no complete listing was read of (a first run, days on which nothing ran).</summary>
    private async Task FillMissedDaysAsync(
        CollectionMessage request, ListingDay newest, DateTimeOffset now, List<string> problems, HashSet<string> unknown, CancellationToken cancellationToken)
    {
        var held = await listings.ReadAllAsync(cancellationToken);

        // What does not answer for one day is not asked for the others: each question costs the pause that arXiv asks for.
        var (isPageDown, isApiDown) = (false, false);

        // A day that the history has no room for would be filled in and forgotten again and again.
        var kept = (await papers.ReadDaysAsync(cancellationToken)).ElementAtOrDefault(options.Value.RetentionDays - 1);
        foreach (var day in AnnouncementCalendar.Latest(options.Value.RetentionDays, now).Where(day => day >= kept).OrderByDescending(day => day.Date))
        {
            foreach (var category in arxivOptions.Value.Categories)
            {
                // arXiv has said so once: it says so of each day.
                if (unknown.Contains(category))
                    continue;

                if (request.Day != day && held[day].Any(record => record.Category == category && record.IsComplete))
                    continue;

                // The feed is late by some hours each evening: that is no missed day.
                if (request.Day != day && now - AnnouncementCalendar.AnnouncedAt(day) < TimeSpan.FromHours(6))
                    continue;

                Listing? missed = null;
                if (!isPageDown)
                {
                    missed = await TryReadAsync(() => arxiv.ReadCatchUpAsync(category, day, cancellationToken), category, problems, unknown);
                    isPageDown = missed is null && !unknown.Contains(category);
                }

                if (missed is null && !isApiDown && !unknown.Contains(category))
                {
                    var (from, to) = AnnouncementCalendar.SubmissionWindow(day);
                    missed = await TryReadAsync(async () => await arxiv.ReadSubmittedAsync(category, from, to, cancellationToken) with { Day = day }, category, problems, unknown);
                    isApiDown = missed is null && !unknown.Contains(category);

                    // The API answers 200 without entries also when it is not well: that is no proof that the day is empty.
                    if (missed is { Papers.Count: 0 })
                    {
                        problems.Add($"{category}: the API shows no submissions of {day}; it will be asked again.");
                        continue;
                    }
                }

                if (missed is null && unknown.Contains(category))
                    continue;

                // Neither answers: the next collection goes on from here.
                if (missed is null)
                    return;
                await recorder.RecordAsync(missed, isNewest: day >= newest, cancellationToken);
            }
        }
    }

    private async Task<Listing?> TryReadAsync(Func<Task<Listing>> read, string category, List<string> problems, HashSet<string> unknown)
    {
        try
        {
            return await read();
        }
        catch (ArxivException exception)
        {
            Log.NotRead(logger, category, exception.Message);
            problems.Add($"{category}: {exception.Message}");
            if (exception.Failure == ArxivFailure.UnknownCategory)
                unknown.Add(category);
            return null;
        }
    }

    private async Task ShowSamplesAsync(ListingDay newest, List<string> problems, CancellationToken cancellationToken)
    {
        if (samples is null || problems.Count == 0 || (await papers.ReadDaysAsync(cancellationToken)).Count > 0)
            return;

        await recorder.RecordSamplesAsync(samples.Read(), newest, $"arXiv could not be read yet ({problems[0]}). These papers are invented samples.", cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Another collection is running; this one is put off until after it.")]
        public static partial void PutOff(ILogger logger);

        [LoggerMessage(LogLevel.Warning, "{Category} could not be read: {Reason}")]
        public static partial void NotRead(ILogger logger, string category, string reason);
    }
}
