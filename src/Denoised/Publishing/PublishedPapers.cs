using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Denoised.Domain;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;

namespace Denoised.Publishing;

/// <summary>
/// Reads the papers that the index names. Its files never change, so that each is read once a process: a rebuild of one day and a
/// search over all of them cost the files that are new.
/// </summary>
public sealed class PublishedPapers(SiteContainer site, PaperTable papers)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<PaperView>> parts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, OverviewView> overviews = new(StringComparer.Ordinal);

    /// <summary>Reads the papers of days, each day's in its order. What was read formerly and belongs to none of them is let go.</summary>
    public async Task<IReadOnlyDictionary<ListingDay, IReadOnlyList<PaperView>>> ReadAsync(IReadOnlyList<DayEntry> days, CancellationToken cancellationToken)
    {
        var read = new Dictionary<ListingDay, IReadOnlyList<PaperView>>();
        foreach (var day in days)
            read[day.Day] = await ReadAsync(day, cancellationToken);

        var named = days.SelectMany(day => day.Parts).Select(part => part.Details).ToHashSet(StringComparer.Ordinal);
        foreach (var name in parts.Keys.Where(name => !named.Contains(name)))
            parts.TryRemove(name, out _);
        return read;
    }

    /// <summary>Reads the overviews of the days that have one, and forgets those of other days.</summary>
    internal async Task<IReadOnlyDictionary<ListingDay, OverviewView>> ReadOverviewsAsync(IReadOnlyList<DayEntry> days, CancellationToken cancellationToken)
    {
        var read = new Dictionary<ListingDay, OverviewView>();
        foreach (var day in days)
        {
            if (await ReadOverviewAsync(day, cancellationToken) is { } overview)
                read[day.Day] = overview;
        }

        var named = days.Select(day => day.Overview).ToHashSet(StringComparer.Ordinal);
        foreach (var name in overviews.Keys.Where(name => !named.Contains(name)))
            overviews.TryRemove(name, out _);
        return read;
    }

    /// <summary>Reads the overview of a day; null where it has none, or where its file was removed by hand: the day's next rebuild brings it back.</summary>
    public async Task<OverviewView?> ReadOverviewAsync(DayEntry? day, CancellationToken cancellationToken)
    {
        if (day?.Overview is not { } name)
            return null;
        if (overviews.TryGetValue(name, out var cached))
            return cached;

        var (content, _, _) = await site.ReadAsync(SiteIndex.Folder + name, cancellationToken);
        if (content is null)
            return null;

        await using var gzip = new GZipStream(content.ToStream(), CompressionMode.Decompress);
        var read = await JsonSerializer.DeserializeAsync(gzip, PublishingJson.Default.OverviewView, cancellationToken)
            ?? throw new InvalidDataException($"{SiteIndex.Folder}{name} holds no overview.");
        return overviews[name] = read;
    }

    private async Task<IReadOnlyList<PaperView>> ReadAsync(DayEntry day, CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(day.Parts.Select(part => ReadPartAsync(part.Details, cancellationToken)));
        if (Array.TrueForAll(read, part => part is not null))
            return [.. read.SelectMany(part => part!)];

        // The index was replaced long ago, or somebody has removed a file by hand: the table has the papers all the same.
        return [.. (await papers.ReadDayAsync(day.Day, cancellationToken)).Select(PaperViews.View)];
    }

    private async Task<IReadOnlyList<PaperView>?> ReadPartAsync(string name, CancellationToken cancellationToken)
    {
        if (parts.TryGetValue(name, out var cached))
            return cached;

        var (content, _, _) = await site.ReadAsync(SiteIndex.Folder + name, cancellationToken);
        if (content is null)
            return null;

        await using var gzip = new GZipStream(content.ToStream(), CompressionMode.Decompress);
        var part = await JsonSerializer.DeserializeAsync(gzip, PublishingJson.Default.PaperViewArray, cancellationToken);
        return parts[name] = part ?? throw new InvalidDataException($"{SiteIndex.Folder}{name} holds no papers.");
    }
}
