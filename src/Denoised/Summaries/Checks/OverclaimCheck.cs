using System.Text.RegularExpressions;

namespace Denoised.Summaries.Checks;

/// <summary>
/// Universal and superlative claims of a draft are the paper's own: one sentence of it says as much with the same words, and without hedging where the draft
/// does not hedge.
/// </summary>
internal static partial class OverclaimCheck
{
    // So many of the words around the claim, where it has as many.
    private const int SharedWords = 2;

    // "Always" goes with any verb: it is to be said of much the same.
    private const double ShareOfAdverb = 0.4;

    private const int WordsBefore = 5;
    private const int WordsAfter = 6;

    /// <summary>What a draft may say strongly, and how a paper says as much.</summary>
    private static readonly (Regex Said, Regex Backed, double Share)[] claims =
    [
        (Always(), AlwaysBacked(), ShareOfAdverb), (Invariably(), InvariablyBacked(), ShareOfAdverb),
        (InEveryCase(), InEveryCaseBacked(), 0), (Never(), NeverBacked(), 0), (NoOther(), NoOtherBacked(), 0),
        (AllTasks(), AllTasksBacked(), 0), (AllRivals(), AllRivalsBacked(), 0), (AllFields(), AllFieldsBacked(), 0), (AllOther(), AllBacked(), 0),
        (First(), FirstBacked(), 0), (FirstEver(), FirstEverBacked(), 0), (Leading(), LeadingBacked(), 0), (Best(), BestBacked(), 0), (BestEver(), BestEverBacked(), 0), (Only(), OnlyBacked(), 0),
        (Most(), MostBacked(), 0), (Hype(), Hype(), 0), (Proof(), ProofBacked(), 0), (Certain(), Certain(), 0), (Solved(), SolvedBacked(), 0), (Whole(), WholeBacked(), 0),
        (Significant(), SignificantBacked(), 0), (Replacing(), ReplacingBacked(), 0),
    ];

    /// <summary>The claims of a draft's sentence that the paper does not make, with what is wrong, to stand behind "the paper".</summary>
    public static IEnumerable<(string Claim, bool IsHedged)> Find(string plain, SourceIndex source)
    {
        var words = new Lazy<WordPlaces>(() => new WordPlaces(plain, source));
        foreach (var (said, backed, share) in claims)
        {
            foreach (Match match in said.Matches(plain))
            {
                var before = plain[Math.Max(0, match.Index - 40)..match.Index];
                if (Negated().IsMatch(before) || Softened().IsMatch(before))
                    continue;
                var (isSaid, isHedged) = Look(match, words.Value, backed, share, source);
                if (!isSaid)
                    yield return (match.Value, false);
                else if (isHedged && !Hedge().IsMatch(plain))
                    yield return (match.Value, true);
            }
        }
    }

    private static (bool IsSaid, bool IsHedged) Look(Match match, WordPlaces places, Regex backed, double share, SourceIndex source)
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
            if (!Hedge().IsMatch(sentence.Plain))
                return (true, false);
        }

        return (isSaid, isSaid);
    }

    // A sentence speaks for itself, a table's row for its head and caption too.
    private static int Shared(SourceSentence sentence, HashSet<int> near, SourceIndex source) =>
        sentence.IsRow ? source.Shared(sentence, near, isRareTwice: false) : near.Count(stem => Array.BinarySearch(sentence.Stems, stem) >= 0);

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const int TimeOut = 30_000;

    [GeneratedRegex(@"\b(may|might|could|suggest\w*|appear\w*|seem\w*|likely|possibl[ey]|potentially|perhaps|hypothesi\w+|conjectur\w+|believe|expect\w*|hope|tend to|tends to|in our (setting|experiments|setup|case)|preliminary|would)\b", Options, TimeOut)]
    private static partial Regex Hedge();

    [GeneratedRegex(@"\b(not|no|never|without|nor|cannot|hardly|rather than|lacks?|\w+n't)\W+(\w+\W+){0,2}$", Options, TimeOut)]
    private static partial Regex Negated();

    // "Almost never" and "should never" claim less.
    [GeneratedRegex(@"\b(almost|nearly|virtually|practically|mostly|should|ought to)\W+$", Options, TimeOut)]
    private static partial Regex Softened();

    [GeneratedRegex(@"\b(all|every|each|any|across|both|consistently|uniformly|everywhere|always|universal\w*|whole|entire|arbitrary|the (two|three|four|five|six|seven|eight|nine|ten|\d+))\b", Options, TimeOut)]
    private static partial Regex AllBacked();

    [GeneratedRegex(@"\bthe (very )?first\b(?! ([\w-]+ )?(stage|step|layer|author|term|order|half|token|phase|part|two|three|four|\d+|few|one|set|line|component|group|type|kind|round|pass|epoch|iteration|experiment|case|column|row|year|month|week|day|time step|sub-?layer|moment|position|sentence|word|frame|turn|task|block|module|network|branch|of (these|the two|which)|quarter|and|uses?|is|being|learns?|trains?)\b)", Options, TimeOut)]
    private static partial Regex First();

    [GeneratedRegex(@"\bfirst\b|\bpioneer\w*|\bno (prior|previous|existing|earlier|other)\b|\bnever been\b|\bnot been (previously|studied|explored)\b|\bnovel\b.*\bfirst\b", Options, TimeOut)]
    private static partial Regex FirstBacked();

    [GeneratedRegex(@"\bstate[- ]of[- ]the[- ]art\b|\bsota\b|\bnew records?\b|\bworld[- ](leading|class)\b|\bcutting[- ]edge\b", Options, TimeOut)]
    private static partial Regex Leading();

    [GeneratedRegex(@"\bstate[- ]?of[- ]?the[- ]?art\b|\bsota\b|\bbest\b|\brecords?\b|\bleading\b|\bcutting[- ]edge\b|\bsurpass\w*|\boutperform\w*", Options, TimeOut)]
    private static partial Regex LeadingBacked();

    [GeneratedRegex(@"\bbest\b(?![- ](of|practices?|fit|fitting|response|arm|effort|case|guess)\b)|\bunmatched\b|\bunbeat\w+|\bunrivall?ed\b|\bsuperior to (all|every|any)\b", Options, TimeOut)]
    private static partial Regex Best();

    [GeneratedRegex(@"\bbest\b|\bstate[- ]?of[- ]?the[- ]?art\b|\bsota\b|\bhighest\b|\blowest\b|\bstrongest\b|\bleading\b|\btop\b|\brecord\b|\boptimal\w*|\bmaxim\w+|\bminim\w+|\b(outperform|surpass|exceed|beat)\w* (all|every|both|each|any|the (best|other)|other|previous|prior|existing|previously)\b", Options, TimeOut)]
    private static partial Regex BestBacked();

    [GeneratedRegex(@"\bthe only\b|\buniquely\b", Options, TimeOut)]
    private static partial Regex Only();

    [GeneratedRegex(@"\bonly\b|\bunique\w*|\bno other\b|\bsole\w*|\bexclusiv\w+|\bsingle\b", Options, TimeOut)]
    private static partial Regex OnlyBacked();

    [GeneratedRegex(@"\bthe (most|largest|smallest|fastest|strongest|highest|lowest|greatest|cheapest|simplest|least|finest)\b", Options, TimeOut)]
    private static partial Regex Most();

    [GeneratedRegex(@"\b(most|least|best|worst|max\w*|min\w*|top|optimal|state[- ]of[- ]the[- ]art|[a-z]{3,}est|more|less|fewer|[a-z]{3,}er than)\b", Options, TimeOut)]
    private static partial Regex MostBacked();

    [GeneratedRegex(@"\balways\b", Options, TimeOut)]
    private static partial Regex Always();

    [GeneratedRegex(@"\b(always|invariabl[ey]|universal\w*|without exception|regardless|consistently|everywhere|(in|for|under|across|of|on) (all|every|any))\b", Options, TimeOut)]
    private static partial Regex AlwaysBacked();

    [GeneratedRegex(@"\b(invariably|universally|unfailingly|without (any )?exceptions?|with no exceptions?|every (single )?time|at all times|everywhere|in every (respect|way))\b", Options, TimeOut)]
    private static partial Regex Invariably();

    [GeneratedRegex(@"\b(always|invariabl[ey]|universal\w*|without (any )?exceptions?|no exceptions?|every (single )?time|at all times|everywhere|in every (respect|way))\b", Options, TimeOut)]
    private static partial Regex InvariablyBacked();

    [GeneratedRegex(@"\b(in|under|for|across|on|at) (all|every|any|each) ([\w-]+ )?(cases?|situations?|circumstances?|conditions?|settings?|regimes?|instances?|configurations?)\b", Options, TimeOut)]
    private static partial Regex InEveryCase();

    [GeneratedRegex(@"\b(all|every|any|each|both|arbitrary)\b( [\w-]+){0,2} (cases?|situations?|circumstances?|conditions?|settings?|regimes?|instances?|configurations?)\b|\b(always|invariabl[ey]|universal\w*|regardless|without exception)\b", Options, TimeOut)]
    private static partial Regex InEveryCaseBacked();

    [GeneratedRegex(@"\b(never|nobody|no one|under no circumstances)\b", Options, TimeOut)]
    private static partial Regex Never();

    [GeneratedRegex(@"\b(never|nobody|no one|none|not once|no longer|impossible|without|avoid\w*)\b", Options, TimeOut)]
    private static partial Regex NeverBacked();

    [GeneratedRegex(@"\b(no (other|competing|rival) [\w-]+|no (existing|known) [\w-]+ (comes?|can|could|match\w*|rivals?|reach\w*|does|is as)|none of the (other|existing|prior|previous)|(unlike|like no) (any|all|every)( other| existing| known)? (methods?|models?|approach(es)?|systems?|works?)|like no other|second to none|without (equal|rival|parallel))\b", Options, TimeOut)]
    private static partial Regex NoOther();

    [GeneratedRegex(@"\b(no (other|competing|existing|prior|previous|known)|none of|unlike (any|all|every|other|prior|previous|existing)|than (any|all|every))\b", Options, TimeOut)]
    private static partial Regex NoOtherBacked();

    [GeneratedRegex(@"\b(all|every|any)\s+(?!(three|four|five|six|seven|eight|nine|ten|\d+)\b)((?!of\b)[\w-]+\s+){0,2}?(?<noun>(tasks?|benchmarks?|data ?sets?|metrics?|scenarios?|problems?|corpora))\b(?!\W+(that |which |it |they |we |the authors )*(is |are |was |were |being )?(compared?|tested|considered|studied|tried?|evaluated?|examined|used|listed|tests?|beside)\b)", Options, TimeOut)]
    private static partial Regex AllTasks();

    [GeneratedRegex(@"\b(all|every|each|any|both|across|none of|(the|these|those) (two|three|four|five|six|seven|eight|nine|ten|\d+))\b(\W+[\w-]+){0,4}?\W+((tasks?|benchmarks?|data ?sets?|metrics?|scenarios?|problems?|settings?|cases|tests?|corpora|inputs?))\b|\b(consistently|uniformly|universally)\b", Options, TimeOut)]
    private static partial Regex AllTasksBacked();

    [GeneratedRegex(@"\b(all|every|any)\s+(?!(three|four|five|six|seven|eight|nine|ten|\d+)\b)((?!of\b)[\w-]+\s+){0,2}?(?<noun>(baselines?|methods?|models?|competitors?|approach(es)?|systems?|architectures?|alternatives?|rivals?|algorithms?|techniques?|solutions?|competition))\b(?!\W+(that |which |it |they |we |the authors )*(is |are |was |were |being )?(compared?|tested|considered|studied|tried?|evaluated?|examined|used|listed|tests?|beside)\b)", Options, TimeOut)]
    private static partial Regex AllRivals();

    [GeneratedRegex(@"\b(all|every|each|any|both|across|none of|(the|these|those) (two|three|four|five|six|seven|eight|nine|ten|\d+))\b(\W+[\w-]+){0,4}?\W+((baselines?|methods?|models?|competitors?|approach(es)?|systems?|architectures?|alternatives?|rivals?|algorithms?|techniques?|solutions?|competition))\b|\b(consistently|uniformly|universally)\b", Options, TimeOut)]
    private static partial Regex AllRivalsBacked();

    [GeneratedRegex(@"\b(all|every|any)\s+(?!(three|four|five|six|seven|eight|nine|ten|\d+)\b)((?!of\b)[\w-]+\s+){0,2}?(?<noun>(languages?|domains?|fields|areas|disciplines|applications?|modalit(y|ies)))\b", Options, TimeOut)]
    private static partial Regex AllFields();

    [GeneratedRegex(@"\b(all|every|each|any|both|across|none of|(the|these|those) (two|three|four|five|six|seven|eight|nine|ten|\d+))\b(\W+[\w-]+){0,4}?\W+((languages?|domains?|fields|areas|disciplines|applications?|modalit(y|ies)))\b", Options, TimeOut)]
    private static partial Regex AllFieldsBacked();

    [GeneratedRegex(@"\b(all|every|any)\s+((?!of\b)[\w-]+\s+)?(existing|other|prior|previous|known|possible)\b", Options, TimeOut)]
    private static partial Regex AllOther();

    [GeneratedRegex(@"\bfirst[- ]ever\b|\bfor the first time\b|\bpioneer\w*|\bnever before\b|\b(nobody|no one|no (other |prior |previous |earlier )?(work|method|team|group|stud(y|ies)|paper))\b[^.!?]{0,40}\b(before|previously|until now|so far)\b", Options, TimeOut)]
    private static partial Regex FirstEver();

    [GeneratedRegex(@"\bfirst[- ]ever\b|\bfor the first time\b|\bpioneer\w*|\bnever (before|been)\b|\b(the|our|is|are) (very )?first\b|\bfirst to\b|\bno (prior|previous|existing|earlier|other) (work|method|stud|paper|approach)\w*|\bnot been (previously|studied|explored)\b", Options, TimeOut)]
    private static partial Regex FirstEverBacked();

    [GeneratedRegex(@"\b(best|largest|fastest|strongest|highest|lowest|greatest|smallest|most \w+|deepest|cheapest)\b[^.!?]{0,30}\b(ever|of all time|in history)\b|\bever (published|made|built|seen|reported|devised|proposed|trained|found|measured|achieved|known|recorded|created|designed)\b", Options, TimeOut)]
    private static partial Regex BestEver();

    [GeneratedRegex(@"\bever\b|\bto date\b|\brecords?\b|\bso far\b|\bpreviously (published|reported)\b|\bto (our|the best of our) knowledge\b|\bof all time\b|\bin history\b", Options, TimeOut)]
    private static partial Regex BestEverBacked();

    [GeneratedRegex(@"\b(will|is going to|is (set|bound|destined) to|shall) (\w+ly |soon )?(replace|supersede|displace|transform|change|dominate|revolutioni[sz]e|conquer)\b|\b(renders?|makes?|making|rendering) ([\w-]+ ){0,5}(obsolete|superfluous|redundant)\b", Options, TimeOut)]
    private static partial Regex Replacing();

    [GeneratedRegex(@"\b(replac\w+|supersed\w+|obsolete|supplant\w*|displac\w+|superfluous|redundant\w*|transform\w*|chang\w+|dominat\w+)\b", Options, TimeOut)]
    private static partial Regex ReplacingBacked();

    [GeneratedRegex(@"\b(unprecedented|unparall?eled|groundbreaking|ground-breaking|revolution\w+|game[- ]chang\w+|breakthroughs?|flawless\w*|perfect|perfectly|miraculous\w*|astonishing\w*|extraordinar\w+|spectacular\w*|phenomenal\w*|infallibl\w+|ultimate)\b", Options, TimeOut)]
    private static partial Regex Hype();

    [GeneratedRegex(@"\b(guarantees?|guaranteed|guaranteeing|proves|proven|proved|provably|foolproof)\b", Options, TimeOut)]
    private static partial Regex Proof();

    [GeneratedRegex(@"\b(guarante\w+|prov(e|es|en|ed|ing|able|ably)|proofs?|theorems?|lemmas?|corollar\w+|certif\w+|ensur\w+|bound\w*)\b", Options, TimeOut)]
    private static partial Regex ProofBacked();

    [GeneratedRegex(@"\b(definitively|conclusively|undoubtedly|unquestionably|undeniabl[ey]|indisputabl[ey]|beyond (any )?doubt|certainly|without (a )?doubt|incontrovertibl[ey])\b", Options, TimeOut)]
    private static partial Regex Certain();

    [GeneratedRegex(@"\b((fully |completely |finally )?solves|(fully|completely|finally) (solved|solving)|eliminates|eradicates)\b", Options, TimeOut)]
    private static partial Regex Solved();

    [GeneratedRegex(@"\b(solv\w+|solution\w*|eliminat\w+|eradicat\w+|remov\w+|avoid\w*|without|free|zero|get rid|obviat\w+|overcom\w+|address\w*|bypass\w*|no longer|dispens\w+)\b", Options, TimeOut)]
    private static partial Regex SolvedBacked();

    [GeneratedRegex(@"\b(completely|entirely|totally|absolutely)\b", Options, TimeOut)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\b(complete\w*|entire\w*|total\w*|fully|absolute\w*|purely|solely|whol\w+|exclusively|end-to-end)\b", Options, TimeOut)]
    private static partial Regex WholeBacked();

    [GeneratedRegex(@"\b(significantly|dramatically|drastically|vastly|massively|enormously|immensely|by far|overwhelmingly)\b", Options, TimeOut)]
    private static partial Regex Significant();

    [GeneratedRegex(@"\b(significan\w+|substantial\w*|considerabl\w+|marked\w*|notabl\w+|dramatic\w*|drastic\w*|vast\w*|massive\w*|enormous\w*|immens\w*|large\w*|huge\w*|great\w*|much|far|strong\w*|clear\w*|well|sharp\w*|severe\w*|heav\w+|orders?)\b|\bp\s*[<=]", Options, TimeOut)]
    private static partial Regex SignificantBacked();
}
