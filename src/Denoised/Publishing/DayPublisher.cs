using System.IO.Compression;
using System.Text.Json;
using Azure;
using Denoised.Arxiv;
using Denoised.Arxiv.Calendar;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Overviews;
using Denoised.Publishing.Pages;
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
    PaperTable papers,
    ListingTable listings,
    OverviewTable overviews,
    OverviewPlan overviewPlan,
    WorkQueues queues,
    PublishedPapers published,
    PageRenderer pages,
    CollectionSchedule schedule,
    IOptions<PublishingOptions> options,
    IOptions<CollectOptions> collect,
    IOptions<ArxivOptions> arxiv,
    IOptions<SummarizerOptions> summarizer,
    TimeProvider time,
    ILogger<DayPublisher> logger)
{
    /// <summary>The index's blob.</summary>
    public const string IndexName = SiteIndex.Folder + "index.json";

    /// <summary>A day of so many papers, a busy one of two categories, is rebuilt once in the minimum interval; a day of twice as many half as often.</summary>
    internal const int PapersInInterval = 500;

    private const string Json = "application/json; charset=utf-8";

    /// <summary>Rebuilds a day, unless its snapshot holds the change already or was rebuilt a moment ago.</summary>
    /// <returns>How long to wait from now (the storage service's clock), where it was rebuilt a moment ago; otherwise null.</returns>
    public async Task<(TimeSpan Wait, DateTimeOffset Now)?> PublishAsync(DayMessage message, CancellationToken cancellationToken)
    {
        var hasAsked = false;
        var contention = new WriteContention("The site");
        while (true)
        {
            var (index, etag, now) = await ReadIndexAsync(cancellationToken);
            if (index?.Days.FirstOrDefault(entry => entry.Day == message.Day) is { } former)
            {
                if (message.Changed < former.ReadAt - StorageClock.Margin)
                    return null;
                if (now - former.ReadAt is var age && IntervalAfter(former) is var interval && age < interval)
                    return (interval - age, now);
            }

            // The list before everything that the files are made from; see Pages.
            var files = await site.ListAsync("", cancellationToken);
            if (await ReadIndexAsync(cancellationToken) is var again && again.ETag == etag)
            {
                var day = await ReadDayAsync(message.Day, cancellationToken);

                // Before the index is written: a delivery that comes again after that finds nothing to do.
                if (!hasAsked)
                    hasAsked = await AskForOverviewAsync(day, again.Now, cancellationToken);
                if (await TryPublishAsync(day, files, index, etag, again.Now, cancellationToken))
                    return null;
            }

            Log.StartedOver(logger, message.Day);
            await contention.BackOffAsync(cancellationToken);
        }
    }

    /// <summary>Takes days out of the index that have left the history, and removes files that nothing points to.</summary>
    /// <param name="isHeld">Whether a day stays.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task ForgetAsync(Func<ListingDay, bool> isHeld, CancellationToken cancellationToken)
    {
        var contention = new WriteContention("The site");
        while (true)
        {
            var files = await site.ListAsync("", cancellationToken);
            var (index, etag, now) = await ReadIndexAsync(cancellationToken);
            if (index is null)
                return;

            var remaining = index.Days.Where(entry => isHeld(entry.Day)).ToList();
            if (remaining.Count == index.Days.Count)
            {
                await RemoveUnreferencedAsync(files, index, await published.ReadAsync(index.Days, cancellationToken), now, cancellationToken);
                return;
            }

            var papersOf = await published.ReadAsync(remaining, cancellationToken);
            if (await TryWriteAsync(files, index, etag, remaining, papersOf, [], now, cancellationToken))
                return;
            await contention.BackOffAsync(cancellationToken);
        }
    }

    /// <summary>The index as readers see it, or null before the first was written.</summary>
    public async Task<(SiteIndex? Index, ETag ETag, DateTimeOffset Now)> ReadIndexAsync(CancellationToken cancellationToken)
    {
        var (content, etag, now) = await site.ReadAsync(IndexName, cancellationToken);
        if (content is null)
            return (null, etag, now);

        await using var gzip = new GZipStream(content.ToStream(), CompressionMode.Decompress);
        var index = await JsonSerializer.DeserializeAsync(gzip, PublishingJson.Default.SiteIndex, cancellationToken);
        return (index, etag, now);
    }

    /// <summary>Removes the files of days that nothing has pointed to for the time of <see cref="PublishingOptions.KeepUnreferenced"/>.</summary>
    public async Task RemoveUnreferencedAsync(CancellationToken cancellationToken)
    {
        // The list before the index: a file that is written between the two is not in the list.
        var files = await site.ListAsync("", cancellationToken);
        var (index, _, now) = await ReadIndexAsync(cancellationToken);
        await RemoveUnreferencedAsync(files, index, await published.ReadAsync(index?.Days ?? [], cancellationToken), now, cancellationToken);
    }

    private async Task RemoveUnreferencedAsync(
        IReadOnlyList<SiteFile> files,
        SiteIndex? index,
        IReadOnlyDictionary<ListingDay, IReadOnlyList<PaperView>> papersOf,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var named = Referenced(index).Append(IndexName).ToHashSet(StringComparer.Ordinal);
        named.UnionWith(papersOf.Values.SelectMany(shown => shown).Select(paper => SiteAddress.PaperFile(paper.Id)));
        named.UnionWith(papersOf.Keys.Select(SiteAddress.DayFile));
        foreach (var file in files.Where(file => IsOurs(file.Name) && !named.Contains(file.Name) && now - file.Modified > options.Value.KeepUnreferenced))
            await site.RemoveAsync(file.Name, file.ETag, cancellationToken);
    }

    /// <summary>
    /// A rebuild's work grows with the day, and so does the time in which its summaries come: where the pause between two rebuilds
    /// grew with neither, a day's rebuilds would cost the square of its papers.
    /// </summary>
    private TimeSpan IntervalAfter(DayEntry former) => options.Value.MinimumInterval * Math.Max(1, former.Counts.Announced / (double)PapersInInterval);

    private static bool IsOurs(string name) =>
        new[] { SiteIndex.Folder, PageRenderer.PapersFolder, PageRenderer.DaysFolder }.Any(folder => name.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>The files of the data that an index names.</summary>
    private static IEnumerable<string> Referenced(SiteIndex? index) =>
        (index?.Days ?? []).SelectMany(day => day.Parts).SelectMany(part => new[] { part.Cards, part.Details })
            .Concat((index?.Days ?? []).Select(day => day.Overview).OfType<string>())
            .Concat(index?.Search is { } search ? [search] : [])
            .Select(name => SiteIndex.Folder + name);

    private async Task<(ListingDay Day, IReadOnlyList<PaperRow> Rows, OverviewRow? Overview)> ReadDayAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var rows = await papers.ReadDayAsync(day, cancellationToken);
        if (rows.Any(row => !row.Sample))
            rows = [.. rows.Where(row => !row.Sample)];
        return (day, rows, (await overviews.ReadAsync(day, cancellationToken)).Row);
    }

    /// <summary>Sends a message where the day has become complete and its overview is due, unless one sleeps until then.</summary>
    /// <returns>Whether a message was sent.</returns>
    private async Task<bool> AskForOverviewAsync((ListingDay Day, IReadOnlyList<PaperRow> Rows, OverviewRow? Overview) day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var step = overviewPlan.Next(OverviewBasis.Of(day.Rows), day.Overview);
        if (step == OverviewStep.None || day.Overview?.Due > now)
            return false;

        // The categories of a listing are read one after the other: a moment later the day is whole, and the model is not asked about a part of it.
        await queues.SendAsync(new DayMessage(day.Day, now, Overview: true), step == OverviewStep.Model ? options.Value.MinimumInterval : TimeSpan.Zero, cancellationToken);
        return true;
    }

    private async Task<bool> TryPublishAsync(
        (ListingDay Day, IReadOnlyList<PaperRow> Rows, OverviewRow? Overview) read, IReadOnlyList<SiteFile> files, SiteIndex? index, ETag etag, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (day, rows, overview) = read;
        var snapshot = DaySnapshot.Build(day, rows, await listings.ReadAsync(day, cancellationToken), overview, readAt: now);
        var days = (index?.Days ?? []).Where(entry => entry.Day != day);
        if (rows.Count > 0)
            days = days.Append(snapshot.Entry);
        var shown = Shown([.. days]);

        var papersOf = new Dictionary<ListingDay, IReadOnlyList<PaperView>>(await published.ReadAsync([.. shown.Where(entry => entry.Day != day)], cancellationToken));
        if (rows.Count > 0)
            papersOf[day] = [.. rows.Select(PaperViews.View)];
        if (!await TryWriteAsync(files, index, etag, shown, papersOf, snapshot.Files, now, cancellationToken))
            return false;

        Log.Published(logger, day, rows.Count);
        return true;
    }

    /// <summary>Writes an edition: what the index names, what is read without JavaScript, and the index last.</summary>
    /// <returns>Whether it was written; false where somebody else was faster.</returns>
    private async Task<bool> TryWriteAsync(
        IReadOnlyList<SiteFile> files,
        SiteIndex? former,
        ETag etag,
        IReadOnlyList<DayEntry> days,
        IReadOnlyDictionary<ListingDay, IReadOnlyList<PaperView>> papersOf,
        IEnumerable<SnapshotFile> made,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var search = days.Count == 0 ? null : SnapshotFile.Create("search", SearchFile.Of([.. days.Select(entry => entry.Day)], papersOf), PublishingJson.Default.SearchFile);
        if (search is not null)
            made = made.Append(search);

        var present = Referenced(former).ToHashSet(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            made.Where(file => !present.Contains(SiteIndex.Folder + file.Name)),
            cancellationToken,
            async (file, token) => await site.WriteAsync(SiteIndex.Folder + file.Name, file.ToGzip(), Json, SiteContainer.Immutable, isGzip: true, token));

        var next = Index(days, now) with { Search = search?.Name };
        var edition = new Edition(next, papersOf) { Overviews = await published.ReadOverviewsAsync(days, cancellationToken) };
        if (!await pages.TryWriteAsync(edition, files, cancellationToken) || !await TryWriteIndexAsync(next, former, etag, cancellationToken))
            return false;

        await RemoveUnreferencedAsync(files, next, papersOf, now, cancellationToken);
        return true;
    }

    /// <summary>The newest days, as many as are kept, newest first; samples only as long as there is nothing else.</summary>
    private List<DayEntry> Shown(List<DayEntry> days)
    {
        if (days.Exists(entry => !entry.Sample))
            days.RemoveAll(entry => entry.Sample);
        return [.. days.OrderByDescending(entry => entry.Day.Date).Take(collect.Value.RetentionDays)];
    }

    private async Task<bool> TryWriteIndexAsync(SiteIndex next, SiteIndex? former, ETag etag, CancellationToken cancellationToken)
    {
        // Before the new index: should this process die in between, a reader of the former one still finds its files for a while.
        var referenced = Referenced(next).ToHashSet(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            Referenced(former).Where(name => !referenced.Contains(name)), cancellationToken, async (name, token) => await site.RetireAsync(name, token));

        var json = JsonSerializer.SerializeToUtf8Bytes(next, PublishingJson.Default.SiteIndex);
        return await site.TryWriteAsync(IndexName, SnapshotFile.Compress(json), Json, SiteContainer.Revalidate, isGzip: true, etag, cancellationToken);
    }

    private SiteIndex Index(IReadOnlyList<DayEntry> days, DateTimeOffset now) => new()
    {
        GeneratedAt = now,
        Categories = [.. arxiv.Value.Categories],
        UpdateHours = schedule.UpdateHours(),
        Model = summarizer.Value.IsConfigured ? summarizer.Value.Deployment : null,
        Api = options.Value.ApiAddress,
        ReportErrorsTo = options.Value.ReportErrorsTo,
        Upcoming = [.. AnnouncementCalendar.Upcoming(time.GetUtcNow()).Take(10).Select(next => new Announcement(next.Day, next.At, AnnouncementCalendar.ExplainGap(next.Day)))],
        Days = days,
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Published {Day} with {Papers} papers.")]
        public static partial void Published(ILogger logger, ListingDay day, int papers);

        [LoggerMessage(LogLevel.Debug, "Somebody else published while {Day} was rebuilt; starting over.")]
        public static partial void StartedOver(ILogger logger, ListingDay day);
    }
}
