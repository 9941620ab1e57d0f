using Denoised.Summaries.Checks;

namespace Denoised.Tests.Summaries.Checks;

public sealed class QuoteCheckTests
{
    [Theory]
    [InlineData("Our results suggest that routing always benefits", "1 Introduction", "S1")]
    [InlineData("“the accuracy of LanternNet is 97.42%, and that", "3 Results", "S3")]
    [InlineData("The encoder has twenty-four layers and 1,412,272 parameters. We train with a rate of 10^-3", "2 Method", "S2")]
    [InlineData("reduces collisions by 31.5% on HarbourBench", "Abstract", null)]
    [InlineData("LanternNet: Graph Networks for Dark Harbours", null, null)]
    [InlineData("LanternNet | 74.8 | 12", "3 Results", "S3")]
    public void A_quote_has_the_section_that_it_stands_in(string quote, string? section, string? anchor)
    {
        var (place, _) = QuoteCheck.Find("keyPoints", quote, InventedPaper.Index);
        if (quote.Contains('|', StringComparison.Ordinal))
            Assert.NotNull(InventedPaper.Index.Find(quote));
        else
            Assert.Equal((section, anchor), (place?.Section, place?.Anchor));
    }

    [Theory]
    [InlineData("Our results suggest that planning always benefits", "letter by letter")]
    [InlineData("ur results suggest that routing always benefits", "letter by letter")]
    [InlineData("Our results suggest that routing always ben", "letter by letter")]
    [InlineData("Our results prove nothing of the kind at all", "letter by letter")]
    [InlineData("a graph network", "too short")]
    [InlineData("a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a", "more than 40")]
    public void An_altered_a_short_and_a_long_quote_fail(string quote, string why)
    {
        var (place, failure) = QuoteCheck.Find("keyPoints", quote, InventedPaper.Index);
        Assert.Null(place);
        Assert.Contains(why, failure!.ForModel, StringComparison.Ordinal);
        Assert.DoesNotContain(quote, failure.Reason, StringComparison.Ordinal);
    }
}
