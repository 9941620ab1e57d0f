namespace Denoised.Summaries.Checks;

/// <summary>
/// A key point rests on its own quote: its numbers and names stand in the sentences that the quote stands in, or right beside them, and so does a good part of its words.
/// </summary>
internal static class SupportCheck
{
    /// <summary>Less than this share of the claim's content words in the sentences around its quote is weak support.</summary>
    public const double LeastShare = 0.4;

    /// <summary>Checks a claim against the place of its quote.</summary>
    /// <param name="plain">The claim, in plain text.</param>
    /// <param name="place">Where the quote stands.</param>
    /// <param name="source">The paper.</param>
    public static Support Find(string plain, QuotePlace place, SourceIndex source)
    {
        var own = Enumerable.Range(place.First, place.Last - place.First + 1).Select(index => source.Sentences[index]).ToList();
        var around = own.SelectMany(sentence => sentence.Around).Distinct().Select(index => source.Sentences[index]).Except(own).ToList();

        // A row's numbers are explained by its table's head; the sentence before or after a quoted one is another sentence.
        var claim = new NumberedSentence(plain, source);
        var near = new NumberPlaces([.. own, .. around]);
        var places = own.Exists(sentence => sentence.IsRow) ? near : new NumberPlaces(own);
        var missing = claim.Numbers.Where(number => !NumberCheck.StandsIn(number, claim, NumberCheck.IsCount(number) ? near : places)).Select(claim.Written).ToList();

        // What is spoken of is often named earlier in the paragraph; the title names what the paper is about, the heading what the section is.
        var names = new NameLookup([.. own.Concat(around).Concat(source.BlockOf(place.First)).Distinct().Select(sentence => sentence.Plain), .. source.Titles, place.Section ?? ""]);
        var unnamed = NameCheck.Missing(plain, names, source.Names).ToList();

        var words = ContentWords.Of(plain).Distinct(StringComparer.Ordinal).ToList();
        var found = words.Count(names.HasExactStem);
        return new Support(missing, unnamed, words.Count > 0 && found < LeastShare * words.Count, claim.Numbers.Count);
    }
}

/// <summary>How a quote supports its claim.</summary>
/// <param name="Numbers">The claim's numbers that do not stand there.</param>
/// <param name="Names">The claim's names that do not stand there.</param>
/// <param name="IsWeak">Whether most of its words do not.</param>
/// <param name="NumberCount">How many numbers the claim has.</param>
internal sealed record Support(IReadOnlyList<string> Numbers, IReadOnlyList<string> Names, bool IsWeak, int NumberCount);
