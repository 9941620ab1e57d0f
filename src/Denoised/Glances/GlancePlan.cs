using Denoised.Summaries;
using Microsoft.Extensions.Options;

namespace Denoised.Glances;

/// <summary>What is to be done next about a day's glance.</summary>
public enum GlanceStep
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Rules choose it; free.</summary>
    Rules,

    /// <summary>The model writes it; until then rules choose it.</summary>
    Model,
}

/// <summary>
/// Decides when a day's glance is due. The model is paid once for a day. A late addition, a replacement or a summary that came later makes what it
/// wrote stale only where more than a tenth of the papers changed: then it is asked once more, and never a third time. What rules choose is free and
/// follows each change.
/// </summary>
public sealed class GlancePlan(IOptions<SummarizerOptions> summarizer)
{
    /// <summary>A day of fewer papers is overlooked faster than it is explained.</summary>
    public const int FewestPapers = 10;

    private const double MaterialChange = 0.10;
    private const int MostRounds = 2;

    /// <summary>The next step; pure, so that whoever looks at the same rows decides the same.</summary>
    /// <param name="basis">The day's papers.</param>
    /// <param name="row">Its glance's row, or null before there is one.</param>
    public GlanceStep Next(GlanceBasis basis, GlanceRow? row)
    {
        ArgumentNullException.ThrowIfNull(basis);
        if (!basis.IsComplete || basis.IsSample || basis.Papers.Count < FewestPapers)
            return GlanceStep.None;
        if (IsForModel(basis, row))
            return GlanceStep.Model;
        return AreRulesDue(basis, row) ? GlanceStep.Rules : GlanceStep.None;
    }

    /// <summary>Whether what rules chose is missing or of other papers, and nothing of the model's stands in its place.</summary>
    public static bool AreRulesDue(GlanceBasis basis, GlanceRow? row)
    {
        ArgumentNullException.ThrowIfNull(basis);
        return row?.Written?.Provenance.Method != SummaryMethod.Model && !basis.IsSameAs(row?.Basis);
    }

    /// <summary>The model writes about its own work: a day that was filled in later, or is over the budget, has mostly summaries of the other kind.</summary>
    private bool IsForModel(GlanceBasis basis, GlanceRow? row)
    {
        if (!summarizer.Value.IsConfigured || basis.ByModel * 2 < basis.Papers.Count)
            return false;
        return row?.Asked is not { } asked || (row.Rounds < MostRounds && basis.ChangedSince(asked) > MaterialChange);
    }
}
