using System.Text.Json;
using Denoised.LocalHost.Settings;
using Denoised.LocalHost.Terminal;
using Denoised.Summaries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost.Start;

/// <summary>
/// Asks a configured model once and prints what it says; where none is configured, names a model server that runs on this machine, with the settings
/// that would use it.
/// </summary>
internal sealed class ModelCheck(
    IServiceProvider services, IOptions<SummarizerOptions> summarizer, IOptions<LocalHostOptions> options, IHostApplicationLifetime lifetime, LiveConsole console)
    : BackgroundService
{
    // Enough for a model that reasons before it says one word.
    private const int MaxTokens = 500;

    // A closed port refuses at once; a server may be busy with an answer. Nothing waits for this.
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(30);

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

    /// <summary>What the console says of the configured model.</summary>
    public static string Describe(string deployment, string endpoint, ModelResponse response) => response.Kind switch
    {
        ModelResponseKind.Answered => $"Model {deployment} at {endpoint} answers: {response.Content?.Trim()}",
        ModelResponseKind.Truncated => $"Model {deployment} at {endpoint} answers.",
        _ => $"Model {deployment} at {endpoint} does not answer: {response.Reason} Check the settings Summarizer:Endpoint, Deployment and Key.",
    };

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Console || !await lifetime.HasStartedAsync(stoppingToken))
            return;
        try
        {
            if (!string.IsNullOrEmpty(summarizer.Value.Endpoint))
                await AskConfiguredAsync(summarizer.Value, stoppingToken);
            else
                await NameServersAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A stop was requested.
        }
    }

    private async Task AskConfiguredAsync(SummarizerOptions settings, CancellationToken cancellationToken)
    {
        var request = new ChatRequest
        {
            Model = settings.Deployment,
            Messages = [new ChatTurn("user", "Reply with the word OK.")],
            MaxCompletionTokens = MaxTokens,
        };
        var response = await services.GetRequiredService<ModelClient>().CompleteAsync(request, cancellationToken);
        console.WriteLine(Describe(settings.Deployment, settings.Endpoint!, response));
    }

    private async Task NameServersAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, port) in usual.Where(server => server.Port != options.Value.SitePort && server.Port != options.Value.ApiPort))
        {
            var address = new Uri($"http://127.0.0.1:{port}/");
            if (await AskAsync(address, cancellationToken) is (true, var model))
                console.WriteLine(Describe(name, address, model));
        }
    }
}
