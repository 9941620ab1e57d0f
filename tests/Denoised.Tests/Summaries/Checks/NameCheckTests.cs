using Denoised.Summaries.Checks;

namespace Denoised.Tests.Summaries.Checks;

public sealed class NameCheckTests
{
    [Theory]
    [InlineData("LanternNet beats ResNet-50, ResNet50 and BERT-large on HarbourBench.")]
    [InlineData("Practitioners may prefer the Lantern Net over BERT-style LLMs.")]
    [InlineData("Nevertheless, GPU memory in March stays at 40 GB, say German planners.")]
    [InlineData("Graph Networks help: Harbours get darker.")]
    public void What_stands_in_the_paper_and_plain_English_pass(string sentence) => Assert.Empty(NameCheck.Missing(InventedPaper.Plain(sentence), InventedPaper.Index.Names, InventedPaper.Index.Names));

    [Theory]
    [InlineData("The network beats ResNet-101 on every harbour.", "ResNet-101")]
    [InlineData("The network beats ViT-B on every harbour.", "ViT-B")]
    [InlineData("TideFormer beats the network.", "TideFormer")]
    [InlineData("Zephyrine beats the network.", "Zephyrine")]
    [InlineData("The network is trained on CIFAR-10.", "CIFAR-10")]
    [InlineData("The network follows Longformer here.", "Longformer")]
    [InlineData("The network uses XQZ scores.", "XQZ")]
    [InlineData("The network uses word2vec here.", "word2vec")]
    public void A_name_that_is_nowhere_in_it_is_found(string sentence, string name) => Assert.Equal([name], NameCheck.Missing(InventedPaper.Plain(sentence), InventedPaper.Index.Names, InventedPaper.Index.Names));
}
