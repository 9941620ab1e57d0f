using Denoised.Domain;

namespace Denoised.Delivery;

/// <summary>The state of the newest delivery of a channel.</summary>
/// <param name="Channel">The channel, such as <c>webhook</c>.</param>
/// <param name="State">The state.</param>
/// <param name="Day">The listing day; null before the first delivery.</param>
/// <param name="Attempts">The number of attempts for this day.</param>
/// <param name="At">The time of the latest change of the state.</param>
/// <param name="Reason">Why the message was not accepted: an HTTP status or a kind of error. Never contains the address.</param>
/// <param name="NextAttempt">The earliest time of the next attempt; null if there will be none.</param>
public sealed record DeliveryStatus(
    string Channel,
    DeliveryState State,
    ListingDay? Day = null,
    int Attempts = 0,
    DateTimeOffset? At = null,
    string? Reason = null,
    DateTimeOffset? NextAttempt = null);
