using System.ClientModel.Primitives;
using System.Net.Sockets;
using System.Text.Json;
using Azure.Core;
using Denoised.Model;
using Denoised.Simulators.OpenAi;
using Denoised.Summaries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Denoised.Tests.Model;

/// <summary>A simulated server and the product's client for it, without storage.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private ModelServer(OpenAiSimulator simulator, ModelClient client, ServiceProvider services)
    {
        Simulator = simulator;
        Client = client;
        this.services = services;
        simulator.AnswerFor = (_, body) =>
        {
            Bodies.Add(body);
            return Answers.TryDequeue(out var answer) ? answer : null;
        };
    }

    public OpenAiSimulator Simulator { get; }

    public ModelClient Client { get; }

    /// <summary>The request bodies that the server received.</summary>
    public List<JsonElement> Bodies { get; } = [];

    /// <summary>Prescribed responses, which the server sends before those of the simulator.</summary>
    public Queue<PrescribedAnswer> Answers { get; } = new();

    /// <param name="options">The options of the simulator.</param>
    /// <param name="settings">Changes to the settings.</param>
    /// <param name="credential">The identity. Without one, a token request fails.</param>
    /// <param name="isReachedByAnyName">Whether connections to any host name reach the simulator.</param>
    public static async Task<ModelServer> StartAsync(
        OpenAiSimulatorOptions? options = null, Func<SummarizerOptions, SummarizerOptions>? settings = null, TokenCredential? credential = null, bool isReachedByAnyName = false)
    {
        var simulator = await OpenAiSimulator.StartAsync(options, TestContext.Current.CancellationToken);
        var collection = new ServiceCollection();
        if (credential is not null)
            collection.AddSingleton(credential);
        if (isReachedByAnyName)
            collection.AddSingleton<PipelineTransport>(_ => new HttpClientPipelineTransport(new HttpClient(ConnectingTo(simulator.Address))));
        var provider = collection.BuildServiceProvider();
        var all = new SummarizerOptions { Endpoint = simulator.Endpoint.ToString(), Key = options?.Key ?? (options?.Server is null or SimulatedServer.Azure ? "a key" : null), Timeout = TimeSpan.FromSeconds(20) };
        return new ModelServer(simulator, new ModelClient(Options.Create(settings?.Invoke(all) ?? all), provider, TimeProvider.System, NullLogger<ModelClient>.Instance), provider);
    }

    public static ChatRequest Request() => new()
    {
        Model = "gpt-5.4-mini",
        Messages = [new ChatTurn("system", "You write digests."), new ChatTurn("user", "The abstract of arXiv:2603.00001 follows. Lanterns fail at night.")],
        MaxCompletionTokens = 6000,
        ReasoningEffort = "low",
        ResponseFormat = ResponseFormat.Strict("digest", SummaryPrompt.Schema),
    };

    /// <summary>Sends a request that the server answers with the prescribed responses.</summary>
    public async Task<ModelResponse> AskAsync(params PrescribedAnswer[] answers)
    {
        foreach (var answer in answers)
            Answers.Enqueue(answer);
        return await Client.CompleteAsync(Request(), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        await services.DisposeAsync();
    }

    private static SocketsHttpHandler ConnectingTo(Uri address) => new()
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };
}
