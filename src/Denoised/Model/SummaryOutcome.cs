
using Denoised.Domain;

namespace Denoised.Model;

/// <summary>The outcome of an attempt without a model result.</summary>
public abstract record SummaryOutcome
{
    /// <summary>The model gives no result; the existing text stays.</summary>
    public sealed record Final(SummaryObstacle Obstacle, string Reason) : SummaryOutcome;

    /// <summary>The attempt was deferred before it started.</summary>
    public sealed record Deferred(SummaryObstacle Obstacle, string Reason, TimeSpan For) : SummaryOutcome;

    /// <summary>The attempt failed; a retry can succeed.</summary>
    public sealed record Failed(string Reason) : SummaryOutcome;

    /// <summary>Findings about the text, recorded with the summary that stays.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    private SummaryOutcome()
    {
    }
}
