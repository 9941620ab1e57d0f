using Denoised.Papers;
using Denoised.Summaries;

namespace Denoised.Storage;

/// <summary>How far a paper has come: the small columns of a <see cref="PaperRow"/>.</summary>
public sealed record PaperProgress
{
    public required ListingDay Day { get; init; }

    public required ArxivId Id { get; init; }

    public required int Version { get; init; }

    public required string PrimaryCategory { get; init; }

    public required PaperState State { get; init; }

    public required SummaryObstacle Obstacle { get; init; }

    public string? Reason { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? LeaseEnd { get; init; }

    public bool Enriched { get; init; }

    public bool Sample { get; init; }

    public bool Retracted { get; init; }

    public required SummaryMethod Method { get; init; }

    /// <summary>When the row was last written (the storage service's clock).</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Nothing more is to be done for it.</summary>
    public bool IsFinal => State is PaperState.Summarized or PaperState.Failed;
}
