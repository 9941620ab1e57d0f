using Denoised.Arxiv.Text;

namespace Denoised.Summaries.Checks;

/// <summary>A quote stands in the paper, word for word, is short enough to be shown and long enough to show something.</summary>
internal static class QuoteCheck
{
    private const int Fewest = 4;

    /// <summary>Finds a quote's place.</summary>
    public static (QuotePlace? Place, CheckFailure? Failure) Find(string field, string quote, SourceIndex source)
    {
        var shown = DraftTexts.Shorten(quote);
        var words = WordRange.Count(quote);
        if (words > Lengths.Quote.Max)
            return (null, new CheckFailure($"{field}: this quote has {words} words, more than {Lengths.Quote.Max}: \"{shown}\"", $"its quote is longer than {Lengths.Quote.Max} words"));
        if (source.Find(quote) is not { } place)
            return (null, new CheckFailure($"{field}: this quote does not stand in the paper letter by letter: \"{shown}\"", "its quote does not stand in the paper"));
        return words < Fewest
            ? (null, new CheckFailure($"{field}: this quote is too short to show anything: \"{shown}\"", "its quote is too short to show anything"))
            : (place, null);
    }

    /// <summary>What makes a passage unfit to be shown, although it stands in the paper.</summary>
    public static CheckFailure? Foreign(string field, string quote, PaperText paper) =>
        InjectionResidue.FindInQuote(quote, paper) is { } residue ? new CheckFailure($"{field}: this quote holds {residue}.", $"its quote held {residue}") : null;
}
