using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Tests.Model;

/// <summary>Runs an action after an instance has sent its first message and before the instance continues.</summary>
internal sealed class AfterFirstMessage(Func<Task> then) : HttpPipelinePolicy
{
    private int sent;

    /// <summary>Adds the policy to the queue client of an instance.</summary>
    public Action<IServiceCollection> Register(string connection) => services =>
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        options.AddPolicy(this, HttpPipelinePosition.PerCall);
        services.AddSingleton(new QueueServiceClient(connection, options));
    };

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("Everything is sent asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Method == RequestMethod.Post && Interlocked.Exchange(ref sent, 1) == 0)
            await then();
    }
}
