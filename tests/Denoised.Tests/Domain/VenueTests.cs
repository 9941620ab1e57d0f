using CsCheck;
using Denoised.Domain;

namespace Denoised.Tests.Domain;

public sealed class VenueTests
{
    [Theory]
    [InlineData("Accepted at ICML 2026, 12 pages", "ICML 2026")]
    [InlineData("12 pages, 3 figures. Accepted to CVPR2026 (highlight)", "CVPR 2026")]
    [InlineData("Accepted to the Conference on Seeing Things (CVPR) 2026", "CVPR 2026")]
    [InlineData("ICLR 2026", "ICLR 2026")]
    [InlineData("Published at ICLR 2026 Workshop on Examples", "ICLR 2026 workshop")]
    [InlineData("To appear in LAK 2026", "LAK 2026")]
    [InlineData("Accepted for publication in IEEE Transactions on Invented Networks", "IEEE Transactions on Invented Networks")]
    [InlineData("Published in Journal of Examples, vol. 3", "Journal of Examples")]
    [InlineData("Submitted to ICML 2026", null)]
    [InlineData("A previous version was submitted to ICLR 2025", null)]
    [InlineData("Under review at NeurIPS 2026", null)]
    [InlineData("Rejected by ICML 2025. Accepted at UAI 2026", "UAI 2026")]
    [InlineData("LaTeX 2026 style, 10 pages", null)]
    [InlineData("Data from GPU 2024 runs", null)]
    [InlineData("10 pages, code at https://example.org/ICML2026x", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_venue_comes_from_the_comment(string? comment, string? venue) => Assert.Equal(venue, Venue.Find(comment));

    [Fact]
    public void The_parser_accepts_any_comment() => Gen.String.Sample(comment => Assert.NotEqual("", Venue.Find(comment)));
}
