using Denoised.Grounding;
using Denoised.Grounding.Claims;
using Denoised.PaperText;
using Denoised.Tests.Summaries.Checks;

namespace Denoised.Tests.Grounding.Claims;

public sealed class OverclaimCheckTests
{
    [Theory]
    [InlineData("The router finds the best route in all harbours.")]
    [InlineData("The first approach to route ships by lantern light is described.")]
    [InlineData("The router is guaranteed to end, the paper shows by a theorem.")]
    [InlineData("The results suggest that routing always benefits from brighter lanterns.")]
    [InlineData("Tide accuracy is not always high.")]
    [InlineData("A lantern should never fail in a harbour.")]
    [InlineData("The error rate is below that of all models it is compared with.")]
    [InlineData("In the first stage the encoder reads lamps.")]
    public void What_the_paper_says_as_strongly_passes(string sentence) => Assert.Empty(OverclaimCheck.Find(LanternPaper.Plain(sentence), LanternPaper.Index));

    [Theory]
    [InlineData("Memory use is state-of-the-art for training on one lamp.", false)]
    [InlineData("The weight decay is the best of any method in training.", false)]
    [InlineData("Training on one lamp never fails with this memory.", false)]
    [InlineData("The network's latency is unprecedented.", false)]
    [InlineData("Training memory is proven to stay at this size on one lamp.", false)]
    [InlineData("Nobody had achieved this before.", false)]
    [InlineData("It is the best method ever published.", false)]
    [InlineData("It beats every known system.", false)]
    [InlineData("It will replace all other methods.", false)]
    [InlineData("The router finds routes in harbours on all tasks.", false)]
    [InlineData("Memory stays without exception at 40 GB while training on one lamp.", false)]
    [InlineData("Routing always benefits from brighter lanterns.", true)]
    public void What_it_does_not_say_or_hedges_is_found(string sentence, bool isHedged) => Assert.Contains(OverclaimCheck.Find(LanternPaper.Plain(sentence), LanternPaper.Index), found => found.IsHedged == isHedged);

    [Theory]
    [InlineData("In their experiments it outperforms the best planner on every harbour.", true)]
    [InlineData("It outperforms the best planner on every harbour.", false)]
    public void A_hedge_of_the_authors_stays_one_in_the_third_person(string sentence, bool passes)
    {
        var paper = LanternPaper.Paper with { Abstract = "We route ships by lantern light. In our experiments it outperforms the best planner on every harbour." };
        Assert.Equal(passes, !OverclaimCheck.Find(LanternPaper.Plain(sentence), new SourceIndex(paper, PaperDocument.OfAbstract(paper.Title, paper.Abstract))).Any());
    }
}
