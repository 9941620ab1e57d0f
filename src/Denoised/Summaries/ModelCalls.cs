using System.Diagnostics;
using Denoised.Storage;
using Microsoft.Extensions.Options;

namespace Denoised.Summaries;

/// <summary>The calls of the model, whatever they are about: each with its turn at the gate, its reservation of tokens, and the table of failures.</summary>
public sealed class ModelCalls(ModelClient model, ModelGate gate, TokenBudget budget, IOptions<SummarizerOptions> options, TimeProvider time)
{
    private const int LargerLimit = 2;

    // A setting that is wrong, a deployment that is missing, or a role that has not reached the service yet.
    private static readonly TimeSpan untilAdmitted = TimeSpan.FromMinutes(5);

    // A server that restarts, or a network that comes back; longer than what is waited out in the process, so that papers are deferred.
    private static readonly TimeSpan untilReachable = TimeSpan.FromMinutes(2);

    // Somebody who has waited in line for long enough makes room; who comes then waits as long as the line is.
    private static readonly TimeSpan shortestSleep = TimeSpan.FromSeconds(5);

    /// <summary>Whether the service answered the latest request that it took or rejected: if it did, the settings are right.</summary>
    private volatile bool isServiceProven;

    /// <summary>Whether calls may be made now: asked before a paper's text is fetched.</summary>
    /// <returns>The obstacle, or null where there is none.</returns>
    public async Task<SummaryOutcome?> FindObstacleAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsConfigured)
            return new SummaryOutcome.Final(SummaryObstacle.NoModel, "No language model is configured.");
        if (await gate.ClosedForAsync(cancellationToken) is var (wait, reason) && wait > ModelGate.LongestWait)
            return new SummaryOutcome.Deferred(SummaryObstacle.Throttled, reason, wait);
        if (!await budget.HasRoomAsync(cancellationToken))
            return OverBudget();
        return null;
    }

    /// <summary>One call.</summary>
    /// <param name="turns">The conversation so far.</param>
    /// <param name="format">The form of the answer.</param>
    /// <param name="tokens">What it is known to take, or null for what the calls of the day took on average.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The answer, or what to do instead.</returns>
    public async Task<(ModelResponse? Answer, SummaryOutcome? Otherwise)> CallAsync(IReadOnlyList<ChatTurn> turns, ResponseFormat format, int? tokens, CancellationToken cancellationToken)
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
        var patience = time.GetUtcNow() + ModelGate.LongestWait;
        while (true)
        {
            if (await gate.EnterAsync(cancellationToken) is not { } began || began > patience)
            {
                var (wait, reason) = await gate.ClosedForAsync(cancellationToken);
                return (null, new SummaryOutcome.Deferred(SummaryObstacle.Throttled, reason, wait > shortestSleep ? wait : shortestSleep));
            }

            if (await budget.TryReserveAsync(tokens, cancellationToken) is not { } reservation)
                return (null, OverBudget());

            ModelResponse response;
            var called = time.GetTimestamp();
            using (var step = Telemetry.Traces.StartActivity("model", ActivityKind.Client))
            {
                response = await model.CompleteAsync(request, cancellationToken);
                step?.SetTag("outcome", response.Kind);
            }

            Telemetry.ModelDuration.Record(time.GetElapsedTime(called).TotalSeconds, new KeyValuePair<string, object?>("outcome", response.Kind.ToString()));
            Telemetry.Count(response.Usage, response.Usage.Cost(options.Value));

            // Settled even where the host is stopping: the tokens are used. Where nobody knows, the reservation stands for them.
            if (!response.IsUsageUnknown)
                await budget.SettleAsync(reservation, response.Usage, CancellationToken.None);
            switch (response.Kind)
            {
                case ModelResponseKind.Answered:
                    isServiceProven = true;
                    gate.Succeeded();
                    return (response with { Usage = spent + response.Usage }, null);
                case ModelResponseKind.Throttled:
                    await gate.ThrottledAsync(began, response.RetryAfter, response.RequestsPerMinute, cancellationToken);
                    break;
                case ModelResponseKind.Truncated when cut is null:
                    // The same limit would cut it again.
                    isServiceProven = true;
                    gate.Succeeded();
                    cut = $"The answer was cut at the limit of {request.MaxCompletionTokens} tokens, and no larger limit helped.";
                    spent = response.Usage;
                    request = request with { MaxCompletionTokens = request.MaxCompletionTokens * LargerLimit };
                    patience = time.GetUtcNow() + ModelGate.LongestWait;
                    break;
                case ModelResponseKind.Truncated or ModelResponseKind.Rejected when cut is not null:
                    return (null, new SummaryOutcome.Final(SummaryObstacle.Unverified, cut));
                case ModelResponseKind.Filtered:
                    return (null, new SummaryOutcome.Final(SummaryObstacle.ContentFilter, response.Reason!));
                case ModelResponseKind.Refused:
                    return (null, new SummaryOutcome.Final(SummaryObstacle.Refused, response.Reason!));
                case ModelResponseKind.Rejected when isServiceProven:
                    // Right after an answer it is about this request; a second one in a row is about the settings.
                    isServiceProven = false;
                    return (null, new SummaryOutcome.Failed(response.Reason!));
                case ModelResponseKind.NotAdmitted or ModelResponseKind.Rejected:
                    return await CloseAsync(untilAdmitted);
                case ModelResponseKind.Unreachable:
                    return await CloseAsync(untilReachable);
                default:
                    return (null, new SummaryOutcome.Failed(response.Reason!));
            }

            async Task<(ModelResponse? Answer, SummaryOutcome? Otherwise)> CloseAsync(TimeSpan closed)
            {
                await gate.CloseAsync(closed, response.Reason!, cancellationToken);
                return (null, new SummaryOutcome.Deferred(SummaryObstacle.Throttled, response.Reason!, closed));
            }
        }
    }

    private static SummaryOutcome.Final OverBudget() => new(SummaryObstacle.Budget, "The day's token budget is used up; the paper is taken up again when there is room.");
}
