using System.Net;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;

namespace Denoised.Publishing;

/// <summary>The blob container behind the static website. The blob endpoint adds no headers, so each blob stores the headers for browsers.</summary>
public sealed class SiteContainer(BlobServiceClient service)
{
    /// <summary>The content type of the data files.</summary>
    internal const string Json = "application/json; charset=utf-8";

    /// <summary>For what has its hash in its name.</summary>
    public const string Immutable = "public, max-age=31536000, immutable";

    /// <summary>Cache-Control for mutable files: browsers may store them but must revalidate.</summary>
    public const string Revalidate = "no-cache";

    private const string FingerprintKey = "fingerprint";
    private const string RetiredKey = "retired";

    private readonly BlobContainerClient container = service.GetBlobContainerClient(ContainerNames.Site);

    /// <summary>Reads a file.</summary>
    /// <returns>The content (null if the file does not exist), its ETag and the storage service's time.</returns>
    public async Task<(BinaryData? Content, ETag ETag, DateTimeOffset Now)> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var response = await container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            return (response.Value.Content, response.Value.Details.ETag, response.GetRawResponse().ServedAt());
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.NotFound)
        {
            return (null, default, exception.GetRawResponse()!.ServedAt());
        }
    }

    /// <summary>Writes a file unconditionally.</summary>
    public Task WriteAsync(string name, byte[] content, string contentType, string cacheControl, bool isGzip, CancellationToken cancellationToken) =>
        UploadAsync(name, content, contentType, cacheControl, isGzip, fingerprint: null, conditions: null, cancellationToken);

    /// <summary>Writes a file if its ETag is unchanged. With a default ETag, writes only if the file does not exist.</summary>
    /// <returns>False if another writer was faster.</returns>
    public Task<bool> TryWriteAsync(
        string name,
        byte[] content,
        string contentType,
        string cacheControl,
        bool isGzip,
        ETag read,
        CancellationToken cancellationToken) =>
        TryUploadAsync(name, content, contentType, cacheControl, isGzip, fingerprint: null, read, cancellationToken);

    /// <summary>Writes a file with its fingerprint, unconditionally.</summary>
    internal Task WriteAsync(RenderedFile file, CancellationToken cancellationToken) =>
        UploadAsync(file.Name, file.Render(), file.ContentType, file.CacheControl, file.IsGzip, file.Fingerprint, conditions: null, cancellationToken);

    /// <summary>
    /// Writes a file with its fingerprint if it is unchanged since it was listed. With null, writes only if the file does not exist.
    /// </summary>
    /// <returns>False if another writer was faster.</returns>
    internal Task<bool> TryWriteAsync(RenderedFile file, SiteFile? listed, CancellationToken cancellationToken) =>
        TryUploadAsync(
            file.Name, file.Render(), file.ContentType, file.CacheControl, file.IsGzip, file.Fingerprint, listed?.ETag ?? default, cancellationToken);

    private async Task<bool> TryUploadAsync(
        string name, byte[] content, string contentType, string cacheControl, bool isGzip, string? fingerprint, ETag read, CancellationToken cancellationToken)
    {
        var conditions = read == default ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = read };
        try
        {
            await UploadAsync(name, content, contentType, cacheControl, isGzip, fingerprint, conditions, cancellationToken);
            return true;
        }
        catch (Exception exception) when (StorageErrors.IsTransient(exception))
        {
            // No attempt returned a response, but one may have succeeded. Without this check, the next attempt would treat the file as a conflict
            // with another writer.
            if (await HasContentAsync(name, content, cancellationToken))
                return true;
            throw;
        }
        catch (RequestFailedException exception) when (exception.Status is (int)HttpStatusCode.PreconditionFailed or (int)HttpStatusCode.Conflict)
        {
            return await HasContentAsync(name, content, cancellationToken);
        }
    }

    /// <summary>
    /// Whether a file already has this content. If the response to an upload is lost, the client library repeats the upload and fails on the
    /// condition that its own first attempt changed.
    /// </summary>
    private async Task<bool> HasContentAsync(string name, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            var properties = await container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellationToken);
#pragma warning disable CA5351 // The service's own checksum of what it holds; it guards nothing.
            return properties.Value.ContentHash is { } hash && hash.AsSpan().SequenceEqual(MD5.HashData(content))
                && !properties.Value.Metadata.ContainsKey(RetiredKey);
#pragma warning restore CA5351
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Marks a file as unreferenced. The write updates the modification time, which starts the retention period.</summary>
    public async Task RetireAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await container.GetBlobClient(name)
                .SetMetadataAsync(
                    new Dictionary<string, string>(StringComparer.Ordinal) { [RetiredKey] = "true" }, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.NotFound)
        {
            // Already deleted.
        }
    }

    /// <summary>The files with a name prefix.</summary>
    public async Task<IReadOnlyList<SiteFile>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var files = new List<SiteFile>();
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix, Traits = BlobTraits.Metadata }, cancellationToken))
        {
            files.Add(new SiteFile(
                blob.Name,
                blob.Properties.LastModified ?? DateTimeOffset.MaxValue,
                blob.Properties.ETag ?? default,
                blob.Metadata?.TryGetValue(FingerprintKey, out var fingerprint) is true ? fingerprint : null,
                blob.Metadata?.ContainsKey(RetiredKey) is true));
        }

        return files;
    }

    /// <summary>Deletes a file if it is unchanged since it was listed.</summary>
    public async Task RemoveAsync(string name, ETag listed, CancellationToken cancellationToken)
    {
        try
        {
            await container.GetBlobClient(name)
                .DeleteIfExistsAsync(conditions: new BlobRequestConditions { IfMatch = listed }, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == (int)HttpStatusCode.PreconditionFailed)
        {
            // The file is referenced again.
        }
    }

    private async Task UploadAsync(
        string name, byte[] content, string contentType, string cacheControl, bool isGzip, string? fingerprint, BlobRequestConditions? conditions,
        CancellationToken cancellationToken)
    {
        var options = new BlobUploadOptions
        {
            Conditions = conditions,
            Metadata = fingerprint is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { [FingerprintKey] = fingerprint },
            HttpHeaders = new BlobHttpHeaders { ContentType = contentType, CacheControl = cacheControl, ContentEncoding = isGzip ? "gzip" : null },
        };
        await container.GetBlobClient(name).UploadAsync(new BinaryData(content), options, cancellationToken);
    }
}
