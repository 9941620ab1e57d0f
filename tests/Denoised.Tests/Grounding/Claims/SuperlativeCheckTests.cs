using Denoised.Grounding;

namespace Denoised.Tests.Grounding.Claims;

public sealed class SuperlativeCheckTests
{
    private const string Router = "a graph network that routes ships";
    private const string Results = "LanternNet outperforms the tide model";
    private const string Accuracy = "Its accuracy is 97.42%";
    private const string Reader = "LLaMA 2 34B describes each harbour";

    [Theory]
    [InlineData("LanternNet surpasses the tide model.", Results)]
    [InlineData("The tide model is beaten on HarbourBench, a test of interest.", Results)]
    [InlineData("LLaMA 2 34B describes every harbour.", Reader)]
    [InlineData("The authors are the first to route ships by lantern light.", "We are the first to route ships")]
    public void A_rank_that_the_evidence_gives_passes(string sentence, string quote) => Assert.Empty(HarbourPaper.Findings(sentence, quote, GroundingKind.Strength));

    [Theory]
    [InlineData("LanternNet routes ships on the optimal path.", Router)]
    [InlineData("LanternNet ranks first in accuracy.", Accuracy)]
    [InlineData("LLaMA 2 34B outperforms the planner.", Reader)]
    [InlineData("The graph network routes every ship.", Router)]
    public void A_rank_that_the_evidence_does_not_give_is_refused(string sentence, string quote) => Assert.NotEmpty(HarbourPaper.Findings(sentence, quote, GroundingKind.Strength));
}
