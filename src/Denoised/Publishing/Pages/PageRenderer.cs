using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Denoised.Domain;
using Denoised.Publishing.Feeds;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;
using Microsoft.Extensions.Options;

namespace Denoised.Publishing.Pages;

/// <summary>
/// Writes the files for clients without JavaScript from the template of the current release: the front page, the pages of days and papers, the feeds,
/// and the files for search engines. Skips files whose fingerprint is unchanged.
/// </summary>
/// <remarks>
/// Every write requires the version that was listed <em>before</em> the index and the table were read. A publisher that wrote a file before the
/// listing also read the data before it, so a slow publisher never overwrites newer content.
/// </remarks>
public sealed class PageRenderer(BlobServiceClient blobs, SiteContainer site, IOptions<PublishingOptions> options, TimeProvider time)
{
    /// <summary>The name of the blob that contains the name of the current template.</summary>
    public const string CurrentRelease = "current";

    /// <summary>The file name of the front page.</summary>
    public const string FrontPage = "index.html";

    /// <summary>The folder of the papers' pages.</summary>
    public const string PapersFolder = "papers/";

    /// <summary>The folder of the days' pages.</summary>
    public const string DaysFolder = "days/";

    private const string Html = "text/html; charset=utf-8";

    // Rendering takes little CPU time; uploads mostly wait for the network.
    private const int PagesAtOnce = 16;

    private readonly BlobContainerClient templates = blobs.GetBlobContainerClient(ContainerNames.Templates);
    private readonly ConcurrentDictionary<string, string> templateTexts = new(StringComparer.Ordinal);

    // The papers of unchanged days are the same objects in each rebuild, so each process hashes a paper only once.
    private readonly ConditionalWeakTable<PaperView, byte[]> hashes = [];
    private readonly MapPoints mapPoints = new();

    /// <summary>Writes the files of an edition that are missing or outdated in the site.</summary>
    /// <param name="edition">The edition to publish. Without an uploaded template, pages are skipped.</param>
    /// <param name="listed">The files of the site, listed before the index and the table were read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>False if another publisher has written one of the files since the listing; the caller must read the data again.</returns>
    internal async Task<bool> TryWriteAsync(Edition edition, IReadOnlyList<SiteFile> listed, CancellationToken cancellationToken)
    {
        var present = listed.ToDictionary(file => file.Name, StringComparer.Ordinal);
        var address = SiteAddress.Of(options.Value);
        var template = await ReadTemplateAsync(cancellationToken);

        // Writes the files that change with every edition first, one at a time: of several concurrent publishers, only one continues.
        foreach (var file in Files(edition, address, template).Where(HasChanged))
        {
            if (!await WriteAsync(file, cancellationToken))
                return false;
        }

        if (template is null)
            return true;

        var days = template.HasDayPage ? edition.Index.Days : [];
        var maps = template.HasMapPage ? edition.Index.Days.Where(DayMap.Exists) : [];
        var digests = template.HasDigestPage ? edition.Index.Days.Where(day => edition.PapersOf[day.Day].Count > 0) : [];
        var pages = days.Select(day => RenderDayPage(edition, day, template, address.Root))
            .Concat(maps.Select(day => RenderMapPage(edition, day, template, address.Root)))
            .Concat(digests.Select(day => RenderDigestPage(edition, day, template, address)))
            .Concat(edition.Papers.Select(paper => RenderPaperPage(paper, edition.RelatedTo(paper.Id), template, address.Root, options.Value.ReportErrorsTo)));
        foreach (var chunk in pages.Where(HasChanged).Chunk(PagesAtOnce))
        {
            var rendered = Array.ConvertAll(chunk, file => file with { Render = Rendered(file.Render()) });
            var written = await Task.WhenAll(rendered.Select(file => WriteAsync(file, cancellationToken)));
            if (written.Contains(false))
                return false;
        }

        return true;

        bool HasChanged(RenderedFile file) => !present.TryGetValue(file.Name, out var previous) || previous.Fingerprint != file.Fingerprint;

        Task<bool> WriteAsync(RenderedFile file, CancellationToken token) => site.TryWriteAsync(file, present.GetValueOrDefault(file.Name), token);
    }

    private static string CodeVersion => typeof(PageRenderer).Module.ModuleVersionId.ToString();

    private static Func<byte[]> Rendered(byte[] content) => () => content;

    private IEnumerable<RenderedFile> Files(Edition edition, SiteAddress address, PageTemplate? template)
    {
        if (template is not null)
            yield return RenderedFile.FromContent(FrontPage, Html, SiteContainer.Revalidate, isGzip: true, template.RenderIndex(edition, time.GetUtcNow()));

        // Stored uncompressed: the blob endpoint ignores Accept-Encoding, and some feed readers do not support gzip.
        var entries = Feed.EntriesOf(edition, address);
        foreach (var tag in Tag.All.Prepend(null))
        {
            var atom = Feed.FileName(tag, "atom");
            yield return Plain(atom, FeedAtom.ContentType, FeedAtom.Write(Feed.Of(edition.Index, entries, tag, address, address.Of(atom))));
            var json = Feed.FileName(tag, "json");
            yield return Plain(json, FeedJson.ContentType, FeedJson.Write(Feed.Of(edition.Index, entries, tag, address, address.Of(json))));
        }

        if (Sitemap.Write(edition, address) is { } sitemap)
            yield return Plain(Sitemap.FileName, "application/xml; charset=utf-8", sitemap);
        yield return Plain(Sitemap.RobotsFileName, "text/plain; charset=utf-8", Sitemap.WriteRobots(address));

        static RenderedFile Plain(string name, string contentType, byte[] content) =>
            RenderedFile.FromContent(name, contentType, SiteContainer.Revalidate, isGzip: false, content);
    }

    private RenderedFile RenderDayPage(Edition edition, DayEntry day, PageTemplate template, string? root)
    {
        // Renders the page from this reduced index only, so it is rendered again only after a visible change. The file names of a day contain content
        // hashes.
        var now = time.GetUtcNow();
        var index = edition.Index with
        {
            GeneratedAt = default,
            Search = null,
            Vectors = null,
            Upcoming = [.. edition.Index.Upcoming.Where(announcement => announcement.At > now).Take(1)],
            Days = [.. edition.Index.Days.Select(other => other.Day == day.Day
                ? day with { ReadAt = default, Revision = null, Related = null }
                : new DayEntry
                {
                    Day = other.Day,
                    AnnouncedAt = default,
                    Counts = new DayCounts(other.Counts.Announced, 0, 0, 0, 0),
                    Tags = [],
                    Parts = [],
                    ReadAt = default,
                })],
        };
        var fingerprint = RenderedFile.ComputeFingerprint(
            JsonSerializer.SerializeToUtf8Bytes(index, PublishingJson.Default.SiteIndex), day.Day.ToString(), template.Release, CodeVersion, root ?? "");
        return new RenderedFile(
            SiteAddress.DayFile(day.Day), Html, SiteContainer.Revalidate, IsGzip: true, fingerprint,
            () => SnapshotFile.Compress(template.RenderDay(edition with { Index = index }, day.Day, now, root)));
    }

    private RenderedFile RenderMapPage(Edition edition, DayEntry day, PageTemplate template, string? root)
    {
        // What the map shows: the titles, abstracts and first tags of the day's papers, its themes, and the topics of all days.
        var papers = edition.PapersOf[day.Day].Select(paper => $"{paper.Id.Value} {string.Join(',', paper.Summary.Tags.Take(1))} {paper.Title} {paper.Abstract}");
        var topics = edition.Index.Days.Select(other => $"{other.Day} {string.Join(',', other.Tags.Select(tag => $"{tag.Tag} {tag.Count}"))}");
        var fingerprint = RenderedFile.ComputeFingerprint(
            Encoding.UTF8.GetBytes(string.Join('\n', papers)), "map", string.Join('\n', topics), day.Overview ?? "", day.Sample.ToString(), template.Release, CodeVersion, root ?? "");
        return new RenderedFile(
            SiteAddress.MapFile(day.Day), Html, SiteContainer.Revalidate, IsGzip: true, fingerprint,
            () => SnapshotFile.Compress(template.RenderMap(edition, day, mapPoints.Of(day.Day, edition.PapersOf[day.Day]), root)));
    }

    private RenderedFile RenderDigestPage(Edition edition, DayEntry day, PageTemplate template, SiteAddress address)
    {
        // What a digest shows: the papers, the overview, whose name is its hash, and the counts and notes.
        var papers = edition.PapersOf[day.Day];
        var entry = JsonSerializer.Serialize(day with { ReadAt = default, Revision = null, Related = null, Parts = [] }, PublishingJson.Default.DayEntry);
        var fingerprint = RenderedFile.ComputeFingerprint(
            [.. papers.SelectMany(HashOf)], "digest", entry, template.Release, CodeVersion, address.Root ?? "");
        return new RenderedFile(SiteAddress.DigestFile(day.Day), Html, SiteContainer.Revalidate, IsGzip: true, fingerprint, () =>
        {
            var digest = Digest.Of(day, papers, edition.Overviews.GetValueOrDefault(day.Day), address);
            return SnapshotFile.Compress(template.RenderDigest(day, digest, address.Root));
        });
    }

    private RenderedFile RenderPaperPage(PaperView paper, RelatedPapers related, PageTemplate template, string? root, string? reportErrorsTo)
    {
        // Hashes the input instead of the page, so detecting an unchanged page does not require rendering. The input includes the version of the
        // code.
        var fingerprint = RenderedFile.ComputeFingerprint(
            HashOf(paper), template.Release, CodeVersion, root ?? "", reportErrorsTo ?? "", JsonSerializer.Serialize(related, PublishingJson.Default.RelatedPapers));
        return new RenderedFile(
            SiteAddress.PaperFile(paper.Id), Html, SiteContainer.Revalidate, IsGzip: true, fingerprint, () =>
                SnapshotFile.Compress(template.RenderPaper(paper, root, reportErrorsTo, related)));
    }

    private byte[] HashOf(PaperView paper) =>
        hashes.GetValue(paper, static view => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(view, PublishingJson.Default.PaperView)));

    private async Task<PageTemplate?> ReadTemplateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var name = (await templates.GetBlobClient(CurrentRelease).DownloadContentAsync(cancellationToken)).Value.Content.ToString();
            if (!templateTexts.TryGetValue(name, out var text))
            {
                // The name contains the content hash, so the content never changes.
                text = (await templates.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToString();
                templateTexts.Clear();
                templateTexts[name] = text;
            }

            // Parses the template for each edition: an instance is not thread-safe.
            return PageTemplate.Parse(name, text);
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
