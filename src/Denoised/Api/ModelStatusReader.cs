using Denoised.Domain;
using Denoised.Model;
using Microsoft.Extensions.Options;

namespace Denoised.Api;

/// <summary>Reads how much the language model was used, and what limits it.</summary>
public sealed class ModelStatusReader(TokenBudget budget, ModelRateLimiter rateLimiter, IOptions<SummarizerOptions> options, TimeProvider time)
{
    // Enough time to choose, evaluate and deploy another model.
    private static readonly TimeSpan retirementNotice = TimeSpan.FromDays(90);

    /// <summary>The maximum tokens of a UTC day.</summary>
    public long DailyTokenBudget => options.Value.DailyTokenBudget;

    /// <summary>Returns the tokens and cost of each day.</summary>
    public Task<IReadOnlyList<DailyTokenUsage>> ReadUsageAsync(CancellationToken cancellationToken) => budget.ReadAllAsync(cancellationToken);

    /// <summary>Returns the pause that the model's service requested, or null.</summary>
    public Task<ModelPause?> FindPauseAsync(CancellationToken cancellationToken) => rateLimiter.FindPauseAsync(cancellationToken);

    /// <summary>The day on which the deployed model retires, if that is within the notice period.</summary>
    public DateOnly? FindRetirement() =>
        options.Value is { IsConfigured: true, ModelRetiresOn: { } day }
        && new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) - time.GetUtcNow() < retirementNotice
        ? day
        : null;
}
