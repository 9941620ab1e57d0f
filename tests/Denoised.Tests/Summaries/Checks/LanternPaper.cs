using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Grounding;
using Denoised.Model;
using Denoised.PaperText;
using Denoised.Summaries;
using Denoised.Text;

namespace Denoised.Tests.Summaries.Checks;

/// <summary>An invented paper with everything that the checks examine.</summary>
internal static class LanternPaper
{
    public static Paper Paper { get; } = new()
    {
        Id = ArxivId.Parse("2603.00001"),
        Title = "LanternNet: Graph Networks for Dark Harbours",
        Authors = ["A. Nobody"],
        Abstract = "We propose LanternNet, a graph network that routes ships. It reduces collisions by 31.5% on HarbourBench and runs in 12 ms per ship.",
        PrimaryCategory = "cs.LG",
        Categories = ["cs.LG"],
    };

    public static PaperDocument Text { get; } = new()
    {
        Title = Paper.Title,
        Abstract = Paper.Abstract,
        Source = TextOrigin.Html,
        Sections =
        [
            new PaperSection("1 Introduction", SectionKind.Introduction, "S1", 1,
            [
                Paragraph("Night traffic is hard to plan because lanterns fail. Earlier planners such as ResNet-50 and BERT need a large language model (see BERT-large) and 24 layers."),
                Paragraph("To our knowledge we are the first to route ships by lantern light. Our results suggest that routing always benefits from brighter lanterns."),
            ]),
            new PaperSection("2 Method", SectionKind.Method, "S2", 1,
            [
                Paragraph(@"The encoder has twenty-four layers and $1{,}412{,}272$ parameters. We train with a rate of $10^{-3}$ for 0.5 s per step on eight lamps, with weight decay .26723 throughout."),
                Paragraph("Training takes 3 to 5 hours on one lamp, and memory stays at 40 GB. The error rate of the router is 3.1%, half of what the tide model has."),
            ]),
            new PaperSection("3 Results", SectionKind.Results, "S3", 1,
            [
                Paragraph("On HarbourBench the accuracy of LanternNet is 97. 42%, and that of the tide model is 96.76%. Of 18 harbours in the survey, 3 had no lantern."),
                Paragraph("The decoder needs 30.2 lamps on average. In all harbours the router finds the best route of every planner, and it is guaranteed to end by Theorem 2."),
                new PaperBlock(BlockKind.Caption, "Table 1: Accuracy (%) and latency on HarbourBench."),
                new PaperBlock(BlockKind.Table, "Planner | Accuracy | Latency (ms)\nTide | 71.2 | 48\nLanternNet | 74.8 | 12"),
            ]),
        ],
    };

    public static SourceIndex Index { get; } = new(Paper, Text);

    public static ModelInput Source { get; } = new(TextOrigin.Html, NumberedText.Of(Text), [], Text);

    /// <summary>A draft sentence with the paper's sentences of the given beginnings as evidence.</summary>
    public static DraftSentence On(string text, params string[] beginnings) => new([.. beginnings.Select(NumberOf)], text);

    /// <summary>The number of the sentence with the given beginning.</summary>
    public static int NumberOf(string beginning)
    {
        var sentences = PaperSentences.Of(Text);
        return Source.Numbered.Ordinals.Index().Single(number => sentences[number.Item].Text.StartsWith(beginning, StringComparison.Ordinal)).Index + 1;
    }

    public static string Plain(string sentence) => PlainText.Of(sentence);

    private static PaperBlock Paragraph(string text) => new(BlockKind.Paragraph, text);
}
