using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Denoised.LocalHost.Invocation;
using Denoised.LocalHost.Settings;
using Microsoft.Extensions.Logging;

namespace Denoised.LocalHost.Queues;

/// <summary>
/// Runs one function for each message of a queue. It receives another batch once at most <c>newBatchThreshold</c> messages are in progress, and polls
/// an empty queue at increasing intervals. A message stays invisible while its function runs. It is deleted on success, becomes visible after
/// <c>visibilityTimeout</c> on failure, and moves to the poison queue after the last attempt.
/// </summary>
internal sealed partial class QueueListener(
    FunctionDescription function,
    QueueClient queue,
    QueueClient? poison,
    FunctionInvoker invoker,
    HostSettings host,
    LocalHostOptions options,
    Shutdown shutdown,
    TimeProvider time,
    ILogger logger)
{
    private static readonly TimeSpan minPollInterval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<Task, bool> running = [];

    /// <summary>Creates the queue if it does not exist. The poison queue is created with its first message.</summary>
    public Task CreateAsync(CancellationToken cancellationToken) => queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Receives messages until a stop is requested, then waits for the running functions.</summary>
    public async Task RunAsync()
    {
        var pause = minPollInterval;
        try
        {
            while (true)
            {
                var received = await ReceiveAsync();
                foreach (var message in received)
                    Track(ProcessAsync(message));

                if (received.Length > 0)
                {
                    pause = minPollInterval;
                    while (running.Keys is { } busy && busy.Count > host.NewBatchThreshold)
                        await Task.WhenAny(busy).WaitAsync(shutdown.Stopping);
                    continue;
                }

                // Jitter of ±10 % prevents all queues from being polled at the same time.
                await Task.Delay(pause * (0.9 + Random.Shared.NextDouble() * 0.2), time, shutdown.Stopping);
                pause = pause * 2 < host.MaxPollingInterval ? pause * 2 : host.MaxPollingInterval;
            }
        }
        catch (OperationCanceledException) when (shutdown.Stopping.IsCancellationRequested)
        {
            // Each task has logged its own failure.
            await Task.WhenAll(running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<QueueMessage[]> ReceiveAsync()
    {
        try
        {
            var response = await queue.ReceiveMessagesAsync(host.BatchSize, options.MessageInvisibility, shutdown.Stopping);
            return response.Value;
        }
        catch (RequestFailedException e)
        {
            // A later poll may succeed; the polling interval increases until then.
            LogCannotReceive(queue.Name, e.Message);
            if (e.ErrorCode == QueueErrorCode.QueueNotFound)
                await queue.CreateIfNotExistsAsync(cancellationToken: shutdown.Stopping);
            return [];
        }
        catch (AggregateException e)
        {
            // Thrown by the client library after several failed attempts, for example broken connections and timeouts.
            LogCannotReceive(queue.Name, e.InnerExceptions[0].Message);
            return [];
        }
    }

    private void Track(Task processing)
    {
        running[processing] = true;
        _ = processing.ContinueWith(
            ended =>
            {
                running.TryRemove(ended, out _);
                if (ended.Exception is { } e)
                    LogLost(e, function.Name);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ProcessAsync(QueueMessage message)
    {
        // Leaves the receive loop, even if the function is synchronous.
        await Task.Yield();

        var lease = new MessageLease(queue, message, options.MessageInvisibility, time, logger);
        string text;
        try
        {
            text = Decode(message);
        }
        catch (FormatException e)
        {
            LogUndecodable(e, message.MessageId, queue.Name);
            await MoveToPoisonQueueAsync(message, lease);
            return;
        }

        // The process may have crashed during the last attempt.
        if (message.DequeueCount > host.MaxDequeueCount && poison is not null)
        {
            await MoveToPoisonQueueAsync(message, lease);
            return;
        }

        bool succeeded;
        await using (lease.StartRenewal())
        {
            succeeded = await TryAsync(message, text);
        }

        if (succeeded)
            await lease.DeleteAsync();
        else if (poison is null)
            LogLeftInvisible(message.MessageId, queue.Name);
        else if (message.DequeueCount >= host.MaxDequeueCount)
            await MoveToPoisonQueueAsync(message, lease);
        else
            await lease.ReleaseAsync(host.VisibilityTimeout);
    }

    private async Task<bool> TryAsync(QueueMessage message, string text)
    {
        try
        {
            await invoker.InvokeAsync(function, text, BindingData(message, text), answer: null, CancellationToken.None);
            return true;
        }
#pragma warning disable CA1031 // Any exception of a function is a failed attempt.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e, function.Name, message.MessageId, message.DequeueCount, host.MaxDequeueCount);
            return false;
        }
    }

    /// <summary>Copies a message to the poison queue unchanged, then deletes it. A message of a poison queue is only deleted.</summary>
    private async Task MoveToPoisonQueueAsync(QueueMessage message, MessageLease lease)
    {
        if (poison is not null)
        {
            await poison.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
            await poison.SendMessageAsync(message.Body, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: CancellationToken.None);
            LogPoisoned(message.MessageId, queue.Name, poison.Name);
        }

        await lease.DeleteAsync();
    }

    private string Decode(QueueMessage message)
    {
        if (!host.Base64Messages)
            return message.Body.ToString();
        var bytes = Convert.FromBase64String(message.Body.ToString());
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException("The message is Base64, but not of UTF-8.", e);
        }
    }

    private static Dictionary<string, object?> BindingData(QueueMessage message, string text) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["QueueTrigger"] = text,
        ["Id"] = message.MessageId,
        ["PopReceipt"] = message.PopReceipt,
        ["DequeueCount"] = message.DequeueCount.ToString(CultureInfo.InvariantCulture),
        ["InsertionTime"] = message.InsertedOn?.ToString("O", CultureInfo.InvariantCulture),
        ["ExpirationTime"] = message.ExpiresOn?.ToString("O", CultureInfo.InvariantCulture),
        ["NextVisibleTime"] = message.NextVisibleOn?.ToString("O", CultureInfo.InvariantCulture),
    };

    [LoggerMessage(LogLevel.Error, "Queue function '{Function}' failed on message {MessageId} (try {Try} of {Tries}).")]
    private partial void LogFailed(Exception exception, string function, string messageId, long @try, int tries);

    [LoggerMessage(LogLevel.Error, "Message {MessageId} of queue '{Queue}' cannot be decoded as host.json's messageEncoding says; it is not tried.")]
    private partial void LogUndecodable(Exception exception, string messageId, string queue);

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} of queue '{Queue}' went to '{Poison}'.")]
    private partial void LogPoisoned(string messageId, string queue, string poison);

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} of queue '{Queue}' stays invisible until its time is over: a poison queue has no poison queue of its own.")]
    private partial void LogLeftInvisible(string messageId, string queue);

    [LoggerMessage(LogLevel.Warning, "Queue '{Queue}' cannot be read now: {Reason}")]
    private partial void LogCannotReceive(string queue, string reason);

    [LoggerMessage(LogLevel.Error, "What became of a message of function '{Function}' could not be stored; it will come again.")]
    private partial void LogLost(Exception exception, string function);
}
