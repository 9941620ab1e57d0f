using Azure;
using Denoised.Papers;
using Denoised.Storage;
using Denoised.Summaries;

namespace Denoised.Glances;

/// <summary>A day's glance and how far it has come. As with papers, the row and not the message is the truth about that.</summary>
public sealed record GlanceRow
{
    /// <summary>The day.</summary>
    public required ListingDay Day { get; init; }

    /// <summary>What is shown: chosen by rules from the start, the model's when it is there. Null where rules found no themes.</summary>
    public Glance? Written { get; init; }

    /// <summary>The papers that <see cref="Written"/> was made from (<see cref="GlanceBasis.Papers"/>).</summary>
    public IReadOnlyList<string>? Basis { get; init; }

    /// <summary>The papers that the model was last asked about to the end, or null before that.</summary>
    public IReadOnlyList<string>? Asked { get; init; }

    /// <summary>How often the model was asked to the end: with an answer, or given up.</summary>
    public int Rounds { get; init; }

    /// <summary>How often the present round was begun; sleeping is no attempt.</summary>
    public int Attempts { get; init; }

    /// <summary>Not to be begun before (the storage service's clock).</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Who works on it.</summary>
    public string? LeaseOwner { get; init; }

    /// <summary>When that claim ends (the storage service's clock).</summary>
    public DateTimeOffset? LeaseEnd { get; init; }

    /// <summary>Why the model has not written it: the latest obstacle, or what was final.</summary>
    public SummaryObstacle Obstacle { get; init; }

    /// <summary>The obstacle in a sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was last written (the storage service's clock).</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>The version of the row that was read; none for a row that is not there yet.</summary>
    public ETag ETag { get; init; }

    /// <summary>When it may be begun, or null for at once. A lease is heeded to the second; a sleep may end a second early, the clock has no finer resolution.</summary>
    public DateTimeOffset? Due => NotBefore - StorageClock.Resolution is { } awake && (LeaseEnd is null || awake > LeaseEnd) ? awake : LeaseEnd;
}
