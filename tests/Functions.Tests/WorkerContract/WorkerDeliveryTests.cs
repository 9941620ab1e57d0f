using System.Text.Json;
using Denoised.Arxiv.Calendar;
using Denoised.Functions.Tests.EndToEnd;
using Denoised.Functions.Tests.LocalHost;
using Denoised.Functions.Tests.Model;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.FunctionsHost;
using Denoised.Simulators.Webhooks;
using Denoised.TestSupport;

namespace Denoised.Functions.Tests.WorkerContract;

/// <summary>The delivery function in the published worker and in the local program. Both refuse this machine as a receiver.</summary>
[Trait("Tier", "Long")]
public sealed class WorkerDeliveryTests(AzuriteFixture azurite)
{
    private const string Path = "services/T0001/a-secret-path";
    private const string Secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_worker_handles_a_digest_and_its_telemetry_has_no_secret()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Stop);
        await using var collector = await TelemetryCollector.StartAsync();
        await using var arxiv = await ArxivSimulator.StartAsync(
            new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = AnnouncementCalendar.LatestListingDay(DateTimeOffset.UtcNow).Date }, Stop);
        InventedListing.Announce(arxiv, 3);
        var settings = ContractSettings.For(azurite.TakeAccount(), arxiv);
        (settings["Webhook__Address"], settings["Webhook__Format"], settings["Webhook__Secret"]) = (new Uri(receiver.Address, Path).ToString(), "Json", Secret);
        foreach (var (name, value) in collector.Settings)
            settings[name] = value;
        await using var host = await WarmWorker.StartAsync(settings, Stop);
        await host.FireTimerAsync("CollectPapers", Stop);

        var triggers = new[] { "CollectOnRequest", "SummarizePaper", "PublishDay", "DeliverDigest" }.Select(name => new QueueTrigger(host, name)).ToList();
        using var http = new HttpClient { BaseAddress = host.Address };
        JsonElement delivery = default;
        await Eventually.TrueAsync(
            async () =>
            {
                foreach (var trigger in triggers)
                {
                    while (await trigger.DeliverAsync(Stop) is { } outcome)
                        Assert.True(outcome.Status == InvocationStatus.Success, host.Output);
                }

                delivery = JsonElement.Parse(await http.GetStringAsync("api/status", Stop)).GetProperty("deliveries")[0];
                return delivery.GetProperty("state").GetString() == "failed";
            },
            "the digest was handled");

        Assert.Contains("not public", delivery.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Empty(receiver.Requests);
        await collector.UntilAsync("/v1/traces", "function DeliverDigest");
        await collector.UntilAsync("/v1/logs", "is not sent again");
        AssertNoSecret(receiver, host.Output, collector.All, delivery.GetRawText());
    }

    [Fact]
    public async Task The_local_program_handles_a_digest_and_its_log_has_no_secret()
    {
        await using var receiver = await WebhookReceiver.StartAsync(Stop);
        await using var product = await RunningProduct.StartAsync(
            azurite, $"Webhook:Address={new Uri(receiver.Address, Path)}", "Webhook:Format=Json", $"Webhook:Secret={Secret}", "Logging:LogLevel:Default=Trace");
        product.Announce(3);
        using var asked = await product.PostAsync("collections");

        await product.StatusAsync(status => status.GetProperty("deliveries")[0].GetProperty("state").GetString() == "failed", "the digest was handled");

        Assert.Contains(product.Functions.Logs.Lines, line => line.Contains("has an address that is not public", StringComparison.Ordinal));
        Assert.Empty(receiver.Requests);
        AssertNoSecret(receiver, [.. product.Functions.Logs.Lines, (await product.GetAsync("status")).GetRawText()]);
    }

    private static void AssertNoSecret(WebhookReceiver receiver, params IEnumerable<string> places)
    {
        foreach (var place in places)
            Assert.All([Path, Secret, $"localhost:{receiver.Address.Port}"], secret => Assert.DoesNotContain(secret, place, StringComparison.Ordinal));
    }
}
