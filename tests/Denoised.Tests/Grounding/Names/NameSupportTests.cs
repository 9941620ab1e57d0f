using Denoised.Grounding;

namespace Denoised.Tests.Grounding.Names;

public sealed class NameSupportTests
{
    private const string Reader = "LLaMA 2 34B describes each harbour";
    private const string Row = "LLaMA 2 34B | 34 | 12";

    [Theory]
    [InlineData("LLaMA 2 34B describes harbours for LanternNet.", Reader)]
    [InlineData("LLaMA 2 34B answers fastest.", Row)]
    [InlineData("Beyond 100 harbours, the cost grows.", "Its cost grows")]
    [InlineData("Rebuilding routes takes long with LanternNet.", Reader)]
    public void A_name_of_the_evidence_passes(string sentence, string quote) => Assert.Empty(HarbourPaper.Findings(sentence, quote, GroundingKind.Name));

    [Theory]
    [InlineData("LLaMA 2 13B describes harbours.", Reader, "13B")]
    [InlineData("LLaMA 2 13B answers within 12 ms.", Row, "13B")]
    [InlineData("LLaMA 3 34B describes harbours.", Reader, "LLaMA 3")]
    [InlineData("Mistral-7B describes harbours.", Reader, "Mistral-7B")]
    [InlineData("LLaMA III describes harbours.", Reader, "LLaMA III")]
    [InlineData("LLaMA 2 34B describes harbours on two GPUs.", Reader, "GPUs")]
    public void Another_version_or_size_is_another_name(string sentence, string quote, string named) =>
        Assert.Contains(HarbourPaper.Findings(sentence, quote, GroundingKind.Name), message => message.Contains(named, StringComparison.Ordinal));
}
