namespace Denoised.Grounding.Claims;

/// <summary>
/// Checks that the paper makes the universal and superlative claims of a draft: one of its sentences claims as much in the same words, without a
/// hedge that the draft omits.
/// </summary>
internal static class OverclaimCheck
{
    // The number of context words that must match, if the claim has that many.
    private const int SharedWords = 2;

    private const int WordsBefore = 5;
    private const int WordsAfter = 6;

    /// <summary>Returns the claims of a draft's sentence that the paper does not make, or makes only with a hedge.</summary>
    public static IEnumerable<(string Claim, bool IsHedged)> Find(string plain, SourceIndex source)
    {
        var words = new Lazy<StemPositions>(() => new StemPositions(plain, source));
        var hedges = new Lazy<bool>(() => (StrongClaims.FindSupportedClaims(plain) & StrongClaims.Hedged) != 0);
        foreach (var claim in StrongClaims.Find(plain))
        {
            var (isSaid, isHedged) = FindSupport(claim, words.Value, source);
            if (!isSaid)
                yield return (claim.Text, false);
            else if (isHedged && !hedges.Value)
                yield return (claim.Text, true);
        }
    }

    private static (bool IsSaid, bool IsHedged) FindSupport(StrongClaim claim, StemPositions places, SourceIndex source)
    {
        var words = places.Before(claim.At, WordsBefore).Concat(places.From(claim.At + claim.Text.Length, WordsAfter));

        // "All known systems": the words around hold the predicate. The subject is part of the match too.
        var near = words.Concat(source.StemsOf(claim.Subject)).ToHashSet();
        var minShared = Math.Max(SharedWords, (int)(near.Count * StrongClaims.ShareOf(claim)));
        var isSaid = false;
        foreach (var sentence in source.Sentences)
        {
            if (Shared(sentence, near, source) < minShared || (sentence.SupportedClaims & 1UL << claim.Kind) == 0)
                continue;
            isSaid = true;
            if ((sentence.SupportedClaims & StrongClaims.Hedged) == 0)
                return (true, false);
        }

        return (isSaid, isSaid);
    }

    // A sentence is matched alone, a table row with its header and caption.
    private static int Shared(SourceSentence sentence, HashSet<int> near, SourceIndex source) =>
        sentence.IsRow ? source.Shared(sentence, near, isRareTwice: false) : near.Count(stem => Array.BinarySearch(sentence.Stems, stem) >= 0);
}
