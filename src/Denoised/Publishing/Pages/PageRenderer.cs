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
/// Writes what is read without JavaScript: the front page, each day's and each paper's, made from the current release's template, the feeds, and what
/// search engines ask for. A file is written only where it is missing or was made from something else.
/// </summary>
/// <remarks>
/// Every write is conditional on the version that was listed <em>before</em> index and table were read: whoever has written a file before
/// that moment had read them before, too, so that a slow publisher never puts older content over newer.
/// </remarks>
public sealed class PageRenderer(BlobServiceClient blobs, SiteContainer site, IOptions<PublishingOptions> options, TimeProvider time)
{
    /// <summary>The blob that names the current template.</summary>
    public const string CurrentRelease = "current";

    /// <summary>The front page's file.</summary>
    public const string FrontPage = "index.html";

    /// <summary>The folder of the papers' own pages.</summary>
    public const string PapersFolder = "papers/";

    /// <summary>The folder of the listing days' pages.</summary>
    public const string DaysFolder = "days/";

    private const string Html = "text/html; charset=utf-8";

    // Rendering takes a moment of one core; sending is waiting.
    private const int PagesAtOnce = 16;

    private readonly BlobContainerClient templates = blobs.GetBlobContainerClient(ContainerNames.Templates);
    private readonly ConcurrentDictionary<string, string> templateTexts = new(StringComparer.Ordinal);

    // The papers of the days that are not rebuilt are the same objects each time; each is hashed once a process.
    private readonly ConditionalWeakTable<PaperView, byte[]> hashes = [];

    /// <summary>Writes the files that an edition has and the site has not.</summary>
    /// <param name="edition">What is about to be published. No page is written before a template was uploaded; the rest is.</param>
    /// <param name="listed">The site's files, listed before the index and the table were read.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Whether all was written; false where somebody else has written one of them since, so that all is to be read again.</returns>
    internal async Task<bool> TryWriteAsync(Edition edition, IReadOnlyList<SiteFile> listed, CancellationToken cancellationToken)
    {
        var present = listed.ToDictionary(file => file.Name, StringComparer.Ordinal);
        var address = SiteAddress.Of(options.Value);
        var template = await ReadTemplateAsync(cancellationToken);

        // What changes with every edition comes first and alone: of several publishers, one gets past it.
        foreach (var file in Files(edition, address, template).Where(HasChanged))
        {
            if (!await WriteAsync(file, cancellationToken))
                return false;
        }

        if (template is null)
            return true;

        var days = template.HasDayPage ? edition.Index.Days : [];
        var pages = days.Select(day => DayPage(edition, day, template, address.Root))
            .Concat(edition.Papers.Select(paper => PaperPage(paper, template, address.Root, options.Value.ReportErrorsTo)));
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
            yield return RenderedFile.Of(FrontPage, Html, SiteContainer.Revalidate, isGzip: true, template.RenderIndex(edition, time.GetUtcNow()));

        // Stored plain: the blob endpoint would send them compressed to programs that cannot read that.
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

        static RenderedFile Plain(string name, string contentType, byte[] content) => RenderedFile.Of(name, contentType, SiteContainer.Revalidate, isGzip: false, content);
    }

    private RenderedFile DayPage(Edition edition, DayEntry day, PageTemplate template, string? root)
    {
        // The page is made from this index alone, so that it is rendered again only for a change that it shows. The names of a day's files contain their hashes.
        var now = time.GetUtcNow();
        var index = edition.Index with
        {
            GeneratedAt = default,
            Search = null,
            Upcoming = [.. edition.Index.Upcoming.Where(announcement => announcement.At > now).Take(1)],
            Days = [.. edition.Index.Days.Select(other => other.Day == day.Day
                ? day with { ReadAt = default, Revision = null }
                : new DayEntry { Day = other.Day, AnnouncedAt = default, Counts = new DayCounts(other.Counts.Announced, 0, 0, 0, 0), Tags = [], Parts = [], ReadAt = default })],
        };
        var fingerprint = RenderedFile.FingerprintOf(
            JsonSerializer.SerializeToUtf8Bytes(index, PublishingJson.Default.SiteIndex), day.Day.ToString(), template.Release, CodeVersion, root ?? "");
        return new RenderedFile(
            SiteAddress.DayFile(day.Day), Html, SiteContainer.Revalidate, IsGzip: true, fingerprint,
            () => SnapshotFile.Compress(template.RenderDay(edition with { Index = index }, day.Day, now, root)));
    }

    private RenderedFile PaperPage(PaperView paper, PageTemplate template, string? root, string? reportErrorsTo)
    {
        // Of what goes into it, not of the page: to see that nothing has changed, none is rendered. The code's own version belongs to that.
        var fingerprint = RenderedFile.FingerprintOf(
            hashes.GetValue(paper, static view => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(view, PublishingJson.Default.PaperView))),
            template.Release, CodeVersion, root ?? "", reportErrorsTo ?? "");
        return new RenderedFile(
            SiteAddress.PaperFile(paper.Id), Html, SiteContainer.Revalidate, IsGzip: true, fingerprint, () => SnapshotFile.Compress(template.RenderPaper(paper, root, reportErrorsTo)));
    }

    private async Task<PageTemplate?> ReadTemplateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var name = (await templates.GetBlobClient(CurrentRelease).DownloadContentAsync(cancellationToken)).Value.Content.ToString();
            if (!templateTexts.TryGetValue(name, out var text))
            {
                // Its name tells its content: it never changes.
                text = (await templates.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToString();
                templateTexts.Clear();
                templateTexts[name] = text;
            }

            // Anew each time, since it is not for several threads at once.
            return PageTemplate.Parse(name, text);
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
