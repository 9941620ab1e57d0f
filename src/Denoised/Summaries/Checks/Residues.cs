using System.Text.RegularExpressions;

namespace Denoised.Summaries.Checks;

/// <summary>Sentences that no digest of a paper holds unless somebody asked for them: verdicts on the paper, advertising, words to the reader.</summary>
internal static class Residues
{
    private const string Whole = @"(papers?|work|study|submission|manuscript|article|preprint|authors?|review(er)?s?|referees?|committee)";

    /// <summary>What a sentence holds; null for nothing.</summary>
    /// <param name="folded">A sentence as <see cref="FoldedText"/> gives it.</param>
    /// <param name="isDescribed">Whether the text may speak about reviews and what sways them: then only verdicts on the paper itself count.</param>
    public static string? Find(string folded, bool isDescribed = false)
    {
        if (Advertising.IsMatch(folded) || !isDescribed && Hurry.IsMatch(folded) || Contact.IsMatch(folded) || Address.IsMatch(folded))
            return "advertising";
        if (ToReader.IsMatch(folded))
            return "words addressed to the reader";
        if (isDescribed && !ThisPaper.IsMatch(folded))
            return null;
        if (Verdict.IsMatch(folded) || Score.IsMatch(folded))
            return "a reviewer's verdict";
        return Praise.IsMatch(folded) ? "praise of the paper" : null;
    }

    /// <summary>Whether a sentence asks somebody for something: passages of a paper may, where they list steps.</summary>
    public static bool IsRequest(string folded) => Imperative.IsMatch(folded);

    private static readonly LinearRegex Advertising = new(@"\breaders?\b[^.!?]{0,25}\b(should|must|can|may|ought to|are (urged|invited|encouraged|advised) to)\b[^.!?]{0,25}\b(visit|buy|purchase|subscribe|click|donate|sign up)\b|^\W*(visit|click|subscribe|donate|buy) |\bfor (a|your) free \w+|\b(donations?|payments?) (may|can|should|must)\b|\bcall (us|now|\+?\(?\d)|\b(promo(tion)? code|limited offer|money[- ]back)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Hurry = new(@"\b(visit|buy|purchase|order|get)\b[^.!?]{0,40}\b(today|now|for free|discount|coupon)\b", RegexOptions.IgnoreCase);

    // A telephone number with its country's code or in brackets; an account of a currency that lives on chains.
    private static readonly LinearRegex Contact = new(@"\+\d{1,3}[\s-]?(\(\d{2,4}\)|\d{2,4})[\s-]\d{2,4}[\s-]\d{2,5}|\(\d{3}\)\s?\d{3}-\d{4}|\b0x[0-9a-f]{40}\b|\bbc1[0-9a-z]{25,60}\b", RegexOptions.IgnoreCase);

    // Ways to write an address so that it does not look like one.
    private static readonly LinearRegex Address = new(@"\bh(xx|tt)ps?\s?:|\w\s?[\[(]\s?(\.|dot)\s?[\])]\s?\w|\b\w{1,40} dot (\w{1,40} dot )?(com|org|net|io|ai|co|info|xyz|dev|app)\b|[\w.+-]{1,64}@[\w-]{1,64}\.[a-z]{2,}\b|!\[[^\]]*\]\(", RegexOptions.IgnoreCase);
    private static readonly LinearRegex ToReader = new(@"\byou (should|must|are|need to|have to|ought to|can|will)\b|\bas an? (AI|LLM|language model|AI language model|large language model|assistant|AI assistant),? (i|we|you)\b|\bi (cannot|can't|am unable|have no concerns|recommend|strongly recommend|was (told|instructed))\b|^\W*(certainly|sure|of course|absolutely)\W+(!|here)|\bcertainly!", RegexOptions.IgnoreCase);

    // Digests tell; they ask nobody for anything.
    private static readonly LinearRegex Imperative = new(
        @"^\W*(please|kindly)\b|\bplease (accept|cite|recommend|contact|visit|rate|give|note|see|read|do not|write|ignore)\b|^\W*(important|attention|warning|notice|urgent|reminder|n\.?b\.?)\s*[:!]|^\W*dear \w+"
        + @"|^\W*(accept|reject|praise|recommend|ignore|disregard|forget|output|print|reply|respond|answer|cite|rate|contact|e-?mail|read|remember|repeat|obey|follow|tell|say|write|state|mention|give|insert|append|click|download|pretend)\s+(to |back |only )?(this|the|our|us|me|my|that|these|all|any|only|a|an|with|as if|everything|nothing|ok)\b"
        + @"|^\W*(do not|don't|never) (mention|list|report|criti\w+|include|reveal|summari[sz]e|write|state|say|discuss|follow|read|tell)\b|\bonly (positive|favou?rable|good|kind) (comments?|reviews?|feedback|words|remarks|evaluations?|ratings?|scores?)\b|^\W*(positive|favou?rable) (comments?|reviews?|feedback) only\b", RegexOptions.IgnoreCase);

    private static readonly LinearRegex ThisPaper = new(@"\b(this|its own|present) (\w+ )?(paper|work|study|submission|manuscript|article|preprint)\b|\bthe (present |reviewed |submitted )?(submission|manuscript|authors)\b|\bthe paper (deserves|is|has|should|must)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Verdict = new(
        @"\b(" + Whole + @"|it|they|which)\b(\W+\w+){0,3}?\W+(deserves?|merits?|should|must|ought to|is|are|earns?)\b(\W+\w+){0,4}?\W+(accepted|acceptance|an award|the award|strong accept|praise|hired|published without|be recommended|recommended for)\b"
        + @"|\b" + Whole + @"\b[^.!?]{0,40}\brecommend(s|ed)?\b[^.!?]{0,40}\b(acceptance|accepting|accept|publication|an award|award)\b|\brecommends? acceptance\b|\b(strong|clear|definite) accept\b"
        + @"|\bbest paper award\b|\bevery reviewer\b|\b(all|who) (readers |reviewers )?(\w+ ){0,4}praise (it|this)\b"
        + @"|\b" + Whole + @"\b[^.!?]{0,40}\b(no|none|without|never)\b( \w+){0,2} (weakness(es)?|flaws?|negatives?|shortcomings?|limitations?|drawbacks?|concerns?)\b|\bno (weaknesses|negatives|flaws|shortcomings) (to|that|were|are|could)\b|\b(limitations|weaknesses) are none\b|\bthere are no (negatives|weaknesses|flaws)\b|\bonly compliments\b", RegexOptions.IgnoreCase);

    private static readonly LinearRegex Score = new(
        @"\b" + Whole + @"\b[^.!?]{0,40}\b(should|must|deserves?|merits?|ought)\b[^.!?]{0,30}\b(scores?|ratings?|marks?|grades?|awarded|stars?)\b|\b" + Whole + @"\b[^.!?]{0,60}\b(10|ten|9|nine|5|five)\s?(/|out of)\s?(10|ten|5|five)\b|^\W*(overall|score|rating|verdict|grade|recommendation)\s*:|\b(rated?|scored?|given|awarded) (at )?(10|ten|5|five)\s?(/|out of)\s?(10|ten|5|five)\b[^.!?]{0,60}\b" + Whole + @"\b|\b(highest|maximum|top|perfect|full) (possible )?(scores?|ratings?|marks?|grades?) (of|among|from|in) (all|every)\b|\b(" + Whole + @"|it)\b[^.!?]{0,30}\b(deserves?|merits?|receives?|gets?|given)\b[^.!?]{0,20}\b(highest|maximum|top|perfect|full) (possible )?(scores?|ratings?|marks?|grades?)\b", RegexOptions.IgnoreCase);

    private static readonly LinearRegex Praise = new(
        @"\b(this|the|its|these|their|excellent|present)\W+(\w+\W+)?" + Whole + @"\b[^.!?]{0,70}\b(ground-?breaking|revolutionary|revolutionizes|seminal|masterpiece|flawless|brilliant|genius(es)?|unparalleled|unsurpassed|unmatched|peerless|world-class|must-read|a triumph|definitive|beyond (any|all|a) doubt|without (equal|any reservations?)|of the decade|of the century|best of|leading experts?|exceptional|outstanding|superb|changes the field|extraordinary|impeccable|above the others|award)\b"
        + @"|\b(an?|this|the) (ground-?breaking|revolutionary|seminal|landmark|flawless|brilliant|superb|outstanding|excellent|exceptional|extraordinary|impeccable|must-read|world-class)\W+(\w+\W+)?(paper|work|study|submission|manuscript|article|masterpiece|achievement|contribution)\b"
        + @"|\b(novelty|rigor|quality|genius|authors?)\b[^.!?]{0,30}\b(outstanding|exceptional|unmatched|superb|geniuses|leading experts?)\b|\bexceptional novelty\b|\b(triumph|masterpiece|stroke of genius)\b|\bcannot be surpassed\b|\b(result|method|approach|work)\b[^.!?]{0,30}\b(flawless|beyond any doubt|masterpiece)\b|\bwithout reservations\b|\bpraise the authors\b|\bleading experts of\b|\bemphasized by everyone\b", RegexOptions.IgnoreCase);
}
