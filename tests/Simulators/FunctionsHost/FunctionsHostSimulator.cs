using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Denoised.Simulators.FunctionsHost.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Denoised.Simulators.FunctionsHost;

/// <summary>
/// A minimal Azure Functions host: starts a published worker, implements its gRPC protocol, forwards HTTP requests, and fires timers and delivers
/// messages on demand. It has no listeners, so a test controls the order of events.
/// Sources: the protocol at https://github.com/Azure/azure-functions-language-worker-protobuf, the host at https://github.com/Azure/azure-functions-host.
/// </summary>
public sealed class FunctionsHostSimulator : IAsyncDisposable
{
    /// <summary>The real host's time limit for a worker's termination.</summary>
    private static readonly TimeSpan terminateGrace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan startLimit = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, ResponseSizes> responses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> running = new(StringComparer.Ordinal);
    private readonly WorkerChannel channel;
    private readonly WebApplication rpc;
    private WorkerProcess? worker;
    private HttpTrigger? http;
    private IReadOnlyDictionary<string, HostedFunction> functions = new Dictionary<string, HostedFunction>(StringComparer.Ordinal);

    private FunctionsHostSimulator(FunctionsHostOptions options)
    {
        Options = options;
        channel = new WorkerChannel { Logged = log => worker?.Keep($"[{log.Category}] {log.Message}{log.Exception?.Message}") };
        rpc = Listen(0, HttpProtocols.Http2, services => services.AddSingleton(channel).AddGrpc(grpc => grpc.MaxReceiveMessageSize = null));
        rpc.MapGrpcService<WorkerService>();
    }

    /// <summary>The address of the HTTP functions, for example <c>http://127.0.0.1:41234/</c>.</summary>
    public Uri Address => http!.Address;

    /// <summary>The functions indexed by the worker.</summary>
    public IEnumerable<HostedFunction> Functions => functions.Values;

    /// <summary>The worker's declared capabilities.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Response sizes on the gRPC stream, by function. Excludes failures, whose responses contain the error.</summary>
    public IReadOnlyDictionary<string, ResponseSizes> Responses => responses;

    /// <summary>The worker's output and log.</summary>
    public string Output => worker?.Output ?? "";

    /// <summary>The worker's processor time.</summary>
    public TimeSpan Computed => worker!.Computed;

    /// <summary>The worker's process identifier.</summary>
    public int WorkerId => worker!.Id;

    internal FunctionsHostOptions Options { get; }

    /// <summary>Starts a worker; listens after all functions are loaded.</summary>
    /// <exception cref="InvalidOperationException">The worker or a function failed to load; the message contains the worker's output.</exception>
    public static async Task<FunctionsHostSimulator> StartAsync(FunctionsHostOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var host = new FunctionsHostSimulator(options);
        try
        {
            await host.StartAsync(ct);
            return host;
        }
        catch (Exception exception)
        {
            var output = host.Output;
            await host.DisposeAsync();
            throw new InvalidOperationException($"The worker did not start: {exception.Message}{Environment.NewLine}{output}", exception);
        }
    }

    /// <summary>Gets a function by name.</summary>
    public HostedFunction Function(string name) => functions[name];

    /// <summary>Runs a timer function as if its schedule were due.</summary>
    /// <param name="name">The function.</param>
    /// <param name="ct">Cancels the invocation, as the host does on a timeout or stop.</param>
    public Task<InvocationOutcome> FireTimerAsync(string name, CancellationToken ct = default)
    {
        var now = DateTimeOffset.UtcNow;
        var timer = JsonSerializer.Serialize(new
        {
            Schedule = new { AdjustForDST = true },
            ScheduleStatus = new { Last = DateTime.MinValue, Next = now.AddHours(8), LastUpdated = DateTime.MinValue },
            IsPastDue = false,
        });
        return InvokeAsync(Function(name), new TypedData { Json = timer }, new() { ["TimerTrigger"] = new() { Text = now.ToString("O", CultureInfo.InvariantCulture) } }, ct);
    }

    /// <summary>Waits for the current invocations. A client may receive its complete response before the host receives the invocation's response.</summary>
    public Task CompleteAsync() => Task.WhenAll(running.Values);

    /// <summary>Stops like the real host: cancels running invocations and waits for them, then terminates the worker.</summary>
    public async Task StopAsync()
    {
        await Task.WhenAny(CompleteAsync(), Task.Delay(Cancel()));
        channel.Send(new StreamingMessage { WorkerTerminate = new WorkerTerminate { GracePeriod = new Protocol.Duration { Seconds = (long)terminateGrace.TotalSeconds } } });
        await Task.WhenAny(worker!.Exited, Task.Delay(terminateGrace));
        await DisposeAsync();

        TimeSpan Cancel()
        {
            foreach (var invocation in running.Keys)
                channel.Send(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = invocation } });
            return terminateGrace;
        }
    }

    /// <summary>Kills the worker, to simulate a crash.</summary>
    public void Kill() => worker!.Kill();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        channel.End(new IOException("The host has stopped."));
        if (http is not null)
            await http.DisposeAsync();
        if (worker is not null)
            await worker.DisposeAsync();
        await rpc.DisposeAsync();
    }

    /// <summary>Runs a function. On cancellation, asks the worker to cancel the invocation and still waits for its response.</summary>
    internal async Task<InvocationOutcome> InvokeAsync(HostedFunction function, TypedData input, Dictionary<string, TypedData> metadata, CancellationToken ct, string? invocationId = null)
    {
        var id = invocationId ?? Guid.NewGuid().ToString();
        var request = new InvocationRequest
        {
            InvocationId = id,
            FunctionId = function.Metadata.FunctionId,
            InputData = { new ParameterBinding { Name = function.TriggerName, Data = input } },
            TraceContext = new RpcTraceContext { TraceParent = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01" },
        };
        request.TriggerMetadata.Add(metadata);

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        running[id] = ended.Task;
        try
        {
            var asked = channel.AskAsync(id, new StreamingMessage { InvocationRequest = request }, CancellationToken.None);
            await using var cancelling = ct.Register(() => channel.Send(new StreamingMessage { InvocationCancel = new InvocationCancel { InvocationId = id } }));
            var outcome = InvocationOutcome.Of((await asked).InvocationResponse);
            if (outcome.Status == InvocationStatus.Success)
                responses.AddOrUpdate(function.Name, _ => new ResponseSizes(1, outcome.ResponseBytes, outcome.ResponseBytes), (_, sizes) => sizes.With(outcome.ResponseBytes));
            return outcome;
        }
        finally
        {
            running.TryRemove(id, out _);
            ended.SetResult();
        }
    }

    /// <summary>Starts Kestrel on 127.0.0.1.</summary>
    internal static WebApplication Listen(int port, HttpProtocols protocols, Action<IServiceCollection> add)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, LoopbackServer.NoLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        add(builder.Services);
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = protocols);
        });
        return builder.Build();
    }

    private async Task StartAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(startLimit);
        await rpc.StartAsync(limit.Token);
        worker = WorkerProcess.Start(Options, new Uri(rpc.Urls.Single()));
        _ = worker.Exited.ContinueWith(_ => channel.End(new IOException("The worker has ended.")), TaskScheduler.Default);
        await channel.Started.WaitAsync(limit.Token);

        var folder = Path.GetDirectoryName(Path.GetFullPath(Options.Program))!;
        var init = await AskAsync(new StreamingMessage { WorkerInitRequest = new WorkerInitRequest { HostVersion = "4.1037.0.0", WorkerDirectory = folder, FunctionAppDirectory = folder } }, limit.Token);
        Check(init.WorkerInitResponse.Result, "Initialization");
        Capabilities = init.WorkerInitResponse.Capabilities;

        var metadata = await AskAsync(new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = folder } }, limit.Token);
        Check(metadata.FunctionMetadataResponse.Result, "Indexing");
        functions = metadata.FunctionMetadataResponse.FunctionMetadataResults.Select(function => new HostedFunction(function)).ToDictionary(function => function.Name, StringComparer.Ordinal);
        foreach (var function in functions.Values)
        {
            var load = new FunctionLoadRequest { FunctionId = function.Metadata.FunctionId, Metadata = function.Metadata.Clone() };
            load.Metadata.RawBindings.Clear();
            var loaded = await AskAsync(new StreamingMessage { FunctionLoadRequest = load }, limit.Token);
            Check(loaded.FunctionLoadResponse.Result, $"Loading '{function.Name}'");
        }

        http = await HttpTrigger.StartAsync(this, limit.Token);
    }

    private Task<StreamingMessage> AskAsync(StreamingMessage message, CancellationToken ct)
    {
        message.RequestId = Guid.NewGuid().ToString();
        return channel.AskAsync(message.RequestId, message, ct);
    }

    private static void Check(StatusResult result, string what)
    {
        if (result.Status != StatusResult.Types.Status.Success)
            throw new InvalidOperationException($"{what} failed: {result.Exception?.Message}");
    }
}
