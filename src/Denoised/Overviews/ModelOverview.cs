using Denoised.Domain;
using Denoised.Model;
using Denoised.Storage;
using Microsoft.Extensions.Options;

namespace Denoised.Overviews;

/// <summary>
/// Lets the model write the overview of a day in one call and accepts it only after checks in code. One repair request lists the failures.
/// </summary>
public sealed class ModelOverview(BudgetedModelClient calls, IOptions<SummarizerOptions> options, TimeProvider time)
{
    /// <summary>The expected tokens of a response, including reasoning; used to reserve budget.</summary>
    private const int TokensOfAnswer = 1_500;

    /// <summary>Generates the overview.</summary>
    /// <returns>The overview, or the reason why there is none.</returns>
    public async Task<(DailyOverview? Overview, AttemptOutcome? Outcome)> WriteAsync(
        ListingDay day,
        IReadOnlyList<PaperRow> rows,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var (user, tokens, papers) = OverviewPrompt.User(day, rows);
        var turns = new List<ChatTurn> { new("system", OverviewPrompt.SystemIn(options.Value.Language)), new("user", user) };
        var (first, outcome) = await CallAsync(turns, tokens, cancellationToken);
        if (first is null)
            return (null, outcome);

        var usage = first.Usage;
        var check = Check(first.Content!, papers);
        if (check.Failures.Count > 0)
        {
            turns.Add(new ChatTurn("assistant", ModelResponseText.RemoveReasoning(first.Content!)));
            turns.Add(new ChatTurn("user", OverviewPrompt.Repair(check.Failures)));
            var (second, _) = await CallAsync(turns, tokens + TokensOfAnswer, cancellationToken);

            // A failed repair does not justify paying for the first call again: an overview is not worth a third call.
            if (second is not null)
            {
                usage += second.Usage;
                if (Check(second.Content!, papers) is var repaired && repaired.IsBetterThan(check))
                    check = repaired;
            }
        }

        if (check.Accepted is not var (paragraph, themes))
            return (null, new AttemptOutcome.Final(FallbackReason.Unverified, "What the model wrote did not pass the checks."));

        return (new DailyOverview
        {
            Paragraph = paragraph,
            Themes = themes,
            Provenance = new OverviewProvenance
            {
                Method = SummaryMethod.Model,
                Model = first.Model,
                Deployment = options.Value.Deployment,
                PromptVersion = OverviewPrompt.Version,
                Language = options.Value.Language,
                Papers = papers.Count,
                InputTokens = usage.Input,
                CachedInputTokens = usage.Cached,
                OutputTokens = usage.Output,
                ReasoningTokens = usage.Reasoning,
                TokensEstimated = usage.IsEstimated,
                CostUsd = usage.Cost(options.Value),
                CreatedAt = time.GetUtcNow(),
                Findings = check.Findings,
            },
        }, null);
    }

    private CheckedOverview Check(string content, IReadOnlyList<PaperRow> papers)
    {
        using var step = Telemetry.Traces.StartActivity("checks");
        return OverviewCheck.Run(OverviewDraft.Parse(content), papers, options.Value.Language);
    }

    private Task<(ModelResponse? Answer, AttemptOutcome? Outcome)> CallAsync(List<ChatTurn> turns, int tokens, CancellationToken cancellationToken) =>
        calls.CallAsync(turns, ResponseFormat.Strict("overview", OverviewPrompt.Schema), tokens + TokensOfAnswer, cancellationToken);
}
