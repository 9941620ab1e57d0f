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

/// <summary>The result of publishing a release.</summary>
/// <param name="IsFirst">
/// Whether no day was published before. If so, the publisher requested a collection; otherwise the pages of the newest day.
/// </param>
/// <param name="Uploaded">The number of uploaded files.</param>
/// <param name="Unchanged">The number of files that were already up to date.</param>
/// <param name="Removed">The number of deleted assets of previous releases.</param>
public sealed record SitePublication(bool IsFirst, int Uploaded, int Unchanged, int Removed);

/// <summary>
/// Publishes a release of the page: first its assets, last the template and the pointer to it, so an interrupted publication leaves the previous page
/// working. Does not write to <c>data/</c>. Requires access to blobs and queues only: a deployer has no permissions on tables.
/// </summary>
public sealed class SitePublisher(BlobServiceClient blobs, SiteContainer site, WorkQueues queues)
{
    private const string AssetsFolder = "assets/";

    private static readonly FileExtensionContentTypeProvider contentTypes = new() { Mappings = { [".webmanifest"] = "application/manifest+json" } };

    // Files for clients other than browsers stay uncompressed: the blob endpoint ignores Accept-Encoding.
    private static readonly string[] plainFiles = ["robots.txt", "sitemap.xml"];

    /// <summary>
    /// The retention of assets after their release was replaced, because readers may still have the old page open; for templates, counted from their
    /// upload.
    /// </summary>
    internal TimeSpan AssetRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Uploads a release, and requests the pages of the newest day or the first collection.</summary>
    /// <param name="folder">The built page. <c>index.html</c> is the template; all other files are uploaded unchanged.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="FileNotFoundException">The folder does not contain a built page.</exception>
    /// <exception cref="RequestFailedException">The storage service rejects a request. A repeated call skips the files that were already
    /// uploaded.</exception>
    public async Task<SitePublication> PublishAsync(string folder, CancellationToken cancellationToken)
    {
        var templatePath = Path.Combine(folder, PageRenderer.FrontPage);
        if (!File.Exists(templatePath))
            throw new FileNotFoundException(
                $"There is no built page in {Path.GetFullPath(folder)}: {PageRenderer.FrontPage} is missing. 'npm run build --prefix frontend' builds it into frontend/dist.",
                templatePath);

        foreach (var container in ContainerNames.All)
            await blobs.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        var listed = (await site.ListAsync("", cancellationToken)).ToDictionary(file => file.Name, StringComparer.Ordinal);
        var files = new List<RenderedFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => path != templatePath))
            files.Add(await ReadAsync(folder, path, cancellationToken));

        // Files with fixed names, such as the service worker, refer to assets and are therefore uploaded after them.
        var uploaded = 0;
        foreach (var group in files.GroupBy(IsAsset).OrderByDescending(group => group.Key))
        {
            var missing = group.Where(file => !listed.TryGetValue(file.Name, out var previous) || previous.IsRetired
                || previous.Fingerprint != file.Fingerprint)
                .ToList();
            await Parallel.ForEachAsync(missing, cancellationToken, async (file, token) => await site.WriteAsync(file, token));
            uploaded += missing.Count;
        }

        var template = await File.ReadAllBytesAsync(templatePath, cancellationToken);
        if (!listed.ContainsKey(PageRenderer.FrontPage))
        {
            // The template says that papers will follow. If another writer was faster, its file is at least as good.
            var front = RenderedFile.FromContent(PageRenderer.FrontPage, ContentType(PageRenderer.FrontPage), SiteContainer.Revalidate, isGzip: true, template);
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
        return RenderedFile.FromContent(
            name, ContentType(name), isAsset ? SiteContainer.Immutable : SiteContainer.Revalidate, !isPlain,
            await File.ReadAllBytesAsync(path, cancellationToken));
    }

    /// <summary>Uploads the template, then the pointer to it.</summary>
    /// <returns>Whether the template has changed.</returns>
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

    /// <summary>Marks the assets that the release no longer references, and deletes those whose retention period has ended.</summary>
    /// <returns>The number of deleted assets.</returns>
    private async Task<int> RemoveOldAssetsAsync(Dictionary<string, SiteFile> listed, List<RenderedFile> files, CancellationToken cancellationToken)
    {
        var named = files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        var previous = listed.Values.Where(file => file.Name.StartsWith(AssetsFolder, StringComparison.Ordinal) && !named.Contains(file.Name)).ToList();
        if (previous.Count == 0)
            return 0;

        // Pages are rendered with the new template slightly later. If that has failed since an earlier release, they still need that release's
        // assets.
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

    /// <summary>Deletes old templates, except the current one.</summary>
    private async Task RemoveOldTemplatesAsync(string current, CancellationToken cancellationToken)
    {
        var templates = blobs.GetBlobContainerClient(ContainerNames.Templates);
        await foreach (var page in templates.GetBlobsAsync(cancellationToken: cancellationToken).AsPages())
        {
            var now = page.GetRawResponse().ServedAt();
            foreach (var blob in page.Values.Where(blob => blob.Name != PageRenderer.CurrentRelease && blob.Name != current
                && now - blob.Properties.LastModified > AssetRetention))
            {
                // A release that returns to this template uploads it again before pointing to it, which changes the ETag.
                var unchanged = new BlobRequestConditions { IfMatch = blob.Properties.ETag };
                try
                {
                    await templates.GetBlobClient(blob.Name).DeleteIfExistsAsync(conditions: unchanged, cancellationToken: cancellationToken);
                }
                catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.PreconditionFailed)
                {
                    // The template is current again.
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
