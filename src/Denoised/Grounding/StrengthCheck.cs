using Denoised.Phrases;
using Denoised.Summaries.Checks;

namespace Denoised.Grounding;

/// <summary>
/// A sentence claims no more than its evidence: superlatives, novelty, universals and certainty stand there too, and what is hedged there stays hedged.
/// An ordinal claims no novelty, and "the largest one" of those named describes.
/// </summary>
internal static class StrengthCheck
{
    private const int HedgedWords = 12;

    /// <summary>The claims that go further than the evidence.</summary>
    public static IEnumerable<GroundingFinding> Find(Claim claim, EvidencePassage evidence)
    {
        var read = backed.ListsIn(evidence.Tokens);
        var found = said.Find(claim.Tokens);
        var exempt = found.Where(match => match.List == claims.Length).SelectMany(match => Enumerable.Range(match.Start, match.End - match.Start)).ToHashSet();
        foreach (var match in found.Where(match => match.List < claims.Length).DistinctBy(match => match.List))
        {
            if ((read >> match.List & 1) == 0 && !exempt.Contains(match.End - 1))
                yield return new(GroundingKind.Strength, $"its evidence does not claim \"{Words(claim, match)}\"");
        }

        if (MissingHedge(claim, evidence) is { } hedge)
            yield return new(GroundingKind.Strength, $"its evidence hedges this: \"{hedge}\"");
    }

    private static string? MissingHedge(Claim claim, EvidencePassage evidence)
    {
        if (HedgesIn(claim.Tokens).Count > 0)
            return null;
        var tokens = evidence.Tokens;
        foreach (var match in HedgesIn(tokens).Where(match => match.List == 0))
        {
            // What is hedged: the words behind, to the end of the clause.
            List<string> scope = [];
            for (var index = match.End; index < tokens.Tokens.Count && scope.Count < HedgedWords && tokens.Tokens[index].Class is TokenClass.Word or TokenClass.Number && tokens[index] is not ("," or ";"); index++)
            {
                if (ContentWords.Stem(tokens[index]) is { } stem)
                    scope.Add(stem);
            }

            var shared = scope.Count(stem => claim.Stems.Contains(stem));
            if (shared >= 3 || (shared >= 2 && shared * 2 >= scope.Count))
                return tokens[match.Start].ToString();
        }

        return null;
    }

    private static List<PhraseMatch> HedgesIn(TokenizedText tokens)
    {
        var found = hedges.Find(tokens);
        return found.FindAll(match => match.List < 2 && !found.Exists(other => other.List == 2 && other.Start == match.Start));
    }

    private static string Words(Claim claim, PhraseMatch match) => claim.Plain[claim.Tokens.Tokens[match.Start].At..claim.Tokens.EndBefore(match.End)];

    private const string Superlative = "(best|worst|most|largest|smallest|fastest|strongest|highest|lowest|greatest|cheapest|simplest|finest|biggest|deepest|easiest|richest|safest|longest|shortest|optimal)";
    private const string Works = "(work|method|methods|approach|solution|study|survey|benchmark|dataset|system|framework|model|algorithm|technique|analysis|paper|attempt|bound|theory|architecture|search|proof|gan|tool|review|result)";
    private const string Rivals = "(method|methods|baseline|baselines|model|models|system|systems|approach|approaches|competitor|competitors|technique|techniques|algorithm|algorithms|alternative|alternatives|rival|rivals)";
    // "All 27 state-of-the-art methods": no comma stands between.
    private const string Between = "(\\w|-)? (\\w|-)? (\\w|-)? (\\w|-)? (\\w|-)? (\\w|-)? (\\w|-)? (\\w|-)? (\\w|-)?";
    private const string Cases = "(case|cases|task|tasks|setting|settings|domain|domains|language|languages|benchmark|benchmarks|dataset|datasets|condition|conditions|circumstance|circumstances|situation|situations|field|fields|scenario|scenarios|network|application|applications|respect|metric|metrics)";
    private const string All = "(all|every|each|any|both|across|consistently|uniformly|universal*|always|arbitrary|invariabl*|regardless|entire*|whole|whenever|everywhere)";

    /// <summary>What a sentence may claim, and what its evidence says where it claims as much.</summary>
    private static readonly (string[] Said, string[] Backed)[] claims =
    [
        ([$"(the|a|its|their|our) (very)? first (\\w)? (- \\w)? (\\w)? {Works}", "(is|are|was|be|becomes?) (the)? first (to|that|ever|which|in|solution)", "first - ever", "first ever", "for the first time", "pioneer*", "never (been)? (~2) before",
                "(is|are|was) the first"],
            ["(the|our|is|are|be|ranks?) (very)? first", "first (ever|to|time)", "first - ever", "pioneer*", "no (prior|previous|existing|earlier|other)", "(not|never) been"]),
        ([$"(the|its|their) (very)? {Superlative}", $"{Superlative} (~5) (ever|to date|in existence|of all|in history|possible)", "(ranks?|comes?|is|places?) (first|top)", "top (of|among)"],
            ["(best|worst|most|least|highest|lowest|strongest|leading|top|record|optim*|maxim*|minim*|*iest|largest|smallest|fastest|greatest|cheapest|simplest)", "state - of - the - art", "sota", "(ranks?|ranked|is|comes?) first", "(is|are) (~2) best",
                "(outperform*|surpass*|exceed*|beat*) (all|every|both|each|any|other|previous|prior|existing)"]),
        (["(unmatched|unrivalled|unrivaled|unbeaten|unbeatable|unparallel*)", "superior to (all|every|any)", "second to none", "\\w ever (\\w)?", "of all time", "in (existence|history)"],
            ["(unmatched|unrivalled|unrivaled|unbeat*|unparallel*|ever|record)", "(outperform*|surpass*|exceed*|beat*|superior to) (all|every|any)"]),
        (["state - of - the - art", "state of the art", "sota", "new records?", "world - (class|leading)", "cutting - edge"],
            ["state - of - the - art", "state of the art", "sota", "best", "record*", "leading", "cutting - edge", "strongest"]),
        (["always", "invariably", "unfailingly", "without (any)? exception", "without (any)? exceptions", "every time", "at all times", $"(in|under|for|across|on|at) (all|every|any|each) (~2) {Cases}"],
            ["always", "invariabl*", "universal*", "without exception", "regardless", "consistently", "every", "all", "any", "whenever", "arbitrary"]),
        (["whenever"], ["whenever", "when", "if", "always", "every", "any"]),
        (["never", "under no circumstances", "(nobody|no one)"], ["(never|nobody|none|no|not|impossible|avoid*|prevent*|without|always|lacks?)"]),
        ([$"(all|every|any) {Between} {Rivals}", "no (other|competing|rival|existing|known) (~3) (can|could|come|comes|match*|reach*|rival*|does)", "none of the (other|existing|previous)", "(all|every|any) (existing|other|previous|prior|known|deeper)"],
            [All, "none", "no (other|existing|prior)", "(the|these|those) (two|three|four|five|six|seven|eight|nine|ten|\\d)"]),
        (["the only", "uniquely", "the sole"], ["(only|unique*|sole*|exclusiv*)", "no other"]),
        (["(unprecedented|groundbreaking|revolution*|breakthrough*|flawless*|perfect|perfectly|astonishing*|extraordinar*|spectacular*|phenomenal*|infallibl*|miraculous*|ultimate)", "game - changing"],
            ["(unprecedented|groundbreaking|revolution*|breakthrough*|flawless*|perfect*|astonishing*|extraordinar*|spectacular*|phenomenal*|infallibl*|exact*)"]),
        (["(guarantees?|guaranteed|guaranteeing|proven|provably|foolproof)", "(proves|proved) that"], ["(guarant*|prov*|proof*|theorem*|lemma*|corollar*|certif*|ensur*|bound|bounds|bounded|theoretic*)"]),
        (["(definitively|conclusively|undoubtedly|unquestionably|undeniabl*|indisputabl*|certainly)", "beyond (any)? doubt", "without (a|any)? doubt"], ["(definitiv*|conclusiv*|undoubt*|unquestion*|undeniabl*|indisput*|certain*)"]),
        (["(solves|solved|eliminates|eliminated|eradicates|abolishes)", "(completely|entirely|totally|absolutely)"], ["(solv*|solution*|eliminat*|eradicat*|resolv*|remov*|complete*|entire*|total*|fully|absolut*|purely|exact*|bypass*)"]),
        (["(significantly|dramatically|drastically|vastly|massively|enormously|immensely|overwhelmingly|dramatic|drastic|massive)", "by far", "far (better|worse|more|ahead|superior)"],
            ["(significan*|substantial*|considerabl*|marked*|notabl*|dramatic*|drastic*|vast*|massive*|enormous*|immens*|large*|huge*|great*|much|far|strong*|clear*|sharp*|severe*|heav*|order*|orders)"]),
        (["(will|shall) (soon)? (replace|supersede|displace|transform|change|dominate|revolutioni*|conquer)", "(obsolete|superfluous|redundant)"], ["(replac*|supersed*|obsolete|supplant*|displac*|superfluous|redundan*|transform*|dominat*)"]),
    ];

    private static readonly string[] exemptions =
    [
        $"(the)? {Superlative} (one|ones|of (them|these|those|the|which|all (the)? (four|three|two)))", "(at|the)? (most|least) (of|part|parts|likely|common)", "(at) (the)? (most|least)", "(the|a|its) first (stage|step|layer|term|order|half|part|phase"
            + "|two|three|four|few|one|set|line|component|group|token|pass|epoch|experiment|case|column|row|year|day|author|time step|module|network|branch|of|and|order|frame|keyframe)",
        "best (practice|practices|fit|effort|response|arm)", "as the first", "(almost|nearly|virtually|rather|not|mostly|hardly) (always|never|all|every|completely|entirely|guaranteed)", "the latest", "no one (size|model|method)",
    ];

    private static readonly PhraseMatcher said = new([.. claims.Select(static claim => claim.Said), exemptions]);
    private static readonly PhraseMatcher backed = new([.. claims.Select(static claim => claim.Backed)]);

    // "Could not" and "may not" deny; they do not hedge. The first list hedges in the evidence, both in a sentence.
    private static readonly PhraseMatcher hedges = new(
        ["(may|might)", "could", "(suggests?|suggested|appears?|seems?|likely|possibly|perhaps|hypothesize|hypothesizes|hypothesized|hypothesised|conjecture|conjectures|conjectured|preliminary|promising|expected|estimated|tends?)"],
        ["(can|could|potentially|would|should|aims?|hopes?|potential|indicat*|hint*|possible|plausibl*|believ*|often|sometimes|usually|argues?|promise*|intend*|estimat*|expect*|roughly|candidate)", "future"],
        ["(could|may|might|can|would|should) (not|never)"]);
}
