using Denoised.Text;

namespace Denoised.Grounding.Claims;

/// <summary>A strong claim in a sentence.</summary>
/// <param name="Kind">The index of its kind in <see cref="StrongClaims"/>.</param>
/// <param name="Text">The words of the claim.</param>
/// <param name="At">The index of its first character.</param>
/// <param name="Subject">The subject: "systems" in "all known systems"; empty when the words name none.</param>
internal readonly record struct StrongClaim(int Kind, string Text, int At, string Subject);

/// <summary>Patterns of universal and superlative claims, and of the paper's sentences that support them.</summary>
internal static class StrongClaims
{
    // A word with its hyphenated parts.
    private const string Word = @"\w (- (-)* \w)*";
    private const string Numbers = @"three|four|five|six|seven|eight|nine|ten|\d";

    private const string Tasks = "tasks?|benchmarks?|datasets?|data sets?|metrics?|scenarios?|problems?|corpora";
    private const string Rivals = "baselines?|methods?|models?|competitors?|approach|approaches|systems?|architectures?|alternatives?|rivals?"
        + "|algorithms?|techniques?|solutions?|competition";
    private const string Fields = "languages?|domains?|fields|areas|disciplines|applications?|modality|modalities";
    private const string Cases = "(cases?|situations?|circumstances?|conditions?|settings?|regimes?|instances?|configurations?)";

    // "All models that we compared" refers to the models of the paper.
    private const string Studied = " ~~0 (that|which|it|they|we|the authors)* (is|are|was|were|being)? (compare|compared|tested|considered"
        + "|studied|tried|evaluate|evaluated|examined|used|listed|tests?|beside)";

    private const string Every = $"(all|every|each|any|both|across|none of|(the|these|those) (two|{Numbers}))"
        + $" ~~0 ({Word} ~~0)? ({Word} ~~0)? ({Word} ~~0)? ({Word} ~~0)? ";

    // "Always" combines with any verb: more of its context has to match.
    private const double ShareOfAdverb = 0.4;

    private static readonly string[] evenly = ["(consistently|uniformly|universally)"];

    private static readonly string[] hype =
    [
        "(unprecedented|unparalleled|unparaleled|groundbreaking|ground - breaking|revolutiona*|revolutioni*|revolutions|game (-)? chang*"
            + "|breakthroughs?|flawless*|perfect|perfectly|miraculous*|astonishing*|extraordinar*|spectacular*|phenomenal*|infallibl*|ultimate)",
    ];

    private static readonly string[] certain =
    [
        "(definitively|conclusively|undoubtedly|unquestionably|undeniable|undeniably|indisputable|indisputably|beyond (any)? doubt|certainly"
            + "|without (a)? doubt|incontrovertible|incontrovertibly)",
    ];

    private static readonly Kind[] kinds =
    [
        new(
            ["always"],
            [
                "(always|invariable|invariably|universal*|without exception|regardless|consistently|everywhere)",
                "(in|for|under|across|of|on) (all|every|any)"])
        {
            Share = ShareOfAdverb,
        },
        new(
            ["(invariably|universally|unfailingly|without (any)? exceptions?|with no exceptions?|every (single)? time|at all times|everywhere|in every (respect|way))"],
            ["(always|invariable|invariably|universal*|without (any)? exceptions?|no exceptions?|every (single)? time|at all times|everywhere|in every (respect|way))"])
        {
            Share = ShareOfAdverb,
        },
        new(
            [$"(in|under|for|across|on|at) (all|every|any|each) ({Word})? {Cases}"],
            [$"(all|every|any|each|both|arbitrary) ({Word})? ({Word})? {Cases}", "(always|invariable|invariably|universal*|regardless|without exception)"]),
        new(
            ["(never|nobody|no one|under no circumstances)"],
            ["(never|nobody|no one|none|not once|no longer|impossible|without|avoid*)"]),
        new(
            [
                $"no (other|competing|rival) {Word}", $"no (existing|known) {Word} (comes?|can|could|match*|rivals?|reach*|does|is as)",
                "none of the (other|existing|prior|previous)", "like no other", "second to none", "without (equal|rival|parallel)",
                "(unlike|like no) (any|all|every) (other|existing|known)? (methods?|models?|approach|approaches|systems?|works?)",
            ],
            [
                "no (other|competing|existing|prior|previous|known)", "none of", "unlike (any|all|every|other|prior|previous|existing)",
                "than (any|all|every)",
            ]),
        OfAll(Tasks, [Every + $"({Tasks}|settings?|cases|tests?|inputs?)", .. evenly]) with { Except = [$"({Tasks}){Studied}"] },
        OfAll(Rivals, [Every + $"({Rivals})", .. evenly]) with { Except = [$"({Rivals}){Studied}"] },
        OfAll(Fields, [Every + $"({Fields})"]),
        new(
            [$"(all|every|any) ({Word})? (existing|other|prior|previous|known|possible)"],
            [
                "(all|every|each|any|across|both|consistently|uniformly|everywhere|always|universal*|whole|entire|arbitrary)",
                $"the (two|{Numbers})",
            ]),
        new(["the (very)? first"], ["(first|pioneer*|never been)", "no (prior|previous|existing|earlier|other)", "not been (previously|studied|explored)"])
        {
            Except =
            [
                $"the (very)? first ({Word})? (stage|step|layer|author|term|order|half|token|phase|part|two|three|four|\\d|few|one|set|line"
                    + "|component|group|type|kind|round|pass|epoch|iteration|experiment|case|column|row|year|month|week|day|time step|sublayer"
                    + "|sub - layer|moment|position|sentence|word|frame|turn|task|block|module|network|of (these|the two|which)|branch"
                    + "|quarter|and|uses?|is|being|learns?|trains?)",
            ],
        },
        new(
            [
                "first (-)? ever", "for the first time", "pioneer*", "never before",
                "(nobody|no one|no (other|prior|previous|earlier)? (work|method|team|group|study|studies|paper)) ~6 (before|previously|until now|so far)",
            ],
            [
                "first (-)? ever", "for the first time", "pioneer*", "never (before|been)", "(the|our|is|are) (very)? first", "first to",
                "no (prior|previous|existing|earlier|other) (work*|method*|stud*|paper*|approach*)",
                "not been (previously|studied|explored)",
            ]),
        new(
            ["(state (-)? of (-)? the (-)? art|sota|new records?|world (-)? (leading|class)|cutting (-)? edge)"],
            ["(state (-)? of (-)? (the (-)? art|theart)|stateoftheart|sota|best|records?|leading|cutting (-)? edge|surpass*|outperform*)"]),
        new(
            ["(best|unmatched|unbeat*|unrivalled|unrivaled|superior to (all|every|any))"],
            [
                "(best|state (-)? of (-)? (the (-)? art|theart)|stateoftheart|sota|highest|lowest|strongest|leading|top|record|optimal*|maxim*|minim*)",
                "(outperform*|surpass*|exceed*|beat*) (all|every|both|each|any|the (best|other)|other|previous|prior|existing|previously)",
            ])
        {
            Except = ["best (-)? (of|practices?|fit|fitting|response|arm|effort|case|guess)"],
        },
        new(
            [
                @"(best|largest|fastest|strongest|highest|lowest|greatest|smallest|most \w|deepest|cheapest) ~5 (ever|of all time|in history)",
                "ever (published|made|built|seen|reported|devised|proposed|trained|found|measured|achieved|known|recorded|created|designed)",
            ],
            [
                "(ever|to date|records?|so far|previously (published|reported)|to (our|the best of our) knowledge|of all time|in history)",
            ]),
        new(["(the only|uniquely)"], ["(only|unique*|no other|sole*|exclusiv*|single)"]),
        new(
            ["the (most|largest|smallest|fastest|strongest|highest|lowest|greatest|cheapest|simplest|least|finest)"],
            ["(most|least|best|worst|max*|min*|top|optimal|state (-)? of (-)? the (-)? art|*est|more|less|fewer|*er than)"]),
        new(hype, hype),
        new(
            ["(guarantees?|guaranteed|guaranteeing|proves|proven|proved|provably|foolproof)"],
            ["(guarante*|prove|proves|proven|proved|proving|provable|provably|proofs?|theorems?|lemmas?|corollar*|certif*|ensur*|bound*)"]),
        new(certain, certain),
        new(
            ["((fully|completely|finally)? solves|(fully|completely|finally) (solved|solving)|eliminates|eradicates)"],
            [
                "(solv*|solution*|eliminat*|eradicat*|remov*|avoid*|without|free|zero|get rid|obviat*|overcom*|address*|bypass*|no longer"
                    + "|dispens*)",
            ]),
        new(
            ["(completely|entirely|totally|absolutely)"],
            ["(complete*|entire*|total*|fully|absolute*|purely|solely|whol*|exclusively|end - to - end)"]),
        new(
            ["(significantly|dramatically|drastically|vastly|massively|enormously|immensely|by far|overwhelmingly)"],
            [
                "(significan*|substantial*|considerabl*|marked*|notabl*|dramatic*|drastic*|vast*|massive*|enormous*|immens*|large*|huge*"
                    + "|great*|much|far|strong*|clear*|well|sharp*|severe*|heav*|orders?|p (<|=))",
            ]),
        new(
            [
                "(will|is going to|is (set|bound|destined) to|shall) (*ly|only|soon)? (replace|supersede|displace|transform|change|dominate"
                    + "|revolutionise|revolutionize|conquer)",
                $"(renders?|makes?|making|rendering) ({Word})? ({Word})? ({Word})? ({Word})? ({Word})? (obsolete|superfluous|redundant)",
            ],
            ["(replac*|supersed*|obsolete|supplant*|displac*|superfluous|redundant*|transform*|chang*|dominat*)"]),
    ];

    private static readonly string[] hedges =
    [
        "(may|might|could|suggest*|appear*|seem*|likely|possible|possibly|potentially|perhaps|hypothesi*|conjectur*|believe|expect*|hope"
            + "|tend to|tends to|in (our|their|its) (setting|experiments|setup|case)|preliminary|would)",
    ];

    // A match that ends before a claim denies or weakens it: "almost never", "should never", "not in any case".
    private static readonly string[] denied =
    [
        @"(not|no|never|without|nor|cannot|hardly|rather than|lacks?|\w ' t) ~~2", "(almost|nearly|virtually|practically|mostly|should|ought to) ~~0",
    ];

    // "All three models", "every one of the models": a count, not a claim.
    private static readonly string[] counted = [$"(all|every|any) ({Numbers})", $"(all|every|any) ({Word})? of"];

    // The patterns of all kinds, their exceptions, and the common patterns.
    private static readonly PhraseMatcher said = new(
        [.. kinds.Select(static kind => kind.ClaimPhrases), .. kinds.Select(static kind => kind.Except), [$"({Tasks}|{Rivals}|{Fields})"], denied, counted]);

    private static readonly PhraseMatcher backing = new([.. kinds.Select(static kind => kind.SupportPhrases), hedges]);

    /// <summary>The bit in <see cref="FindSupportedClaims"/> of a sentence that hedges.</summary>
    public static ulong Hedged => 1UL << kinds.Length;

    /// <summary>The share of a claim's context words that the supporting sentence must contain.</summary>
    public static double ShareOf(StrongClaim claim) => kinds[claim.Kind].Share;

    /// <summary>The kinds of claims that a sentence of the paper supports, one bit each, and <see cref="Hedged"/>.</summary>
    public static ulong FindSupportedClaims(string plain) => backing.ListsIn(new TokenizedText(plain));

    /// <summary>The words of praise ("groundbreaking") in a text.</summary>
    public static IEnumerable<string> HypeIn(string plain) =>
        Find(plain).Where(static claim => kinds[claim.Kind].ClaimPhrases == hype).Select(static claim => claim.Text);

    /// <summary>The claims of a sentence that it does not deny, in the order of their kinds.</summary>
    public static IEnumerable<StrongClaim> Find(string plain)
    {
        var text = new TokenizedText(plain);
        var found = said.Find(text).ToLookup(static match => match.List);
        if (!Enumerable.Range(0, kinds.Length).Any(found.Contains))
            yield break;
        var subjects = found[kinds.Length * 2].ToDictionary(static match => match.End, static match => match.Start);
        var deniedAt = found[(kinds.Length * 2) + 1].Select(static match => match.End).ToHashSet();
        var counts = found[(kinds.Length * 2) + 2].ToLookup(static match => match.Start, static match => match.End);
        for (var kind = 0; kind < kinds.Length; kind++)
        {
            var except = found[kinds.Length + kind].Select(static match => match.Start).ToHashSet();
            foreach (var match in PhraseMatcher.WithoutOverlaps(found[kind], isShortest: kinds[kind].IsOfAll))
            {
                var last = kinds[kind].IsOfAll ? subjects[match.End] : match.End - 1;
                if (deniedAt.Contains(match.Start) || counts[match.Start].Any(end => end <= last) || except.Contains(kinds[kind].IsOfAll ? last : match.Start))
                    continue;
                var (at, end) = (text.Tokens[match.Start].At, text.EndBefore(match.End));
                yield return new(kind, plain[at..end], at, kinds[kind].IsOfAll ? plain[text.Tokens[last].At..end] : "");
            }
        }
    }

    private static Kind OfAll(string nouns, string[] backed) => new([$"(all|every|any) ({Word})? ({Word})? ({nouns})"], backed) { IsOfAll = true };

    /// <summary>A kind of claim: its patterns in a draft, and the patterns of a paper that support it.</summary>
    private sealed record Kind(string[] ClaimPhrases, string[] SupportPhrases)
    {
        /// <summary>Patterns with the same start that are no claims. For claims about all things of a kind, matched at the noun.</summary>
        public string[] Except { get; init; } = [];

        public double Share { get; init; }

        /// <summary>Whether the claim is about all things of a kind and ends with their noun.</summary>
        public bool IsOfAll { get; init; }
    }
}
