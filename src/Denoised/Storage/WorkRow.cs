using Azure;
using Denoised.Papers;

namespace Denoised.Storage;

/// <summary>
/// A row of work for the model that many instances may begin, one at a time. The row, not the message, holds the lease, the attempts and the earliest next
/// attempt. All times are of the storage service's clock.
/// </summary>
public abstract record WorkRow
{
    /// <summary>The listing day, which is the row's partition.</summary>
    public required ListingDay Day { get; init; }

    /// <summary>How often the work was begun; a deferral is no attempt.</summary>
    public int Attempts { get; init; }

    /// <summary>The earliest next attempt.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Who works on it.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>When the lease ends.</summary>
    public DateTimeOffset? LeaseEnd { get; init; }

    /// <summary>Why the model's result is missing: while the row waits, the latest obstacle; at the end, the final one.</summary>
    public SummaryObstacle Obstacle { get; init; }

    /// <summary>The obstacle in a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>When the row was last written.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Names the latest write of the row.</summary>
    public string? WriteId { get; init; }

    /// <summary>The version of the row that was read; none before the row is inserted.</summary>
    public ETag ETag { get; init; }

    /// <summary>
    /// When the work may begin, or null for at once. Leases are exact; <see cref="NotBefore"/> may be up to 1 s early: the Date header has no finer resolution.
    /// </summary>
    public DateTimeOffset? Due => NotBefore - StorageClock.Resolution is { } awake && (LeaseEnd is null || awake > LeaseEnd) ? awake : LeaseEnd;

    /// <summary>The row's key in its partition.</summary>
    internal abstract string Key { get; }
}
