using System.Net.Http.Json;
using System.Text.Json;
using Denoised.Functions.Tests.LocalHost;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.TestSupport;

namespace Denoised.Functions.Tests.Model;

/// <summary>All functions of the product with a simulated arXiv and a simulated model service, on the evening of a listing day.</summary>
internal sealed class RunningProduct : IAsyncDisposable
{
    private RunningProduct(ArxivSimulator arxiv, OpenAiSimulator model, RunningFunctions functions)
    {
        Arxiv = arxiv;
        Model = model;
        Functions = functions;
    }

    public ArxivSimulator Arxiv { get; }

    public OpenAiSimulator Model { get; }

    public RunningFunctions Functions { get; }

    public static async Task<RunningProduct> StartAsync(AzuriteFixture azurite, params string[] settings)
    {
        var stop = TestContext.Current.CancellationToken;
        var day = new DateOnly(2026, 3, 17);
        var arxiv = await ArxivSimulator.StartAsync(new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = day }, stop);
        var model = await OpenAiSimulator.StartAsync(ct: stop);
        var offset = new DateTimeOffset(day.ToDateTime(new TimeOnly(5, 20)), TimeSpan.Zero) - DateTimeOffset.UtcNow;
        var functions = await RunningFunctions.StartAsync(
            azurite.TakeAccount(),
            typeof(ApiFunctions).Assembly.GetTypes(),
            builder => builder.Services.AddDenoised(builder.Configuration),
            [
                $"LocalHost:ClockOffset={offset:c}", "LocalHost:FunctionKey=the-key-of-this-test",
                $"Arxiv:FeedAddress={arxiv.Address}", $"Arxiv:ApiAddress={arxiv.Address}", $"Arxiv:PageAddress={arxiv.Address}", "Arxiv:Categories=cs.LG",
                "Arxiv:ApiInterval=00:00:00", "Arxiv:PageInterval=00:00:00", "Arxiv:ClockMargin=00:00:00", "Publishing:MinimumInterval=00:00:01",
                $"Summarizer:Endpoint={model.Endpoint}", "Summarizer:Key=a-key", "Summarizer:RetryDelay=00:00:00", "Summarizer:FullText=false", "Summarizer:Verify=false",
                .. settings,
            ]);
        return new RunningProduct(arxiv, model, functions);
    }

    /// <summary>Announces invented papers.</summary>
    public void Announce(int count) => InventedListing.Announce(Arxiv, count);

    public async Task<JsonElement> GetAsync(string path) => await Functions.Api.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);

    /// <summary>Sends a POST request, by default with the function key.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, bool withKey = true)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        if (withKey)
            request.Headers.Add("x-functions-key", "the-key-of-this-test");
        return await Functions.Api.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until the status meets a condition.</summary>
    public Task StatusAsync(Func<JsonElement, bool> holds, string what) => Eventually.TrueAsync(async () => holds(await GetAsync("status")), what);

    public async ValueTask DisposeAsync()
    {
        await Functions.DisposeAsync();
        await Model.DisposeAsync();
        await Arxiv.DisposeAsync();
    }
}
