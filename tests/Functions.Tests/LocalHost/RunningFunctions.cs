using System.Collections.Concurrent;
using System.Threading.Channels;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Denoised.LocalHost;
using Denoised.LocalHost.Invocation;
using Denoised.LocalHost.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Denoised.Functions.Tests.LocalHost;

/// <summary>The reports of a test's functions, in order.</summary>
public sealed class Reports
{
    private readonly Channel<string> lines = Channel.CreateUnbounded<string>();

    public void Add(string line) => lines.Writer.TryWrite(line);

    /// <summary>Returns the next report; fails the test after five minutes without one.</summary>
    public async Task<string> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        return await lines.Reader.ReadAsync(limit.Token);
    }

    /// <summary>Whether there is an unread report.</summary>
    public bool HasMore => lines.Reader.TryPeek(out _);
}

/// <summary>A running application with some functions, its own storage account and free ports.</summary>
internal sealed class RunningFunctions : IAsyncDisposable
{
    private readonly IHost host;

    private RunningFunctions(IHost host, string connectionString, CollectedLogs logs)
    {
        this.host = host;
        ConnectionString = connectionString;
        Logs = logs;
        var addresses = host.Services.GetRequiredService<LocalAddresses>();
        Api = new HttpClient { BaseAddress = addresses.Api };
        Site = new HttpClient { BaseAddress = addresses.Site };
    }

    public string ConnectionString { get; }

    public HttpClient Api { get; }

    public HttpClient Site { get; }

    public CollectedLogs Logs { get; }

    public Reports Reports => Service<Reports>();

    public BlobContainerClient Web => new BlobServiceClient(ConnectionString).GetBlobContainerClient("$web");

    public T Service<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    public static async Task<RunningFunctions> StartAsync(
        string connectionString, IReadOnlyList<Type> types, Action<LocalApplication>? configure = null, params string[] settings)
    {
        string[] args =
        [
            $"--{StorageConnection.Setting}={connectionString}",
            "--LocalHost:ApiPort=0", "--LocalHost:SitePort=0", "--LocalHost:Console=false", "--LocalHost:BuildPage=false",
            .. settings.Select(setting => "--" + setting),
        ];
        var application = new LocalApplication(args, new FunctionSource(types, AppContext.BaseDirectory));
        var logs = new CollectedLogs();
        application.Services.RemoveAll<ILoggerProvider>();
        application.Logging.AddProvider(logs);
        application.Services.AddSingleton<Reports>();
        configure?.Invoke(application);
        var built = application.Build();
        await built.StartAsync(TestContext.Current.CancellationToken);
        return new RunningFunctions(built, connectionString, logs);
    }

    /// <summary>A queue client that encodes messages in Base64, as all senders except the runtime do.</summary>
    public static QueueClient Queue(string connectionString, string name) => new(connectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    public QueueClient Queue(string name) => Queue(ConnectionString, name);

    public async Task SendAsync(string queue, params string[] messages)
    {
        foreach (var message in messages)
            await Queue(queue).SendMessageAsync(message, TestContext.Current.CancellationToken);
    }

    public Task StopAsync() => host.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        Api.Dispose();
        Site.Dispose();
        await ((IAsyncDisposable)host).DisposeAsync();
    }
}

/// <summary>The log entries in the form "Level: message".</summary>
internal sealed class CollectedLogs : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

    public void Dispose()
    {
        // The test reads the entries after the host has been disposed.
    }
}

/// <summary>Waits for conditions that storage reports only on request.</summary>
internal static class Eventually
{
    /// <summary>Checks the condition every 100 ms. Fails the test after five minutes, far more than any condition needs.</summary>
    public static async Task TrueAsync(Func<Task<bool>> ask, string what)
    {
        var limit = DateTime.UtcNow.AddMinutes(5);
        while (!await ask())
        {
            Assert.True(DateTime.UtcNow < limit, $"It did not happen within five minutes that {what}.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
