namespace Denoised.Summaries;

/// <summary>What a sentence of an abstract does there.</summary>
internal enum SentenceRole
{
    /// <summary>Says what is missing or hard.</summary>
    Problem,

    /// <summary>Says what the paper contributes.</summary>
    Contribution,

    /// <summary>Says how it is done.</summary>
    Method,

    /// <summary>Says what came out.</summary>
    Result,

    /// <summary>Says what follows.</summary>
    Implication,

    /// <summary>Says where the code is, or that the paper is withdrawn: nothing to learn from.</summary>
    Aside,
}

/// <summary>
/// The phrases by which sentences of abstracts show their role: 3 settle it, 2 speak for it, 1 leans towards it.
/// Words are lower case, hyphens are spaces, <c>*</c> ends a stem (see <see cref="ExtractivePhrases"/>).
/// </summary>
internal static class ExtractiveCues
{
    /// <summary>How many roles there are.</summary>
    public const int Roles = 6;

    private static readonly ExtractivePhrases phrases = new(Roles,
    [
        (0, 3, "remains a challenge; remain a challenge; remains challenging; remain challenging; remains an open; remain unclear; remains unclear; poorly understood; underexplored; under explored; little is known; suffer from; suffers from; struggle to; struggles to; fail to; fails to; key challenge; major challenge; fundamental challenge; significant challenge*"),
        (0, 2, "however; unfortunately; despite; challeng*; bottleneck*; limitation*; limited by; lack; lacks; lacking; existing methods; existing approaches; existing work; existing studies; prior work; previous work; current methods; current approaches; traditional methods; traditional approaches; conventional; often rely; typically rely; rely on; relies on; expensive; prohibitive; costly; difficult; hinder*; overlook*; ignore; ignores; gap; scarce; scarcity; open question"),
        (0, 1, "yet; although; while; but; often; typically; existing; prior; recent; recently; widely; critical; crucial; essential; fundamental; important; has become; have become; has emerged; have emerged; growing; increasingly; due to; problem; require; requires; risk; prone to"),
        (1, 3, "we propose; we introduce; we present; we develop; we describe; we study; we investigate; we examine; we ask; we revisit; we address; we formulate; we argue; we release; this paper presents; this paper proposes; this paper introduces; this paper studies; this paper investigates; this paper addresses; this paper develops; this paper provides; this paper examines; this paper describes; this paper shows; this paper aims; this work presents; this work proposes; this work introduces; this work studies; this work investigates; this work develops; this work provides; this work addresses; this study presents; this study proposes; this study introduces; this study investigates; this study examines; this study aims; this study develops; this survey; this review; this article; in this paper; in this work; in this study; in this article; is proposed; are proposed; is presented; is introduced; the paper presents; the paper proposes; here we; we here; our contribution*; our main contribution*; our key insight; the main contribution; our goal; we provide the first; the first; we also introduce; we further introduce; we instead propose; we then propose; we therefore propose; we thus propose"),
        (1, 2, "to address; to overcome; to bridge; to tackle; to this end; to mitigate; to resolve; to fill; to close this gap; novel; new framework; a framework; a new; a novel; we offer; we design; we establish; we provide; we construct; we build; we aim; we explore; we analyze; we analyse; we characterize; we derive; our framework; our approach; our method; our work; proposed"),
        (1, 1, "we; our; this paper; this work; framework; unified; approach; method; benchmark; dataset; key idea; insight"),
        (2, 3, "we use; we train; we employ; we leverage; we utilize; we adopt; we apply; we combine; we integrate; we incorporate; we formulate; we model; we design; we fine tune; we implement; we construct; we collect; we first; we then; we optimize; we augment; we decompose; we parameterize; we derive; we evaluate on; we compare; we benchmark; consists of; is composed of; comprises; is built on; builds on; builds upon; our method uses; our approach uses; it incorporates; it integrates; it combines; it uses; it leverages; it employs; it consists; the method uses; the framework integrates; the framework combines; the model uses; are implemented; is implemented; were used; was used; are used; were trained; was trained; is trained; are trained; were collected; was collected; trained on a; the key idea; the core idea; the strategy is"),
        (2, 2, "by leveraging; by combining; by integrating; by using; by introducing; by treating; by modeling; by learning; by encoding; by aligning; by selectively; by exploiting; by incorporating; by replacing; by decomposing; specifically; in particular; concretely; first stage; second stage; stage; stages; pipeline; module; modules; architecture; algorithm; loss function; objective; encoder; decoder; incorporat*; integrat*; leverag*; combin*; employ*; utiliz*; formulat*; decompos*; aggregat*; parameteriz*; based on; trained with; two step; two stage; three stage; datasets were; experiments on; cohort; using data"),
        (2, 1, "via; using; through; then; first; second; finally; each; learns; learn; layer; layers; representation*; embedding*; enables; component*; strategy; mechanism; procedure; scheme; constraint*; sampling; step"),
        (3, 3, "outperform*; state of the art; results show; results demonstrate; results indicate; results reveal; results confirm; results suggest; experiments show; experiments demonstrate; experiments indicate; experiments confirm; experiments reveal; experimental results; empirical results; empirically; extensive experiments; experiments on; evaluations on; evaluation on; evaluations across; evaluated on; experiments across; we find; we found; we show; we prove; we demonstrate; we observe; we achieve; we obtain; our results; our experiments; our findings show; our analysis reveals; our analysis shows; achieves; achieved; achieving; surpass*; we report; we reveal; we establish; numerical experiments; numerical results; we further show; we also show; we also prove; we further prove; converges to; significant improvement*; improvement* over; we confirm; we validate; we verify; validated on; validation on; simulations show; yields; exceeds"),
        (3, 2, "improv*; accuracy; reduc*; gains; gain; speedup; speedups; faster; higher; lower; superior; competitive; comparable; consistently; significantly; substantially; up to; compared to; compared with; relative to; auc; auroc; f1; rmse; mae; percentage points; benchmark*; baseline*; guarantee*; bound; bounds; prove; proves; theoretically; demonstrat*; attains; matches; reveals; exhibits; degrades; drops; error rate*; increases; decreases; robust*; statistically"),
        (3, 1, "shows; show; find; performance; across; datasets; while maintaining; without sacrificing; effective*; efficien*; on average; experiments; evaluation*; reach*; preserv*"),
        (4, 3, "our findings; these findings; these results; our results suggest; results suggest; findings suggest; findings highlight; these insights; pave* the way; paving the way; opens; open the door; opening; foundation for; step toward*; step towards; implications; practical takeaway; takeaway; broader; highlight the; highlights the; underscore*; has the potential; have the potential; offers a promising; promising direction; promising approach; potential for; future research; future work; future directions; can serve as; overall; this work provides; this work highlights; this work demonstrates; this work establishes; this suggests; suggesting that; these advances; in summary; in conclusion; we conclude; we discuss; we recommend; we hope; this highlights; this demonstrates"),
        (4, 2, "suggest; suggests; suggesting; indicate that; implies; imply; enable; enables; enabling; facilitat*; potential; promising; practical; practitioners; real world; deployment; applications; applicable; application; insight*; guidance; guideline*; offers; offering; supports; need for; importance of; value of; feasib*; viable; scalable; opportunit*; flexible; versatile; general purpose; principled; useful; demonstrates that; clinical"),
        (4, 1, "can; could; may; robust solution; reliable; trustworthy; safe; broad; toward; towards; thus; therefore; provides; research; community; policy; decision; future; understanding"),
        (5, 3, "code is available; code is publicly; code available; code and data; code and models; code will be; codes are; our code; source code; code released; project page; project website; is publicly available; are publicly available; made publicly available; is available at; are available at; available at; github; https; http; github com; open sourced; has been withdrawn; been withdrawn; is withdrawn; withdrawn by; withdrawn due; withdraw this; retracted; accepted at; accepted to; accepted by; appear in; equal contribution; huggingface; code can be found; implementation is available; is open source"),
    ]);

    /// <summary>The score of each role, in the order of <see cref="SentenceRole"/>.</summary>
    public static double[] Score(List<string> words) => phrases.Score(words);

    /// <summary>The role that a structured abstract's heading ("Methods:") gives the sentences behind it; null when the sentence begins with none.</summary>
    public static SentenceRole? Heading(string sentence)
    {
        var colon = sentence.AsSpan(0, Math.Min(sentence.Length, 40)).IndexOf(':');
        return colon < 0 ? null : sentence.AsSpan(0, colon).Trim().ToString().ToUpperInvariant() switch
        {
            "BACKGROUND" or "INTRODUCTION" or "MOTIVATION" or "IMPORTANCE" or "PROBLEM" or "CONTEXT" => SentenceRole.Problem,
            "OBJECTIVE" or "OBJECTIVES" or "PURPOSE" or "AIM" or "AIMS" or "GOAL" or "BACKGROUND AND OBJECTIVE" => SentenceRole.Contribution,
            "METHOD" or "METHODS" or "METHODOLOGY" or "MATERIALS AND METHODS" or "APPROACH" or "DESIGN" => SentenceRole.Method,
            "RESULT" or "RESULTS" or "FINDINGS" or "MAIN RESULTS" or "KEY FINDINGS" => SentenceRole.Result,
            "CONCLUSION" or "CONCLUSIONS" or "DISCUSSION" or "SIGNIFICANCE" or "IMPLICATIONS" or "RESULTS AND CONCLUSION" => SentenceRole.Implication,
            _ => null,
        };
    }
}
