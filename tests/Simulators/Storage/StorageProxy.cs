using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Denoised.Simulators.Storage;

/// <summary>
/// A proxy between the product and a storage account, with one port of 127.0.0.1 per service. It forwards requests unchanged, since signatures cover path
/// and headers, and injects faults before execution or after it (a lost response to a successful write).
/// </summary>
public sealed class StorageProxy : IAsyncDisposable
{
    private static readonly string[] hopByHop = ["Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Expect"];

    private readonly List<LoopbackServer> servers = [];
    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    });

    private long requests;

    private StorageProxy()
    {
    }

    /// <summary>The account's connection string with the proxy's addresses.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>The fault plan and its counts.</summary>
    public FaultPlan<StorageFault> Faults { get; } = new();

    /// <summary>
    /// Selects a fault for a request before the rates apply. If it is null or returns null, the rates decide. Faults that are not applicable to the
    /// request are ignored.
    /// </summary>
    public Func<StorageRequest, StorageFault?>? FaultFor { get; set; }

    /// <summary>The number of all requests.</summary>
    public long Requests => Volatile.Read(ref requests);

    /// <summary>Starts a proxy.</summary>
    /// <param name="connectionString">The account's connection string with the address of each service, like the emulator's.</param>
    /// <param name="ct">Cancels the start.</param>
    /// <exception cref="ArgumentException">An address is missing.</exception>
    public static async Task<StorageProxy> StartAsync(string connectionString, CancellationToken ct = default)
    {
        var proxy = new StorageProxy();
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        try
        {
            foreach (var service in Enum.GetValues<StorageService>())
            {
                if (!parts.TryGetValue($"{service}Endpoint", out var value) || !Uri.TryCreate(value.ToString(), UriKind.Absolute, out var target))
                    throw new ArgumentException($"The connection string names no {service}Endpoint.", nameof(connectionString));
                var authority = new Uri(target.GetLeftPart(UriPartial.Authority));
                var server = await LoopbackServer.StartAsync(0, context => proxy.HandleAsync(context, service, authority), ct);
                proxy.servers.Add(server);
                parts[$"{service}Endpoint"] = server.Address.GetLeftPart(UriPartial.Authority) + target.AbsolutePath;
            }
        }
        catch
        {
            await proxy.DisposeAsync();
            throw;
        }

        // The builder would quote the equals signs of the key, which the storage clients do not support.
        proxy.ConnectionString = string.Join(';', parts.Keys.Cast<string>().Select(key => $"{key}={parts[key]}"));
        return proxy;
    }

    /// <summary>Stops the proxy.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers)
            await server.DisposeAsync();
        http.Dispose();
    }

    private async Task HandleAsync(HttpContext context, StorageService service, Uri target)
    {
        Interlocked.Increment(ref requests);
        var (condition, absence) = (context.Request.Headers.IfMatch.ToString(), context.Request.Headers.IfNoneMatch.ToString());
        var request = new StorageRequest(service, context.Request.Method, context.Request.Path.Value ?? "", IsConditional: condition is not ("" or "*") || absence.Length > 0);
        var chosen = FaultFor?.Invoke(request) is { } wanted && request.Admits(wanted) ? wanted : (StorageFault?)null;
        var fault = Faults.Draw($"{request.Method} {request.Path}", request.Admits, chosen);
        try
        {
            switch (fault)
            {
                case StorageFault.ConnectionReset:
                    context.Abort();
                    return;
                case StorageFault.InternalServerError:
                    await RefuseAsync(context, service, 500, "InternalError", "The server encountered an internal error. Please retry the request.");
                    return;
                case StorageFault.ServerBusy:
                    await RefuseAsync(context, service, 503, "ServerBusy", "The server is currently unable to receive requests. Please retry your request.");
                    return;
                case StorageFault.ConditionNotMet:
                    await RefuseAsync(context, service, 412, service == StorageService.Table ? "UpdateConditionNotSatisfied" : "ConditionNotMet", "The update condition specified in the request was not satisfied.");
                    return;
                default:
                    break;
            }

            using var answer = await ForwardAsync(context, target);
            switch (fault)
            {
                case StorageFault.ResponseLost:
                    context.Abort();
                    return;
                case StorageFault.TimedOutAfterWrite:
                    await RefuseAsync(context, service, 500, "OperationTimedOut", "Operation could not be completed within the specified time.");
                    return;
                default:
                    await AnswerAsync(context, answer, isBroken: fault == StorageFault.BrokenTransfer);
                    return;
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or BadHttpRequestException)
        {
            // One side has disconnected: disconnect the other.
            context.Abort();
        }
    }

    private async Task<HttpResponseMessage> ForwardAsync(HttpContext context, Uri target)
    {
        var request = context.Request;
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var address = new Uri(target.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), address);
        if (request.ContentLength is not null || request.Headers.TransferEncoding.Count > 0)
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, context.RequestAborted);
            message.Content = new ByteArrayContent(body.ToArray());
        }

        foreach (var (name, values) in request.Headers)
        {
            if (!hopByHop.Contains(name, StringComparer.OrdinalIgnoreCase) && !message.Headers.TryAddWithoutValidation(name, values.ToArray()))
                message.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        // A complete request is executed even if the client disconnects.
        return await http.SendAsync(message, CancellationToken.None);
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer, bool isBroken)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        var response = context.Response;
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!hopByHop.Contains(name, StringComparer.OrdinalIgnoreCase))
                response.Headers[name] = values.ToArray();
        }

        var hasBody = !HttpMethods.IsHead(context.Request.Method) && answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified);
        if (!hasBody)
            return;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body.AsMemory(0, isBroken ? body.Length / 2 : body.Length), context.RequestAborted);
        if (isBroken)
        {
            await response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        }
    }

    private static async Task RefuseAsync(HttpContext context, StorageService service, int status, string code, string message)
    {
        var response = context.Response;
        var bytes = Encoding.UTF8.GetBytes(service == StorageService.Table
            ? "{\"odata.error\":{\"code\":\"" + code + "\",\"message\":{\"lang\":\"en-US\",\"value\":\"" + message + "\"}}}"
            : $"""<?xml version="1.0" encoding="utf-8"?><Error><Code>{code}</Code><Message>{message}</Message></Error>""");
        response.StatusCode = status;
        response.Headers["x-ms-error-code"] = code;
        response.Headers.Date = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        response.ContentType = service == StorageService.Table ? "application/json" : "application/xml";
        response.ContentLength = HttpMethods.IsHead(context.Request.Method) ? null : bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
