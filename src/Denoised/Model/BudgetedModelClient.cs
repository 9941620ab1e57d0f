using System.Diagnostics;
using Denoised.Domain;
using Microsoft.Extensions.Options;

namespace Denoised.Model;

/// <summary>Calls the model for any purpose: waits for the rate limiter, reserves tokens, and maps each failure to an outcome.</summary>
public sealed class BudgetedModelClient(ModelClient model, ModelRateLimiter rateLimiter, TokenBudget budget, IOptions<SummarizerOptions> options, TimeProvider time)
{
    private const int LargerLimit = 2;

    // A wrong setting, a missing deployment, or a role assignment that has not propagated yet.
    private static readonly TimeSpan accessDeniedPause = TimeSpan.FromMinutes(5);

    // A server restart or a network outage. Longer than the maximum wait in the process, so that papers are deferred.
    private static readonly TimeSpan unreachablePause = TimeSpan.FromMinutes(2);

    // A paper that has waited for the maximum time in the process is deferred for at least this long, to make room for others.
    private static readonly TimeSpan minDeferral = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Whether the service answered, rather than rejected, the latest request. If so, the settings are valid and a rejection concerns the request.
    /// </summary>
    private volatile bool hasSucceeded;

    /// <summary>Checks whether calls are allowed, before the text of a paper is downloaded.</summary>
    /// <returns>The reason against a call, or null.</returns>
    public async Task<AttemptOutcome?> CheckAvailabilityAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsConfigured)
            return new AttemptOutcome.Final(FallbackReason.NoModel, "No language model is configured.");
        if (await rateLimiter.GetPauseAsync(cancellationToken) is var (wait, reason) && wait > ModelRateLimiter.MaxWait)
            return new AttemptOutcome.Deferred(FallbackReason.Throttled, reason, wait);
        if (!await budget.HasBudgetAsync(cancellationToken))
            return OverBudgetOutcome();
        return null;
    }

    /// <summary>Makes one call.</summary>
    /// <param name="turns">The conversation so far.</param>
    /// <param name="format">The response format.</param>
    /// <param name="tokens">The expected tokens, or null for the average of the day's calls.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The response, or the outcome that replaces it.</returns>
    public async Task<(ModelResponse? Answer, AttemptOutcome? Outcome)> CallAsync(
        IReadOnlyList<ChatTurn> turns,
        ResponseFormat format,
        int? tokens,
        CancellationToken cancellationToken)
    {
        var request = new ChatRequest
        {
            Model = options.Value.Deployment,
            Messages = turns,
            MaxCompletionTokens = options.Value.MaxCompletionTokens,
            ReasoningEffort = options.Value.ReasoningEffort is { Length: > 0 } effort ? effort : null,
            ResponseFormat = format,
        };

        TokenUsage spent = default;
        string? cut = null;
        var deadline = time.GetUtcNow() + ModelRateLimiter.MaxWait;
        while (true)
        {
            if (await rateLimiter.WaitForSlotAsync(cancellationToken) is not { } startedAt || startedAt > deadline)
            {
                var (wait, reason) = await rateLimiter.GetPauseAsync(cancellationToken);
                return (null, new AttemptOutcome.Deferred(FallbackReason.Throttled, reason, wait > minDeferral ? wait : minDeferral));
            }

            if (await budget.TryReserveAsync(tokens, cancellationToken) is not { } reservation)
                return (null, OverBudgetOutcome());

            ModelResponse response;
            var called = time.GetTimestamp();
            using (var step = Telemetry.Traces.StartActivity("model", ActivityKind.Client))
            {
                response = await model.CompleteAsync(request, cancellationToken);
                step?.SetTag("outcome", response.Kind);
            }

            Telemetry.ModelDuration.Record(time.GetElapsedTime(called).TotalSeconds, new KeyValuePair<string, object?>("outcome", response.Kind.ToString()));
            Telemetry.Count(response.Usage, response.Usage.Cost(options.Value));

            // Settles even while the host shuts down: the tokens are spent. When the usage is unknown, the reservation stays.
            if (!response.IsUsageUnknown)
                await budget.SettleAsync(reservation, response.Usage, CancellationToken.None);
            switch (response.Kind)
            {
                case ModelResponseKind.Answered:
                    hasSucceeded = true;
                    rateLimiter.ReportSuccess();
                    return (response with { Usage = spent + response.Usage }, null);
                case ModelResponseKind.Throttled:
                    await rateLimiter.ReportThrottledAsync(startedAt, response.RetryAfter, response.RequestsPerMinute, cancellationToken);
                    break;
                case ModelResponseKind.Truncated when cut is null:
                    // The response would exceed the same limit again.
                    hasSucceeded = true;
                    rateLimiter.ReportSuccess();
                    cut = $"The answer was cut at the limit of {request.MaxCompletionTokens} tokens, and no larger limit helped.";
                    spent = response.Usage;
                    request = request with { MaxCompletionTokens = request.MaxCompletionTokens * LargerLimit };
                    deadline = time.GetUtcNow() + ModelRateLimiter.MaxWait;
                    break;
                case ModelResponseKind.Truncated or ModelResponseKind.Rejected when cut is not null:
                    return (null, new AttemptOutcome.Final(FallbackReason.Unverified, cut));
                case ModelResponseKind.Filtered:
                    return (null, new AttemptOutcome.Final(FallbackReason.ContentFilter, response.Reason!));
                case ModelResponseKind.Refused:
                    return (null, new AttemptOutcome.Final(FallbackReason.Refused, response.Reason!));
                case ModelResponseKind.Rejected when hasSucceeded:
                    // After a success, a rejection concerns this request. A second one in a row concerns the settings.
                    hasSucceeded = false;
                    return (null, new AttemptOutcome.Failed(response.Reason!));
                case ModelResponseKind.AccessDenied or ModelResponseKind.Rejected:
                    return await PauseAsync(accessDeniedPause);
                case ModelResponseKind.Unreachable:
                    return await PauseAsync(unreachablePause);
                default:
                    return (null, new AttemptOutcome.Failed(response.Reason!));
            }

            async Task<(ModelResponse? Answer, AttemptOutcome? Outcome)> PauseAsync(TimeSpan pause)
            {
                await rateLimiter.PauseAsync(pause, response.Reason!, cancellationToken);
                return (null, new AttemptOutcome.Deferred(FallbackReason.Throttled, response.Reason!, pause));
            }
        }
    }

    private static AttemptOutcome.Final OverBudgetOutcome() =>
        new(FallbackReason.Budget, "The day's token budget is used up; the paper is taken up again when there is room.");
}
