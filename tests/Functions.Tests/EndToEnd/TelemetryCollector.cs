using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Denoised.Functions.Tests.LocalHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Denoised.Functions.Tests.EndToEnd;

/// <summary>A server that stores the telemetry that exporters send.</summary>
internal sealed class TelemetryCollector(WebApplication app) : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Body)> received = [];

    public string Address => app.Urls.Single();

    /// <summary>Settings that let a program export to this server several times per second.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "300",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "300",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "300",
    };

    public string All => string.Concat(received.Select(message => message.Body));

    public static async Task<TelemetryCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var collector = new TelemetryCollector(app);
        app.Run(collector.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    public Task UntilAsync(string path, params string[] texts) => Eventually.TrueAsync(
        () => Task.FromResult(string.Concat(received.Where(message => message.Path == path).Select(message => message.Body)) is var all && Array.TrueForAll(texts, text => all.Contains(text, StringComparison.Ordinal))),
        $"{path} has told {string.Join(", ", texts)}");

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        received.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
    }
}
