using Denoised.Grounding;

namespace Denoised.Summaries.Checks;

/// <summary>
/// The numbers and names of a sentence of prose, which takes together what the paper says in several places, stand anywhere in the paper; those of a key point are checked by
/// <see cref="GroundingCheck"/>. Of both, a good part of the words stands in the named sentences, or they are weak support.
/// </summary>
internal static class SupportCheck
{
    /// <summary>Less than this share of the content words in the named sentences and around them is weak support.</summary>
    public const double LeastShare = 0.4;

    /// <summary>Checks a key point; title and heading say what it is about.</summary>
    /// <param name="plain">The claim, in plain text.</param>
    /// <param name="evidence">The named sentences.</param>
    public static Support OfClaim(string plain, EvidencePassage evidence) =>
        new([], [], IsWeak(plain, evidence.Names), new NumberedSentence(plain, evidence.Paper.Source).Numbers.Count);

    /// <summary>Checks a sentence of prose.</summary>
    /// <inheritdoc cref="OfClaim"/>
    public static Support OfProse(string plain, EvidencePassage evidence)
    {
        var source = evidence.Paper.Source;
        var sentence = new NumberedSentence(plain, source);
        var missing = sentence.Numbers.Where(number => !NumberCheck.IsBacked(number, sentence)).Select(sentence.Written).ToList();
        return new Support(missing, [.. NameCheck.Missing(plain, source.Names, source.Names)], IsWeak(plain, evidence.Names), sentence.Numbers.Count);
    }

    private static bool IsWeak(string plain, NameLookup names)
    {
        var words = ContentWords.Of(plain).Distinct(StringComparer.Ordinal).ToList();
        return words.Count > 0 && words.Count(names.HasExactStem) < LeastShare * words.Count;
    }
}

/// <summary>How the paper supports a sentence of a draft.</summary>
/// <param name="Numbers">Its numbers that do not stand where they should.</param>
/// <param name="Names">Its names that do not stand where they should.</param>
/// <param name="IsWeak">Whether most of its words stand neither in the named sentences nor around them.</param>
/// <param name="NumberCount">How many numbers it has.</param>
internal sealed record Support(IReadOnlyList<string> Numbers, IReadOnlyList<string> Names, bool IsWeak, int NumberCount);
