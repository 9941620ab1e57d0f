using Denoised.Embeddings;
using Denoised.Text;

namespace Denoised.Grounding.Claims;

/// <summary>
/// Checks that the evidence supports each rank in a sentence. A superlative, "first", "only" and "every" require a rank in the evidence, not only
/// praise; "outperforms" requires a comparison. <see cref="OverclaimCheck"/> checks the same against the whole paper.
/// </summary>
internal static class SuperlativeCheck
{
    private const string Suffix = "est";

    /// <summary>Finds the ranks in a sentence that its evidence does not state.</summary>
    public static IEnumerable<GroundingFinding> Find(Claim claim, EvidencePassage evidence)
    {
        var said = matcher.Find(claim.Tokens).Where(match => match.List < Backed && IsRank(match, claim.Tokens)).DistinctBy(match => match.List).ToList();
        if (said.Count == 0)
            yield break;
        var read = evidence.Ranks;
        foreach (var match in said.Where(match => (read & 1UL << (match.List + Backed)) == 0))
            yield return new(GroundingKind.Strength, $"its evidence does not say \"{claim.Tokens[match.End - 1]}\"");
    }

    /// <summary>The ranks that a text supports, one bit each.</summary>
    public static ulong RanksIn(TokenizedText text) => matcher.ListsIn(text);

    // "Interest" and "request" have the same ending: only an adjective has a comparative.
    private static bool IsRank(PhraseMatch match, TokenizedText text) =>
        text[match.End - 1] is var word
        && (!word.EndsWith(Suffix, StringComparison.Ordinal) || word is "best" || EmbeddingModel.Shared.ContainsWord($"{word[..^Suffix.Length]}er"));

    private const int Backed = 5;

    private const string Ranked = "(best|worst|most|*est|top|state - of - the - art|sota|optimal*|optimum|maxim*|minim*|record|leading|unmatched|unrivaled|unrivalled|outperform*|surpass*|exceed*|beat|beats|superior|than|only|first|unique*|especially|particularly|highly)";

    private static readonly PhraseMatcher matcher = new(
        ["(best|worst|*est|optimal|optimum|ideal)", "the most \\w"],
        ["(rank|ranks|ranked|ranking|come|comes|placed?|finish*) (\\w)? first", "the (very)? first ~2 (to|that|which|of|for)", "(is|are) the (very)? first"],
        ["the (only|sole)"],
        ["(every|always|never|invariably)"],
        ["(outperforms?|surpass|surpasses|beats?|exceeds?|outperforming|surpassing)"],
        [Ranked],
        ["(first|pioneer*|novel|new|never|top|best|highest|state - of - the - art)", "no (prior|previous|existing|earlier|other)"],
        ["(only|sole*|unique*|first|no other|exclusive*|single|alone)"],
        ["(every|each|all|any|always|never|no|not|none|whole|entire*|arbitrary|consistent*|universal*|regardless|invariant|both|across|without|general|generic|per|throughout|full*|complete*|cannot|zero)"],
        ["(outperform*|surpass*|beat*|exceed*|better|best|superior|above|over|higher|lower|*est|improv*|gain*|more|less|fewer|than|ahead|stronger|faster|advantage|gap|win*)"]);
}
