using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;
using Microsoft.AspNetCore.StaticFiles;

namespace Denoised.Publishing;

/// <summary>What a publication of the page did.</summary>
/// <param name="IsFirst">No day was published before, so a collection was asked for; else the newest day's pages were.</param>
/// <param name="Uploaded">Files uploaded.</param>
/// <param name="Unchanged">Files that the site had already.</param>
/// <param name="Removed">Assets of previous releases that were removed.</param>
public sealed record SitePublication(bool IsFirst, int Uploaded, int Unchanged, int Removed);

/// <summary>
/// Brings a release of the page into the site: its assets first, the page's template and the pointer to it last, so that a publication
/// that is interrupted leaves the previous page working. Never touches <c>data/</c>. Needs blobs and queues only: who deploys has no rights on tables.
/// </summary>
public sealed class SitePublisher(BlobServiceClient blobs, SiteContainer site, WorkQueues queues)
{
    private const string AssetsFolder = "assets/";

    private static readonly FileExtensionContentTypeProvider contentTypes = new() { Mappings = { [".webmanifest"] = "application/manifest+json" } };

    // What other programs than browsers fetch stays plain: the blob endpoint would send them gzip whether they accept it or not.
    private static readonly string[] plainFiles = ["robots.txt", "sitemap.xml"];

    /// <summary>For how long an asset stays after the release that names it has gone, since readers may still have that page open; and a template after it was uploaded.</summary>
    internal TimeSpan AssetRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Uploads a release, and asks for the newest day's pages with it, or for the first collection.</summary>
    /// <param name="folder">The built page: <c>index.html</c> is the template, everything else is uploaded as it lies.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="FileNotFoundException">The folder holds no built page.</exception>
    /// <exception cref="RequestFailedException">The storage service refuses; what was uploaded stays, and doing it again goes on from there.</exception>
    public async Task<SitePublication> PublishAsync(string folder, CancellationToken cancellationToken)
    {
        var templatePath = Path.Combine(folder, PageRenderer.FrontPage);
        if (!File.Exists(templatePath))
            throw new FileNotFoundException($"There is no built page in {Path.GetFullPath(folder)}: {PageRenderer.FrontPage} is missing. 'npm run build --prefix frontend' builds it into frontend/dist.", templatePath);

        foreach (var container in ContainerNames.All)
            await blobs.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var listed = (await site.ListAsync("", cancellationToken)).ToDictionary(file => file.Name, StringComparer.Ordinal);
        var files = new List<RenderedFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => path != templatePath))
            files.Add(await ReadAsync(folder, path, cancellationToken));

        // Files with fixed names, such as the service worker, name assets: they follow them.
        var uploaded = 0;
        foreach (var group in files.GroupBy(IsAsset).OrderByDescending(group => group.Key))
        {
            var missing = group.Where(file => !listed.TryGetValue(file.Name, out var previous) || previous.IsRetired || previous.Fingerprint != file.Fingerprint).ToList();
            await Parallel.ForEachAsync(missing, cancellationToken, async (file, token) => await site.WriteAsync(file, token));
            uploaded += missing.Count;
        }

        var template = await File.ReadAllBytesAsync(templatePath, cancellationToken);
        if (!listed.ContainsKey(PageRenderer.FrontPage))
        {
            // Says that papers are on their way; whoever was faster has written the same or better.
            var front = RenderedFile.Of(PageRenderer.FrontPage, ContentType(PageRenderer.FrontPage), SiteContainer.Revalidate, isGzip: true, template);
            uploaded += await site.TryWriteAsync(front, listed: null, cancellationToken) ? 1 : 0;
        }

        var release = Convert.ToHexStringLower(SHA256.HashData(template).AsSpan(0, 8)) + ".html";
        if (await ActivateReleaseAsync(release, template, cancellationToken))
            uploaded++;

        var removed = await RemoveOldAssetsAsync(listed, files, cancellationToken);
        await RemoveOldTemplatesAsync(release, cancellationToken);
        var isFirst = await EnqueuePublicationAsync(cancellationToken);
        return new SitePublication(isFirst, uploaded, files.Count + 2 - uploaded, removed);
    }

    private static async Task<RenderedFile> ReadAsync(string folder, string path, CancellationToken cancellationToken)
    {
        var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
        var isPlain = plainFiles.Contains(name, StringComparer.Ordinal) || IsCompressedAlready(name);
        var isAsset = name.StartsWith(AssetsFolder, StringComparison.Ordinal);
        return RenderedFile.Of(
            name, ContentType(name), isAsset ? SiteContainer.Immutable : SiteContainer.Revalidate, !isPlain, await File.ReadAllBytesAsync(path, cancellationToken));
    }

    /// <summary>Uploads the template, and then the pointer to it.</summary>
    /// <returns>Whether it is another one than before.</returns>
    private async Task<bool> ActivateReleaseAsync(string release, byte[] template, CancellationToken cancellationToken)
    {
        var templates = blobs.GetBlobContainerClient(ContainerNames.Templates);
        var pointer = templates.GetBlobClient(PageRenderer.CurrentRelease);
        try
        {
            if ((await pointer.DownloadContentAsync(cancellationToken)).Value.Content.ToString() == release)
                return false;
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.NotFound)
        {
            // The first release.
        }

        await templates.GetBlobClient(release).UploadAsync(new BinaryData(template), overwrite: true, cancellationToken);
        await pointer.UploadAsync(new BinaryData(Encoding.UTF8.GetBytes(release)), new BlobUploadOptions(), cancellationToken);
        return true;
    }

    /// <summary>Notes which assets no release names any more, and removes those noted long ago.</summary>
    /// <returns>How many were removed.</returns>
    private async Task<int> RemoveOldAssetsAsync(Dictionary<string, SiteFile> listed, List<RenderedFile> files, CancellationToken cancellationToken)
    {
        var named = files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        var previous = listed.Values.Where(file => file.Name.StartsWith(AssetsFolder, StringComparison.Ordinal) && !named.Contains(file.Name)).ToList();
        if (previous.Count == 0)
            return 0;

        // Pages are made anew with the new template a little later; should that have failed since a previous release, its assets are still needed.
        var (front, _, now) = await site.ReadAsync(PageRenderer.FrontPage, cancellationToken);
        var html = front is null ? "" : await DecompressAsync(front, cancellationToken);
        var areNeeded = previous.Exists(file => html.Contains(file.Name, StringComparison.Ordinal));

        var removed = 0;
        foreach (var file in previous)
        {
            if (!file.IsRetired)
            {
                await site.RetireAsync(file.Name, cancellationToken);
            }
            else if (!areNeeded && now - file.Modified > AssetRetention)
            {
                await site.RemoveAsync(file.Name, file.ETag, cancellationToken);
                removed++;
            }
        }

        return removed;
    }

    /// <summary>Removes templates uploaded long ago; the current one stays, however old it is.</summary>
    private async Task RemoveOldTemplatesAsync(string current, CancellationToken cancellationToken)
    {
        var templates = blobs.GetBlobContainerClient(ContainerNames.Templates);
        await foreach (var page in templates.GetBlobsAsync(cancellationToken: cancellationToken).AsPages())
        {
            var now = page.GetRawResponse().ServedAt();
            foreach (var blob in page.Values.Where(blob => blob.Name != PageRenderer.CurrentRelease && blob.Name != current && now - blob.Properties.LastModified > AssetRetention))
            {
                // A release that goes back to this template uploads it again before it points to it.
                var unchanged = new BlobRequestConditions { IfMatch = blob.Properties.ETag };
                try
                {
                    await templates.GetBlobClient(blob.Name).DeleteIfExistsAsync(conditions: unchanged, cancellationToken: cancellationToken);
                }
                catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.PreconditionFailed)
                {
                    // It is current now.
                }
            }
        }
    }

    private async Task<bool> EnqueuePublicationAsync(CancellationToken cancellationToken)
    {
        var (content, _, _) = await site.ReadAsync(SiteIndexFile.Name, cancellationToken);
        var index = content is null ? null : JsonSerializer.Deserialize(await DecompressAsync(content, cancellationToken), PublishingJson.Default.SiteIndex);
        if (index?.Days is [var newest, ..])
        {
            await queues.SendAsync(new DayMessage(newest.Day, DateTimeOffset.MaxValue), TimeSpan.Zero, cancellationToken);
            return false;
        }

        await queues.SendAsync(new CollectionMessage(), TimeSpan.Zero, cancellationToken);
        return true;
    }

    private static async Task<string> DecompressAsync(BinaryData content, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(content.ToStream(), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static bool IsAsset(RenderedFile file) => file.Name.StartsWith(AssetsFolder, StringComparison.Ordinal);

    private static string ContentType(string name)
    {
        var type = contentTypes.TryGetContentType(name, out var known) ? known : "application/octet-stream";
        return type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type;
    }

    private static bool IsCompressedAlready(string name) =>
        Path.GetExtension(name) is ".png" or ".jpg" or ".jpeg" or ".webp" or ".woff2" or ".ico";
}
