using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace Denoised.LocalHost.Queues;

/// <summary>The lease of a received message: its pop receipt, which each renewal replaces.</summary>
internal sealed partial class MessageLease(QueueClient queue, QueueMessage message, TimeSpan invisibility, TimeProvider time, ILogger logger)
{
    private string popReceipt = message.PopReceipt;
    private bool lost;

    private TimeSpan RenewalInterval => invisibility / 2;

    private TimeProvider Time => time;

    private string MessageId => message.MessageId;

    private string QueueName => queue.Name;

    /// <summary>Renews the lease at half of its duration until disposal, which waits for a renewal in progress.</summary>
    public IAsyncDisposable StartRenewal() => new Renewal(this);

    /// <summary>Deletes the message unless another consumer has received it in the meantime.</summary>
    public Task DeleteAsync() => WhileHeldAsync(() => queue.DeleteMessageAsync(message.MessageId, popReceipt));

    /// <summary>Makes the message visible again after a delay.</summary>
    public Task ReleaseAsync(TimeSpan after) => WhileHeldAsync(
        () => queue.UpdateMessageAsync(message.MessageId, popReceipt, message.Body, after));

    private async Task WhileHeldAsync(Func<Task> act)
    {
        if (lost)
            return;
        try
        {
            await act();
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.MessageNotFound || e.ErrorCode == QueueErrorCode.PopReceiptMismatch || e.Status == 404)
        {
            lost = true;
            LogLost(message.MessageId, queue.Name);
        }
    }

    private async Task RenewAsync()
    {
        // Includes the body: an update without one would empty the message.
        var receipt = await queue.UpdateMessageAsync(message.MessageId, popReceipt, message.Body, invisibility);
        popReceipt = receipt.Value.PopReceipt;
    }

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} of queue '{Queue}' became visible while it was being processed: it is or will be processed twice.")]
    private partial void LogLost(string messageId, string queue);

    [LoggerMessage(LogLevel.Warning, "Message {MessageId} of queue '{Queue}' could not be kept invisible for longer; that is tried again.")]
    private partial void LogNotRenewed(Exception exception, string messageId, string queue);

    private sealed class Renewal : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly Task loop;

        public Renewal(MessageLease lease) => loop = RunAsync(lease);

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await loop;
            stop.Dispose();
        }

        private async Task RunAsync(MessageLease lease)
        {
            while (true)
            {
                try
                {
                    await Task.Delay(lease.RenewalInterval, lease.Time, stop.Token);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    return;
                }

                try
                {
                    await lease.WhileHeldAsync(lease.RenewAsync);
                }
                catch (Exception e) when (e is RequestFailedException or AggregateException)
                {
                    // There is time for another renewal before the message becomes visible.
                    lease.LogNotRenewed(e, lease.MessageId, lease.QueueName);
                }

                if (lease.lost)
                    return;
            }
        }
    }
}
