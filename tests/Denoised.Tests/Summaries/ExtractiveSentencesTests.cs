using CsCheck;
using Denoised.Text;

namespace Denoised.Tests.Summaries;

public sealed class ExtractiveSentencesTests
{
    [Theory]
    [InlineData("One ends. Two ends! Three ends? Four", "One ends.|Two ends!|Three ends?|Four")]
    [InlineData("Some nets, e.g. Larch nets, i.e. The Tall Ones, stay small. We shrink them.", "Some nets, e.g. Larch nets, i.e. The Tall Ones, stay small.|We shrink them.")]
    [InlineData("As in Elm et al. (2020) we see Fig. 3 and Eq. 4. We go on.", "As in Elm et al. (2020) we see Fig. 3 and Eq. 4.|We go on.")]
    [InlineData("This follows Elm et al. We go further.", "This follows Elm et al.|We go further.")]
    [InlineData("It wins 3.5 vs. 2.5 points over J. Larch. The gap is 0.4.", "It wins 3.5 vs. 2.5 points over J. Larch.|The gap is 0.4.")]
    [InlineData("We print in 3D. The parts fit.", "We print in 3D.|The parts fit.")]
    [InlineData("A bound of $n. Q$ holds. Then $x = 1.$ We stop.", "A bound of $n. Q$ holds.|Then $x = 1.$|We stop.")]
    [InlineData("Rates fall as \\(1/n. Q\\) grows. We prove it.", "Rates fall as \\(1/n. Q\\) grows.|We prove it.")]
    [InlineData("It costs $5 a day. We cut it to $2 a day. Good.", "It costs $5 a day.|We cut it to $2 a day.|Good.")]
    [InlineData("See https://example.org/a.b?c=D. We share all.", "See https://example.org/a.b?c=D.|We share all.")]
    [InlineData("We (1) sort. (2) Merge it (see App. B. It is long) now.", "We (1) sort.|(2) Merge it (see App. B. It is long) now.")]
    [InlineData("A paragraph without a stop\n  Another one.", "A paragraph without a stop|Another one.")]
    [InlineData("A hard\nwrapped line. Next", "A hard\nwrapped line.|Next")]
    [InlineData("The end of this work.We propose more.", "The end of this work.|We propose more.")]
    [InlineData("Gains of 4.5\\%. \\textbf{Larch} wins.", "Gains of 4.5\\%.|\\textbf{Larch} wins.")]
    [InlineData("They call it \"odd.\" We agree... Mostly so.", "They call it \"odd.\"|We agree...|Mostly so.")]
    [InlineData("In the U.S. Census the trees count. In the U.S. The rest follows.", "In the U.S. Census the trees count.|In the U.S.|The rest follows.")]
    [InlineData("", "")]
    [InlineData(" \n ", "")]
    public void The_splitter_cuts_only_at_the_end_of_a_sentence(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Sentences.Of(text)));

    [Fact]
    public void The_splitter_drops_only_white_space() => Texts.Sample(text =>
    {
        var from = 0;
        foreach (var sentence in Sentences.Of(text))
        {
            var at = text.IndexOf(sentence, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{sentence}' does not stand in the text.");
            Assert.True(string.IsNullOrWhiteSpace(text[from..at]), "Something was left out between two sentences.");
            Assert.False(string.IsNullOrWhiteSpace(sentence));
            from = at + sentence.Length;
        }

        Assert.True(string.IsNullOrWhiteSpace(text[from..]), "Something was left out at the end.");
    });

    /// <summary>Arbitrary strings, and strings with many of the tokens that the rules examine.</summary>
    internal static Gen<string> Texts { get; } = Gen.OneOf(
        Gen.String,
        Gen.OneOf(". ", "! ", "? ", "$", "$$", "\\(", "\\)", "\\", "(", ")", "[", "]", "\n", "\n  ", "e.g.", "et al.", "Fig.", "We", "propose", "3.5", "J.", "http://a.b", "\"", "'", "~", " ", "…", "é", "\ud83d\ude00", "\ud83d", "1. ")
            .Array[0, 60].Select(string.Concat));
}
