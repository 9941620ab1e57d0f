using System.Text.RegularExpressions;
using Denoised.Phrases;

namespace Denoised.Summaries.Checks;

/// <summary>Sentences that no digest of a paper holds unless somebody asked for them: verdicts on the paper, advertising, words to the reader.</summary>
internal static class Residues
{
    private const string Whole = "(papers?|work|study|submission|manuscript|article|preprint|authors?|reviews?|reviewers?|referees?"
        + "|committee)";
    private const string Of10 = "(/|out of) (10|ten|5|five)";
    private const string HighestScore = "(highest|maximum|top|perfect|full) (possible)? (scores?|ratings?|marks?|grades?)";

    private static readonly string[] advertising =
    [
        "readers? ~5 (should|must|can|may|ought to|are (urged|invited|encouraged|advised) to) ~5 (visit|buy|purchase|subscribe|click"
            + "|donate|sign up)",
        "^ ~~0 (visit|click|subscribe|donate|buy) \\w", "for (a|your) free \\w", "(donations?|payments?) (may|can|should|must)",
        "call (us|now|\\d|+ \\d|\\( \\d)",
        "(promo|promotion) code", "limited offer", "money (-)? back",

        // Ways to write an address so that it does not look like one.
        "(https?|hxxps?|http|hxxp) :", @"\w ([|\() (.|dot) (]|\)) \w",
        "\\w dot (\\w dot)? (com|org|net|io|ai|co|info|xyz|dev|app)",
    ];

    private static readonly string[] hurry = ["(visit|buy|purchase|order|get) ~8 (today|now|for free|discount|coupon)"];

    private static readonly string[] toReader =
    [
        "you (should|must|are|need to|have to|ought to|can|will)",
        "as an? (ai|llm|language model|ai language model|large language model|assistant|ai assistant) (,)? (i|we|you)",
        "i (cannot|can't|am unable|have no concerns|recommend|strongly recommend|was (told|instructed))",
        "^ ~~0 (certainly|sure|of course|absolutely) ~~0 (!|here)",
        "certainly !",
    ];

    // Digests tell; they ask nobody for anything.
    private static readonly string[] requests =
    [
        "^ ~~0 (please|kindly)", "please (accept|cite|recommend|contact|visit|rate|give|note|see|read|do not|write|ignore)",
        "^ ~~0 (important|attention|warning|notice|urgent|reminder|nb|n.b) (.)? (:|!)", "^ ~~0 dear \\w",
        "^ ~~0 (accept|reject|praise|recommend|ignore|disregard|forget|output|print|reply|respond|answer|cite|rate|contact|e-mail|email"
            + "|read|remember|repeat|obey|follow|tell"
            + "|say|write|state|mention|give|insert|append|click|download|pretend) (to|back|only)? (this|the|our|us|me|my|that|these"
            + "|all|any|only|an?|with|as if"
            + "|everything|nothing|ok)",
        "^ ~~0 (do not|don't|never) (mention|list|report|criti*|include|reveal|summarize|summarise|write|state|say|discuss|follow|read"
            + "|tell)",
        "only (positive|favorable|favourable|good|kind) (comments?|reviews?|feedback|words|remarks|evaluations?|ratings?|scores?)",
        "^ ~~0 (positive|favorable|favourable) (comments?|reviews?|feedback) only",
    ];

    private static readonly string[] thisPaper =
    [
        "(this|its own|present) (\\w)? (paper|work|study|submission|manuscript|article|preprint)",
        "the (present|reviewed|submitted)? (submission|manuscript|authors)",
        "the paper (deserves|is|has|should|must)",
    ];

    private static readonly string[] verdicts =
    [
        $"({Whole}|it|they|which) ~~3 (deserves?|merits?|should|must|ought to|is|are|earns?) ~~4 (accepted|acceptance|an award"
            + "|the award|strong accept|praise|hired"
            + "|published without|be recommended|recommended for)",
        Whole + " ~8 (recommends?|recommended) ~8 (acceptance|accepting|accept|publication|an award|award)", "recommends? acceptance",
        "(strong|clear|definite) accept",
        "best paper award", "every reviewer", "(all|who) (readers|reviewers)? (\\w)? (\\w)? (\\w)? (\\w)? praise (it|this)",
        Whole + " ~8 (no|none|without|never) (\\w)? (\\w)? (weakness|weaknesses|flaws?|negatives?|shortcomings?|limitations?|drawbacks?"
            + "|concerns?)",
        "no (weaknesses|negatives|flaws|shortcomings) (to|that|were|are|could)", "(limitations|weaknesses) are none",
        "there are no (negatives|weaknesses|flaws)",
        "only compliments",
        Whole + " ~8 (should|must|deserves?|merits?|ought) ~6 (scores?|ratings?|marks?|grades?|awarded|stars?)",
        Whole + " ~12 (10|ten|9|nine|5|five) " + Of10,
        "^ ~~0 (overall|score|rating|verdict|grade|recommendation) :",
        "(rated?|scored?|given|awarded) (at)? (10|ten|5|five) " + Of10 + " ~12 " + Whole,
        HighestScore + " (of|among|from|in) (all|every)", $"({Whole}|it) ~6 (deserves?|merits?|receives?|gets?|given) ~4 " + HighestScore,
    ];

    private static readonly string[] praises =
    [
        "(this|the|its|these|their|excellent|present) ~~0 (\\w ~~0)? " + Whole + " ~9 (groundbreaking|ground-breaking|revolutionary"
            + "|revolutionizes|seminal|masterpiece|flawless"
            + "|brilliant|genius|geniuses|unparalleled|unsurpassed|unmatched|peerless|world-class|must-read|a triumph|definitive"
            + "|beyond (any|all|a) doubt"
            + "|without (equal|any reservations?)|of the decade|of the century|best of|leading experts?|exceptional|outstanding|superb"
            + "|changes the field|extraordinary"
            + "|impeccable|above the others|award)",
        "(an?|this|the) (groundbreaking|ground-breaking|revolutionary|seminal|landmark|flawless|brilliant|superb|outstanding|excellent"
            + "|exceptional|extraordinary|impeccable"
            + "|must-read|world-class) ~~0 (\\w ~~0)? (paper|work|study|submission|manuscript|article|masterpiece|achievement"
            + "|contribution)",
        "(novelty|rigor|quality|genius|authors?) ~6 (outstanding|exceptional|unmatched|superb|geniuses|leading experts?)",
        "exceptional novelty",
        "(triumph|masterpiece|stroke of genius)", "cannot be surpassed",
        "(result|method|approach|work) ~6 (flawless|beyond any doubt|masterpiece)", "without reservations",
        "praise the authors", "leading experts of", "emphasized by everyone",
    ];

    private static readonly PhraseMatcher phrases = new(advertising, hurry, toReader, verdicts, praises, thisPaper);
    private static readonly PhraseMatcher requesting = new(requests);

    /// <summary>What a sentence holds; null for nothing.</summary>
    /// <param name="folded">A sentence as <see cref="FoldedText"/> gives it.</param>
    /// <param name="isDescribed">Whether the text may speak about reviews and what sways them: then only verdicts on the paper itself count.</param>
    public static string? Find(string folded, bool isDescribed = false)
    {
        var lists = phrases.ListsIn(new TokenizedText(folded));
        bool Has(int list) => (lists & 1UL << list) != 0;
        if (Has(0) || !isDescribed && Has(1) || Address.IsMatch(folded))
            return "advertising";
        if (Has(2))
            return "words addressed to the reader";
        if (isDescribed && !Has(5))
            return null;
        if (Has(3))
            return "a reviewer's verdict";
        return Has(4) ? "praise of the paper" : null;
    }

    /// <summary>Whether a sentence asks somebody for something: passages of a paper may, where they list steps.</summary>
    public static bool IsRequest(string folded) => requesting.IsMatch(new TokenizedText(folded));

    // A telephone number with its country's code or in brackets; an account of a currency that lives on chains; a mail address; a picture.
    private static readonly LinearRegex Address = new(
        @"\+\d{1,3}[\s-]?(\(\d{2,4}\)|\d{2,4})[\s-]\d{2,4}[\s-]\d{2}|\(\d{3}\)\s?\d{3}-\d{4}|0x[0-9a-f]{40}|bc1[0-9a-z]{25}"
            + @"|\w@[\w-]+\.[a-z]{2}|!\[[^\]]*\]\(",
        RegexOptions.IgnoreCase);
}
