using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Denoised.LocalHost.Emulator;
using Denoised.LocalHost.Queues;
using Denoised.LocalHost.Settings;
using Denoised.LocalHost.Timers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.LocalHost.Invocation;

/// <summary>Runs the listeners of all timers and queues. On stop, running functions may finish within the grace period.</summary>
internal sealed partial class FunctionRuntime(
    IReadOnlyList<FunctionDescription> functions,
    AppSettings settings,
    HostSettings host,
    IOptions<LocalHostOptions> options,
    StorageConnection storage,
    StorageStart start,
    FunctionInvoker invoker,
    Shutdown shutdown,
    TimeProvider time,
    ILoggerFactory loggers,
    ILogger<FunctionRuntime> logger) : IHostedService
{
    private Task listening = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var timers = await TimerListenersAsync(cancellationToken);
        var queues = await QueueListenersAsync(cancellationToken);
        listening = Task.WhenAll([.. timers.Select(timer => MonitorAsync(timer.RunAsync())), .. queues.Select(queue => MonitorAsync(queue.RunAsync()))]);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await listening
                .WaitAsync(options.Value.ShutdownGrace + options.Value.CancellationGrace, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            if (!listening.IsCompleted)
                LogStillRunning();
        }
    }

    private async Task MonitorAsync(Task listener)
    {
        try
        {
            await listener;
        }
        catch (Exception e)
        {
            LogListenerEnded(e);
            throw;
        }
    }

    private async Task<List<TimerListener>> TimerListenersAsync(CancellationToken cancellationToken)
    {
        var listeners = new List<TimerListener>();
        TimerStatusBlobs? statuses = null;
        foreach (var function in functions)
        {
            if (function.Trigger is not TimerTriggerAttribute trigger)
                continue;
            if (!settings.TryResolve(trigger.Schedule, out var schedule, out var missing))
            {
                LogDisabled(function.Name, missing!);
                continue;
            }

            if (statuses is null)
            {
                var blobs = new TimerStatusBlobs(new BlobServiceClient(storage.ConnectionString));
                await start.ExecuteAsync(blobs.CreateAsync, cancellationToken);
                statuses = blobs;
            }

            listeners.Add(new TimerListener(
                function, TimerListener.Parse(function.Name, schedule), invoker, statuses, shutdown, time, loggers.CreateLogger<TimerListener>()));
        }

        return listeners;
    }

    private async Task<List<QueueListener>> QueueListenersAsync(CancellationToken cancellationToken)
    {
        var listeners = new List<QueueListener>();
        var service = new Lazy<QueueServiceClient>(
            () => new QueueServiceClient(storage.ConnectionString, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None }));
        foreach (var function in functions)
        {
            if (function.Trigger is not QueueTriggerAttribute trigger)
                continue;
            if (!settings.TryResolve(trigger.QueueName, out var name, out var missing))
            {
                LogDisabled(function.Name, missing!);
                continue;
            }

            var listener = new QueueListener(
                function,
                service.Value.GetQueueClient(name),
                PoisonQueue.Of(name) is { } poison ? service.Value.GetQueueClient(poison) : null,
                invoker, host, options.Value, shutdown, time, loggers.CreateLogger<QueueListener>());
            await start.ExecuteAsync(listener.CreateAsync, cancellationToken);
            listeners.Add(listener);
        }

        return listeners;
    }

    [LoggerMessage(LogLevel.Warning, "Function '{Function}' is disabled: %{Setting}% is not a flat application setting (environment, or \"Values\" of local.settings.json). The host would say nothing.")]
    private partial void LogDisabled(string function, string setting);

    [LoggerMessage(LogLevel.Critical, "A trigger has stopped listening.")]
    private partial void LogListenerEnded(Exception exception);

    [LoggerMessage(LogLevel.Warning, "Functions that ignored their cancelled tokens are cut off; the messages that they worked on will come again.")]
    private partial void LogStillRunning();
}
