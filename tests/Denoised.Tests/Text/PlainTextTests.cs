using Denoised.Text;

namespace Denoised.Tests.Text;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData(@"$\alpha$-stable", "α-stable")]
    [InlineData(@"by 3.2\% overall", "by 3.2% overall")]
    [InlineData(@"$1{,}412{,}272$", "1,412,272")]
    [InlineData(@"$1.5\times10^{-3}$", "1.5×10^-3")]
    [InlineData(@"$\mathbf{97.4}_{\pm 0.3}$", "97.4_± 0.3")]
    [InlineData(@"$\frac{1}{2}n$", "1/2n")]
    [InlineData(@"R\'enyi and Schr\""{o}dinger", "Rényi and Schrödinger")]
    [InlineData("10⁻³ of “the” ﬁnest – or 𝟗𝟕", "10^-3 of \"the\" finest - or 97")]
    [InlineData("so\u00ADft\u200Bly", "softly")]
    [InlineData(@"ends in \", @"ends in ")]
    public void Plain_text_is_what_a_reader_sees(string text, string plain) => Assert.Equal(plain, PlainText.Of(text));
}
