using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;

namespace Denoised.LocalHost.Timers;

/// <summary>Stores each timer's status in the same blob container as the host.</summary>
internal sealed class TimerStatusBlobs(BlobServiceClient blobs)
{
    private readonly BlobContainerClient container = blobs.GetBlobContainerClient("azure-webjobs-hosts");

    /// <summary>Creates the container if it does not exist.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) => container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Reads the status; null if there is none yet.</summary>
    /// <exception cref="InvalidDataException">The blob is not a timer status; the message names it.</exception>
    public async Task<TimerStatus?> ReadAsync(string function, CancellationToken cancellationToken)
    {
        var blob = Blob(function);
        try
        {
            var content = await blob.DownloadContentAsync(cancellationToken);
            return JsonSerializer.Deserialize(content.Value.Content.ToMemory().Span, TimerStatusJson.Default.TimerStatus);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The status of timer '{function}' cannot be read ({e.Message}). Delete the blob {blob.Uri}.", e);
        }
    }

    /// <summary>Replaces the status.</summary>
    public Task WriteAsync(string function, TimerStatus status, CancellationToken cancellationToken) =>
        Blob(function).UploadAsync(
            BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(status, TimerStatusJson.Default.TimerStatus)), overwrite: true, cancellationToken);

    private BlobClient Blob(string function) => container.GetBlobClient($"timers/denoised-local/{function}/status");
}
