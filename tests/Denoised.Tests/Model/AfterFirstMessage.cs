using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Tests.Model;

/// <summary>Does something between the first message that an instance sends and what the instance does next.</summary>
internal sealed class AfterFirstMessage(Func<Task> then) : HttpPipelinePolicy
{
    private int sent;

    /// <summary>Puts it into the way of an instance's queues.</summary>
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
