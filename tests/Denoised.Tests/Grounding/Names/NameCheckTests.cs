using Denoised.Grounding;
using Denoised.Grounding.Names;
using Denoised.Tests.Summaries.Checks;

namespace Denoised.Tests.Grounding.Names;

public sealed class NameCheckTests
{
    [Theory]
    [InlineData("LanternNet beats ResNet-50, ResNet50 and BERT-large on HarbourBench.")]
    [InlineData("Practitioners may prefer the Lantern Net over BERT-style LLMs.")]
    [InlineData("Nevertheless, GPU memory in March stays at 40 GB, say planners.")]
    [InlineData("Graph Networks help: Harbours get darker.")]
    public void What_stands_in_the_paper_and_plain_English_pass(string sentence) => Assert.Empty(NameCheck.Missing(LanternPaper.Plain(sentence), LanternPaper.Index.Names, LanternPaper.Index.Names));

    [Theory]
    [InlineData("The network beats ResNet-101 on every harbour.", "ResNet-101")]
    [InlineData("The network beats ViT-B on every harbour.", "ViT-B")]
    [InlineData("TideFormer beats the network.", "TideFormer")]
    [InlineData("Zephyrine beats the network.", "Zephyrine")]
    [InlineData("The network is trained on CIFAR-10.", "CIFAR-10")]
    [InlineData("The network follows Longformer here.", "Longformer")]
    [InlineData("The network uses XQZ scores.", "XQZ")]
    [InlineData("The network uses word2vec here.", "word2vec")]
    [InlineData("The network reads Hindi logs.", "Hindi")]
    [InlineData("The network of GFLOPs is small.", "GFLOPs")]
    [InlineData("The network follows Shipan here.", "Shipan")]
    public void A_name_that_is_nowhere_in_it_is_found(string sentence, string name) => Assert.Equal([name], NameCheck.Missing(LanternPaper.Plain(sentence), LanternPaper.Index.Names, LanternPaper.Index.Names));

    [Fact]
    public void A_language_has_to_stand_in_the_paper_though_not_beside_the_quote()
    {
        var quoted = new NameLookup(["The logs are read by one network."]);
        var paper = new NameLookup(["All logs of the survey are in Hindi.", "The logs are read by one network."]);

        Assert.Empty(NameCheck.Missing("One network reads the Hindi logs.", quoted, paper));
        Assert.Equal(["Dutch"], NameCheck.Missing("One network reads the Dutch logs.", quoted, paper));
    }
}
