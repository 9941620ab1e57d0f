using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Denoised.Storage;

/// <summary>Creates missing tables, queues and containers. In Azure, the deployment template creates them.</summary>
public sealed class StorageSetup(TableServiceClient tables, QueueServiceClient queues, BlobServiceClient blobs)
{
    private Task? created;

    /// <summary>Creates missing tables, queues and containers; calls the service once per process.</summary>
    public async Task EnsureCreatedAsync(CancellationToken cancellationToken)
    {
        if (created is { IsCompletedSuccessfully: true })
            return;

        var all = Task.WhenAll(
        [
            .. TableNames.All.Select(name => (Task)tables.CreateTableIfNotExistsAsync(name, cancellationToken)),
            .. QueueNames.All.Select(name => (Task)queues.GetQueueClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
            .. ContainerNames.All.Select(name => (Task)blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
        ]);
        await all;
        created = all;
    }
}
