using System.Text.Json;
using CsCheck;
using Denoised.Publishing.Tex;

namespace Denoised.Tests.Publishing.Tex;

public sealed class TexReaderTests
{
    [Fact]
    public void Plain_text_is_the_text_that_the_page_shows()
    {
        foreach (var texts in ReadCases())
            Assert.Equal(texts[1], TexReader.PlainText(texts[0]));
    }

    [Fact]
    public void Plain_text_has_no_backslash_outside_formulas() => Gen.String[Gen.Char[@"ab{}\$&%_^~#'` ,.*[]"], 0, 40].Sample(text =>
        Assert.All(TexReader.Read(text), piece => Assert.True(piece.IsMaths || !piece.Text.Contains('\\', StringComparison.Ordinal))));

    [Theory]
    [InlineData("{")]
    [InlineData(@"{\")]
    [InlineData(@"\(")]
    [InlineData(@"{\em ")]
    [InlineData("``")]
    [InlineData("$1")]
    [InlineData("$$a")]
    [InlineData(@"\cite[")]
    [InlineData(@"~\href{")]
    [InlineData(@"\begin{equation}")]
    public void Hostile_text_costs_no_more_than_its_length(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));
        Assert.InRange(ThreadTime.Of(() => TexReader.PlainText(text)), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static IReadOnlyList<string[]> ReadCases()
    {
        var path = Path.Combine(Denoised.LocalHost.Settings.Repository.Root, "frontend", "test", "tex-cases.json");
        return JsonSerializer.Deserialize<List<string[]>>(File.ReadAllBytes(path))!;
    }
}
