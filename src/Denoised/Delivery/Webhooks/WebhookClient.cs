using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Denoised.Delivery.Webhooks;

/// <summary>
/// Sends requests to the webhook. Has its own handler instead of one from IHttpClientFactory, whose logs and traces contain addresses. Sends each
/// request at most once: every request has a new connection, because the handler repeats requests on a connection that was closed while idle.
/// </summary>
internal sealed class WebhookClient(IOptions<WebhookOptions> options, WebhookNetwork network, TimeProvider time) : IDisposable
{
    private readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseHeadersLength = 16,
        // No Activity: its tags contain the address.
        ActivityHeadersPropagator = null,
        ConnectCallback = network.ConnectAsync,
        SslOptions = { RemoteCertificateValidationCallback = network.CertificateCheck },
    });

    /// <summary>Sends a request.</summary>
    /// <param name="body">The body, JSON.</param>
    /// <param name="headers">Additional headers.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The outcome. Its reason contains no text of an exception or a response, because that could contain the address.</returns>
    public async Task<DeliveryOutcome> PostAsync(byte[] body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        if (options.Value.IsUnresolved)
            return new DeliveryOutcome(DeliveryState.Retrying, "The Key Vault reference in Webhook:Address or Webhook:Secret is not resolved.");

        using var content = new ObservedContent(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Address)
        {
            Content = content,
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.UserAgent.ParseAdd("Denoised");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);

        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await invoker.SendAsync(request, linked.Token);
            return Read(response);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return Read(exception, content.IsStarted, timeout.IsCancellationRequested);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    private DeliveryOutcome Read(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            >= 200 and < 300 => new DeliveryOutcome(DeliveryState.Sent),
            >= 300 and < 400 => new DeliveryOutcome(DeliveryState.Failed, $"HTTP {status}: redirects are not followed."),
            408 or 429 or 500 or 503 => new DeliveryOutcome(DeliveryState.Retrying, $"HTTP {status}.", ReadRetryAfter(response)),
            // Others of this kind come from a proxy that does not know whether the receiver has accepted the request.
            >= 500 => new DeliveryOutcome(DeliveryState.Uncertain, $"HTTP {status}."),
            _ => new DeliveryOutcome(DeliveryState.Failed, $"HTTP {status}."),
        };
    }

    private static DeliveryOutcome Read(Exception exception, bool isStarted, bool isTimeout)
    {
        var kind = exception switch
        {
            _ when isTimeout => "no response within Webhook:Timeout",
            OperationCanceledException => "the host stopped",
            HttpRequestException { InnerException: AddressRefusedException } => "the host has an address that is not public",
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "the TLS handshake failed",
            HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain } } =>
                "the name of the host is not known",
            _ when !isStarted => "the connection failed",
            _ => "the connection broke",
        };
        if (isStarted)
            return new DeliveryOutcome(DeliveryState.Uncertain, $"After the request was sent, {kind}.");
        return exception is HttpRequestException { InnerException: AddressRefusedException }
            ? new DeliveryOutcome(DeliveryState.Failed, $"Before the request was sent: {kind}.")
            : new DeliveryOutcome(DeliveryState.Retrying, $"Before the request was sent: {kind}.");
    }

    /// <summary>The delay that the receiver asks for, compared with its own clock if it sends a Date header; at most a day.</summary>
    private TimeSpan? ReadRetryAfter(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } retryAfter)
            return null;
        var delay = retryAfter.Delta ?? retryAfter.Date - (response.Headers.Date ?? time.GetUtcNow()) ?? TimeSpan.Zero;
        return delay <= TimeSpan.Zero ? null : delay < TimeSpan.FromDays(1) ? delay : TimeSpan.FromDays(1);
    }

    /// <summary>A body that records whether it was started. Before that, no receiver can have accepted the request.</summary>
    private sealed class ObservedContent : HttpContent
    {
        private readonly byte[] body;

        public ObservedContent(byte[] body)
        {
            this.body = body;
            Headers.ContentType = new("application/json");
        }

        public bool IsStarted { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            IsStarted = true;
            await stream.WriteAsync(body, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = body.Length;
            return true;
        }
    }
}
