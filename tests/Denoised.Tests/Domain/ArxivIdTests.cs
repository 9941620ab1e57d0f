using Denoised.Domain;

namespace Denoised.Tests.Domain;

public sealed class ArxivIdTests
{
    [Theory]
    [InlineData("2603.15569", "2603.15569", null)]
    [InlineData("arXiv:2603.15569v2", "2603.15569", 2)]
    [InlineData("oai:arXiv.org:2604.21952v1", "2604.21952", 1)]
    [InlineData("http://arxiv.org/abs/astro-ph/0601001v1", "astro-ph/0601001", 1)]
    [InlineData("math.GT/0309136", "math/0309136", null)]
    [InlineData("MATH.gt/0309136", "math/0309136", null)]
    [InlineData("arxiv:2603.15569V2", "2603.15569", 2)]
    [InlineData("https://arxiv.org/pdf/0704.0001v2.pdf", "0704.0001", 2)]
    public void The_parser_accepts_the_forms_that_arXiv_uses(string text, string id, int? version)
    {
        Assert.True(ArxivId.TryParse(text, out var parsed, out var parsedVersion));
        Assert.Equal(id, parsed.Value);
        Assert.Equal(version, parsedVersion);
        Assert.Equal(parsed, ArxivId.FromKey(parsed.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("2613.15569")]
    [InlineData("2603.15569v0")]
    [InlineData("2603.15569/../x")]
    [InlineData("2603.155690")]
    [InlineData("2603.15569\nx")]
    [InlineData("https://arxiv.org.evil.example/abs/2603.15569")]
    public void The_error_quotes_any_other_text(string text)
    {
        Assert.False(ArxivId.TryParse(text, out _));
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => ArxivId.Parse(text)).Message, StringComparison.Ordinal);
    }
}
