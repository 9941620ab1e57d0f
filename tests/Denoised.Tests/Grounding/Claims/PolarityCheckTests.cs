using Denoised.Grounding;

namespace Denoised.Tests.Grounding.Claims;

public sealed class PolarityCheckTests
{
    private const string Encoder = "The encoder needs no labelled routes";
    private const string Decoder = "The decoder has twelve layers";
    private const string Fog = "The router may fail in heavy fog";
    private const string Charts = "dispenses with charts";
    private const string Almanacs = "It avoids nautical almanacs";
    private const string Memory = "Its memory demand is lower";
    private const string Lamps = "bypasses the need to light lamps";
    private const string Trials = "left as the next step";
    private const string Grounds = "respecting fishing grounds";
    private const string Pilots = "falls far short of human pilots";
    private const string Results = "LanternNet outperforms the tide model";

    [Theory]
    [InlineData("The encoder is trained without labelled routes.", Encoder)]
    [InlineData("The decoder is faster than the tide model.", Decoder)]
    [InlineData("The router might not work in heavy fog.", Fog)]
    [InlineData("LanternNet needs less memory than the tide model.", Memory)]
    [InlineData("The planner works without charts or buoys.", Charts)]
    [InlineData("The planner drops charts and buoys.", Charts)]
    [InlineData("The tide model is worse than LanternNet on HarbourBench.", Results)]
    [InlineData("The router need not light lamps.", Lamps)]
    [InlineData("Trials at sea remain to be made.", Trials)]
    [InlineData("Earlier planners seldom respect fishing grounds.", Grounds)]
    [InlineData("On narrow canals, pilots are far better than the tide model.", Pilots)]
    public void A_sentence_of_the_same_sense_passes(string sentence, string quote) => Assert.Empty(HarbourPaper.Findings(sentence, quote, GroundingKind.Polarity));

    [Theory]
    [InlineData("The encoder needs labelled routes.", Encoder)]
    [InlineData("The decoder does not run faster than the tide model.", Decoder)]
    [InlineData("Lamps are visible in heavy fog.", Fog)]
    [InlineData("The decoder runs slower than the tide model.", Decoder)]
    [InlineData("The memory demand is higher than that of the tide model.", Memory)]
    [InlineData("The tide model outperforms LanternNet.", Results)]
    [InlineData("The planner relies on nautical almanacs.", Almanacs)]
    [InlineData("The planner is most often five times slower when ships are few.", Almanacs)]
    [InlineData("LanternNet does not outperform the tide model.", Results)]
    [InlineData("The router has to light lamps.", Lamps)]
    [InlineData("Trials at sea have been completed.", Trials)]
    [InlineData("Earlier planners respect fishing grounds.", Grounds)]
    [InlineData("On narrow canals, the tide model matches human pilots.", Pilots)]
    public void A_negation_direction_or_role_that_differs_is_refused(string sentence, string quote) =>
        Assert.NotEmpty(HarbourPaper.Findings(sentence, quote, GroundingKind.Polarity));
}
