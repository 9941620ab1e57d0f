using Denoised.Grounding;

namespace Denoised.Tests.Grounding;

public sealed class StrengthCheckTests
{
    private const string First = "We are the first to route ships";
    private const string Decoder = "The decoder has twelve layers";
    private const string Fog = "The router may fail in heavy fog";
    private const string Results = "LanternNet outperforms the tide model";

    [Theory]
    [InlineData("LanternNet is the first system that routes ships by lantern light.", First)]
    [InlineData("In the first layer of twelve, the decoder reads a voyage.", Decoder)]
    [InlineData("Of the decoders, the largest one has twelve layers.", Decoder)]
    [InlineData("The router might fail in heavy fog.", Fog)]
    [InlineData("LanternNet does better than the tide model.", Results)]
    [InlineData("The planner is faster whenever ships are few.", "It avoids nautical almanacs")]
    public void A_sentence_that_claims_no_more_than_its_evidence_passes(string sentence, string quote) =>
        Assert.Empty(HarbourPaper.Findings(sentence, quote, GroundingKind.Strength));

    [Theory]
    [InlineData("LanternNet is the first system that plans routes.", Results)]
    [InlineData("LanternNet is the best planner.", Results)]
    [InlineData("LanternNet is state of the art on HarbourBench.", Results)]
    [InlineData("LanternNet always outperforms the tide model.", Results)]
    [InlineData("LanternNet outperforms all 12 graph-based planners and models.", Results)]
    [InlineData("LanternNet is the only planner on HarbourBench.", Results)]
    [InlineData("The router fails in heavy fog.", Fog)]
    [InlineData("The router could not but fail in heavy fog.", Fog)]
    public void A_superlative_universal_or_lost_hedge_is_refused(string sentence, string quote) =>
        Assert.NotEmpty(HarbourPaper.Findings(sentence, quote, GroundingKind.Strength));
}
