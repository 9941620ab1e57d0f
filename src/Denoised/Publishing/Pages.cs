using System.Net;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Denoised.Storage;

namespace Denoised.Publishing;

/// <summary>Writes the pages that are read without JavaScript, from the current release's template.</summary>
public sealed class Pages(BlobServiceClient blobs, SiteContainer site)
{
    /// <summary>The blob that names the current template.</summary>
    public const string CurrentRelease = "current";

    private const string Html = "text/html; charset=utf-8";

    private readonly BlobContainerClient templates = blobs.GetBlobContainerClient(ContainerNames.Templates);

    /// <summary>Writes <c>index.html</c>. Does nothing before a template was uploaded.</summary>
    /// <param name="index">The index that is about to be written.</param>
    /// <param name="rows">The rows of the day that was rebuilt.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task WriteAsync(SiteIndex index, IReadOnlyList<PaperRow> rows, CancellationToken cancellationToken)
    {
        if (await ReadTemplateAsync(cancellationToken) is not { } template)
            return;

        await site.WriteAsync("index.html", SnapshotFile.Compress(Encoding.UTF8.GetBytes(template)), Html, SiteContainer.Revalidate, isGzip: true, cancellationToken);
    }

    private async Task<string?> ReadTemplateAsync(CancellationToken cancellationToken)
    {
        try
        {
            var name = (await templates.GetBlobClient(CurrentRelease).DownloadContentAsync(cancellationToken)).Value.Content.ToString();
            return (await templates.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToString();
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
