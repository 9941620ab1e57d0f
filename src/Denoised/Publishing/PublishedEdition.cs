using Azure;
using Denoised.Publishing.Snapshots;

namespace Denoised.Publishing;

/// <summary>What readers see now: the index and the papers that it names. Read again only when there is a new index.</summary>
public sealed class PublishedEdition(SiteIndexFile indexFile, PublishedPapers papers)
{
    private volatile CachedEdition? cached;

    /// <summary>Reads the edition.</summary>
    /// <returns>The edition, without days before the first publication, and the version that identifies it.</returns>
    internal async Task<(Edition Edition, ETag Version)> ReadAsync(CancellationToken cancellationToken)
    {
        var (index, etag, now) = await indexFile.ReadAsync(cancellationToken);
        if (cached is { } current && current.Version == etag)
            return (current.Edition, etag);

        index ??= new SiteIndex { GeneratedAt = now, Categories = [], Upcoming = [], Days = [] };
        var edition = new Edition(index, await papers.ReadAsync(index.Days, cancellationToken));
        cached = new CachedEdition(edition, etag);
        return (edition, etag);
    }

    private sealed record CachedEdition(Edition Edition, ETag Version);
}
