using Denoised.Summaries;

namespace Denoised.Tests.Summaries;

public sealed class ExtractivePhrasesTests
{
    [Theory]
    [InlineData("tall trees", 3)]
    [InlineData("tall", 1)]
    [InlineData("a tree", 0)]
    [InlineData("tall trees and tall trees", 4.5)]
    [InlineData("tall trees are tall", 4)]
    [InlineData("Pruned, PRUNING, pru", 3)]
    [InlineData("tall-\ntrees", 3)]
    [InlineData("\\emph{tall} trees", 3)]
    public void Counts_the_longest_phrase_with_less_for_each_repetition(string text, double expected)
    {
        var phrases = new ExtractivePhrases(2, [(0, 3, "tall trees"), (0, 1, "tall"), (0, 2, "prun*"), (1, 7, "owls")]);

        Assert.Equal([expected, 0], phrases.Score(ExtractiveWords.Of(text)));
    }

    [Fact]
    public void Names_a_phrase_that_stands_twice() =>
        Assert.Contains("'tall'", Assert.Throws<ArgumentException>(() => new ExtractivePhrases(1, [(0, 3, "tall; small"), (0, 1, "tall")])).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_a_stem_that_is_too_short() =>
        Assert.Contains("'ta*'", Assert.Throws<ArgumentException>(() => new ExtractivePhrases(1, [(0, 3, "ta*")])).Message, StringComparison.Ordinal);
}
