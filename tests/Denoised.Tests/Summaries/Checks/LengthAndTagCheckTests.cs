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
    public void A_length_up_to_a_quarter_outside_the_range_is_accepted_with_a_finding(int words, bool? isAccepted) =>
        Assert.Equal(isAccepted, LengthCheck.Find("summary", words, Lengths.Summary, isLowerBoundOff: false)?.IsAccepted);

    [Fact]
    public void A_summary_of_an_abstract_has_no_minimum_length() => Assert.Null(LengthCheck.Find("summary", 5, Lengths.Summary, isLowerBoundOff: true));

    [Fact]
    public void The_check_accepts_at_most_three_distinct_tags_of_the_taxonomy() =>
        Assert.Equal(["Theory", "Robotics", "NLP"], TagCheck.Accept(["Theory", null, "Theory", "Best Papers", "Robotics", "NLP", "Multimodal"]));

    [Theory]
    [InlineData("Not stated in the paper.")]
    [InlineData("N/A")]
    [InlineData("None")]
    [InlineData("  ")]
    [InlineData("Not specified by the authors")]
    public void A_text_that_says_that_nothing_is_stated_becomes_null(string text) => Assert.Null(DraftTexts.NullIfEmpty(text));

    [Fact]
    public void A_text_with_content_stays() => Assert.Equal("None of the harbours had light.", DraftTexts.NullIfEmpty(" None of the harbours had light."));
}
