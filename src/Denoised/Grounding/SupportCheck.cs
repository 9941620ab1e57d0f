using Denoised.Grounding.Names;
using Denoised.Grounding.Numbers;
using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>
/// Checks that the paper supports a sentence. A sentence of prose combines several places: its numbers and names can occur anywhere in the paper.
/// <see cref="GroundingCheck"/> checks those of a key point. For both, the cited sentences are weak support when they contain too few of the words
/// (<see cref="MinShare"/>).
/// </summary>
internal static class SupportCheck
{
    /// <summary>
    /// The minimum share of the content words that the cited sentences and their context must contain. Below it, the support is weak.
    /// </summary>
    public const double MinShare = 0.4;

    /// <summary>Checks a key point. Title and heading count as context.</summary>
    /// <param name="plain">The claim, in plain text.</param>
    /// <param name="evidence">The cited sentences.</param>
    public static Support OfClaim(string plain, EvidencePassage evidence) =>
        new([], [], IsWeak(plain, evidence.Names), new NumberedSentence(plain, evidence.Paper.Source).Numbers.Count);

    /// <summary>Checks a sentence of prose.</summary>
    /// <inheritdoc cref="OfClaim"/>
    public static Support OfProse(string plain, EvidencePassage evidence)
    {
        var source = evidence.Paper.Source;
        var sentence = new NumberedSentence(plain, source);
        var missing = sentence.Numbers.Where(number => !NumberCheck.IsSupported(number, sentence)).Select(sentence.GetText).ToList();
        return new Support(missing, [.. NameCheck.Missing(plain, source.Names, source.Names)], IsWeak(plain, evidence.Names), sentence.Numbers.Count);
    }

    private static bool IsWeak(string plain, NameLookup names)
    {
        var words = ContentWords.Of(plain).Distinct(StringComparer.Ordinal).ToList();
        return words.Count > 0 && words.Count(names.HasExactStem) < MinShare * words.Count;
    }
}

/// <summary>The paper's support for a sentence of a draft.</summary>
/// <param name="Numbers">The unsupported numbers.</param>
/// <param name="Names">The unsupported names.</param>
/// <param name="IsWeak">Whether most of its words occur neither in the cited sentences nor in their context.</param>
/// <param name="NumberCount">The total number of its numbers.</param>
internal sealed record Support(IReadOnlyList<string> Numbers, IReadOnlyList<string> Names, bool IsWeak, int NumberCount);
