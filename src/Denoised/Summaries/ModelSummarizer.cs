using Denoised.Domain;
using Denoised.Model;
using Denoised.Summaries.Checks;
using Microsoft.Extensions.Options;

namespace Denoised.Summaries;

/// <summary>
/// Lets the model write a summary and accepts it only after checks in code. One repair request lists the failures. A second, separate call verifies
/// the accepted summary.
/// </summary>
public sealed class ModelSummarizer(BudgetedModelClient calls, Verifier verifier, IOptions<SummarizerOptions> options, TimeProvider time)
{
    /// <summary>Summarizes a paper.</summary>
    /// <returns>The checked summary, or the reason why there is none.</returns>
    public async Task<(Summary? Summary, AttemptOutcome? Outcome)> SummarizeAsync(Paper paper, ModelInput text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paper);
        ArgumentNullException.ThrowIfNull(text);
        var turns = new List<ChatTurn> { new("system", SummaryPrompt.SystemIn(options.Value.Language)), new("user", SummaryPrompt.User(paper.Id, text)) };

        var (first, outcome) = await CallAsync(turns, cancellationToken);
        if (first is null)
            return (null, outcome);

        var usage = first.Usage;
        var check = Check(first.Content!, paper, text);
        if (check.Failures.Count > 0)
        {
            turns.Add(new ChatTurn("assistant", ModelResponseText.RemoveReasoning(first.Content!)));
            turns.Add(new ChatTurn("user", SummaryPrompt.Repair(check.Failures)));
            var (second, repairOutcome) = await CallAsync(turns, cancellationToken);
            if (second is not null)
            {
                usage += second.Usage;
                var repaired = Check(second.Content!, paper, text);
                if (repaired.IsBetterThan(check))
                    check = repaired;
            }
            else if (check.Accepted is null)
            {
                // The first draft is not acceptable, and the failure of the repair call may be temporary.
                return (null, repairOutcome);
            }
        }

        if (check.Accepted is null)
            return (null, UnverifiedOutcome(check.Reasons));

        var (summary, verifierUsage) = await verifier.VerifyAsync(
            check.Accepted with { Provenance = check.Accepted.Provenance with
            {
                Tally = check.Tally,
                Findings = [.. text.Findings, .. check.Findings],
            } },
            cancellationToken);
        if (!SummaryCheck.IsSufficient(summary, text.Source))
            return (null, UnverifiedOutcome(["its quotes do not support it"]));

        usage += verifierUsage;
        return (summary with
        {
            Provenance = summary.Provenance with
            {
                Model = first.Model,
                Deployment = options.Value.Deployment,
                PaperVersion = paper.Version,
                InputTokens = usage.Input,
                CachedInputTokens = usage.Cached,
                OutputTokens = usage.Output,
                ReasoningTokens = usage.Reasoning,
                TokensEstimated = usage.IsEstimated,
                CostUsd = usage.Cost(options.Value),
                CreatedAt = time.GetUtcNow(),
            },
        }, null);
    }

    private static AttemptOutcome.Final UnverifiedOutcome(IReadOnlyList<string> reasons) =>
        new(FallbackReason.Unverified, $"What the model wrote did not pass the checks: {string.Join("; ", reasons.Take(3)).TrimEnd('.')}.");

    private CheckedDraft Check(string content, Paper paper, ModelInput text)
    {
        using var step = Telemetry.Traces.StartActivity("checks");
        return SummaryCheck.Run(ModelDraft.Parse(content), paper, text, options.Value.Language);
    }

    private Task<(ModelResponse? Answer, AttemptOutcome? Outcome)> CallAsync(List<ChatTurn> turns, CancellationToken cancellationToken) =>
        calls.CallAsync(turns, ResponseFormat.Strict("digest", SummaryPrompt.Schema), tokens: null, cancellationToken);
}
