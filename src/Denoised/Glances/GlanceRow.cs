using Denoised.Storage;

namespace Denoised.Glances;

/// <summary>A day's glance and how far it has come.</summary>
public sealed record GlanceRow : WorkRow
{
    /// <summary>What is shown: chosen by rules from the start, the model's when it is there. Null where rules found no themes.</summary>
    public Glance? Written { get; init; }

    /// <summary>The papers that <see cref="Written"/> was made from (<see cref="GlanceBasis.Papers"/>).</summary>
    public IReadOnlyList<string>? Basis { get; init; }

    /// <summary>The papers that the model was last asked about to the end, or null before that.</summary>
    public IReadOnlyList<string>? Asked { get; init; }

    /// <summary>How often the model was asked to the end: with an answer, or given up.</summary>
    public int Rounds { get; init; }

    /// <inheritdoc/>
    internal override string Key => GlanceTable.RowKey;
}
