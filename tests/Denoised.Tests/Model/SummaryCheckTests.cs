using CsCheck;
using Denoised.Papers;
using Denoised.Summaries;

namespace Denoised.Tests.Model;

public sealed class SummaryCheckTests
{
    private const string Text =
        "Title: Lantern Routing\n\nAbstract: We propose LanternNet, a graph network for harbours. It re-\nduces collisions by 31.5% on “every” harbour we tried. The results suggest that ﬁne state-of-the-\nart harbours need less light, by −12 lamps.";

    private static readonly Paper paper = new()
    {
        Id = ArxivId.Parse("2603.00001"),
        Title = "Lantern Routing",
        Authors = ["A. Nobody"],
        Abstract = Text,
        PrimaryCategory = "cs.LG",
        Categories = ["cs.LG"],
    };

    private static readonly SourceText source = SourceText.OfAbstract("Lantern Routing", Text[(Text.IndexOf("Abstract: ", StringComparison.Ordinal) + 10)..]);

    [Theory]
    [InlineData("We propose LanternNet, a graph network for harbours.")]
    [InlineData("we propose  LanternNet,\na graph network")]
    [InlineData("It reduces collisions by 31.5% on \"every\" harbour")]
    [InlineData("suggest that fine state-of-the-art harbours need less light, by -12 lamps.")]
    public void A_quote_stands_in_the_text_however_it_is_set(string quote) => Assert.NotNull(Check(quote).Accepted);

    [Theory]
    [InlineData("We propose LanternNet, a graph network for 12 harbours.")]
    [InlineData("It reduces collisions by 32.5%")]
    [InlineData("need less light, by 12 lamps.")]
    [InlineData("We propose a graph network for harbours.")]
    public void A_quote_that_differs_in_a_word_or_a_figure_does_not(string quote)
    {
        var check = Check(quote);
        Assert.Null(check.Accepted);
        Assert.Contains("does not stand in the paper", Assert.Single(check.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_model_writes_is_checked_and_what_is_accepted_has_been()
    {
        var words = Gen.OneOf("We propose", "LanternNet,", "a graph network", "harbours", "31.5%", "12", "https://example.org", "<b>", "$x$", "\n", "“", "", " ");
        var text = words.Array[0, 60].Select(parts => string.Join(' ', parts));
        var maybe = Gen.Frequency((3, text.Select(value => (string?)value)), (1, Gen.Const((string?)null)));
        var quote = Gen.Frequency((1, maybe), (1, Gen.OneOf<string?>("We propose LanternNet, a graph network for harbours.", "need less light")));
        var point = Gen.Frequency((5, Gen.Select(quote, maybe, maybe, (q, s, c) => (DraftPoint?)new DraftPoint(q, s, c))), (1, Gen.Const((DraftPoint?)null)));
        var tag = Gen.OneOf<string?>(Gen.OneOf<string?>([.. Tag.All]), maybe);
        var draft = Gen.Select(tag.Array[0, 5], point.Array[0, 7], maybe, maybe, maybe, quote, maybe, (tags, points, summary, methodology, results, resultsQuote, implications) => new ModelDraft
        {
            Tags = tags!,
            KeyPoints = points!,
            Summary = summary,
            Methodology = methodology,
            Results = results,
            ResultsQuote = resultsQuote,
            Implications = implications,
        });

        draft.Sample(written =>
        {
            var check = SummaryCheck.Run(written, paper, source);
            if (check.Accepted is not { } accepted)
                return check.Failures.Count > 0;
            string?[] prose = [accepted.Overview, accepted.Methodology, accepted.Results, accepted.Implications, .. accepted.KeyPoints.Select(point => point.Claim)];
            return accepted.Tags is { Count: >= 1 and <= 3 } && accepted.Tags.All(Tag.IsKnown)
                && accepted.KeyPoints is { Count: >= 1 and <= 5 }
                && accepted.KeyPoints.All(point => QuoteText.Contains(QuoteText.Normalize(Text), point.Evidence!.Quote) && WordRange.Count(point.Claim) is >= 5 and <= 25)
                && prose.OfType<string>().All(part => Markup.Find(part) is null)
                && WordRange.Count(accepted.Overview!) <= 250;
        }, iter: 2_000);
    }

    private static CheckedDraft Check(string quote) => SummaryCheck.Run(
        new ModelDraft
        {
            Tags = ["Graph Learning"],
            KeyPoints = [new DraftPoint(quote, "Abstract", "A graph network is proposed that plans the harbours.")],
            Summary = "The paper proposes a graph network for harbours.",
        },
        paper,
        source);
}
