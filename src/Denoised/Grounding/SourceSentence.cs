using System.Runtime.CompilerServices;
using Denoised.Grounding.Claims;
using Denoised.Grounding.Numbers;

namespace Denoised.Grounding;

/// <summary>A sentence of a paper, or one line of a table, list or program.</summary>
/// <param name="Plain">The plain text.</param>
/// <param name="Block">The number of the block; -1 for the title, -2 for the abstract.</param>
/// <param name="Section">The index of the section; -1 for title and abstract.</param>
/// <param name="IsRow">Whether it is a table row.</param>
internal sealed record SourceSentence(string Plain, int Block, int Section, bool IsRow)
{
    // Not the bit of a claim: marks the field as computed.
    private const ulong Read = 1UL << 63;

    private ulong backedClaims;

    /// <summary>The text as in the paper.</summary>
    public required string Text { get; init; }

    /// <summary>The index in <see cref="SourceIndex.Sentences"/>.</summary>
    public required int Index { get; init; }

    /// <summary>The numbers, in every reading.</summary>
    public required Quantity[] Quantities { get; init; }

    /// <summary>The stems of the content words, as numbers of <see cref="SourceIndex"/>; sorted and distinct.</summary>
    public required int[] Stems { get; init; }

    /// <summary>The strong claims that the sentence supports, as returned by <see cref="StrongClaims.FindSupportedClaims"/>; computed on first use.</summary>
    public ulong SupportedClaims => backedClaims != 0 ? backedClaims : backedClaims = StrongClaims.FindSupportedClaims(Plain) | Read;

    /// <summary>The sentences of the context: the neighbours in the block, or a table's header and caption.</summary>
    public int[] Context { get; set; } = [];

    /// <summary>Compares by reference: two sentences with the same words are different places.</summary>
    public bool Equals(SourceSentence? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>The dimensions that the sentence, or its table's header and caption, mention: one bit each. The highest bit marks a score.</summary>
    public int Dimensions { get; set; }
}
