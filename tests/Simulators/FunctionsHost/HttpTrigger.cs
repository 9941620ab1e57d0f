using System.Text.Json;
using Denoised.Simulators.FunctionsHost.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Denoised.Simulators.FunctionsHost;

/// <summary>Routes HTTP requests to functions: sends the invocation over gRPC and forwards the request to the worker's own HTTP address.</summary>
internal sealed class HttpTrigger : IAsyncDisposable
{
    /// <summary>The header by which the worker matches a request to its invocation.</summary>
    private const string InvocationHeader = "x-ms-invocation-id";

    private static readonly ForwarderRequestConfig forwarding = new() { ActivityTimeout = TimeSpan.FromSeconds(240) };

    private readonly FunctionsHostSimulator host;
    private readonly WebApplication app;
    private readonly IHttpForwarder forwarder;
    private readonly string workerAddress;
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

    private HttpTrigger(FunctionsHostSimulator host)
    {
        this.host = host;
        workerAddress = host.Capabilities["HttpUri"];
        app = FunctionsHostSimulator.Listen(host.Options.Port, HttpProtocols.Http1, services => services.AddHttpForwarder().AddRouting());
        forwarder = app.Services.GetRequiredService<IHttpForwarder>();
    }

    /// <summary>The listening address.</summary>
    public Uri Address => new(app.Urls.Single() + "/");

    /// <summary>Starts listening.</summary>
    public static async Task<HttpTrigger> StartAsync(FunctionsHostSimulator host, CancellationToken ct)
    {
        var trigger = new HttpTrigger(host);
        trigger.Map();
        await trigger.app.StartAsync(ct);
        return trigger;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        client.Dispose();
    }

    private void Map()
    {
        app.UseRouting();
        app.Use((context, next) =>
        {
            // ASP.NET Core answers a method mismatch with 405, the Functions host with 404.
            if (context.GetEndpoint() is RouteEndpoint)
                return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        if (host.Options.Bare is { } bare)
            app.Map("/bare/{*path}", async context => { await forwarder.SendAsync(context, bare.ToString(), client, forwarding, new BareTransformer()); });
        foreach (var function in host.Functions.Where(function => function.IsHttp))
        {
            var trigger = function.Trigger;
            var route = trigger.TryGetProperty("route", out var given) ? given.GetString() : function.Name;
            var level = trigger.TryGetProperty("authLevel", out var required) ? required.GetString() : "function";
            var isAnonymous = "anonymous".Equals(level, StringComparison.OrdinalIgnoreCase);
            var methods = trigger.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant());
            app.MapMethods($"/api/{route}", methods, context => AnswerAsync(context, function, isAnonymous));
        }
    }

    private async Task AnswerAsync(HttpContext context, HostedFunction function, bool isAnonymous)
    {
        if (!isAnonymous && !HasKey(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var id = Guid.NewGuid().ToString();
        context.Request.Headers[InvocationHeader] = id;
        var metadata = context.Request.RouteValues.ToDictionary(value => value.Key, value => new TypedData { Text = value.Value?.ToString() ?? "" }, StringComparer.OrdinalIgnoreCase);
        metadata["Query"] = Json(context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal));
        metadata["Headers"] = Json(context.Request.Headers.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal));

        var forwarded = forwarder.SendAsync(context, workerAddress, client, forwarding).AsTask();
        InvocationOutcome outcome;
        try
        {
            outcome = await host.InvokeAsync(function, new TypedData { Http = new RpcHttp() }, metadata, context.RequestAborted, id);
        }
        catch (IOException)
        {
            outcome = new InvocationOutcome(InvocationStatus.Failure, "The worker has gone.", 0);
        }

        var error = await forwarded;
        if ((outcome.Status == InvocationStatus.Success && error == ForwarderError.None) || context.RequestAborted.IsCancellationRequested)
            return;
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    private static TypedData Json(Dictionary<string, string> values) => new() { Json = JsonSerializer.Serialize(values) };

    private bool HasKey(HttpRequest request)
    {
        var sent = request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault();
        return host.Options.FunctionKey is { Length: > 0 } key && key.Equals(sent, StringComparison.Ordinal);
    }

    /// <summary>Removes the prefix <c>/bare</c> from a request's path.</summary>
    private sealed class BareTransformer : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(destinationPrefix, "/" + httpContext.Request.RouteValues["path"], httpContext.Request.QueryString);
        }
    }
}
