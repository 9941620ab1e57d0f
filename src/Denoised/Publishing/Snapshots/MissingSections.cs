using Denoised.Domain;

namespace Denoised.Publishing.Snapshots;

/// <summary>Why a summary lacks sections.</summary>
/// <param name="Methodology">The reason; null if the summary has the section.</param>
/// <param name="Results">Likewise.</param>
/// <param name="Implications">Likewise.</param>
public sealed record MissingSections(string? Methodology, string? Results, string? Implications)
{
    /// <summary>The reasons; null for extractive summaries and if no section is missing.</summary>
    internal static MissingSections? Of(Summary summary)
    {
        var provenance = summary.Provenance;
        if (provenance.Method == SummaryMethod.Extractive)
            return null;
        var missing = new MissingSections(
            ReasonFor("methodology", summary.Methodology), ReasonFor("results", summary.Results), ReasonFor("implications", summary.Implications));
        return missing is (null, null, null) ? null : missing;

        string? ReasonFor(string section, string? text) => !string.IsNullOrEmpty(text) ? null
            : provenance.Findings.Any(finding => finding.StartsWith($"Dropped: {section}", StringComparison.Ordinal)) ? "Left out: it did not pass our checks."
            : $"Not stated in the {(provenance.Source == TextOrigin.Abstract ? "abstract" : "paper")}.";
    }
}
