using Denoised.Domain;
using Denoised.Storage;

namespace Denoised.Overviews;

/// <summary>The overview of a day, with its processing state.</summary>
public sealed record OverviewRow : WorkRow
{
    /// <summary>The published overview: the rule-based one until the model's replaces it. Null when the rules found no themes.</summary>
    public DailyOverview? Written { get; init; }

    /// <summary>The basis of <see cref="Written"/> (<see cref="OverviewBasis.Papers"/>).</summary>
    public IReadOnlyList<string>? WrittenBasis { get; init; }

    /// <summary>The basis of the model's latest completed round, or null before the first.</summary>
    public IReadOnlyList<string>? ModelBasis { get; init; }

    /// <summary>The number of completed rounds of the model, successful or given up.</summary>
    public int Rounds { get; init; }

    /// <inheritdoc/>
    internal override string Key => OverviewTable.RowKey;
}
