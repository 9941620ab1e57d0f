using System.Net;
using System.Text.Json;
using Denoised.Functions.Tests.LocalHost;
using Denoised.Simulators;
using Denoised.Simulators.Arxiv;

namespace Denoised.Functions.Tests.EndToEnd;

/// <summary>The whole product in its own process, from arXiv's listing to the page in a browser.</summary>
[Trait("Tier", "Long")]
public sealed class PageTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset morning = new(2026, 3, 17, 5, 20, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_listing_of_17_March_appears_on_the_page()
    {
        await using var arxiv = await SimulatedAsync();
        await using var product = await StartAsync(arxiv);

        var status = await product.WaitForAsync(
            status => status.GetProperty("days") is { } days && days.GetArrayLength() > 0 && days.EnumerateArray().Any(day => day.GetProperty("day").GetString() == "2026-03-17" && day.GetProperty("shown").GetInt32() == 262),
            TimeSpan.FromMinutes(20));

        Assert.All(status.GetProperty("days").EnumerateArray(), day => Assert.Equal(day.GetProperty("announced").GetInt32(), day.GetProperty("recorded").GetInt32()));
        using var reader = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = product.Site };
        Assert.Contains("Today", await reader.GetStringAsync("", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("2026-03-17", await reader.GetStringAsync("data/index.json", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_browser_tests_pass_against_the_running_product()
    {
        RequireBrowser();
        await using var arxiv = await SimulatedAsync();
        await using var product = await StartAsync(arxiv);
        await product.WaitForAsync(
            status => status.GetProperty("days").EnumerateArray().Any(day => day.GetProperty("day").GetString() == "2026-03-17" && day.GetProperty("shown").GetInt32() == 262),
            TimeSpan.FromMinutes(20));

        // The overview follows in a later publication, at least the minimum interval after the papers.
        using var reader = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = product.Site };
        await Eventually.TrueAsync(
            async () =>
            {
                using var index = JsonDocument.Parse(await reader.GetStringAsync("data/index.json", TestContext.Current.CancellationToken));
                return index.RootElement.GetProperty("days")[0].TryGetProperty("overview", out _);
            },
            "the newest day gets its overview");

        await Frontend.RunAsync(["e2e"], ("DENOISED_SITE", product.Site.ToString()));
    }

    /// <summary>These states cannot be produced in a running product that other tests read, so the browser tests serve the built page themselves.</summary>
    [Fact]
    public async Task The_page_shows_odd_texts_unchanged_and_updates_itself()
    {
        RequireBrowser();
        if (RealData.Find("arxiv/listings") is null)
            Assert.SkipUnless(RealData.IsRequired, "The real data (../shared/data/arxiv/listings) is not on this machine.");
        await Frontend.EnsureBuiltAsync();
        await Frontend.RunAsync(["e2e", "--", "-t", "odd texts|empty site|summary that comes in"]);
    }

    private static void RequireBrowser()
    {
        var browser = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/microsoft-edge" }.FirstOrDefault(File.Exists);
        if (browser is null && Environment.GetEnvironmentVariable("DENOISED_REQUIRE_BROWSER") == "1")
            Assert.Fail("A browser is required, and neither Chromium nor Chrome nor Edge is on this machine.");
        Assert.SkipWhen(browser is null, "Neither Chromium nor Chrome nor Edge is on this machine.");
    }

    private static async Task<ArxivSimulator> SimulatedAsync()
    {
        if (RealData.Find("arxiv/listings") is not { } listings)
        {
            Assert.SkipUnless(RealData.IsRequired, "The real data (../shared/data/arxiv/listings) is not on this machine.");
            throw new DirectoryNotFoundException("The real data is required, and arxiv/listings is not in it.");
        }

        return await ArxivSimulator.StartAsync(
            new ArxivSimulatorOptions { ListingsFolder = listings, Today = DateOnly.FromDateTime(morning.UtcDateTime), FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero },
            TestContext.Current.CancellationToken);
    }

    private Task<ProductProcess> StartAsync(ArxivSimulator arxiv) => ProductProcess.StartAsync(
        azurite.TakeAccount(),
        morning - TimeProvider.System.GetUtcNow(),
        ("Arxiv__FeedAddress", arxiv.Address.ToString()),
        ("Arxiv__ApiAddress", arxiv.Address.ToString()),
        ("Arxiv__PageAddress", arxiv.Address.ToString()));
}
