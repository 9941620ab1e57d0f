using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Denoised.Storage;
using Microsoft.AspNetCore.StaticFiles;

namespace Denoised.Publishing;

/// <summary>
/// Brings a release of the page into the site: its assets first, the page's template and the pointer to it last, so that a publication
/// that is interrupted leaves the former page working. Never touches <c>data/</c>.
/// </summary>
public sealed class SitePublisher(StorageSetup setup, BlobServiceClient blobs, SiteContainer site, DayPublisher days, WorkQueues queues)
{
    private const string Template = "index.html";

    private static readonly FileExtensionContentTypeProvider contentTypes = new() { Mappings = { [".webmanifest"] = "application/manifest+json" } };

    // What other programs than browsers fetch stays plain: the blob endpoint would send them gzip whether they accept it or not.
    private static readonly string[] plainFiles = ["robots.txt", "sitemap.xml"];

    /// <summary>Uploads a release and has the newest day rebuilt with it.</summary>
    /// <param name="folder">The built page: <c>index.html</c> is the template, everything else is uploaded as it lies.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Whether the site had no page before.</returns>
    /// <exception cref="FileNotFoundException">The folder holds no built page.</exception>
    public async Task<bool> PublishAsync(string folder, CancellationToken cancellationToken)
    {
        var templatePath = Path.Combine(folder, Template);
        if (!File.Exists(templatePath))
            throw new FileNotFoundException($"There is no built page in {folder}: {Template} is missing.", templatePath);

        await setup.EnsureCreatedAsync(cancellationToken);
        var template = await File.ReadAllBytesAsync(templatePath, cancellationToken);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => path != templatePath))
        {
            var name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            var isAsset = name.StartsWith("assets/", StringComparison.Ordinal);
            var isPlain = plainFiles.Contains(name, StringComparer.Ordinal) || IsCompressedAlready(name);
            var content = await File.ReadAllBytesAsync(path, cancellationToken);
            await site.WriteAsync(
                name, isPlain ? content : SnapshotFile.Compress(content), ContentType(name), isAsset ? SiteContainer.Immutable : SiteContainer.Revalidate, !isPlain, cancellationToken);
        }

        var (former, _, _) = await site.ReadAsync(Template, cancellationToken);
        if (former is null)
            await site.WriteAsync(Template, SnapshotFile.Compress(template), ContentType(Template), SiteContainer.Revalidate, isGzip: true, cancellationToken);

        var release = Convert.ToHexStringLower(SHA256.HashData(template).AsSpan(0, 8)) + ".html";
        var templates = blobs.GetBlobContainerClient(ContainerNames.Templates);
        await templates.GetBlobClient(release).UploadAsync(new BinaryData(template), overwrite: true, cancellationToken);
        await templates.GetBlobClient(Pages.CurrentRelease).UploadAsync(
            new BinaryData(Encoding.UTF8.GetBytes(release)), new BlobUploadOptions(), cancellationToken);

        if ((await days.ReadIndexAsync(cancellationToken)).Index?.Days is [var newest, ..])
            await queues.SendAsync(new DayMessage(newest.Day, DateTimeOffset.MaxValue), TimeSpan.Zero, cancellationToken);
        return former is null;
    }

    private static string ContentType(string name)
    {
        var type = contentTypes.TryGetContentType(name, out var known) ? known : "application/octet-stream";
        return type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type;
    }

    private static bool IsCompressedAlready(string name) =>
        Path.GetExtension(name) is ".png" or ".jpg" or ".jpeg" or ".webp" or ".woff2" or ".ico";
}
