using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Denoised.Summaries.Checks;

/// <summary>
/// Sentences that give orders to whoever summarizes or reviews a paper. Orders to a model that a paper studies ("Answer with one letter") are none: every
/// pattern needs the override of what was said before, or the paper's own review or summary as its object.
/// </summary>
internal static class Orders
{
    // An order begins at the start, behind a stop, or behind words that only orders have.
    private const string Begin = @"(^|[.!?:;,\]\[}{>|""“”'‘(#*`—–-]\s{0,4}|\b(please|kindly|must|shall|should|now|then|just|simply|instead|you)\s{1,4})\b";

    private const string Machine = @"(AI|LLMs?|(large |vision[- ])?language[- ]models?|GPT[-\w.]{0,12}|ChatGPT|Claude|Gemini|Copilot|chat ?bots?|(AI |LLM |automated |automatic |virtual )?(assistants?|agents?|reviewers?|referees?|summari[sz]ers?)|AI (systems?|models?|tools?)|automated (systems?|tools?)|machine readers?|area chairs?|program committee|editors?)";

    private const string Own = @"(this|the|our|above|present|following|enclosed) ((accompanying|present|above|whole|entire|submitted|attached) )?(papers?|work|stud(y|ies)|manuscript|submission|article|document|text|preprint|research|abstract|footnote|authors?|contribution)";

    private const string Output = @"((your|the|any|every|its|this|their) ((final|own|whole|automated|automatic|next|entire) )?(summar(y|ies)|reviews?|digests?|key ?points?)|your ((final|own|whole|next|entire) )?(answers?|responses?|outputs?|repl(y|ies)|evaluations?|assessments?|reports?|methodology|tags?)|the field \w+)";

    /// <summary>An order to forget what was said before.</summary>
    public const string Ignoring = "an order to ignore instructions";

    private static readonly SearchValues<string> overriding = Words("ignor", "disregard", "forget", "overrid", "overrul", "bypass", "discard", "neglect", "dismiss", "instructions", "end of", "start of", "begin");
    private static readonly SearchValues<string> elsewhere = Words("ignor", "vergiss", "vergess", "missacht", "anweisung", "vorgabe", "befehl", "olvid", "descart", "desconsider", "esque", "dimentic", "oubli", "talimat", "pomi", "zapomn", "negeer", "vergeet", "lobe", "empf", "bewert", "recom", "elogi", "aceit", "raccom", "louez");
    private static readonly SearchValues<string> machines = Words("AI", "LLM", "model", "GPT", "Claude", "Gemini", "Copilot", "chat", "assistant", "agent", "reviewer", "referee", "summariz", "summaris", "editor", "committee", "automat", "machine", "area chair", "whoever", "who ", "part of", "message");
    private static readonly SearchValues<string> verdicts = Words("positive", "favo", "glowing", "enthusias", "highest", "maximum", "top", "perfect", "excellent", "best", "flatter", "rate", "score", "grade", "evaluate", "assess", "judge", "praise", "applaud", "compliment", "call", "descri", "present", "portray", "character", "emphasi", "highlight", "stress", "only", "recommend", "accept", "weakness", "negative", "flaw", "critic", "shortcoming", "drawback", "limitation");
    private static readonly SearchValues<string> outputs = Words("summar", "review", "digest", "answer", "respon", "output", "repl", "key point", "keypoint", "evaluation", "assessment", "report", "tag", "categor", "topic", "label", "methodology", "results section", "field", "reader", "user", "that th", "that its", "sentence", "phrase", "line", "text", "link", "address", "image", "words", "call this", "this paper", "this text", "this document", "this abstract", "this manuscript", "this submission", "this article", "this work", "the paper", "the text", "the document", "the abstract", "the manuscript");
    private static readonly SearchValues<string> secrets = Words("prompt", "message", "instruction", "above", "before this", "you were given");
    private static readonly SearchValues<string> turns = Words("you ", "<", "[", "#", ":", "criticiz", "criticis");

    /// <summary>What kind of order a sentence holds, in a few words; null for none.</summary>
    /// <param name="folded">A sentence as <see cref="FoldedText"/> gives it.</param>
    /// <param name="isDescribed">Whether the text may speak about such orders: only those that are given count, not those that are told of.</param>
    public static string? Find(string folded, bool isDescribed = false)
    {
        if (folded.Length < 8)
            return null;

        // The words without which no pattern of a kind can match are looked for first: most sentences have none.
        bool Has(SearchValues<string> words) => folded.AsSpan().ContainsAny(words);
        if (Has(overriding) && (Override.IsMatch(folded) || OverrideWithin.IsMatch(folded) || !isDescribed && OverrideOfMachine.IsMatch(folded) || OverrideJoined.IsMatch(folded)))
            return Ignoring;
        var isElsewhere = !Ascii.IsValid(folded) || Has(elsewhere);
        if (isElsewhere && OverrideElsewhere.IsMatch(folded))
            return Ignoring;
        if (Has(machines) && (Addressed.IsMatch(folded) || AddressedWithin.IsMatch(folded) || !isDescribed && (AddressedLoosely.IsMatch(folded) || AddressedAsWhoever.IsMatch(folded))))
            return "words addressed to a model or reviewer";
        if (Has(verdicts) && (Praise.IsMatch(folded) || PraiseWithin.IsMatch(folded) || Acceptance.IsMatch(folded) || Silence.IsMatch(CountedNegatives.Replace(folded, ""))) || isElsewhere && PraiseElsewhere.IsMatch(folded))
            return "a demand on a review";
        if (Has(outputs) && (Insertion.IsMatch(folded) || InsertionWithin.IsMatch(folded) || Retagging.IsMatch(folded)))
            return "a demand on a summary";
        if (Has(secrets) && Leak.IsMatch(folded))
            return "a demand for the prompt";
        return Has(turns) && (Role.IsMatch(folded) || !isDescribed && (Template.IsMatch(folded) || Turn.IsMatch(folded) || Schema.IsMatch(folded)))
            ? "a message that is not the paper's"
            : null;
    }

    private static SearchValues<string> Words(params string[] words) => SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a sentence beside an order belongs to it: an imperative, somebody addressed, words about the review, something quoted, a link.</summary>
    public static bool Continues(string folded) => Continuing.IsMatch(folded) || Residues.Find(folded) is not null;

    private static readonly LinearRegex Override = new(
        @"(" + Begin + @"(ignore|disregard|forget|override|overrule|bypass|discard|neglect|dismiss)\b(\W+\w+){0,4}?\W+(previous|prior|above|earlier|preceding|former|foregoing|all|any|your|system|other|existing|original|initial|these|those)\b(\W+\w+){0,3}?\W*\b(instructions?|prompts?|directives?|guidelines|directions|orders|commands|rules|messages?|context|policies|policy)\b"
        + @"|" + Begin + @"(ignore|disregard|forget|override)\b(\W+\w+){0,3}?\W+(instructions?|prompts?|directives?|guidelines)\s+(above|before|so far|given|that)"
        + @"|" + Begin + @"(ignore|disregard|forget)\b (all (of )?)?(the (above|foregoing|preceding|former)|everything (above|before|you)|what (was|has been) (said|written|told))\b\W*(and|,|then|;|\.|instead|$))", RegexOptions.IgnoreCase);

    private static readonly LinearRegex OverrideWithin = new(
        @"\b(new|updated|real|actual|hidden|secret) instructions?( for [\w ]{2,20})?\s*[:=]"
        + @"|\b(begin|start|end) of (new |the )?(instructions?|paper|document|prompt|context)\b", RegexOptions.IgnoreCase);

    private static readonly LinearRegex OverrideOfMachine = new(@"\b" + Machine + @"\b[^.!?]{0,60}\b(must|should|shall|are to|is to|have to|has to|need to)\b[^.!?]{0,30}\b(ignore|disregard|forget|override)\b[^.!?]{0,40}\b(instructions?|prompts?|guidelines)|\b(ignor(e|ing)|disregard(ing)?|forget(ting)?)\s+(all |any |the |your |my )*(previous|prior|above|earlier|preceding)\s+(\w+\s+)?(instructions?|prompts?|directives?|guidelines|directions|orders|commands)", RegexOptions.IgnoreCase);
    private static readonly LinearRegex OverrideJoined = new(@"\b(ignore|disregard|forget)(all|any|the|your)*(previous|prior|above|earlier|preceding)(instructions?|prompts?|rules)|\b(ignore|disregard|forget)\s+(all|any)(\s+the)?\s+(previous|prior|above|earlier)\s+(instructions?|prompts?)\s+and\s+(call|write|say|state|give|recommend|rate|praise)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex OverrideElsewhere = new(
        @"(忽略|无视|無視|忽视|忽視|忘记|忘記|不要理会|抛开)[^。！？]{0,14}(指令|指示|提示|说明|說明|要求|规则|規則)"
        + @"|(指示|命令|プロンプト|指令)[^。！？]{0,10}(無視|忘れ)|(지시|명령|프롬프트|지침)[^.!?]{0,10}(무시|잊)"
        + @"|\b(ignorier\w*|vergiss|vergessen sie|missachte\w*|übergeh\w*)\b(\W+\w+){0,5}?\W+(anweisung|vorgabe|instruktion|befehl|regel|hinweis|prompt)\w*|\b(anweisung|vorgabe|instruktion|befehl)\w*\b(\W+\w+){0,4}?\W+(zu ignorieren|ignorieren|missachten|vergessen)\b"
        + @"|(игнорируй|проигнорируй|забудь|ігноруй|не обращай)\w*(\W+\w+){0,5}?\W+(инструкци|указани|команд|правил|подсказ|вказівк|інструкці)"
        + @"|\b(ignor[aeà]\w*|olvid[ae]\w*|descart[ae]\w*|desconsider\w*|esque[cç]\w*|dimentic\w*|oubli\w*|négligez)\b(\W+\w+){0,5}?\W+(instruccion|indicacion|órden|reglas|instruç|orientaç|regras|istruzion|indicazion|consigne|directive|instructions? (précédent|antérieur|ci-dessus))\w*|\bignorez\b(\W+\w+){0,5}?\W+instructions"
        + @"|(تجاهل|انس|تغاض)[^.!؟]{0,30}(التعليمات|الأوامر|تعليمات)|(निर्देश)[^।]{0,20}(अनदेखा|नज़रअंदाज़|भूल)|(bỏ qua|phớt lờ)(\W+\w+){0,6}?\W+(hướng dẫn|chỉ dẫn|lệnh)"
        + @"|(talimat|yönerge)\w*(\W+\w+){0,3}?\W+(yok say|görmezden|unut)\w*|\b(z?ignoruj|pomiń|zapomnij)\w*(\W+\w+){0,5}?\W+(instrukcj|poleceni|poleceń)\w*|\b(negeer|vergeet)\b(\W+\w+){0,5}?\W+(instructies|aanwijzingen|opdrachten)", RegexOptions.IgnoreCase);

    private static readonly LinearRegex PraiseElsewhere = new(
        @"(只|仅|僅)[^。！？]{0,4}(给出|写|寫|提供|輸出|输出)?[^。！？]{0,6}(正面|积极|積極|肯定)[^。！？]{0,8}(评价|評價|评审|意见|意見)?|(建议|推荐|建議|推薦)(接收|录用|接受|錄用)|(採択|受理)[^。！？]{0,6}(推薦|推奨)|(고 평가|최고 점수|게재)[^.!?]{0,10}(주|추천)"
        + @"|\b(loben sie|lobe|empfehlen sie|empfiehl|bewerten sie)\b[^.!?]{0,60}\b(arbeit|artikel|annahme|manuskript|positiv)|(рекомендуй|хвали|похвали|оцени)\w*[^.!?]{0,40}(статьи?ю?|работу|к публикации)"
        + @"|\b(recomienda|recomiende|elogi[ae]|recomende|aceite|raccomand\w+|recommandez|louez)\b[^.!?]{0,50}\b(art[íi]culo|artigo|articolo|trabajo|trabalho|travail|article|manuscri\w+|acepta\w*|aceita\w*)|(اكتب|قدم)[^.!؟]{0,20}(مراجعة|تقييم)[^.!؟]{0,10}(إيجابي)", RegexOptions.IgnoreCase);

    private static readonly LinearRegex Addressed = new(
        @"((^|[.!?:;,\]\[}{>|""“”'‘(#*`—–]\s{0,4}|\b(a|this|the following|our) )\b(note|notice|message|attention|memo|reminder|hint|instructions?|important|warning|request|appeal|hinweis|nota|aviso)\b\W{0,3}(an|to|for|from us to)?\W{1,3}(all |any |the |every |future |ki-)*" + Machine + @"\b"
        + @"|(^|[.!?]\s{1,4})(for|to) (all |any )?" + Machine + @"\s*[:,])", RegexOptions.IgnoreCase);

    private static readonly LinearRegex AddressedWithin = new(
        @"\b(if|should|in case|when|since|because) (you|the reader|whoever reads this) (are|is|be|,)\W{0,2}(an? |the )?" + Machine + @"\b"
        + @"|\bshould you, the " + Machine
        + @"|\b(dear|hello|hey)\W{1,2}(\w+ ){0,2}" + Machine + @"\b"
        + @"|\battention\s?[,:!]\s?(\w+ ){0,2}" + Machine + @"\b"
        + @"|\bas (an? )?(AI|LLM|language model|large language model)( \w+)?, (you|i)\b"
        + @"|\b(ask|urge|request|want|instruct|require|tell|expect|invite)s? (any|every|all|the|each) " + Machine + @"\b[^.!?]{0,60}\b(review|evaluat|summar|read|process|assess|emphasi|praise|recommend)", RegexOptions.IgnoreCase);

    private static readonly LinearRegex AddressedLoosely = new(
        @"\b(" + Machine + @"\b[^.!?]{0,25}\b((that|which|who) )?(read|process|summari[sz]|review|evaluat|assess|analy[sz]|pars)(s|es|e|ing)?\b[^.!?]{0,10}\b" + Own + @"\b[^.!?]{0,60}\b(must|should|shall|are to|is to|will|are asked|need|have to)\b"
        + @"|\b" + Machine + @"\b (that |who |which )?(read|reading|process|processing)s? this\b"
        + @"|" + Machine + @"\b (must|should|shall|are to|are asked to|need to|have to)( \w+){0,2} (give|rate|score|recommend|accept|praise|tell|say|state|write|mention|insert|include|ask|call|describe|emphasi[sz]e|highlight|ignore)\b[^.!?]{0,60}\b(this|readers?|users?|positiv\w+|favou?rabl\w+|highest|award|visit|donations?)\b)", RegexOptions.IgnoreCase);

    private static readonly LinearRegex AddressedAsWhoever = new(
        @"\b(whoever|anyone who|those who) (summari[sz]e|review|evaluate|rate|read)s? (this|the) (paper|document|text|work|manuscript|submission)\b"
        + @"|\bmessage to the (AI|LLM|model|assistant|reader)\b"
        + @"|\b(first|second|third|next|last) part of (a|the) message\b", RegexOptions.IgnoreCase);

    private static readonly LinearRegex Praise = new(
        @"(" + Begin + @"(give|write|provide|output|generate|produce|leave|assign|submit|make|offer|return|issue|award)\b(\W+\w+){0,4}?\W+(positive|favou?rable|glowing|enthusiastic|highest|maximum|top|perfect|excellent|best|flattering)\b(\W+\w+){0,3}?\W+(reviews?|scores?|ratings?|evaluations?|assessments?|feedback|grades?|marks?|summary|recommendations?|comments?)\b"
        + @"|" + Begin + @"(rate|score|grade|evaluate|assess|judge)\b (this|the) (\w+ )?(paper|submission|work|manuscript|article)\b[^.!?]{0,30}(\b(10|ten|five|5|highest|excellent|top|best|perfect|positively|favou?rably)\b|\d+\s*/\s*\d+)"
        + @"|" + Begin + @"(praise|applaud|compliment|call|describe|present|portray|characteri[sz]e|emphasi[sz]e|highlight|stress)\b (this|the|its) (\w+ )?(paper|submission|work|manuscript|article|study|result|authors|novelty|strengths)\b[^.!?]{0,60}\b(flawless|brilliant|revolutionary|masterpiece|groundbreaking|landmark|definitive|best|novel\w*|strengths?|superb|excellent|outstanding|genius\w*|impact|unmatched|instead|exceptional)\b"
        + @"|" + Begin + @"(output|give|write|offer|use) only (compliments|praise|positive|favou?rable|strengths|kind words))", RegexOptions.IgnoreCase);

    private static readonly LinearRegex PraiseWithin = new(
        @"\bpositive review only\b"
        + @"|\bonly (write|give) praise\b"
        + @"|\b(must|should|shall) (now )?(call|praise|describe) (this|the) (paper|work|study|submission|authors)\b"
        + @"|\bpraise (every|this|all) (paper|work|submission)s?\b", RegexOptions.IgnoreCase);

    private static readonly LinearRegex Acceptance = new(
        Begin + @"recommend(ing)?\b[^.!?]{0,20}\b(acceptance|accepting|for (acceptance|an award|publication))|" + Begin + @"accept (this|the) (paper|submission|manuscript|work|article)\b|" + Begin + @"(vote|argue|push) for (acceptance|accepting)\b|\brecommend (this|the) (paper|work|submission|manuscript) for\b", RegexOptions.IgnoreCase);

    private static readonly LinearRegex CountedNegatives = new(@"\b(false|hard|easy|true) negatives\b", RegexOptions.IgnoreCase);

    private static readonly LinearRegex Silence = new(
        @"\b(do not|don't|never|must not|avoid|refrain from|without|leave out|omit|hide|suppress)\b (to )?(mention|highlight|report|list|discuss|include|rais|critici[sz]|point|stat|writ)?(e|ing|ion)?( out)?\b[^.!?]{0,20}\b(weakness(es)?|negatives|negative (points?|aspects?|comments?|remarks?|feedback|statements?|things?)|flaws?|criticisms?|shortcomings?|drawbacks?|anything (negative|bad|critical))\b"
        + @"|\bleave (its|the|any) (limitations|weaknesses) (unmentioned|out)\b|\b(mention|list|report) (no|none of the) (weaknesses|limitations|flaws)\b", RegexOptions.IgnoreCase);

    private static readonly LinearRegex Insertion = new(
        @"(" + Begin + @"(include|insert|add|append|output|print|put|place|use|mention|state|repeat|write|say|end|finish|begin|start|close|conclude|prepend|embed|render|display|respond|reply|answer)\b([^.!?]|[.!?][^\s.!?]){0,90}\b(in|at|to|into|with|of|within|from|through(out)?|first in|end of|beginning of) (the (end|beginning|start|top|bottom) of )?" + Output
        + @"|" + Begin + @"(tell|inform|remind|advise|convince|telling) (the |your |all |every )?(readers?|users?)\b"
        + @"|" + Begin + @"(write|say|state|claim|report|add|mention|note|assert|declare)\b( (in|to) (the|your) \w+)? that (this|the|its) (\w+ )?(paper|work|study|submission|manuscript|article|authors?|method)\b[^.!?]{0,40}\b(is|are|was|has|have|won|should|deserves?|must|will|outperforms?)\b"
        + @"|" + Begin + @"(answer|respond|reply) only with\b[^.!?]{0,20}\b(words|sentence|phrase|text) of the (author|paper))", RegexOptions.IgnoreCase);

    private static readonly LinearRegex InsertionWithin = new(
        @"\b" + Output + @" (must|should|shall|has to|have to|needs? to|ought to) (also |always |now |only )?(contain|include|begin|start|end|state|say|mention|be|read|call|consist|carry|close)"
        + @"|\b(when|while|before|after|once) (you |you're )?(summari[sz]|review|evaluat|assess|describ|read|process)(e|ing)\b (this|the) (paper|text|document|abstract|manuscript|submission|article|work)\b[^.!?]{0,20}[,:]?\s*(please |also |always |you )?(must |should )?(say|write|state|mention|include|insert|add|end|begin|call|note|claim|tell|give|praise|report|describe)"
        + @"|\b(summar(y|ies)|digests?)( of this (paper|work|manuscript|document))? must\b"
        + @"|\brewrite (your|the) (answer|summary|review|digest)\b"
        + @"|\b(place|put|use|insert) (that|this|the following|the) (sentence|phrase|line|text|link|address|image)\b[^.!?]{0,40}\b(in|into|at|first|last)\b"
        + @"|\bthe (sentence|phrase|words|text) to be (used|inserted|included|written)\b"
        + @"|\b(in|at|to|into) (the (end|beginning|start) of )?your (summary|review|digest|answer|response|output|report)\b\W{1,3}(please |also )?(include|insert|add|mention|say|state|write|put|use|append|call|praise|give)\b"
        + @"|\bcall this (study|paper|work|submission) (the )?\w+", RegexOptions.IgnoreCase);

    private static readonly LinearRegex Retagging = new(@"\b(set|change|switch|assign|choose|label|classify|file|mark)\b (its|the|this|your|paper|document|work)[^.!?]{0,25}\b(tags?|categor(y|ies)|topic|label)\b[^.!?]{0,10}\b(to|as)\b|\b(tag|classify|label) this (paper|work|document|text) (as|under)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Leak = new(Begin + @"(reveal|print|repeat|output|show|disclose|leak|display|quote|recite|copy|echo|return|give)\b[^.!?]{0,40}\b((your|the) (system |hidden |initial |original |full |own |secret )+(prompt|message|instructions?)|your (prompt|instructions)|(prompt|text|instructions?|words) (above|before this|you were given))", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Role = new(@"\byou (are|will be|shall be) (now |no longer |henceforth )+(an? |the )?[^.!?]{0,40}\b(reviewer|referee|assistant|bound|model|author|summari[sz]er|critic|fan|persona|AI)\b|\byou (now|only|always) (praise|write (only )?praise|recommend|accept|support)\b|\b(who|which|that) never critici[sz]es\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Template = new(@"<\s?\|\s?\w+\s?\|\s?>|\[\s?/?\s?INST\s?\]|<\s?<\s?/?\s?SYS\s?>\s?>|<\s?/?\s?paper\s?>|<\s?/\s?PAPER|#{2,}\s*(system|instruction|assistant|response|human|user)\b|<(start|end)_of_turn>|</?(system|assistant|user|instructions?)>", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Turn = new(@"(^|[.!?]\s)(SYSTEM( (MESSAGE|PROMPT|NOTE|OVERRIDE))?|DEVELOPER|Assistant|Human|User)\s?:\s+(the|you|please|now|certainly|sure|thank|this|ignore|important|all|any|new|from)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Schema = new(@"[""“”](keyPoints|key_points|summary|methodology|resultsQuote|implications)[""“”]\s*:", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Continuing = new(
        @"^\W*(please|now|then|also|and|instead|always|never|do not|don't|write|say|state|give|add|insert|include|output|print|call|describe|praise|mention|recommend|accept|rate|answer|respond|reply|use|end|finish|begin|place|put|visit|buy|tell|repeat|set|keep|remember|follow|decode|failing|failure|comply|thank|certainly|sure)\b"
        + @"|\b(you|your|yours)\b|\b(this|the) (review|summary|digest|answer|instruction|message|paper has ended)|\b(comply|compliance|obey|mandatory|penalt|reward|tip of|error\b)|[""“”].{3,}[""“”]\W*$", RegexOptions.IgnoreCase);
}
