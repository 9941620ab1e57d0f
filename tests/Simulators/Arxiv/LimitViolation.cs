namespace Denoised.Simulators.Arxiv;

/// <summary>A request that arXiv's limits did not allow.</summary>
/// <param name="At">When it arrived.</param>
/// <param name="Group">Which limit.</param>
/// <param name="Kind">What was wrong.</param>
/// <param name="Path">Its path and query.</param>
/// <param name="PreviousPath">The request it came too close to.</param>
/// <param name="Gap">Between the end of the previous answer and this request; zero where they overlap.</param>
/// <param name="Required">The least gap.</param>
public sealed record LimitViolation(DateTimeOffset At, LimitGroup Group, LimitViolationKind Kind, string Path, string PreviousPath, TimeSpan Gap, TimeSpan Required);

/// <summary>How a limit was broken.</summary>
public enum LimitViolationKind
{
    /// <summary>Too soon after the previous answer.</summary>
    TooSoon,

    /// <summary>While the previous one was still being answered.</summary>
    Concurrent,
}
