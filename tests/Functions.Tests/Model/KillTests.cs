using Denoised.Domain;
using Denoised.Functions.Tests.LocalHost;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.TestSupport;

namespace Denoised.Functions.Tests.Model;

/// <summary>Kills the process. The long form, fifty kills over a real day, is <c>tests/Benchmarks -- chaos</c>.</summary>
public sealed class KillTests(AzuriteFixture azurite)
{
    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_kill_loses_no_paper_and_repeats_at_most_the_calls_in_flight()
    {
        const int Papers = 60;
        const int Kills = 3;
        var stop = TestContext.Current.CancellationToken;
        await using var arxiv = await ArxivSimulator.StartAsync(new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = new DateOnly(2026, 3, 17) }, stop);
        await using var model = await OpenAiSimulator.StartAsync(new OpenAiSimulatorOptions { Latency = new Latency(TimeSpan.FromMilliseconds(700), 0.3) }, stop);
        InventedListing.Announce(arxiv, Papers);
        var settings = LocalHostProcess.Settings(azurite.TakeAccount(), arxiv, model);
        settings["Summarizer__LeaseDuration"] = "00:00:06";
        settings["LocalHost__MessageInvisibility"] = "00:00:08";
        await using var observer = new Observer(settings);
        await observer.AskAsync(stop);

        var product = LocalHostProcess.Start(settings);
        var inFlight = new HashSet<(ArxivId Paper, DateTimeOffset? LeaseEnd)>();
        for (var kill = 0; kill < Kills; kill++)
        {
            var before = model.Calls.Count;
            await Eventually.TrueAsync(() => Task.FromResult(model.Calls.Count >= before + 5 + kill), "calls are in flight");
            await product.KillAsync();
            inFlight.UnionWith((await observer.ProgressAsync(stop)).Where(row => row.State == PaperState.Summarizing).Select(row => (row.Id, row.LeaseEnd)));
            await product.DisposeAsync();
            product = LocalHostProcess.Start(settings);
        }

        try
        {
            var rows = await observer.UntilAsync(rows => Observer.AreFinal(rows, Papers), TimeSpan.FromMinutes(5), stop);
            Assert.All(rows, row => Assert.Equal((PaperState.Summarized, SummaryMethod.Model), (row.State, row.Method)));
            Assert.Equal(Papers, model.PaidCalls.Count);
            var repeated = model.PaidCalls.Values.Sum() - Papers;
            TestContext.Current.SendDiagnosticMessage($"{repeated} calls repeated, {inFlight.Count} in flight at {Kills} kills.");
            Assert.InRange(repeated, 0, inFlight.Count);
            Assert.NotEmpty(inFlight);
        }
        finally
        {
            await product.DisposeAsync();
        }
    }
}
