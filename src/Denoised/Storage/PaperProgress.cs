using Denoised.Domain;

namespace Denoised.Storage;

/// <summary>The processing state of a paper: the small columns of a <see cref="PaperRow"/>.</summary>
public sealed record PaperProgress
{
    public required ListingDay Day { get; init; }

    public required ArxivId Id { get; init; }

    public required int Version { get; init; }

    public required string PrimaryCategory { get; init; }

    public required PaperState State { get; init; }

    public required FallbackReason FallbackReason { get; init; }

    public string? Reason { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? LeaseEnd { get; init; }

    public bool Enriched { get; init; }

    public bool Sample { get; init; }

    public bool Retracted { get; init; }

    public required SummaryMethod Method { get; init; }

    /// <summary>The time of the row's latest write (storage service clock).</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Whether all work on the paper is finished.</summary>
    public bool IsFinal => State is PaperState.Summarized or PaperState.Failed;
}
