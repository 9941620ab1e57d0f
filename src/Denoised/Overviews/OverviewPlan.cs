using Denoised.Domain;
using Denoised.Model;
using Microsoft.Extensions.Options;

namespace Denoised.Overviews;

/// <summary>The next step for the overview of a day.</summary>
public enum OverviewStep
{
    /// <summary>No step.</summary>
    None,

    /// <summary>Generate it by rules; free of charge.</summary>
    Rules,

    /// <summary>Generate it with the model. Until then, the rule-based overview is shown.</summary>
    Model,
}

/// <summary>
/// Decides when the overview of a day is due. The model generates it once. A late addition, a replacement or a late summary makes it outdated only
/// when more than a tenth of the papers changed; the model then generates it a second and last time. The rule-based overview is free and follows each
/// change.
/// </summary>
public sealed class OverviewPlan(IOptions<SummarizerOptions> summarizer)
{
    /// <summary>A day with fewer papers needs no overview.</summary>
    public const int MinPapers = 10;

    private const double MaterialChange = 0.10;
    private const int MaxRounds = 2;

    /// <summary>Returns the next step. Pure: every instance derives the same step from the same rows.</summary>
    /// <param name="basis">The papers of the day.</param>
    /// <param name="row">The row of its overview, or null before the first one.</param>
    public OverviewStep Next(OverviewBasis basis, OverviewRow? row)
    {
        ArgumentNullException.ThrowIfNull(basis);
        if (!basis.IsComplete || basis.IsSample || basis.Papers.Count < MinPapers)
            return OverviewStep.None;
        if (IsForModel(basis, row))
            return OverviewStep.Model;
        return NeedsClusterOverview(basis, row) ? OverviewStep.Rules : OverviewStep.None;
    }

    /// <summary>Whether the rule-based overview is missing or outdated, and no model overview replaces it.</summary>
    public static bool NeedsClusterOverview(OverviewBasis basis, OverviewRow? row)
    {
        ArgumentNullException.ThrowIfNull(basis);
        return row?.Written?.Provenance.Method != SummaryMethod.Model && !basis.IsSameAs(row?.WrittenBasis);
    }

    /// <summary>
    /// The model writes an overview only from summaries of its own. Days that were backfilled or exceeded the budget have mostly extractive ones.
    /// </summary>
    private bool IsForModel(OverviewBasis basis, OverviewRow? row)
    {
        if (!summarizer.Value.IsConfigured || basis.ByModel * 2 < basis.Papers.Count)
            return false;
        return row?.ModelBasis is not { } modelBasis || (row.Rounds < MaxRounds && basis.ChangedSince(modelBasis) > MaterialChange);
    }
}
