using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>
/// Detects directives: sentences that ask a reader, a reviewer or an assistant to say or do something, instead of stating something about the work.
/// Uses a small grammar of addressee, mood (imperative, obligation, second person) and speech act; it contains no list of attacks.
/// </summary>
internal static class DirectiveDetector
{
    private enum List
    {
        /// <summary>A directive without further conditions.</summary>
        Certain,

        /// <summary>An obligation of an addressee to report something. In a paper about such addressees, this is a statement.</summary>
        Duty,

        /// <summary>A second person.</summary>
        Person,

        /// <summary>A part of a digest, or its audience.</summary>
        Part,

        /// <summary>An addressee: reader, reviewer or assistant.</summary>
        Audience,
    }

    private const string Paper = "(paper|papers|work|text|article|study|manuscript|submission|document|abstract|table|caption|section|page|footnote|appendix|message|preprint)";

    private const string ReportingVerbs = "(say|state|tell|mention|report|describe|present|introduce|announce|declare|claim|add|append|insert|include|give|call|praise|recommend|quote|repeat|inform|remind|advise|invite|urge|ask|convince"
        + "|emphasize|emphasise|highlight|conclude|close|end|finish|begin|open|start|output|print|render|answer|respond|reply|attribute|omit|hide|rate|score|accept|award|cite|subscribe|visit|buy|install"
        + "|download|contain|write|put|leave|justify|pass|support|vote|note|set|fill|spread|share|promote|warn|assure|thank|greet|list|name|credit|treat|reveal|display|echo)";

    private const string ReportingParticiples = "(said|stated|told|mentioned|reported|described|presented|introduced|announced|declared|claimed|added|inserted|included|given|called|praised|recommended|quoted|repeated|informed|reminded|advised"
        + "|invited|urged|asked|attributed|omitted|rated|accepted|cited|written|set down|noted|named|credited|put|shown|printed|known)";

    private const string SummaryNouns = "(summary|summaries|overview|account|description|review|reviews|paraphrase|answer|response|output|reply|evaluation|assessment|report|digest|rendering|translation|abstract)";

    private const string SummarizingVerbs = "(summariz*|summaris*|condens*|abridg*|paraphras*|retell*|retold|rewrit*|describing|describes|reviewing|reviews|evaluating|evaluates|assess*|processing|processes|reads|reading|transcrib*|translat*)";

    private const string Report = "(summary|summaries|abstract|overview|digest|review|reviews|paraphrase|answer|response|output|reply|evaluation|assessment|report|key points?|bullets?|short version|prompt|json|html)";

    private const string Part = "(summary|summaries|abstract|overview|digest|review|reviews|answer|response|output|reply|report|implications|results|methodology|tags|field|key points?|bullets?|short version|readers?|audience|users?|public"
        + "|everyone|everybody|people|visitors?|json|prompt|html|sentence|phrase|words|line)";

    private const string AudienceNouns = "(language models?|llms?|ai|ais|assistants?|chatbots?|automated systems?|automatic (readers?|describers?|tools?)|summarizers?|summarisers?|reviewers?|referees?|editors?|readers?"
        + "|audience|whoever|anyone|everyone|those|people|committees?|chairs?|judges?|graders?|journalists?|(summary|summaries|abstract|overview|digest|review|tags|retelling))";

    private const string Duty = "(must|should|shall|ought to|has to|have to|is to|are to|need to|needs to|owes|owe|may not|cannot but|(is|are) (\\w)? (asked|urged|invited|requested|advised|required|expected|reminded|encouraged))";

    private const string Start = "(^|:|;|\\.|\") ((and|then|now|so|first|next|also|always|never|just|finally|therefore|please|kindly|instead|hence) (,)?)*";

    private const string Object = "(the|this|that|these|those|all|any|every|each|a|an|it|its|their|them|your|to|in|into|at|as|with|from|on|for|no|only|readers?|everyone|people|users?)";

    private static readonly PhraseMatcher phrases = new(
        [
            // A report about this paper, or the act of writing one.
            "(a|the|any|every|each|your) (digest|digests|retelling|retellings|synopsis|recap)",
            "(short|shortened|abridged|condensed|lay|popular) (version|versions|account|rendering)",
            $"{SummaryNouns} (of|about|on|for) (this|the present|our|my) (\\w)? {Paper}",
            $"your (\\w)? {Report}", "(any|every|whatever) (\\w)? (summary|summaries|overview|review|reviews|digest|paraphrase)",
            "(any|each|every) (overview|summary|abstract|account) of",
            $"({SummarizingVerbs}|read) (\\w)? (this|these|the present) (\\w)? {Paper}",
            $"(whoever|anyone who|those who|who) (\\w)? {SummarizingVerbs} ~3 {Paper}",
            $"(this|the present) (\\w)? {Paper} ~3 (turned|converted|translated|put) into",
            "(readers?|people|those|everyone|everybody|audience) ~4 (will|would) (want|wish|like|love|need) to (hear|know|read|see|learn)",

            // An instruction to ignore earlier instructions.
            $"({Start}|please|kindly|must|should|now|you|to) (ignore|disregard|forget|override|bypass) ~3 (above|previous|prior|earlier|preceding|existing|former|foregoing) ~2 (instruction*|prompt*|rules?|guideline*|message*|text|orders?|requests?|context)",
            $"(ignore|disregard|forget) ~2 (instructions|prompt|guidelines|rules) (above|before)",
            $"{Start} (ignore|disregard|forget) ~3 (instructions|prompt|guidelines|rules)",

            // An imperative whose object is a report or its readers.
            $"{Start} {ReportingVerbs} {Object} ~~11 {Part}", $"{Start} {ReportingVerbs} ~2 that (this|the|its) (\\w)? {Paper}",
            $"{Start} (act|behave|pretend|respond|answer|reply) (as|like)",
            $"{Start} (have|let|make) (the|them|it|this|your|all|every) ~3 {ReportingVerbs}",
            $"{Start} (do not|don ' t|never|avoid) ~1 {ReportingVerbs}", "(please|kindly) (\\w)? " + ReportingVerbs,

            // Turns of a dialogue.
            "^ ~2 (system|developer|assistant|user|human) (message|prompt|note|notice|override|mode)? :", "[ (/)? inst ]", "(im_start|im_end|eot_id)",
            "end of (the)? (paper|document|text) (>|.|:)", "< / paper",
            $"^ ~1 (note|notice|message|hint|warning|important|urgent) (to|for) ~3 {AudienceNouns}", $"^ dear ~3 {AudienceNouns} (,|:)",
        ],
        [
            $"{AudienceNouns} ~6 {Duty} (be)? ~2 ({ReportingVerbs}|{ReportingParticiples})",
            $"{Duty} be ~1 {ReportingParticiples} ~6 {AudienceNouns}",
            "(is|are) to be (reported|presented|described|told|introduced|announced|mentioned|said|written|set down|called)",
            $"(customary|mandatory) ~9 ({ReportingVerbs}|{ReportingParticiples})"],
        ["(you|your|yours|yourself|yourselves)"],
        [Part], [AudienceNouns]);

    /// <summary>Returns the words that make a sentence a directive, or null.</summary>
    /// <param name="sentence">The sentence. Quoted spans are ignored.</param>
    /// <param name="isSubject">Whether the paper is about an addressee ("reviewers"). If so, a sentence about that addressee is a statement.</param>
    public static string? Find(string sentence, Func<string, bool>? isSubject = null)
    {
        var said = QuotedSpans.Removed(sentence);
        var tokens = new TokenizedText(said);
        var found = phrases.Find(tokens);
        var isTold = new Lazy<bool>(() => found.Exists(static match => match.List >= (int)List.Part));
        var isOfSubject = new Lazy<bool>(() => isSubject is not null
            && found.Where(static match => match.List == (int)List.Audience).Select(Words).Distinct(StringComparer.OrdinalIgnoreCase).Any(isSubject));
        foreach (var match in found)
        {
            var isDirective = (List)match.List switch
            {
                List.Certain => true,
                List.Duty => !isOfSubject.Value,
                List.Person => isTold.Value && !isOfSubject.Value,
                _ => false,
            };
            if (isDirective)
                return Words(match);
        }

        return null;

        string Words(PhraseMatch match) => said[tokens.Tokens[match.Start].At..tokens.EndBefore(match.End)];
    }
}
