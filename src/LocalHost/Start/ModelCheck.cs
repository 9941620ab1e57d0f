using System.Text.Json;
using Denoised.LocalHost.Settings;
using Denoised.LocalHost.Terminal;
using Denoised.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost.Start;

/// <summary>
/// Sends one request to the configured model and prints the result. Without a configured model, looks for a local model server and prints the settings
/// that would use it.
/// </summary>
internal sealed class ModelCheck(
    IServiceProvider services, IOptions<SummarizerOptions> summarizer, IOptions<LocalHostOptions> options, IHostApplicationLifetime lifetime, LiveConsole console)
    : BackgroundService
{
    // Enough for a reasoning model to produce a one-word answer.
    private const int MaxTokens = 500;

    // A closed port refuses immediately; a busy server may take longer. The check runs in the background.
    private static readonly TimeSpan limit = TimeSpan.FromSeconds(30);

    /// <summary>Default ports. 8080 is also the page's: the check skips llama.cpp unless the page uses another port.</summary>
    private static readonly (string Name, int Port)[] usual = [("Ollama", 11434), ("LM Studio", 1234), ("llama.cpp", 8080)];

    /// <summary>Formats the console line for a discovered server.</summary>
    public static string Describe(string name, Uri address, string? model) =>
        $"{name} runs on this machine. To let it write the summaries, start with: Summarizer__Endpoint={address}v1 Summarizer__Deployment={model ?? "<model>"}";

    /// <summary>Gets the first model of a server.</summary>
    /// <param name="address">The server's address, with a trailing slash.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>Whether a model server responds, and the name of its first model; null if it lists none.</returns>
    public static async Task<(bool IsThere, string? Model)> ProbeAsync(Uri address, CancellationToken cancellationToken)
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

    /// <summary>Formats the console line for the configured model.</summary>
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
                await ReportLocalServersAsync(stoppingToken);
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

    private async Task ReportLocalServersAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, port) in usual.Where(server => server.Port != options.Value.SitePort && server.Port != options.Value.ApiPort))
        {
            var address = new Uri($"http://127.0.0.1:{port}/");
            if (await ProbeAsync(address, cancellationToken) is (true, var model))
                console.WriteLine(Describe(name, address, model));
        }
    }
}
