using System.Text.RegularExpressions;

namespace Denoised.Summaries.Checks;

/// <summary>
/// Universal and superlative claims of a draft are the paper's own: one sentence of it says as much with the same words, and without hedging where the draft
/// does not hedge.
/// </summary>
internal static class OverclaimCheck
{
    // So many of the words around the claim, where it has as many.
    private const int SharedWords = 2;

    // "Always" goes with any verb: it is to be said of much the same.
    private const double ShareOfAdverb = 0.4;

    private const int WordsBefore = 5;
    private const int WordsAfter = 6;

    /// <summary>The claims of a draft's sentence that the paper does not make, with what is wrong, to stand behind "the paper".</summary>
    public static IEnumerable<(string Claim, bool IsHedged)> Find(string plain, SourceIndex source)
    {
        var words = new Lazy<WordPlaces>(() => new WordPlaces(plain, source));
        foreach (var (said, backed, share) in claims)
        {
            foreach (Match match in said.Matches(plain))
            {
                if (match.Groups["other"].Success || Counted.IsMatch(match.Groups["between"].ValueSpan))
                    continue;
                var before = plain[Math.Max(0, match.Index - 40)..match.Index];
                if (Negated.IsMatch(before) || Softened.IsMatch(before))
                    continue;
                var (isSaid, isHedged) = Look(match, words.Value, backed, share, source);
                if (!isSaid)
                    yield return (match.Value, false);
                else if (isHedged && !Hedge.IsMatch(plain))
                    yield return (match.Value, true);
            }
        }
    }

    private static (bool IsSaid, bool IsHedged) Look(Match match, WordPlaces places, LinearRegex backed, double share, SourceIndex source)
    {
        var words = places.Before(match.Index, WordsBefore).Concat(places.From(match.Index + match.Length, WordsAfter));

        // "All known systems": what is claimed of them stands around, but they are what it is about.
        var near = words.Concat(source.StemsOf(match.Groups["noun"].Value)).ToHashSet();
        var fewest = Math.Max(SharedWords, (int)(near.Count * share));
        var isSaid = false;
        foreach (var sentence in source.Sentences)
        {
            if (Shared(sentence, near, source) < fewest || !backed.IsMatch(sentence.Plain))
                continue;
            isSaid = true;
            if (!Hedge.IsMatch(sentence.Plain))
                return (true, false);
        }

        return (isSaid, isSaid);
    }

    // A sentence speaks for itself, a table's row for its head and caption too.
    private static int Shared(SourceSentence sentence, HashSet<int> near, SourceIndex source) =>
        sentence.IsRow ? source.Shared(sentence, near, isRareTwice: false) : near.Count(stem => Array.BinarySearch(sentence.Stems, stem) >= 0);

    private static readonly LinearRegex Hedge = new(@"\b(may|might|could|suggest\w*|appear\w*|seem\w*|likely|possibl[ey]|potentially|perhaps|hypothesi\w+|conjectur\w+|believe|expect\w*|hope|tend to|tends to|in our (setting|experiments|setup|case)|preliminary|would)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Negated = new(@"\b(not|no|never|without|nor|cannot|hardly|rather than|lacks?|\w+n't)\W+(\w+\W+){0,2}$", RegexOptions.IgnoreCase);

    // "Almost never" and "should never" claim less.
    private static readonly LinearRegex Softened = new(@"\b(almost|nearly|virtually|practically|mostly|should|ought to)\W+$", RegexOptions.IgnoreCase);
    // "All three models", "every one of the models": a count, not a claim.
    private static readonly LinearRegex Counted = new(@"^(three|four|five|six|seven|eight|nine|ten|\d+)\b|(^|\s)of\b", RegexOptions.IgnoreCase);

    private static readonly LinearRegex AllBacked = new(@"\b(all|every|each|any|across|both|consistently|uniformly|everywhere|always|universal\w*|whole|entire|arbitrary|the (two|three|four|five|six|seven|eight|nine|ten|\d+))\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex First = new(@"\bthe (very )?first\b(?<other> ([\w-]+ )?(stage|step|layer|author|term|order|half|token|phase|part|two|three|four|\d+|few|one|set|line|component|group|type|kind|round|pass|epoch|iteration|experiment|case|column|row|year|month|week|day|time step|sub-?layer|moment|position|sentence|word|frame|turn|task|block|module|network|branch|of (these|the two|which)|quarter|and|uses?|is|being|learns?|trains?)\b)?", RegexOptions.IgnoreCase);
    private static readonly LinearRegex FirstBacked = new(@"\bfirst\b|\bpioneer\w*|\bno (prior|previous|existing|earlier|other)\b|\bnever been\b|\bnot been (previously|studied|explored)\b|\bnovel\b.*\bfirst\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Leading = new(@"\bstate[- ]of[- ]the[- ]art\b|\bsota\b|\bnew records?\b|\bworld[- ](leading|class)\b|\bcutting[- ]edge\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex LeadingBacked = new(@"\bstate[- ]?of[- ]?the[- ]?art\b|\bsota\b|\bbest\b|\brecords?\b|\bleading\b|\bcutting[- ]edge\b|\bsurpass\w*|\boutperform\w*", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Best = new(@"\bbest\b(?<other>[- ](of|practices?|fit|fitting|response|arm|effort|case|guess)\b)?|\bunmatched\b|\bunbeat\w+|\bunrivall?ed\b|\bsuperior to (all|every|any)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex BestBacked = new(@"\bbest\b|\bstate[- ]?of[- ]?the[- ]?art\b|\bsota\b|\bhighest\b|\blowest\b|\bstrongest\b|\bleading\b|\btop\b|\brecord\b|\boptimal\w*|\bmaxim\w+|\bminim\w+|\b(outperform|surpass|exceed|beat)\w* (all|every|both|each|any|the (best|other)|other|previous|prior|existing|previously)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Only = new(@"\bthe only\b|\buniquely\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex OnlyBacked = new(@"\bonly\b|\bunique\w*|\bno other\b|\bsole\w*|\bexclusiv\w+|\bsingle\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Most = new(@"\bthe (most|largest|smallest|fastest|strongest|highest|lowest|greatest|cheapest|simplest|least|finest)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex MostBacked = new(@"\b(most|least|best|worst|max\w*|min\w*|top|optimal|state[- ]of[- ]the[- ]art|[a-z]{3,}est|more|less|fewer|[a-z]{3,}er than)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Always = new(@"\balways\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex AlwaysBacked = new(@"\b(always|invariabl[ey]|universal\w*|without exception|regardless|consistently|everywhere|(in|for|under|across|of|on) (all|every|any))\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Invariably = new(@"\b(invariably|universally|unfailingly|without (any )?exceptions?|with no exceptions?|every (single )?time|at all times|everywhere|in every (respect|way))\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex InvariablyBacked = new(@"\b(always|invariabl[ey]|universal\w*|without (any )?exceptions?|no exceptions?|every (single )?time|at all times|everywhere|in every (respect|way))\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex InEveryCase = new(@"\b(in|under|for|across|on|at) (all|every|any|each) ([\w-]+ )?(cases?|situations?|circumstances?|conditions?|settings?|regimes?|instances?|configurations?)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex InEveryCaseBacked = new(@"\b(all|every|any|each|both|arbitrary)\b( [\w-]+){0,2} (cases?|situations?|circumstances?|conditions?|settings?|regimes?|instances?|configurations?)\b|\b(always|invariabl[ey]|universal\w*|regardless|without exception)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Never = new(@"\b(never|nobody|no one|under no circumstances)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex NeverBacked = new(@"\b(never|nobody|no one|none|not once|no longer|impossible|without|avoid\w*)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex NoOther = new(@"\b(no (other|competing|rival) [\w-]+|no (existing|known) [\w-]+ (comes?|can|could|match\w*|rivals?|reach\w*|does|is as)|none of the (other|existing|prior|previous)|(unlike|like no) (any|all|every)( other| existing| known)? (methods?|models?|approach(es)?|systems?|works?)|like no other|second to none|without (equal|rival|parallel))\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex NoOtherBacked = new(@"\b(no (other|competing|existing|prior|previous|known)|none of|unlike (any|all|every|other|prior|previous|existing)|than (any|all|every))\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex AllTasks = new(@"\b(all|every|any)\s+(?<between>([\w-]+\s+){0,2}?)(?<noun>(tasks?|benchmarks?|data ?sets?|metrics?|scenarios?|problems?|corpora))\b(?<other>\W+(that |which |it |they |we |the authors )*(is |are |was |were |being )?(compared?|tested|considered|studied|tried?|evaluated?|examined|used|listed|tests?|beside)\b)?", RegexOptions.IgnoreCase);
    private static readonly LinearRegex AllTasksBacked = new(@"\b(all|every|each|any|both|across|none of|(the|these|those) (two|three|four|five|six|seven|eight|nine|ten|\d+))\b(\W+[\w-]+){0,4}?\W+((tasks?|benchmarks?|data ?sets?|metrics?|scenarios?|problems?|settings?|cases|tests?|corpora|inputs?))\b|\b(consistently|uniformly|universally)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex AllRivals = new(@"\b(all|every|any)\s+(?<between>([\w-]+\s+){0,2}?)(?<noun>(baselines?|methods?|models?|competitors?|approach(es)?|systems?|architectures?|alternatives?|rivals?|algorithms?|techniques?|solutions?|competition))\b(?<other>\W+(that |which |it |they |we |the authors )*(is |are |was |were |being )?(compared?|tested|considered|studied|tried?|evaluated?|examined|used|listed|tests?|beside)\b)?", RegexOptions.IgnoreCase);
    private static readonly LinearRegex AllRivalsBacked = new(@"\b(all|every|each|any|both|across|none of|(the|these|those) (two|three|four|five|six|seven|eight|nine|ten|\d+))\b(\W+[\w-]+){0,4}?\W+((baselines?|methods?|models?|competitors?|approach(es)?|systems?|architectures?|alternatives?|rivals?|algorithms?|techniques?|solutions?|competition))\b|\b(consistently|uniformly|universally)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex AllFields = new(@"\b(all|every|any)\s+(?<between>([\w-]+\s+){0,2}?)(?<noun>(languages?|domains?|fields|areas|disciplines|applications?|modalit(y|ies)))\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex AllFieldsBacked = new(@"\b(all|every|each|any|both|across|none of|(the|these|those) (two|three|four|five|six|seven|eight|nine|ten|\d+))\b(\W+[\w-]+){0,4}?\W+((languages?|domains?|fields|areas|disciplines|applications?|modalit(y|ies)))\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex AllOther = new(@"\b(all|every|any)\s+(?<between>([\w-]+\s+)?)(existing|other|prior|previous|known|possible)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex FirstEver = new(@"\bfirst[- ]ever\b|\bfor the first time\b|\bpioneer\w*|\bnever before\b|\b(nobody|no one|no (other |prior |previous |earlier )?(work|method|team|group|stud(y|ies)|paper))\b[^.!?]{0,40}\b(before|previously|until now|so far)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex FirstEverBacked = new(@"\bfirst[- ]ever\b|\bfor the first time\b|\bpioneer\w*|\bnever (before|been)\b|\b(the|our|is|are) (very )?first\b|\bfirst to\b|\bno (prior|previous|existing|earlier|other) (work|method|stud|paper|approach)\w*|\bnot been (previously|studied|explored)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex BestEver = new(@"\b(best|largest|fastest|strongest|highest|lowest|greatest|smallest|most \w+|deepest|cheapest)\b[^.!?]{0,30}\b(ever|of all time|in history)\b|\bever (published|made|built|seen|reported|devised|proposed|trained|found|measured|achieved|known|recorded|created|designed)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex BestEverBacked = new(@"\bever\b|\bto date\b|\brecords?\b|\bso far\b|\bpreviously (published|reported)\b|\bto (our|the best of our) knowledge\b|\bof all time\b|\bin history\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Replacing = new(@"\b(will|is going to|is (set|bound|destined) to|shall) (\w+ly |soon )?(replace|supersede|displace|transform|change|dominate|revolutioni[sz]e|conquer)\b|\b(renders?|makes?|making|rendering) ([\w-]+ ){0,5}(obsolete|superfluous|redundant)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex ReplacingBacked = new(@"\b(replac\w+|supersed\w+|obsolete|supplant\w*|displac\w+|superfluous|redundant\w*|transform\w*|chang\w+|dominat\w+)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Hype = new(@"\b(unprecedented|unparall?eled|groundbreaking|ground-breaking|revolution\w+|game[- ]chang\w+|breakthroughs?|flawless\w*|perfect|perfectly|miraculous\w*|astonishing\w*|extraordinar\w+|spectacular\w*|phenomenal\w*|infallibl\w+|ultimate)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Proof = new(@"\b(guarantees?|guaranteed|guaranteeing|proves|proven|proved|provably|foolproof)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex ProofBacked = new(@"\b(guarante\w+|prov(e|es|en|ed|ing|able|ably)|proofs?|theorems?|lemmas?|corollar\w+|certif\w+|ensur\w+|bound\w*)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Certain = new(@"\b(definitively|conclusively|undoubtedly|unquestionably|undeniabl[ey]|indisputabl[ey]|beyond (any )?doubt|certainly|without (a )?doubt|incontrovertibl[ey])\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Solved = new(@"\b((fully |completely |finally )?solves|(fully|completely|finally) (solved|solving)|eliminates|eradicates)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex SolvedBacked = new(@"\b(solv\w+|solution\w*|eliminat\w+|eradicat\w+|remov\w+|avoid\w*|without|free|zero|get rid|obviat\w+|overcom\w+|address\w*|bypass\w*|no longer|dispens\w+)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Whole = new(@"\b(completely|entirely|totally|absolutely)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex WholeBacked = new(@"\b(complete\w*|entire\w*|total\w*|fully|absolute\w*|purely|solely|whol\w+|exclusively|end-to-end)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Significant = new(@"\b(significantly|dramatically|drastically|vastly|massively|enormously|immensely|by far|overwhelmingly)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex SignificantBacked = new(@"\b(significan\w+|substantial\w*|considerabl\w+|marked\w*|notabl\w+|dramatic\w*|drastic\w*|vast\w*|massive\w*|enormous\w*|immens\w*|large\w*|huge\w*|great\w*|much|far|strong\w*|clear\w*|well|sharp\w*|severe\w*|heav\w+|orders?)\b|\bp\s*[<=]", RegexOptions.IgnoreCase);

    /// <summary>What a draft may say strongly, and how a paper says as much.</summary>
    private static readonly (LinearRegex Said, LinearRegex Backed, double Share)[] claims =
    [
        (Always, AlwaysBacked, ShareOfAdverb), (Invariably, InvariablyBacked, ShareOfAdverb),
        (InEveryCase, InEveryCaseBacked, 0), (Never, NeverBacked, 0), (NoOther, NoOtherBacked, 0),
        (AllTasks, AllTasksBacked, 0), (AllRivals, AllRivalsBacked, 0), (AllFields, AllFieldsBacked, 0), (AllOther, AllBacked, 0),
        (First, FirstBacked, 0), (FirstEver, FirstEverBacked, 0), (Leading, LeadingBacked, 0), (Best, BestBacked, 0), (BestEver, BestEverBacked, 0), (Only, OnlyBacked, 0),
        (Most, MostBacked, 0), (Hype, Hype, 0), (Proof, ProofBacked, 0), (Certain, Certain, 0), (Solved, SolvedBacked, 0), (Whole, WholeBacked, 0),
        (Significant, SignificantBacked, 0), (Replacing, ReplacingBacked, 0),
    ];
}
