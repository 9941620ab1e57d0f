using Denoised.Functions.Tests.LocalHost;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.TestSupport;

namespace Denoised.Functions.Tests.EndToEnd;

/// <summary>The product as a process that exports telemetry to a collector.</summary>
public sealed class TelemetryTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Traces_metrics_and_logs_of_a_paper_reach_a_collector()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var collector = await TelemetryCollector.StartAsync();
        await using var arxiv = await ArxivSimulator.StartAsync(new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = new DateOnly(2026, 3, 17) }, stop);
        await using var model = await OpenAiSimulator.StartAsync(ct: stop);
        InventedListing.Announce(arxiv, 2);
        model.FaultFor = call => call.Number == 1 ? OpenAiFault.Refusal : null;
        var settings = LocalHostProcess.Settings(azurite.TakeAccount(), arxiv, model);
        settings["Logging__LogLevel__Denoised"] = "Information";
        foreach (var (name, value) in collector.Settings)
            settings[name] = value;
        await using var observer = new Observer(settings);
        await observer.AskAsync(stop);
        await using var product = LocalHostProcess.Start(settings);

        // The protocol's messages contain names as plain text.
        await collector.UntilAsync(
            "/v1/metrics",
            "denoised.papers.announced", "denoised.papers.summarized", "denoised.tokens", "denoised.cost", "denoised.collection.completed", "denoised.model.duration", "denoised.listing.lag", "denoised.queue.oldest",
            "reasoning", "Model", "Extractive");
        await collector.UntilAsync("/v1/traces", "summarize", "lease", "fetch", "model", "checks", "store", "2603.00001", "2603.00002");
        await collector.UntilAsync("/v1/logs", "summarized:", "2603.00001", "2603.00002");

        // The telemetry contains no key.
        Assert.DoesNotContain(settings["Summarizer__Key"], collector.All, StringComparison.Ordinal);
        Assert.DoesNotContain("AccountKey", collector.All, StringComparison.Ordinal);
    }
}
