namespace Denoised.Simulators.Arxiv;

/// <summary>A request that violated one of arXiv's rate limits.</summary>
/// <param name="At">The time of arrival.</param>
/// <param name="Group">The violated limit.</param>
/// <param name="Kind">The kind of violation.</param>
/// <param name="Path">The path and query.</param>
/// <param name="PreviousPath">The path and query of the previous request.</param>
/// <param name="Gap">The time between the end of the previous response and this request; zero if they overlap.</param>
/// <param name="Required">The minimum gap.</param>
public sealed record LimitViolation(DateTimeOffset At, LimitGroup Group, LimitViolationKind Kind, string Path, string PreviousPath, TimeSpan Gap, TimeSpan Required);

/// <summary>The kinds of rate limit violation.</summary>
public enum LimitViolationKind
{
    /// <summary>Too soon after the previous response.</summary>
    TooSoon,

    /// <summary>During the previous response.</summary>
    Concurrent,
}
