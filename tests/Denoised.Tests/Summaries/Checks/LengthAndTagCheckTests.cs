

using Denoised.Domain;
using Denoised.Summaries.Checks;

namespace Denoised.Tests.Summaries.Checks;

public sealed class LengthAndTagCheckTests
{
    [Theory]
    [InlineData(110, null)]
    [InlineData(200, null)]
    [InlineData(83, true)]
    [InlineData(82, false)]
    [InlineData(250, true)]
    [InlineData(251, false)]
    public void A_quarter_outside_is_accepted_and_said(int words, bool? isAccepted) =>
        Assert.Equal(isAccepted, LengthCheck.Find("summary", words, Lengths.Summary, isLowerBoundOff: false)?.IsAccepted);

    [Fact]
    public void Of_an_abstract_less_is_asked() => Assert.Null(LengthCheck.Find("summary", 5, Lengths.Summary, isLowerBoundOff: true));

    [Fact]
    public void Tags_are_of_the_taxonomy_each_once_three_at_most() =>
        Assert.Equal(["Theory", "Robotics", "NLP"], TagCheck.Accept(["Theory", null, "Theory", "Best Papers", "Robotics", "NLP", "Multimodal"]));

    [Theory]
    [InlineData("Not stated in the paper.")]
    [InlineData("N/A")]
    [InlineData("None")]
    [InlineData("  ")]
    [InlineData("Not specified by the authors")]
    public void What_says_that_nothing_is_said_is_null(string text) => Assert.Null(DraftTexts.OrNull(text));

    [Fact]
    public void What_says_something_is_not() => Assert.Equal("None of the harbours had light.", DraftTexts.OrNull(" None of the harbours had light."));
}
