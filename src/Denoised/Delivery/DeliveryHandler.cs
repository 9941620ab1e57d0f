using Denoised.Domain;
using Denoised.Storage;
using Microsoft.Extensions.Logging;

namespace Denoised.Delivery;

/// <summary>Handles the messages of the delivery queue and of its poison queue: sends the digest of a day, never twice on the same channel.</summary>
public sealed partial class DeliveryHandler(
    DeliveryChannels channels,
    DeliveryTable table,
    DeliveryReader reader,
    WorkQueues queues,
    StorageSetup setup,
    PoisonMessages discarded,
    TimeProvider time,
    ILogger<DeliveryHandler> logger)
{
    private static readonly TimeSpan maxRetryDelay = TimeSpan.FromHours(1);

    /// <summary>Sends the digest that a message requests.</summary>
    /// <param name="message">JSON of a <see cref="DeliveryMessage"/>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public async Task DeliverAsync(string message, CancellationToken cancellationToken)
    {
        if (await discarded.ParseAsync(QueueNames.Deliveries, message, StorageJson.Default.DeliveryMessage, cancellationToken) is not { } request
            || channels.Configured.FirstOrDefault(channel => channel.Name == request.Channel) is not { } channel)
            return;

        await setup.EnsureCreatedAsync(cancellationToken);
        var isRetry = (await table.ReadAsync(channel.Name, cancellationToken)).Day == request.Day;
        if ((!isRetry && await reader.FindCompleteDayAsync(cancellationToken) != request.Day)
            || await reader.ReadAsync(request.Day, cancellationToken) is not { } content)
        {
            Log.NotDue(logger, request.Day);
            return;
        }

        // Written before the lease: an error here then leaves no attempt behind.
        var body = channel.Write(content);
        var claim = await table.ClaimAsync(channel.Name, request.Day, cancellationToken);
        switch (claim.Result)
        {
            case ClaimResult.Early:
                await queues.DeferAsync(request, claim.Wait, cancellationToken);
                break;
            case ClaimResult.Interrupted:
                Log.Uncertain(logger, request.Day, channel.Name, DeliveryTable.Interrupted);
                break;
            case ClaimResult.Granted:
                await SendAsync(channel, request, content, body, claim, cancellationToken);
                break;
        }
    }

    /// <summary>Records that the host has given up on a message. The next publication or collection enqueues the day again.</summary>
    public Task RecordPoisonedAsync(string message, CancellationToken cancellationToken) =>
        discarded.RecordPoisonedAsync(QueueNames.Deliveries, message, cancellationToken);

    private async Task SendAsync(
        IDeliveryChannel channel, DeliveryMessage request, DeliveryContent content, byte[] body, DeliveryClaim claim, CancellationToken cancellationToken)
    {
        var outcome = await channel.SendAsync(request.Day, body, claim.Now, cancellationToken);
        var delay = outcome.RetryAfter ?? Min(channel.RetryDelay * Math.Pow(2, Math.Min(claim.Attempt - 1, 16)), maxRetryDelay);
        if (outcome.State == DeliveryState.Retrying && DeliveryReader.IsTooOld(content.Entry, time.GetUtcNow() + delay))
            outcome = new DeliveryOutcome(DeliveryState.Failed, $"{outcome.Reason} There was no success in {DeliveryReader.MaxAge.TotalDays:0} days.");

        // A stopping host does not cancel this write: without it, a message that was not sent would count as uncertain.
        await table.CompleteAsync(channel.Name, request.Day, claim, outcome, delay, CancellationToken.None);
        switch (outcome.State)
        {
            case DeliveryState.Retrying:
                Log.Retrying(logger, request.Day, channel.Name, claim.Attempt, outcome.Reason, delay);
                await queues.SendAsync(request, delay, CancellationToken.None);
                break;
            case DeliveryState.Failed:
                Log.Failed(logger, request.Day, channel.Name, claim.Attempt, outcome.Reason);
                break;
            case DeliveryState.Uncertain:
                Log.Uncertain(logger, request.Day, channel.Name, outcome.Reason);
                break;
            default:
                Log.Sent(logger, request.Day, channel.Name, claim.Attempt);
                break;
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The digest of {Day} was sent ({Channel}, attempt {Attempt}).")]
        public static partial void Sent(ILogger logger, ListingDay day, string channel, int attempt);

        [LoggerMessage(LogLevel.Warning, "The digest of {Day} was not accepted ({Channel}, attempt {Attempt}): {Reason} The next attempt is in {Delay}.")]
        public static partial void Retrying(ILogger logger, ListingDay day, string channel, int attempt, string? reason, TimeSpan delay);

        [LoggerMessage(LogLevel.Warning, "The digest of {Day} failed and is not sent again ({Channel}, attempt {Attempt}): {Reason}")]
        public static partial void Failed(ILogger logger, ListingDay day, string channel, int attempt, string? reason);

        [LoggerMessage(LogLevel.Warning, "The digest of {Day} may have arrived and is not sent again ({Channel}): {Reason}")]
        public static partial void Uncertain(ILogger logger, ListingDay day, string channel, string? reason);

        [LoggerMessage(LogLevel.Information, "The digest of {Day} is not sent: the day is not the newest complete one, or too old.")]
        public static partial void NotDue(ILogger logger, ListingDay day);
    }
}
