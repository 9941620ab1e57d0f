using System.Globalization;
using CsCheck;
using Denoised.Grounding;

namespace Denoised.Tests.Grounding;

public sealed class GroundingCheckTests
{
    private const string Results = "LanternNet outperforms the tide model";

    [Theory]
    [InlineData("On HarbourBench, LanternNet is ahead of the tide model.", Results)]
    [InlineData("The network routes ships through dark harbours.", "a graph network that routes ships")]
    public void A_supported_sentence_has_no_finding(string sentence, string quote) => Assert.Empty(GroundingCheck.Check(sentence, HarbourPaper.Passage(quote)));

    [Fact]
    public void A_sentence_may_rest_on_two_sentences_of_different_sections()
    {
        const string sentence = "With a decoder of twelve layers, LanternNet outperforms the tide model on HarbourBench.";
        Assert.Empty(GroundingCheck.Check(sentence, HarbourPaper.Passage(Results, "The decoder has twelve layers")));
        Assert.NotEmpty(GroundingCheck.Check(sentence, HarbourPaper.Passage(Results)));
    }

    [Theory]
    [InlineData("Fresh basil is added at the end of cooking.")]
    [InlineData("The mayor resigned over the scandal.")]
    public void A_sentence_about_something_else_lacks_support(string sentence) => Assert.NotEmpty(HarbourPaper.Findings(sentence, Results, GroundingKind.Support));

    [Theory]
    [InlineData("Fresh basil is added at the end of cooking.")]
    [InlineData("The actress married in a small village in Tuscany.")]
    [InlineData("The museum shows old ships until May.")]
    public void A_planted_sentence_is_no_evidence(string sentence) =>
        Assert.Contains(GroundingCheck.Check(sentence, HarbourPaper.Planted(sentence)), finding => finding.Kind == GroundingKind.Topic);

    [Fact]
    public void Any_text_is_checked_without_an_exception()
    {
        var evidence = HarbourPaper.Passage(Results);
        Gen.String[Gen.Char["LanternNet 0123456789.,%×-not'\"[]()<>/\\^$:@é中\u0000\ud800 \n"], 0, 300].Sample(sentence => GroundingCheck.Check(sentence, evidence), iter: 500);
    }

    [Theory]
    [InlineData("not more than 1.1% ")]
    [InlineData("all all all methods ")]
    [InlineData("((((((((")]
    [InlineData("a.b.c.d-e-f ")]
    public void A_hostile_answer_of_100_KB_takes_bounded_time(string part)
    {
        var evidence = HarbourPaper.Passage(Results);
        var sentences = Enumerable.Repeat(string.Concat(Enumerable.Repeat(part, 1 + (1_900 / part.Length)))[..1_900], 53).Append(string.Concat(Enumerable.Repeat(part, 100_000 / part.Length))).ToList();
        CheckAll();

        // Measured without other load: at most 0.2 s.
        Assert.True(ThreadTime.Of(CheckAll) < TimeSpan.FromSeconds(1), string.Create(CultureInfo.InvariantCulture, $"{ThreadTime.Of(CheckAll).TotalMilliseconds:F0} ms"));

        void CheckAll() => sentences.ForEach(sentence => GroundingCheck.Check(sentence, evidence));
    }
}
