using System.IO.Compression;
using System.Text.Json;
using Azure;
using Denoised.Publishing.Snapshots;

namespace Denoised.Publishing;

/// <summary>The file <c>data/index.json</c>, the one pointer to all snapshots.</summary>
public sealed class SiteIndexFile(SiteContainer site)
{
    /// <summary>The blob of the index.</summary>
    public const string Name = SiteIndex.Folder + "index.json";

    /// <summary>Reads the index; null before the first one is written.</summary>
    public async Task<(SiteIndex? Index, ETag ETag, DateTimeOffset Now)> ReadAsync(CancellationToken cancellationToken)
    {
        var (content, etag, now) = await site.ReadAsync(Name, cancellationToken);
        if (content is null)
            return (null, etag, now);

        await using var gzip = new GZipStream(content.ToStream(), CompressionMode.Decompress);
        var index = await JsonSerializer.DeserializeAsync(gzip, PublishingJson.Default.SiteIndex, cancellationToken);
        return (index, etag, now);
    }

    /// <summary>The names of the data files that an index refers to.</summary>
    internal static IEnumerable<string> FilesOf(SiteIndex? index) =>
        (index?.Days ?? []).SelectMany(day => day.Parts).SelectMany(part => new[] { part.Cards, part.Details })
            .Concat((index?.Days ?? []).Select(day => day.Overview).OfType<string>())
            .Concat((index?.Days ?? []).Select(day => day.Related).OfType<string>())
            .Concat(new[] { index?.Search, index?.Vectors }.OfType<string>())
            .Select(name => SiteIndex.Folder + name);

    /// <summary>Writes the index if it is still the one that was read.</summary>
    /// <param name="next">The new index.</param>
    /// <param name="previous">The index that was read, or null.</param>
    /// <param name="etag">The ETag of <paramref name="previous"/>.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>False if another instance has written in the meantime.</returns>
    internal async Task<bool> TryWriteAsync(SiteIndex next, SiteIndex? previous, ETag etag, CancellationToken cancellationToken)
    {
        // Before the new index is written: after a crash in between, readers of the previous one still find its files for a while.
        var referenced = FilesOf(next).ToHashSet(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            FilesOf(previous).Where(name => !referenced.Contains(name)), cancellationToken, async (name, token) => await site.RetireAsync(name, token));

        var json = JsonSerializer.SerializeToUtf8Bytes(next, PublishingJson.Default.SiteIndex);
        return await site.TryWriteAsync(Name, SnapshotFile.Compress(json), SiteContainer.Json, SiteContainer.Revalidate, isGzip: true, etag, cancellationToken);
    }
}
