using System.Runtime.CompilerServices;
using Denoised.Arxiv.Text;
using Denoised.Phrases;

namespace Denoised.Summaries.Checks;

/// <summary>
/// Whether a paper is about what is told to models or reviewers: prompt injection, jailbreaks, prompts, peer review. Such a paper tells of orders and cites
/// them; in any other one they have no place. A paper that only pretends gains little: orders that are given, not told of, count in both.
/// </summary>
internal static class InjectionTopic
{
    private const int FewestInText = 5;
    private const int FewestInAbstract = 2;

    // Asked for every text of a draft.
    private static readonly ConditionalWeakTable<PaperText, StrongBox<bool>> known = [];

    /// <summary>Whether the title or abstract speaks of it, and the text does so again and again.</summary>
    public static bool IsOf(PaperText paper) => known.GetValue(paper, static read => new StrongBox<bool>(Read(read))).Value;

    private static bool Read(PaperText paper)
    {
        var head = Count(paper.Title) + Count(paper.Abstract);
        if (head < FewestInAbstract)
            return false;
        if (paper.Sections.Count == 0)
            return true;

        var (mentions, blocks) = (0, 0);
        foreach (var section in paper.Sections)
        {
            foreach (var block in section.Blocks)
            {
                var count = Count(block.Text);
                mentions += count;
                blocks += count > 0 ? 1 : 0;
            }
        }

        return mentions >= FewestInText && blocks >= 2;
    }

    // Sentences that give an order say nothing of what the paper is about.
    private static int Count(string text) => Cited.SentencesOf(text)
        .Where(static sentence => Orders.Find(Cited.Removed(FoldedText.Of(sentence)), isDescribed: true) is null)
        .Sum(static sentence => PhraseMatcher.WithoutOverlaps(vocabulary.Find(new TokenizedText(sentence))).Count());

    private static readonly PhraseMatcher vocabulary = new(
    [
        "(prompt|instruction|command|indirect|text) (-)? injections?", "(inject|injected|injecting|injects) ~2 (instructions?|prompts?|text)",
        "(jailbreak|jailbreaks|jailbreaking|jailbreakers?|jail - (break|breaks|breaking|breakers?))",
        "adversarial (prompts?|suffix|suffixes|instructions?)", "hidden (prompts?|instructions?|text)",
        "(system|user|hidden|malicious|injected) (prompts?|instructions?|messages?)",
        "prompt (leak|leakage|leaking|extraction|hijacking|attacks?)", "instruction (-)? (hierarchy|following|override)",
        "red (-)? (team|teams|teaming)", "guardrails?", "safety (-)? (alignment|training|filters?)", "refusals?", "chat templates?",
        "peer (-)? reviews?", "(llm|ai|automated|automatic|paper|conference|scientific) (review|reviews|reviewers?|reviewing)", "reviewers?",
        "review scores?", "white text", "invisible (text|characters?)", "untrusted (text|content|data|inputs?)",
    ]);
}
