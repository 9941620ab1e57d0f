using System.Runtime.CompilerServices;

namespace Denoised.Summaries.Checks;

/// <summary>A sentence of a paper, or one line of a table, list or program.</summary>
/// <param name="Plain">Its plain text.</param>
/// <param name="Block">Which block it stands in; -1 is the title, -2 the abstract.</param>
/// <param name="Section">Which section; -1 for title and abstract.</param>
/// <param name="IsRow">Whether it is a line of a table.</param>
internal sealed record SourceSentence(string Plain, int Block, int Section, bool IsRow)
{
    // No claim's bit.
    private const ulong Read = 1UL << 63;

    private ulong backedClaims;

    /// <summary>Its text as the paper has it.</summary>
    public required string Text { get; init; }

    /// <summary>Its place in <see cref="SourceIndex.Sentences"/>.</summary>
    public required int Index { get; init; }

    /// <summary>Its numbers, every reading of them.</summary>
    public required Quantity[] Quantities { get; init; }

    /// <summary>The stems of its content words, as numbers of <see cref="SourceIndex"/>; sorted, each once.</summary>
    public required int[] Stems { get; init; }

    /// <summary>The strong claims that it backs, as <see cref="StrongClaims.BackedBy"/> gives them; read at the first use.</summary>
    public ulong BackedClaims => backedClaims != 0 ? backedClaims : backedClaims = StrongClaims.BackedBy(Plain) | Read;

    /// <summary>The sentences whose words count as being around: its neighbours in the block, a table's head and caption.</summary>
    public int[] Around { get; set; } = [];

    /// <summary>A sentence is a place: another one with the same words is another.</summary>
    public bool Equals(SourceSentence? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>The dimensions that it, or its table's head and caption, speak of: one bit each; the highest bit says that it speaks of a score.</summary>
    public int Dimensions { get; set; }
}
