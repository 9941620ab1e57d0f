using System.Text.Json;
using Denoised.LocalHost.Settings;
using Denoised.LocalHost.Terminal;
using Denoised.Summaries;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost.Start;

/// <summary>Names a model server that runs on this machine, with the settings that would use it, where no model is configured.</summary>
internal sealed class LocalModelServers(
    IOptions<SummarizerOptions> summarizer, IOptions<LocalHostOptions> options, IHostApplicationLifetime lifetime, LiveConsole console) : BackgroundService
{
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(1);

    /// <summary>The usual ports. 8080 is also the page's: llama.cpp is looked for only where the page is elsewhere.</summary>
    private static readonly (string Name, int Port)[] usual = [("Ollama", 11434), ("LM Studio", 1234), ("llama.cpp", 8080)];

    /// <summary>What the console says of a server.</summary>
    public static string Describe(string name, Uri address, string? model) =>
        $"{name} runs on this machine. To let it write the summaries, start with: Summarizer__Endpoint={address}v1 Summarizer__Deployment={model ?? "<model>"}";

    /// <summary>The first model that a server offers.</summary>
    /// <param name="address">Its address, with a slash at the end.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>Whether a model server answers there, and the first model's name; null where it lists none.</returns>
    public static async Task<(bool IsThere, string? Model)> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = limit };
        try
        {
            using var models = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri(address, "v1/models"), cancellationToken));
            var data = models.RootElement.GetProperty("data");
            return (true, data.GetArrayLength() > 0 ? data[0].GetProperty("id").GetString() : null);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (false, null);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Console || !string.IsNullOrEmpty(summarizer.Value.Endpoint) || !await lifetime.HasStartedAsync(stoppingToken))
            return;
        foreach (var (name, port) in usual.Where(server => server.Port != options.Value.SitePort && server.Port != options.Value.ApiPort))
        {
            var address = new Uri($"http://127.0.0.1:{port}/");
            if (await AskAsync(address, stoppingToken) is (true, var model))
                console.WriteLine(Describe(name, address, model));
        }
    }
}
