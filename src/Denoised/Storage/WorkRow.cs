using Azure;
using Denoised.Domain;

namespace Denoised.Storage;

/// <summary>
/// A unit of model work, processed by one instance at a time. The row, not the message, holds the lease, the number of attempts and the earliest next
/// attempt. All times use the storage service's clock.
/// </summary>
public abstract record WorkRow
{
    /// <summary>The listing day; the partition key.</summary>
    public required ListingDay Day { get; init; }

    /// <summary>The number of attempts; deferrals do not count.</summary>
    public int Attempts { get; init; }

    /// <summary>The earliest time of the next attempt; null for immediately.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The owner of the lease.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>The expiry of the lease.</summary>
    public DateTimeOffset? LeaseEnd { get; init; }

    /// <summary>Why the model's result is missing: the latest reason while the row is pending, the final one afterwards.</summary>
    public FallbackReason FallbackReason { get; init; }

    /// <summary>The reason as a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>The time of the row's latest write.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The unique identifier of the row's latest write.</summary>
    public string? WriteId { get; init; }

    /// <summary>The ETag of the row as read; default before the row is inserted.</summary>
    public ETag ETag { get; init; }

    /// <summary>
    /// When the work may start; null for immediately. Leases are exact. Work may start up to 1 s before <see cref="NotBefore"/>: the Date header has no
    /// finer resolution.
    /// </summary>
    public DateTimeOffset? Due
    {
        get
        {
            // The later of the two; a comparison with null is false.
            var earliest = NotBefore - StorageClock.Resolution;
            return LeaseEnd is null || earliest > LeaseEnd ? earliest : LeaseEnd;
        }
    }

    /// <summary>The row key.</summary>
    internal abstract string Key { get; }
}
