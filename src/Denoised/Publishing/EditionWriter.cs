using Azure;
using Denoised.Domain;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;
using Microsoft.Extensions.Options;

namespace Denoised.Publishing;

/// <summary>Writes an edition of the site: its data files, its pages, and the index last.</summary>
public sealed class EditionWriter(
    SiteContainer site, SiteIndexFile indexFile, SiteIndexBuilder builder, PublishedPapers published, PageRenderer pages, IOptions<PublishingOptions> options)
{
    /// <summary>Selects the days that readers see, newest first.</summary>
    internal List<DayEntry> SelectShown(List<DayEntry> days) => builder.SelectShown(days);

    /// <summary>Writes an edition.</summary>
    /// <returns>False if another instance was faster.</returns>
    internal async Task<bool> TryWriteAsync(
        IReadOnlyList<SiteFile> files,
        SiteIndex? previous,
        ETag etag,
        IReadOnlyList<DayEntry> days,
        IReadOnlyDictionary<ListingDay, IReadOnlyList<PaperView>> papersOf,
        IEnumerable<SnapshotFile> made,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var search = days.Count == 0
            ? null
            : SnapshotFile.Create("search", SearchFile.Of([.. days.Select(entry => entry.Day)], papersOf), PublishingJson.Default.SearchFile);
        var all = days.SelectMany(entry => papersOf[entry.Day]).ToList();
        var vectors = all.Count == 0 ? null : PaperVectors.WriteFile(all);
        made = made.Concat(new[] { search, vectors }.OfType<SnapshotFile>());

        // A new paper may be related to one of any day, so the file of each day is made again. Most stay the same.
        var related = RelatedPapers.Find(all);
        var relatedOf = days.ToDictionary(entry => entry.Day, entry => DaySnapshot.RelatedFile(entry.Day, papersOf[entry.Day], related));
        days = [.. days.Select(entry => entry with { Related = relatedOf[entry.Day]?.Name, HasMap = DayMap.Exists(entry) })];
        made = made.Concat(relatedOf.Values.OfType<SnapshotFile>());

        var present = SiteIndexFile.FilesOf(previous).ToHashSet(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            made.Where(file => !present.Contains(SiteIndex.Folder + file.Name)),
            cancellationToken,
            async (file, token) =>
                await site.WriteAsync(SiteIndex.Folder + file.Name, file.ToGzip(), file.ContentType, SiteContainer.Immutable, isGzip: true, token));

        var next = builder.Build(days, now) with { Search = search?.Name, Vectors = vectors?.Name };
        var edition = new Edition(next, papersOf) { Related = related, Overviews = await published.ReadOverviewsAsync(days, cancellationToken) };
        if (!await pages.TryWriteAsync(edition, files, cancellationToken) || !await indexFile.TryWriteAsync(next, previous, etag, cancellationToken))
            return false;

        await RemoveUnreferencedAsync(files, next, papersOf, now, cancellationToken);
        return true;
    }

    /// <summary>Removes the files that nothing has referred to for <see cref="PublishingOptions.KeepUnreferenced"/>.</summary>
    internal async Task RemoveUnreferencedAsync(
        IReadOnlyList<SiteFile> files,
        SiteIndex? index,
        IReadOnlyDictionary<ListingDay, IReadOnlyList<PaperView>> papersOf,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var named = SiteIndexFile.FilesOf(index).Append(SiteIndexFile.Name).ToHashSet(StringComparer.Ordinal);
        named.UnionWith(papersOf.Values.SelectMany(shown => shown).Select(paper => SiteAddress.PaperFile(paper.Id)));
        named.UnionWith(papersOf.Keys.Select(SiteAddress.DayFile));
        named.UnionWith(papersOf.Keys.Select(SiteAddress.DigestFile));
        named.UnionWith((index?.Days ?? []).Where(day => day.HasMap).Select(day => SiteAddress.MapFile(day.Day)));
        foreach (var file in files.Where(file => IsOurs(file.Name) && !named.Contains(file.Name) && now - file.Modified > options.Value.KeepUnreferenced))
            await site.RemoveAsync(file.Name, file.ETag, cancellationToken);
    }

    private static bool IsOurs(string name) =>
        new[] { SiteIndex.Folder, PageRenderer.PapersFolder, PageRenderer.DaysFolder }.Any(folder => name.StartsWith(folder, StringComparison.Ordinal));
}
