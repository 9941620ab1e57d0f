using Denoised.Domain;
using Denoised.Publishing.Feeds;
using Denoised.Publishing.Snapshots;

namespace Denoised.Delivery;

/// <summary>A way in which the operator receives the digest of each listing day.</summary>
internal interface IDeliveryChannel
{
    /// <summary>The name, in the key of the row, in messages and in the status.</summary>
    string Name { get; }

    /// <summary>Whether the operator has configured the channel.</summary>
    bool IsConfigured { get; }

    /// <summary>The delay before the second attempt; it doubles with each further one.</summary>
    TimeSpan RetryDelay { get; }

    /// <summary>Writes the message of a day.</summary>
    byte[] Write(DeliveryContent content);

    /// <summary>Sends a message once. Reports errors of the network as an outcome, not as an exception.</summary>
    /// <param name="day">The day; the same for each attempt of a message.</param>
    /// <param name="message">The message.</param>
    /// <param name="now">The current time by the clock of the storage service.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    Task<DeliveryOutcome> SendAsync(ListingDay day, byte[] message, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>The content of a message.</summary>
/// <param name="Entry">The day's entry in the index.</param>
/// <param name="Digest">Its digest.</param>
internal sealed record DeliveryContent(DayEntry Entry, Digest Digest);

/// <summary>The outcome of an attempt.</summary>
/// <param name="State">The state of the delivery after it.</param>
/// <param name="Reason">An HTTP status or a kind of error; null for an accepted message. Never contains the address.</param>
/// <param name="RetryAfter">The delay that the receiver asked for, or null.</param>
internal sealed record DeliveryOutcome(DeliveryState State, string? Reason = null, TimeSpan? RetryAfter = null);
