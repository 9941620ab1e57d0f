using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace Denoised.Simulators.Webhooks;

/// <summary>A request to a <see cref="WebhookReceiver"/>.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body.</param>
public sealed record WebhookRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A receiver of webhooks on <c>https://localhost</c> with a certificate of its own.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<HttpContext, Task>> answers = [];
    private LoopbackServer? server;

    private WebhookReceiver(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>The certificate, which no client trusts without being told.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The address, without a path.</summary>
    public Uri Address => new UriBuilder(server!.Address) { Scheme = Uri.UriSchemeHttps, Host = "localhost" }.Uri;

    /// <summary>The requests, in the order of their arrival.</summary>
    public ConcurrentQueue<WebhookRequest> Requests { get; } = [];

    /// <summary>Starts a receiver.</summary>
    public static async Task<WebhookReceiver> StartAsync(CancellationToken ct = default)
    {
        var receiver = new WebhookReceiver(CreateCertificate());
        receiver.server = await LoopbackServer.StartAsync(0, receiver.HandleAsync, ct, receiver.Certificate);
        return receiver;
    }

    /// <summary>Answers the next requests; without an answer, a request is answered with 200.</summary>
    public void AnswerNext(params Func<HttpContext, Task>[] next) => Array.ForEach(next, answers.Enqueue);

    /// <summary>Answers the next request with a status and headers.</summary>
    public void AnswerNext(HttpStatusCode status, params (string Name, string Value)[] headers) => AnswerNext(context =>
    {
        context.Response.StatusCode = (int)status;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        return Task.CompletedTask;
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await server!.DisposeAsync();
        Certificate.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Requests.Enqueue(new WebhookRequest(
            context.Request.Method,
            $"{context.Request.Path}{context.Request.QueryString}",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body));
        if (answers.TryDequeue(out var answer))
            await answer(context);
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var created = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        // Windows cannot use a key that exists in memory only.
        return X509CertificateLoader.LoadPkcs12(created.Export(X509ContentType.Pkcs12), password: null);
    }
}
