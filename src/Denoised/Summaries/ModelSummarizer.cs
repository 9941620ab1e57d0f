using System.Diagnostics;
using System.Text.Json;
using Denoised.Papers;
using Denoised.Storage;
using Microsoft.Extensions.Options;

namespace Denoised.Summaries;

/// <summary>How the model's work on a paper ended.</summary>
public abstract record SummaryOutcome
{
    /// <summary>The summary is there, checked.</summary>
    public sealed record Written(Summary Summary) : SummaryOutcome;

    /// <summary>There will be none: the extractive summary stays.</summary>
    public sealed record Final(SummaryObstacle Obstacle, string Reason) : SummaryOutcome;

    /// <summary>Not now; no attempt was made.</summary>
    public sealed record Deferred(SummaryObstacle Obstacle, string Reason, TimeSpan For) : SummaryOutcome;

    /// <summary>An attempt failed; another may succeed.</summary>
    public sealed record Failed(string Reason) : SummaryOutcome;

    private SummaryOutcome()
    {
    }
}

/// <summary>
/// Has the model write a summary and accepts it only after checks in code; what fails them is asked for again once, with the failures named.
/// </summary>
public sealed class ModelSummarizer(ModelClient model, ModelGate gate, TokenBudget budget, IOptions<SummarizerOptions> options, TimeProvider time)
{
    // A deployment that is missing, or a role that has not reached the service yet.
    private static readonly TimeSpan untilAdmitted = TimeSpan.FromMinutes(5);

    // Somebody who has waited in line for long enough makes room; who comes then waits as long as the line is.
    private static readonly TimeSpan shortestSleep = TimeSpan.FromSeconds(5);

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

    /// <summary>Summarizes a paper.</summary>
    public async Task<SummaryOutcome> SummarizeAsync(Paper paper, SourceText text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paper);
        ArgumentNullException.ThrowIfNull(text);
        var turns = new List<ChatTurn> { new("system", SummaryPrompt.System), new("user", SummaryPrompt.User(paper.Id, text)) };

        var (first, outcome) = await CallAsync(turns, cancellationToken);
        if (first is null)
            return outcome!;

        var usage = first.Usage;
        var check = Check(first.Content!, paper, text);
        if (check.Failures.Count > 0)
        {
            turns.Add(new ChatTurn("assistant", first.Content!));
            turns.Add(new ChatTurn("user", SummaryPrompt.Repair(check.Failures)));
            var (second, instead) = await CallAsync(turns, cancellationToken);
            if (second is not null)
            {
                usage += second.Usage;
                var repaired = Check(second.Content!, paper, text);
                if (repaired.IsBetterThan(check))
                    check = repaired;
            }
            else if (check.Accepted is null)
            {
                // Nothing to fall back on; what kept the repair from being made may pass.
                return instead!;
            }
        }

        if (check.Accepted is not { } accepted)
            return new SummaryOutcome.Final(SummaryObstacle.Unverified, $"What the model wrote did not pass the checks: {string.Join(" ", check.Failures.Take(3).Select(CheckedDraft.Told))}");

        return new SummaryOutcome.Written(accepted with
        {
            Provenance = new Provenance
            {
                Method = SummaryMethod.Model,
                Model = first.Model,
                Deployment = options.Value.Deployment,
                PromptVersion = SummaryPrompt.Version,
                Source = text.Source,
                PaperVersion = paper.Version,
                TokensIn = usage.In,
                TokensInCached = usage.Cached,
                TokensOut = usage.Out,
                TokensOutReasoning = usage.Reasoning,
                CostUsd = usage.Cost(options.Value),
                CreatedAt = time.GetUtcNow(),
                Findings = [.. text.Findings, .. check.Findings],
            },
        });
    }

    private static CheckedDraft Check(string content, Paper paper, SourceText text)
    {
        using var step = Telemetry.Traces.StartActivity("checks");
        return SummaryCheck.Run(Parse(content), paper, text);
    }

    private static ModelDraft? Parse(string content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, DraftJson.Default.ModelDraft);
        }
        catch (JsonException)
        {
            // Said to the model as "no JSON of the schema".
            return null;
        }
    }

    private static SummaryOutcome.Final OverBudget() => new(SummaryObstacle.Budget, "The day's token budget is used up; the paper is taken up again when there is room.");

    /// <summary>One call, with its turn at the gate, its reservation and the table of failures.</summary>
    private async Task<(ModelResponse? Answer, SummaryOutcome? Otherwise)> CallAsync(List<ChatTurn> turns, CancellationToken cancellationToken)
    {
        var request = new ChatRequest
        {
            Model = options.Value.Deployment,
            Messages = turns,
            MaxCompletionTokens = options.Value.MaxCompletionTokens,
            ReasoningEffort = options.Value.ReasoningEffort is { Length: > 0 } effort ? effort : null,
            ResponseFormat = ResponseFormat.Strict("digest", SummaryPrompt.Schema),
        };

        var patience = time.GetUtcNow() + ModelGate.LongestWait;
        while (true)
        {
            if (await gate.EnterAsync(cancellationToken) is not { } began || began > patience)
            {
                var (wait, reason) = await gate.ClosedForAsync(cancellationToken);
                return (null, new SummaryOutcome.Deferred(SummaryObstacle.Throttled, reason, wait > shortestSleep ? wait : shortestSleep));
            }

            if (await budget.TryReserveAsync(cancellationToken) is not { } reservation)
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
                    gate.Succeeded();
                    return (response, null);
                case ModelResponseKind.Throttled:
                    await gate.ThrottledAsync(began, response.RetryAfter, response.RequestsPerMinute, cancellationToken);
                    break;
                case ModelResponseKind.Filtered:
                    return (null, new SummaryOutcome.Final(SummaryObstacle.ContentFilter, response.Reason!));
                case ModelResponseKind.Refused or ModelResponseKind.Rejected:
                    return (null, new SummaryOutcome.Final(SummaryObstacle.Refused, response.Reason!));
                case ModelResponseKind.NotAdmitted:
                    await gate.CloseAsync(untilAdmitted, response.Reason!, cancellationToken);
                    return (null, new SummaryOutcome.Deferred(SummaryObstacle.Throttled, response.Reason!, untilAdmitted));
                default:
                    return (null, new SummaryOutcome.Failed(response.Reason!));
            }
        }
    }
}
