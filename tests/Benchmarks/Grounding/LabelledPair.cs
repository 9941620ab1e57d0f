using Denoised.Grounding;

namespace Denoised.Benchmarks.Grounding;

/// <summary>A claim with its evidence, and whether the paper supports it.</summary>
/// <param name="Paper">The paper's identifier: pairs of one paper stand in one half.</param>
/// <param name="IsHeldOut">Whether it is in the half that nothing is fitted on.</param>
/// <param name="Kind">"faithful", or what is wrong with it.</param>
/// <param name="Claim">The sentence.</param>
/// <param name="Evidence">What it names as its evidence.</param>
internal sealed record LabelledPair(string Paper, bool IsHeldOut, string Kind, string Claim, EvidencePassage Evidence)
{
    /// <summary>The kind of pairs that the paper supports.</summary>
    public const string Faithful = "faithful";

    /// <summary>Whether the paper supports the claim.</summary>
    public bool IsFaithful => Kind == Faithful;
}
