using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Denoised.Functions.Tests.LocalHost;
using Denoised.Functions.Tests.Model;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using FunctionsProcess = Denoised.Functions.Tests.Model.ProductProcess;

namespace Denoised.Functions.Tests.EndToEnd;

/// <summary>The product as a process that sends what it does to a collector.</summary>
public sealed class TelemetryTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Traces_metrics_and_logs_of_a_paper_reach_a_collector()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var collector = await Collector.StartAsync();
        await using var arxiv = await ArxivSimulator.StartAsync(new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = new DateOnly(2026, 3, 17) }, stop);
        await using var model = await OpenAiSimulator.StartAsync(ct: stop);
        InventedListing.Announce(arxiv, 2);
        model.FaultFor = call => call.Number == 1 ? OpenAiFault.Refusal : null;
        var settings = FunctionsProcess.Settings(azurite.TakeAccount(), arxiv, model);
        settings["Logging__LogLevel__Denoised"] = "Information";
        settings["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address;
        settings["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        settings["OTEL_METRIC_EXPORT_INTERVAL"] = "300";
        settings["OTEL_BSP_SCHEDULE_DELAY"] = "300";
        settings["OTEL_BLRP_SCHEDULE_DELAY"] = "300";
        await using var observer = new Observer(settings);
        await observer.AskAsync(stop);
        await using var product = FunctionsProcess.Start(settings);

        // Names are plain text in the protocol's messages.
        await collector.UntilAsync(
            "/v1/metrics",
            "denoised.papers.announced", "denoised.papers.summarized", "denoised.tokens", "denoised.cost", "denoised.collection.completed", "denoised.model.duration", "denoised.listing.lag", "denoised.queue.oldest",
            "reasoning", "Model", "Extractive");
        await collector.UntilAsync("/v1/traces", "summarize", "permit", "fetch", "model", "checks", "store", "2603.00001", "2603.00002");
        await collector.UntilAsync("/v1/logs", "summarized:", "2603.00001", "2603.00002");

        // What is sent names no key.
        Assert.DoesNotContain(settings["Summarizer__Key"], collector.All, StringComparison.Ordinal);
        Assert.DoesNotContain("AccountKey", collector.All, StringComparison.Ordinal);
    }

    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> received = [];

        public string Address => app.Urls.Single();

        public string All => string.Concat(received.Select(message => message.Body));

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
            builder.Logging.ClearProviders();
            builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            var app = builder.Build();
            var collector = new Collector(app);
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
}
