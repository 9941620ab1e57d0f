using Denoised.Phrases;

namespace Denoised.Summaries.Checks;

/// <summary>
/// Sentences that give orders to whoever summarizes or reviews a paper. Orders to a model that a paper studies ("Answer with one letter") are none: every
/// phrase needs the override of what was said before, or the paper's own review or summary as its object.
/// </summary>
internal static class Orders
{
    /// <summary>An order to forget what was said before.</summary>
    public const string Ignoring = "an order to ignore instructions";

    // An order begins at the start, behind a mark, or behind words that only orders have.
    private const string Mark = @"^|.|!|\?|:|;|,|]|[|}|{|>|\||""|'|\(|#|\*|`|-";
    private const string Begin = $"({Mark}|please|kindly|must|shall|should|now|then|just|simply|instead|you)";

    private const string Machine = "(ai|llms?|(large|vision|vision-)? language (-)? models?|gpt* ((-|.) \\w)*|chatgpt|claude|gemini"
        + "|copilot|chatbots?|chat bots?"
        + "|(ai|llm|automated|automatic|virtual)? (assistants?|agents?|reviewers?|referees?|summarizers?|summarisers?)|ai (systems?"
        + "|models?|tools?)"
        + "|automated (systems?|tools?)|machine readers?|area chairs?|program committee|editors?)";

    private const string Own = "(this|the|our|above|present|following|enclosed) (accompanying|present|above|whole|entire|submitted"
        + "|attached)?"
        + " (papers?|work|study|studies|manuscript|submission|article|document|text|preprint|research|abstract|footnote|authors?"
        + "|contribution)";

    private const string Output = "((your|the|any|every|its|this|their) (final|own|whole|automated|automatic|next|entire)? (summary"
        + "|summaries|reviews?|digests?|keypoints?"
        + "|key points?)|your (final|own|whole|next|entire)? (answers?|responses?|outputs?|reply|replies|evaluations?|assessments?"
        + "|reports?|methodology|tags?)|the field \\w)";

    private static readonly string[] overriding =
    [
        Begin + " (ignore|disregard|forget|override|overrule|bypass|discard|neglect|dismiss) ~~4 (previous|prior|above|earlier"
            + "|preceding|former|foregoing|all|any|your"
            + "|system|other|existing|original|initial|these|those) ~~3 (instructions?|prompts?|directives?|guidelines|directions"
            + "|orders|commands|rules|messages?|context"
            + "|policies|policy)",
        Begin + " (ignore|disregard|forget|override) ~~3 (instructions?|prompts?|directives?|guidelines) (above|before|so far|given|that)",
        Begin + " (ignore|disregard|forget) (all (of)?)? (the (above|foregoing|preceding|former)|everything (above|before|you)|what"
            + " (was|has been) (said|written|told))"
            + " ~~0 (and|,|then|;|.|instead|$)",
        "(new|updated|real|actual|hidden|secret) instructions? (for \\w (\\w)? (\\w)? (\\w)?)? (:|=)",
        "(begin|start|end) of (new|the)? (instructions?|paper|document|prompt|context)",
        "(ignore|disregard|forget) (all|any) (the)? (previous|prior|above|earlier) (instructions?|prompts?) and (call|write|say|state"
            + "|give|recommend|rate|praise)",

        // Letters set apart are joined without blanks.
        "(ignoreall*|ignoreany*|ignorethe*|ignoreyour*|ignoreprevious*|ignoreprior*|ignoreabove*|ignoreearlier*|ignorepreceding*)",
        "(disregardall*|disregardany*|disregardthe*|disregardyour*|disregardprevious*|disregardprior*|disregardabove*|disregardearlier*"
            + "|disregardpreceding*)",
        "(forgetall*|forgetany*|forgetthe*|forgetyour*|forgetprevious*|forgetprior*|forgetabove*|forgetearlier*|forgetpreceding*)",

        "(忽略|无视|無視|忽视|忽視|忘记|忘記|不要理会|抛开) ~14 (指令|指示|提示|说明|說明|要求|规则|規則)",
        "(指示|命令|プロンプト|指令) ~10 (無視|忘れ)",
        "(지시|명령|프롬프트|지침) ~10 (무시|잊)",
        "(ignorier*|vergiss|vergessen sie|missachte*|übergeh*) ~~5 (anweisung*|vorgabe*|instruktion*|befehl*|regel*|hinweis*|prompt*)",
        "(anweisung*|vorgabe*|instruktion*|befehl*) ~~4 (zu)? (ignorieren|missachten|vergessen)",
        "(игнорируй*|проигнорируй*|забудь*|ігноруй*|проігноруй*|не обращай*) ~~5 (инструкци*|указани*|команд*|правил*|подсказ*|вказівк*"
            + "|інструкці*)",
        "(ignora*|ignore*|ignorà*|olvida*|olvide*|descarta*|descarte*|desconsider*|esquec*|esqueç*|dimentic*|oubli*|négligez) ~~5"
            + " (instruccion*|indicacion*|órden*|reglas*"
            + "|instruç*|orientaç*|regras*|istruzion*|indicazion*|consigne*|directive*|instructions? (précédent*|antérieur*|ci-dessus))",
        "ignorez ~~5 instructions",
        "(تجاهل|انس|تغاض) ~30 (التعليمات|الأوامر|تعليمات)",
        "निर्देश ~20 (अनदेखा|नज़रअंदाज़|भूल)",
        "(bỏ qua|phớt lờ) ~~6 (hướng dẫn|chỉ dẫn|lệnh)",
        "(talimat*|yönerge*) ~~3 (yok say*|görmezden*|unut*)",
        "(zignoruj*|ignoruj*|pomiń*|zapomnij*) ~~5 (instrukcj*|poleceni*|poleceń*)",
        "(negeer|vergeet) ~~5 (instructies|aanwijzingen|opdrachten)",
    ];

    private static readonly string[] overrideOfMachine =
    [
        Machine + " ~12 (must|should|shall|are to|is to|have to|has to|need to) ~6 (ignore|disregard|forget|override) ~8 (instructions?"
            + "|prompts?|guidelines)",
        "(ignore|ignoring|disregard|disregarding|forget|forgetting) (all|any|the|your|my)* (previous|prior|above|earlier|preceding) (\\w)?"
            + " (instructions?|prompts?|directives?|guidelines|directions|orders|commands)",
    ];

    private static readonly string[] addressed =
    [
        $"({Mark}|a|this|the following|our) (note|notice|message|attention|memo|reminder|hint|instructions?|important|warning|request"
            + "|appeal|hinweis|nota|aviso) ~~0"
            + " (an|to|for|from us to)? ~~0 (all|any|the|every|future|ki-)* " + Machine,
        "(^|.|!|\\?) (for|to) (all|any)? " + Machine + " (:|,)",
        "(if|should|in case|when|since|because) (you|the reader|whoever reads this) (are|is|be|,) ~~0 (an?|the)? " + Machine,
        "should you, the " + Machine,
        "(dear|hello|hey) ~~0 (\\w)? (\\w)? " + Machine,
        "attention (,|:|!) (\\w)? (\\w)? " + Machine,
        "as (an?)? (ai|llm|language model|large language model) (\\w)? , (you|i)",
        "(asks?|urges?|requests?|wants?|instructs?|requires?|tells?|expects?|invites?) (any|every|all|the|each) " + Machine
            + " ~12 (review*|evaluat*|summar*|read*|process*|assess*|emphasi*|praise*|recommend*)",
    ];

    private static readonly string[] addressedLoosely =
    [
        Machine + " ~5 (that|which|who)? (reads?|reading|process|processes|processing|summarizes?|summarizing|summarises?|summarising"
            + "|reviews?|reviewing|evaluates?"
            + "|evaluating|assess|assesses|assessing|analyzes?|analyzing|analyses?|analysing|parses?|parsing) ~2 " + Own
            + " ~12 (must|should|shall|are to|is to|will|are asked|need|have to)",
        Machine + " (that|who|which)? (reads?|reading|process|processes|processing) this",
        Machine + " (must|should|shall|are to|are asked to|need to|have to) (\\w)? (\\w)? (give|rate|score|recommend|accept|praise|tell"
            + "|say|state|write|mention|insert"
            + "|include|ask|call|describe|emphasize|emphasise|highlight|ignore) ~12 (this|readers?|users?|positiv*|favorabl*|favourabl*"
            + "|highest|award|visit|donations?)",
        "(whoever|anyone who|those who) (summarizes?|summarises?|reviews?|evaluates?|rates?|reads?) (this|the) (paper|document|text"
            + "|work|manuscript|submission)",
        "message to the (ai|llm|model|assistant|reader)",
        "(first|second|third|next|last) part of (a|the) message",
    ];

    private static readonly string[] verdicts =
    [
        Begin + " (give|write|provide|output|generate|produce|leave|assign|submit|make|offer|return|issue|award) ~~4 (positive"
            + "|favorable|favourable|glowing|enthusiastic"
            + "|highest|maximum|top|perfect|excellent|best|flattering) ~~3 (reviews?|scores?|ratings?|evaluations?|assessments?"
            + "|feedback|grades?|marks?|summary"
            + "|recommendations?|comments?)",
        Begin + " (rate|score|grade|evaluate|assess|judge) (this|the) (\\w)? (paper|submission|work|manuscript|article) ~6 (10|ten|five"
            + "|5|highest|excellent|top|best"
            + "|perfect|positively|favorably|favourably|\\d / \\d)",
        Begin + " (praise|applaud|compliment|call|describe|present|portray|characterize|characterise|emphasize|emphasise|highlight"
            + "|stress) (this|the|its) (\\w)?"
            + " (paper|submission|work|manuscript|article|study|result|authors|novelty|strengths) ~12 (flawless|brilliant|revolutionary"
            + "|masterpiece|groundbreaking"
            + "|landmark|definitive|best|novel*|strengths?|superb|excellent|outstanding|genius*|impact|unmatched|instead|exceptional)",
        Begin + " (output|give|write|offer|use) only (compliments|praise|positive|favorable|favourable|strengths|kind words)",
        "positive review only",
        "only (write|give) praise",
        "(must|should|shall) (now)? (call|praise|describe) (this|the) (paper|work|study|submission|authors)",
        "praise (every|this|all) (papers?|works?|submissions?)",
        Begin + " (recommend|recommending) ~4 (acceptance|accepting|for (acceptance|an award|publication))",
        Begin + " accept (this|the) (paper|submission|manuscript|work|article)",
        Begin + " (vote|argue|push) for (acceptance|accepting)",
        "recommend (this|the) (paper|work|submission|manuscript) for",

        "(只|仅|僅) ~4 (给出|写|寫|提供|輸出|输出)? ~6 (正面|积极|積極|肯定)",
        "(建议|推荐|建議|推薦) (接收|录用|接受|錄用)",
        "(採択|受理) ~6 (推薦|推奨)",
        "(고 평가|최고 점수|게재) ~10 (주|추천)",
        "(loben sie|lobe|empfehlen sie|empfiehl|bewerten sie) ~12 (arbeit*|artikel*|annahme*|manuskript*|positiv*)",
        "(рекомендуй*|хвали*|похвали*|оцени*) ~8 (стать*|работу|к публикации)",
        "(recomienda|recomiende|elogia|elogie|recomende|aceite|raccomand*|recommandez|louez) ~10 (artículo|articulo|artigo|articolo"
            + "|trabajo|trabalho|travail|article"
            + "|manuscri*|acepta*|aceita*)",
        "(اكتب|قدم) ~20 (مراجعة|تقييم) ~10 إيجابي",
    ];

    private static readonly string[] silence =
    [
        "(do not|don't|never|must not|avoid|refrain from|without|leave out|omit|hide|suppress) (to)? ((mention*|highlight*|report*"
            + "|list*|discuss*|includ*|rais*|critici*"
            + "|point*|stat*|writ*) (out)? ~3|(out)? ~2) (weakness|weaknesses|negatives|negative (points?|aspects?|comments?|remarks?"
            + "|feedback|statements?|things?)|flaws?|criticisms?"
            + "|shortcomings?|drawbacks?|anything (negative|bad|critical))",
        "leave (its|the|any) (limitations|weaknesses) (unmentioned|out)",
        "(mention|list|report) (no|none of the) (weaknesses|limitations|flaws)",
    ];

    private static readonly string[] countedNegatives = ["(false|hard|easy|true) negatives"];

    private static readonly string[] outputs =
    [
        Begin + " (include|insert|add|append|output|print|put|place|use|mention|state|repeat|write|say|end|finish|begin|start|close"
            + "|conclude|prepend|embed|render|display"
            + "|respond|reply|answer) ~16 (in|at|to|into|with|of|within|from|through|throughout|first in|end of|beginning of)"
            + " (the (end|beginning|start|top|bottom) of)? " + Output,
        Begin + " (tell|inform|remind|advise|convince|telling) (the|your|all|every)? (readers?|users?)",
        Begin + " (write|say|state|claim|report|add|mention|note|assert|declare) ((in|to) (the|your) \\w)? that (this|the|its) (\\w)?"
            + " (paper|work|study|submission"
            + "|manuscript|article|authors?|method) ~8 (is|are|was|has|have|won|should|deserves?|must|will|outperforms?)",
        Begin + " (answer|respond|reply) only with ~4 (words|sentence|phrase|text) of the (author*|paper*)",
        Output + " (must|should|shall|has to|have to|needs? to|ought to) (also|always|now|only)? (contain|include|begin|start|end|state"
            + "|say|mention|be|read|call|consist"
            + "|carry|close)",
        "(when|while|before|after|once) (you|you're)? (summarize|summarizing|summarise|summarising|reviewing|evaluate|evaluating"
            + "|assessing|describe|describing|reading"
            + "|processing) (this|the) (paper|text|document|abstract|manuscript|submission|article|work) ~4 (please|also|always|you)?"
            + " (must|should)?"
            + " (say|write|state|mention|include|insert|add|end|begin|call|note|claim|tell|give|praise|report|describe)",
        "(summary|summaries|digests?) (of this (paper|work|manuscript|document))? must",
        "rewrite (your|the) (answer|summary|review|digest)",
        "(place|put|use|insert) (that|this|the following|the) (sentence|phrase|line|text|link|address|image) ~8 (in|into|at|first|last)",
        "the (sentence|phrase|words|text) to be (used|inserted|included|written)",
        "(in|at|to|into) (the (end|beginning|start) of)? your (summary|review|digest|answer|response|output|report) ~~0 (please|also)?"
            + " (include|insert|add|mention|say"
            + "|state|write|put|use|append|call|praise|give)",
        "call this (study|paper|work|submission) (the)? \\w",
        "(set|change|switch|assign|choose|label|classify|file|mark) (its|the|this|your|paper|document|work) ~5 (tags?|category"
            + "|categories|topic|label) ~2 (to|as)",
        "(tag|classify|label) this (paper|work|document|text) (as|under)",
    ];

    private static readonly string[] leaks =
    [
        Begin + " (reveal|print|repeat|output|show|disclose|leak|display|quote|recite|copy|echo|return|give) ~8 ((your|the) (system"
            + "|hidden|initial|original|full|own"
            + "|secret) (system|hidden|initial|original|full|own|secret)* (prompts?|messages?|instructions?)|your (prompts?|instructions)"
            + "|(prompt|text|instructions?|words) (above|before this|you were given))",
    ];

    private static readonly string[] roles =
    [
        "you (are|will be|shall be) (now|no longer|henceforth) (now|no longer|henceforth)* (an?|the)? ~8 (reviewer|referee|assistant"
            + "|bound|model|author|summarizer"
            + "|summariser|critic|fan|persona|ai)",
        "you (now|only|always) (praise|write (only)? praise|recommend|accept|support)",
        "(who|which|that) never (criticizes|criticises)",
    ];

    private static readonly string[] turns =
    [
        @"< \| \w \| >", "[ (/)? inst ]", "< < (/)? sys > >", "< (/)? paper >", "< / paper*",
        "# # (system|instruction|assistant|response|human|user)",
        "< (start_of_turn|end_of_turn) >", "< (/)? (system|assistant|user|instructions?) >",
        "(^|.|!|\\?) (system (message|prompt|note|override)?|developer|assistant|human|user) : (the|you|please|now|certainly|sure|thank"
            + "|this|ignore|important|all|any|new"
            + "|from)",
        "\" (keypoints|key_points|summary|methodology|resultsquote|implications) \" :",
    ];

    private static readonly PhraseMatcher phrases =
        new(overriding, overrideOfMachine, addressed, addressedLoosely, verdicts, silence, outputs, leaks, roles, turns, countedNegatives);

    // What each list is; and whether it counts in a text that may speak about such orders: only those that are given count there, not those that are told of.
    private static readonly (string Name, bool IfDescribed)[] kinds =
    [
        (Ignoring, true), (Ignoring, false), ("words addressed to a model or reviewer", true), ("words addressed to a model or reviewer", false),
        ("a demand on a review", true), ("a demand on a review", true), ("a demand on a summary", true), ("a demand for the prompt", true),
        ("a message that is not the paper's", true), ("a message that is not the paper's", false),
    ];

    private static readonly PhraseMatcher continuing = new(
    [
        "^ ~~0 (please|now|then|also|and|instead|always|never|do not|don't|write|say|state|give|add|insert|include|output|print|call"
            + "|describe|praise|mention|recommend"
            + "|accept|rate|answer|respond|reply|use|end|finish|begin|place|put|visit|buy|tell|repeat|set|keep|remember|follow|decode"
            + "|failing|failure|comply|thank"
            + "|certainly|sure)",
        "(you|your|yours)",
        "(this|the) (review*|summary|digest*|answer*|instruction*|message*|paper has ended)",
        "(comply*|compliance|obey*|mandatory|penalt*|reward*|tip of|error)",
        "\" ~~0 \\w ~~0 (\\w ~~0)* \" ~~0 $",
    ]);

    /// <summary>What kind of order a sentence holds, in a few words; null for none.</summary>
    /// <param name="folded">A sentence as <see cref="FoldedText"/> gives it.</param>
    /// <param name="isDescribed">Whether the text may speak about such orders: only those that are given count, not those that are told of.</param>
    public static string? Find(string folded, bool isDescribed = false)
    {
        if (folded.Length < 8)
            return null;
        var found = phrases.Find(new TokenizedText(folded));

        // "False negatives" are no weakness.
        var counted = found.Where(static match => match.List == kinds.Length).Select(static match => match.End).ToHashSet();
        var first = found.Where(match => match.List < kinds.Length && (kinds[match.List].IfDescribed || !isDescribed) && !counted.Contains(match.End))
            .Select(static match => match.List).DefaultIfEmpty(-1).Min();
        return first < 0 ? null : kinds[first].Name;
    }

    /// <summary>Whether a sentence beside an order belongs to it: an imperative, somebody addressed, words about the review, something quoted, a link.</summary>
    public static bool Continues(string folded) => continuing.IsMatch(new TokenizedText(folded)) || Residues.Find(folded) is not null;
}
