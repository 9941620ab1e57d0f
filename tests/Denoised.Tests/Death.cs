using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Tests;

/// <summary>Lets an instance write so many times, and then no more: what a process that is killed leaves behind.</summary>
internal sealed class Death(int afterWrites) : HttpPipelinePolicy
{
    private int writes;

    /// <summary>
    /// Puts it into the way of all three storage services, before their retries: a death is final, whereas a connection that the emulator closed while it
    /// was idle is met as in the product.
    /// </summary>
    public Action<IServiceCollection> Register(string connection) => services =>
    {
        var tables = new TableClientOptions();
        var queues = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        var blobs = new BlobClientOptions();
        tables.AddPolicy(this, HttpPipelinePosition.PerCall);
        queues.AddPolicy(this, HttpPipelinePosition.PerCall);
        blobs.AddPolicy(this, HttpPipelinePosition.PerCall);
        services.AddSingleton(new TableServiceClient(connection, tables));
        services.AddSingleton(new QueueServiceClient(connection, queues));
        services.AddSingleton(new BlobServiceClient(connection, blobs));
    };

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Check(message.Request);
        ProcessNext(message, pipeline);
    }

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Check(message.Request);
        return ProcessNextAsync(message, pipeline);
    }

    private void Check(Request request)
    {
        var count = request.Method == RequestMethod.Get || request.Method == RequestMethod.Head ? Volatile.Read(ref writes) : Interlocked.Increment(ref writes);
        if (count > afterWrites)
            throw new DiedException(afterWrites);
    }

    internal sealed class DiedException(int writes) : Exception($"Died after {writes} writes.");
}
