using Denoised.Domain;

namespace Denoised.Model;

/// <summary>The outcome of an attempt without a model result.</summary>
public abstract record AttemptOutcome
{
    /// <summary>The model gives no result; the existing text stays.</summary>
    public sealed record Final(FallbackReason FallbackReason, string Reason) : AttemptOutcome;

    /// <summary>The attempt was deferred before it started.</summary>
    public sealed record Deferred(FallbackReason FallbackReason, string Reason, TimeSpan Delay) : AttemptOutcome;

    /// <summary>The attempt failed; a retry can succeed.</summary>
    public sealed record Failed(string Reason) : AttemptOutcome;

    /// <summary>Findings about the text, recorded with the summary that stays.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>The authors' institutions in the text, recorded with the paper; null if no full text was read.</summary>
    public IReadOnlyList<string>? Affiliations { get; init; }

    private AttemptOutcome()
    {
    }
}
