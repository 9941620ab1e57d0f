using Denoised.Domain;
using Denoised.Model;

namespace Denoised.Summaries.Checks;

/// <summary>The result of checking a draft.</summary>
/// <param name="Draft">The draft, or null when the response was no JSON of the schema.</param>
/// <param name="Failures">Corrections for the model, one sentence each. They quote the draft and are never published.</param>
/// <param name="Findings">Deviations that were tolerated or dropped, one sentence each, for readers.</param>
/// <param name="Accepted">The draft without its failed parts; null when the remainder is no summary.</param>
internal sealed record CheckedDraft(ModelDraft? Draft, IReadOnlyList<string> Failures, IReadOnlyList<string> Findings, Summary? Accepted)
{
    /// <summary>The failures in words for readers, which do not quote the draft.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>The counts of the accepted parts; null when nothing is accepted.</summary>
    public CheckTally? Tally { get; init; }

    /// <summary>The number of sentences removed from the accepted prose.</summary>
    public int SkippedSentences { get; init; }

    /// <summary>
    /// Whether this draft, a repair, is better than the first one: it publishes more parts, else removes fewer sentences, else has no more failures.
    /// </summary>
    public bool IsBetterThan(CheckedDraft previous)
    {
        ArgumentNullException.ThrowIfNull(previous);
        var order = Parts.CompareTo(previous.Parts);
        if (order == 0)
            order = previous.SkippedSentences.CompareTo(SkippedSentences);
        return order > 0 || (order == 0 && Failures.Count <= previous.Failures.Count);
    }

    /// <summary>The number of publishable claims and sections; -1 when there is no summary.</summary>
    private int Parts => Accepted is { } shown
        ? shown.Claims().Count() + new[] { shown.Overview, shown.Methodology, shown.Results, shown.Implications }.Count(part => part is not null)
        : -1;
}
