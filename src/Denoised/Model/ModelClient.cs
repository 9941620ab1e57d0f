using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;
using Azure.AI.OpenAI;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAI.Chat;

namespace Denoised.Model;

/// <summary>
/// Calls the model. Builds the request body itself and sends it with the protocol method: the typed options of the client send <c>max_tokens</c>,
/// which current models reject. Source of the route: https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle.
/// </summary>
public sealed partial class ModelClient
{
    private readonly Lazy<ChatClient> chat;
    private readonly SummarizerOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<ModelClient> logger;

    /// <summary>The capabilities of the server, learned from its errors; kept for the lifetime of the process.</summary>
    private volatile ServerCapabilities? learnt;

    /// <summary>Creates the client. The first call opens the connection.</summary>
    public ModelClient(IOptions<SummarizerOptions> options, IServiceProvider services, TimeProvider time, ILogger<ModelClient> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options.Value;
        this.time = time;
        this.logger = logger;
        chat = new Lazy<ChatClient>(() => Create(services));
    }

    /// <summary>Sends a request. When the error blames a setting, removes that setting and sends the request again.</summary>
    /// <returns>The response, whatever its status.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled the request.</exception>
    public async Task<ModelResponse> CompleteAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var capabilities = learnt ?? ServerCapabilities.Of(ModelEndpoint.Of(options.Endpoint!));
        while (true)
        {
            var sent = capabilities.Fit(request);
            var response = await SendAsync(sent, cancellationToken);
            if (response.Error is { } error && capabilities.Without(error, sent) is { } fewer)
            {
                Log.SettingRefused(logger, response.Reason!);
                capabilities = fewer;
                continue;
            }

            // Keeps a capability change only when the retry succeeded.
            if (response.Error is null && !response.IsUsageUnknown)
                learnt = capabilities;
            return response;
        }
    }

    private async Task<ModelResponse> SendAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Timeout);
        try
        {
            using var body = BinaryContent.Create(new BinaryData(JsonSerializer.SerializeToUtf8Bytes(request, ModelJson.Default.ChatRequest)));
            var result = await chat.Value.CompleteChatAsync(
                body, new RequestOptions { CancellationToken = timeout.Token, ErrorOptions = ClientErrorBehaviors.NoThrow });
            return ModelResponse.Read(result.GetRawResponse(), request, time.GetUtcNow());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ModelResponse.Failed($"The model did not answer within {options.Timeout.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} seconds.") with { IsUsageUnknown = true };
        }
        catch (AuthenticationFailedException exception)
        {
            return new ModelResponse(ModelResponseKind.AccessDenied) { Reason = $"No Microsoft Entra token for the model: {ModelServerError.Shorten(exception.Message)}" };
        }
        catch (Exception exception) when (WasNeverSent(exception))
        {
            return new ModelResponse(ModelResponseKind.Unreachable) { Reason = $"The model could not be reached: {exception.Message}" };
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

    /// <summary>Whether the connection failed, so that the server cannot have processed the request.</summary>
    private static bool WasNeverSent(Exception? exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError }
        || (exception is ClientResultException && WasNeverSent(exception.InnerException));

    private ChatClient Create(IServiceProvider services)
    {
        var endpoint = ModelEndpoint.Of(options.Endpoint!);
        var isKeyless = string.IsNullOrEmpty(options.Key);
        var key = new ApiKeyCredential(isKeyless ? "none" : options.Key!);

        // Sends Microsoft Entra tokens to Azure only, and over TLS only.
        var usesIdentity = endpoint.IsAzure && isKeyless && endpoint.Route.Scheme == Uri.UriSchemeHttps;
        if (!endpoint.IsAzure)
            return new OpenAIClient(key, Configure(new OpenAIClientOptions())).GetChatClient(options.Deployment);
        var azure = Configure(new AzureOpenAIClientOptions { Audience = endpoint.TokenScope });
        var client = usesIdentity
            ? new AzureOpenAIClient(endpoint.Route, services.GetRequiredService<TokenCredential>(), azure)
            : new AzureOpenAIClient(endpoint.Route, key, azure);
        return client.GetChatClient(options.Deployment);

        T Configure<T>(T pipeline)
            where T : ClientPipelineOptions
        {
            // The caller decides about retries, because it knows the state of the row.
            pipeline.RetryPolicy = new ClientRetryPolicy(maxRetries: 0);
            pipeline.NetworkTimeout = options.Timeout + TimeSpan.FromSeconds(5);
            pipeline.Transport = services.GetService<PipelineTransport>() ?? pipeline.Transport;

            // A server without a key must get no header. The client cannot omit it itself.
            pipeline.AddPolicy(new RoutePolicy(endpoint.Route, removesKey: isKeyless && !usesIdentity), PipelinePosition.BeforeTransport);
            return pipeline;
        }
    }

    /// <summary>Sends every request to one URL instead of the one that the client composes.</summary>
    private sealed class RoutePolicy(Uri route, bool removesKey) : PipelinePolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Change(message.Request);
            ProcessNext(message, pipeline, currentIndex);
        }

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Change(message.Request);
            return ProcessNextAsync(message, pipeline, currentIndex);
        }

        private void Change(PipelineRequest request)
        {
            request.Uri = route;
            if (!removesKey)
                return;
            request.Headers.Remove("Authorization");
            request.Headers.Remove("api-key");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Reason} The request is sent again without the setting that this names.")]
        public static partial void SettingRefused(ILogger logger, string reason);
    }
}
