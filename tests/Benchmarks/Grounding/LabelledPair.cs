using Denoised.Grounding;

namespace Denoised.Benchmarks.Grounding;

/// <summary>A claim with its evidence, and whether the paper supports it.</summary>
/// <param name="Paper">The paper's identifier: all pairs of a paper are in the same half.</param>
/// <param name="IsHeldOut">Whether it is in the held-out half.</param>
/// <param name="Kind">"faithful", or what is wrong with it.</param>
/// <param name="Claim">The sentence.</param>
/// <param name="Evidence">The cited sentences.</param>
internal sealed record LabelledPair(string Paper, bool IsHeldOut, string Kind, string Claim, EvidencePassage Evidence)
{
    /// <summary>The kind of pairs that the paper supports.</summary>
    public const string Faithful = "faithful";

    /// <summary>Whether the paper supports the claim.</summary>
    public bool IsFaithful => Kind == Faithful;
}
