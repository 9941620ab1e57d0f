using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Denoised.Domain;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;

namespace Denoised.Publishing;

/// <summary>
/// Reads the papers that the index references. The files are immutable, so each process reads a file only once: a rebuild or a search costs only the
/// new files.
/// </summary>
public sealed class PublishedPapers(SiteContainer site, PaperTable papers)
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<PaperView>> parts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, OverviewView> overviews = new(StringComparer.Ordinal);

    /// <summary>Reads the papers of days in their published order. Evicts cached files that belong to none of these days.</summary>
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

    /// <summary>Reads the overviews of days. Evicts those of other days.</summary>
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

    /// <summary>
    /// Reads the overview of a day. Null if the day has none, or if the file is missing; the next rebuild of the day restores a deleted file.
    /// </summary>
    public async Task<OverviewView?> ReadOverviewAsync(DayEntry? day, CancellationToken cancellationToken)
    {
        if (day?.Overview is not { } name)
            return null;
        if (overviews.TryGetValue(name, out var cached))
            return cached;

        return await ReadFileAsync(name, PublishingJson.Default.OverviewView, cancellationToken) is { } read ? overviews[name] = read : null;
    }

    /// <summary>Reads the related papers of a day's papers, by identifier. Empty if the day has none, or if the file is missing.</summary>
    internal async Task<IReadOnlyDictionary<string, RelatedPapers>> ReadRelatedAsync(DayEntry day, CancellationToken cancellationToken) =>
        day.Related is { } name && await ReadFileAsync(name, PublishingJson.Default.DictionaryStringRelatedPapers, cancellationToken) is { } related
            ? related
            : new Dictionary<string, RelatedPapers>();

    private async Task<IReadOnlyList<PaperView>> ReadAsync(DayEntry day, CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(day.Parts.Select(part => ReadPartAsync(part.Details, cancellationToken)));
        if (Array.TrueForAll(read, part => part is not null))
            return [.. read.SelectMany(part => part!)];

        // The index was replaced in the meantime, or the file was deleted manually. The table still contains the papers.
        return [.. (await papers.ReadDayAsync(day.Day, cancellationToken)).Select(PaperViews.View)];
    }

    private async Task<IReadOnlyList<PaperView>?> ReadPartAsync(string name, CancellationToken cancellationToken)
    {
        if (parts.TryGetValue(name, out var cached))
            return cached;

        return await ReadFileAsync(name, PublishingJson.Default.PaperViewArray, cancellationToken) is { } part ? parts[name] = part : null;
    }

    /// <summary>Reads a data file; null if it is missing.</summary>
    private async Task<T?> ReadFileAsync<T>(string name, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var (content, _, _) = await site.ReadAsync(SiteIndex.Folder + name, cancellationToken);
        if (content is null)
            return null;

        await using var gzip = new GZipStream(content.ToStream(), CompressionMode.Decompress);
        return await JsonSerializer.DeserializeAsync(gzip, type, cancellationToken)
            ?? throw new InvalidDataException($"{SiteIndex.Folder}{name} holds null.");
    }
}
