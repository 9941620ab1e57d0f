using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using Azure.AI.OpenAI;
using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAI.Chat;

namespace Denoised.Summaries;

/// <summary>
/// Calls the model. The client's typed options predate today's models (they send <c>max_tokens</c>, which these reject), so the body is ours
/// and the protocol method sends it, to the route that is generally available and that local servers speak, too.
/// Source: https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle.
/// </summary>
public sealed class ModelClient
{
    private readonly Lazy<ChatClient> chat;
    private readonly SummarizerOptions options;

    /// <summary>Takes the settings; nothing is opened before the first call.</summary>
    public ModelClient(IOptions<SummarizerOptions> options, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options.Value;
        chat = new Lazy<ChatClient>(() => Create(services));
    }

    /// <summary>Sends one request.</summary>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="OperationCanceledException">The caller stopped.</exception>
    public async Task<ModelResponse> CompleteAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Timeout);
        try
        {
            using var body = BinaryContent.Create(new BinaryData(JsonSerializer.SerializeToUtf8Bytes(request, ModelJson.Default.ChatRequest)));
            var result = await chat.Value.CompleteChatAsync(body, new RequestOptions { CancellationToken = timeout.Token, ErrorOptions = ClientErrorBehaviors.NoThrow });
            return ModelResponse.Read(result.GetRawResponse());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ModelResponse.Failed($"The model did not answer within {options.Timeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} seconds.") with { IsUsageUnknown = true };
        }
        catch (ClientResultException exception)
        {
            return ModelResponse.Failed($"The model could not be reached: {exception.Message}") with { IsUsageUnknown = true };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return ModelResponse.Failed($"The connection to the model broke: {exception.Message}") with { IsUsageUnknown = true };
        }
    }

    private ChatClient Create(IServiceProvider services)
    {
        var endpoint = new Uri(options.Endpoint!.TrimEnd('/'));
        var clientOptions = new AzureOpenAIClientOptions
        {
            // What to do about a failure is decided by the table of failures, with the row at hand.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = options.Timeout + TimeSpan.FromSeconds(5),
        };
        clientOptions.AddPolicy(new GeneralRoutePolicy(endpoint), PipelinePosition.PerCall);

        // A server on this machine wants no key, but the client does; an identity's token may only go over TLS.
        var client = options.Key is { Length: > 0 } key
            ? new AzureOpenAIClient(endpoint, new ApiKeyCredential(key), clientOptions)
            : endpoint.Scheme == Uri.UriSchemeHttp
                ? new AzureOpenAIClient(endpoint, new ApiKeyCredential("none"), clientOptions)
                : new AzureOpenAIClient(endpoint, services.GetRequiredService<TokenCredential>(), clientOptions);
        return client.GetChatClient(options.Deployment);
    }

    /// <summary>Sends everything to <c>{endpoint}/openai/v1/chat/completions</c> instead of the deployment's dated route.</summary>
    private sealed class GeneralRoutePolicy(Uri endpoint) : PipelinePolicy
    {
        private readonly Uri route = new($"{endpoint.AbsoluteUri.TrimEnd('/')}/openai/v1/chat/completions");

        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            message.Request.Uri = route;
            ProcessNext(message, pipeline, currentIndex);
        }

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            message.Request.Uri = route;
            return ProcessNextAsync(message, pipeline, currentIndex);
        }
    }
}
