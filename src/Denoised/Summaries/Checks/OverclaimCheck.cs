namespace Denoised.Summaries.Checks;

/// <summary>
/// Universal and superlative claims of a draft are the paper's own: one sentence of it says as much with the same words, and without hedging where the draft
/// does not hedge.
/// </summary>
internal static class OverclaimCheck
{
    // So many of the words around the claim, where it has as many.
    private const int SharedWords = 2;

    private const int WordsBefore = 5;
    private const int WordsAfter = 6;

    /// <summary>The claims of a draft's sentence that the paper does not make, with what is wrong, to stand behind "the paper".</summary>
    public static IEnumerable<(string Claim, bool IsHedged)> Find(string plain, SourceIndex source)
    {
        var words = new Lazy<WordPlaces>(() => new WordPlaces(plain, source));
        var hedges = new Lazy<bool>(() => (StrongClaims.BackedBy(plain) & StrongClaims.Hedged) != 0);
        foreach (var claim in StrongClaims.In(plain))
        {
            var (isSaid, isHedged) = Look(claim, words.Value, source);
            if (!isSaid)
                yield return (claim.Text, false);
            else if (isHedged && !hedges.Value)
                yield return (claim.Text, true);
        }
    }

    private static (bool IsSaid, bool IsHedged) Look(StrongClaim claim, WordPlaces places, SourceIndex source)
    {
        var words = places.Before(claim.At, WordsBefore).Concat(places.From(claim.At + claim.Text.Length, WordsAfter));

        // "All known systems": what is claimed of them stands around, but they are what it is about.
        var near = words.Concat(source.StemsOf(claim.Subject)).ToHashSet();
        var fewest = Math.Max(SharedWords, (int)(near.Count * StrongClaims.ShareOf(claim)));
        var isSaid = false;
        foreach (var sentence in source.Sentences)
        {
            if (Shared(sentence, near, source) < fewest || (sentence.BackedClaims & 1UL << claim.Kind) == 0)
                continue;
            isSaid = true;
            if ((sentence.BackedClaims & StrongClaims.Hedged) == 0)
                return (true, false);
        }

        return (isSaid, isSaid);
    }

    // A sentence speaks for itself, a table's row for its head and caption too.
    private static int Shared(SourceSentence sentence, HashSet<int> near, SourceIndex source) =>
        sentence.IsRow ? source.Shared(sentence, near, isRareTwice: false) : near.Count(stem => Array.BinarySearch(sentence.Stems, stem) >= 0);
}
