using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Tests;

/// <summary>Lets an instance make a number of writes and then fails every request, like a process that is killed.</summary>
internal sealed class CrashPolicy(int afterWrites) : HttpPipelinePolicy
{
    private int writes;

    /// <summary>
    /// Adds the policy to all three storage clients, outside their retries: no retry can follow a crash. The retries stay active for connections that the
    /// emulator closes while they are idle.
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
            throw new SimulatedCrashException(afterWrites);
    }

    internal sealed class SimulatedCrashException(int writes) : Exception($"Crashed after {writes} writes.");
}
