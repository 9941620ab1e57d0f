using Denoised.Domain;
using Denoised.Grounding;
using Denoised.PaperText;
using Denoised.Text;

namespace Denoised.Tests.Grounding;

/// <summary>An invented paper for the checks of single sentences.</summary>
internal static class HarbourPaper
{
    private static readonly PaperDocument text = new()
    {
        Title = "LanternNet: Graph Networks for Dark Harbours",
        Abstract = "We propose LanternNet, a graph network that routes ships through dark harbours. It reduces collisions by 31.5% on HarbourBench.",
        Source = TextOrigin.Html,
        Sections =
        [
            new PaperSection("1 Method", SectionKind.Method, "S1", 1,
            [
                new PaperBlock(BlockKind.Paragraph, "The encoder needs no labelled routes and is trained on 2,000 simulated and 1,000 real voyages. The decoder has twelve layers and runs three times faster than the tide model."),
                new PaperBlock(BlockKind.Paragraph, "The router may fail in heavy fog, where lamps are hardly visible. Its memory demand is lower than that of the tide model by 12 standard deviations."),
                new PaperBlock(BlockKind.Paragraph, "We are the first to route ships by lantern light. LLaMA 2 34B describes each harbour in one sentence, which the planner reads before departure."),
                new PaperBlock(BlockKind.Paragraph, "The planner dispenses with charts and buoys entirely. It avoids nautical almanacs and is most often five times faster when ships are few. Its cost grows beyond 100 harbours."),
                new PaperBlock(BlockKind.Paragraph, "The router bypasses the need to light lamps. Trials at sea are left as the next step. Safe routes require respecting fishing grounds, which earlier planners often overlook. On narrow canals the tide model still falls far short of human pilots."),
            ]),
            new PaperSection("2 Results", SectionKind.Results, "S2", 1,
            [
                new PaperBlock(BlockKind.Paragraph, "LanternNet outperforms the tide model on HarbourBench. Its accuracy is 97.42%, while the collision rate falls to one third of the previous rate."),
                new PaperBlock(BlockKind.Caption, "Table 1: Latency (ms) on HarbourBench."),
                new PaperBlock(BlockKind.Table, "Planner | Size | Latency (ms)\nLLaMA 2 13B | 13 | 48\nLLaMA 2 34B | 34 | 12"),
            ]),
        ],
    };

    private static readonly Paper metadata = new()
    {
        Id = ArxivId.Parse("2603.00001"), Title = text.Title, Authors = ["A. Nobody"], Abstract = text.Abstract, PrimaryCategory = "cs.LG", Categories = ["cs.LG"],
    };

    /// <summary>The findings of one kind on a sentence.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="quote">Words of its evidence.</param>
    /// <param name="kind">Which findings.</param>
    public static IReadOnlyList<string> Findings(string sentence, string quote, GroundingKind kind) =>
        [.. GroundingCheck.Check(sentence, Passage(quote)).Where(finding => finding.Kind == kind).Select(finding => finding.Message)];

    /// <summary>The passage of the sentences that hold some quotes.</summary>
    public static EvidencePassage Passage(params string[] quotes) => Passage(text, quotes);

    /// <summary>The passage of a planted sentence, in the middle of the method.</summary>
    public static EvidencePassage Planted(string sentence)
    {
        var method = text.Sections[0];
        return Passage(text with { Sections = [method with { Blocks = [.. method.Blocks, new PaperBlock(BlockKind.Paragraph, sentence)] }, .. text.Sections.Skip(1)] }, sentence);
    }

    private static EvidencePassage Passage(PaperDocument paperText, params string[] quotes)
    {
        var paper = new GroundedPaper(new SourceIndex(metadata, paperText));
        return new EvidencePassage(paper, [.. quotes.Select(quote => paper.Source.Sentences.First(sentence => sentence.Plain.Contains(quote, StringComparison.Ordinal)))]);
    }
}
