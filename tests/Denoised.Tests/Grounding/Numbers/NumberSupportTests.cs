using Denoised.Grounding;

namespace Denoised.Tests.Grounding.Numbers;

public sealed class NumberSupportTests
{
    private const string Voyages = "2,000 simulated and 1,000 real voyages";
    private const string Decoder = "The decoder has twelve layers";
    private const string Memory = "Its memory demand is lower";
    private const string Accuracy = "Its accuracy is 97.42%";
    private const string Row = "LLaMA 2 34B | 34 | 12";

    [Theory]
    [InlineData("Training uses 3,000 voyages without labelled routes.", Voyages)]
    [InlineData("A third of the voyages in training are real.", "falls to one third of the previous rate")]
    [InlineData("The decoder has 12 layers and is three times as fast as the tide model.", Decoder)]
    [InlineData("The decoder takes a third of the time of the tide model.", Decoder)]
    [InlineData("The memory demand is 12 standard deviations below that of the tide model.", Memory)]
    [InlineData("LanternNet is 97.4% accurate and errs in 2.58% of cases.", Accuracy)]
    [InlineData("LLaMA 2 34B has a latency of 12 ms.", Row)]
    [InlineData("Training uses 2,000 voyages of a simulator and 1,000 real ones.", Voyages)]
    [InlineData("LLaMA 2 34B answers within milliseconds.", Row)]
    public void A_number_that_follows_from_the_evidence_passes(string sentence, string quote) =>
        Assert.Empty(HarbourPaper.Findings(sentence, quote, GroundingKind.Number));

    [Theory]
    [InlineData("Training uses 4,000 voyages.", Voyages, "4,000")]
    [InlineData("Training uses 2,000 and 3,000 voyages.", Voyages, "3,000")]
    [InlineData("The decoder is twice as fast as the tide model.", Decoder, "twice")]
    [InlineData("The decoder is five times faster than the tide model.", Decoder, "five times")]
    [InlineData("The decoder is 3% faster than the tide model.", Decoder, "3%")]
    [InlineData("The decoder has two layers.", Decoder, "two")]
    [InlineData("The memory demand is 12% below that of the tide model.", Memory, "12%")]
    [InlineData("LanternNet reaches 97.42 standard deviations.", Accuracy, "97.42")]
    [InlineData("Its accuracy is 97.42×.", Accuracy, "97.42×")]
    [InlineData("The collision rate falls to half of the previous rate.", Accuracy, "half")]
    [InlineData("LLaMA 2 34B has a latency of 12 s.", Row, "12 s")]
    [InlineData("LLaMA 2 34B answers within hundreds of seconds.", Row, "hundreds of seconds")]
    [InlineData("LLaMA 2 34B answers within single-digit seconds.", Row, "single-digit seconds")]
    [InlineData("The decoder has twelve languages.", Decoder, "twelve")]
    [InlineData("Training uses 1,000 simulated and 1,000 real voyages.", Voyages, "1,000")]
    [InlineData("The encoder is trained on 1,000 simulated ones.", Voyages, "1,000")]
    public void A_number_or_unit_that_the_evidence_lacks_is_named(string sentence, string quote, string named) =>
        Assert.Contains(HarbourPaper.Findings(sentence, quote, GroundingKind.Number), message => message.Contains($"\"{named}\"", StringComparison.Ordinal));
}
