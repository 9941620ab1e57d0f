using CsCheck;
using Denoised.Domain;
using Denoised.Grounding;
using Denoised.Model;
using Denoised.Summaries;
using Denoised.Summaries.Checks;
using Denoised.TestSupport.Digests;
using Denoised.Text;

namespace Denoised.Tests.Summaries.Checks;

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

    private static readonly ModelInput source = ModelInput.OfAbstract("Lantern Routing", Text[(Text.IndexOf("Abstract: ", StringComparison.Ordinal) + 10)..]);

    [Fact]
    public void A_key_point_with_evidence_in_the_text_is_accepted_with_that_quote()
    {
        var check = Check(1);
        Assert.Equal("We propose LanternNet, a graph network for harbours.", Assert.Single(check.Accepted!.KeyPoints).Evidence!.Quote);
    }

    [Fact]
    public void A_key_point_with_a_missing_evidence_sentence_is_rejected()
    {
        var check = Check(4);
        Assert.Null(check.Accepted);
        Assert.Contains("there is no sentence [s4], the last one is [s3]", Assert.Single(check.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_accepted_part_of_any_draft_satisfies_the_rules()
    {
        var words = Gen.OneOf("We propose", "LanternNet,", "a graph network", "harbours", "31.5%", "12", "https://example.org", "<b>", "$x$", "\n", "“", "", " ");
        var text = words.Array[0, 60].Select(parts => string.Join(' ', parts));
        var maybe = Gen.Frequency((3, text.Select(value => (string?)value)), (1, Gen.Const((string?)null)));
        var numbers = Gen.OneOf<IReadOnlyList<int>?>(Gen.Int[-1, 5].Array[0, 3].Select(array => (IReadOnlyList<int>?)array), Gen.Const((IReadOnlyList<int>?)null));
        var sentence = Gen.Frequency((5, Gen.Select(numbers, maybe, (evidence, said) => (DraftSentence?)new DraftSentence(evidence, said))), (1, Gen.Const((DraftSentence?)null)));
        var prose = Gen.Frequency((3, sentence.Array[0, 6].Select(sentences => (DraftSentence?[]?)sentences)), (1, Gen.Const((DraftSentence?[]?)null)));
        var tag = Gen.OneOf<string?>(Gen.OneOf<string?>([.. Tag.All]), maybe);
        var claims = Gen.Select(sentence, sentence.Array[0, 7]);
        var draft = Gen.Select(tag.Array[0, 5], claims, prose, prose, prose, prose, (tags, claims, summary, methodology, results, implications) => new ModelDraft
        {
            Tags = tags!,
            Tldr = claims.Item1,
            KeyPoints = claims.Item2!,
            Summary = summary!,
            Methodology = methodology!,
            Results = results!,
            Implications = implications!,
        });

        draft.Sample(written =>
        {
            var check = SummaryCheck.Run(written, paper, source);
            if (check.Accepted is not { } accepted)
                return check.Failures.Count > 0;
            string?[] prose = [accepted.Overview, accepted.Methodology, accepted.Results, accepted.Implications, .. accepted.Claims().Select(point => point.Claim)];
            return accepted.Tags is { Count: >= 1 and <= 3 } && accepted.Tags.All(Tag.IsKnown)
                && accepted.KeyPoints is { Count: >= 1 and <= 5 }
                && accepted.Claims().All(point => QuoteText.Contains(QuoteText.Normalize(Text), point.Evidence!.Quote) && point.Evidence.Quote.Length > 0 && WordRange.Count(point.Claim) is >= 5 and <= 25)
                && prose.OfType<string>().SelectMany(Sentences.Of).All(sentence => FormCheck.Find(sentence) is null)
                && WordRange.Count(accepted.Overview!) <= 250;
        }, iter: 2_000);
    }

    private static CheckedDraft Check(int number) => SummaryCheck.Run(
        new ModelDraft
        {
            Tags = ["Graph Learning"],
            KeyPoints = [new DraftSentence([number], "A graph network is proposed that plans the harbours.")],
            Summary = [new DraftSentence([1], "The paper proposes a graph network for harbours.")],
        },
        paper,
        source);
}
