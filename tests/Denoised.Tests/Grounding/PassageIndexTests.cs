using Denoised.Domain;
using Denoised.Grounding;
using Denoised.PaperText;
using Denoised.Text;

namespace Denoised.Tests.Grounding;

public sealed class PassageIndexTests
{
    private static readonly PaperDocument paper = new()
    {
        Title = "T",
        Abstract = Words("free", 60),
        Source = TextOrigin.Html,
        Sections = [new PaperSection("1 Body", SectionKind.Other, null, 1, [new PaperBlock(BlockKind.Paragraph, Words("body", 60)), new PaperBlock(BlockKind.Paragraph, Words("free", 60))])],
    };

    private readonly PassageIndex index = new(paper);

    [Fact]
    public void Forty_words_of_a_body_pass_and_one_more_does_not()
    {
        var body = Words("body", 60).Split(' ');
        Assert.Null(index.Find("So says it: " + string.Join(' ', body.Skip(7).Take(40)) + " and then."));
        Assert.Equal("BODY7, BODY8, BODY9, BODY10, BODY11, BODY12, BODY13, BODY14,", index.Find("So says it: " + string.Join(' ', body.Skip(7).Take(41).Select(word => word.ToUpperInvariant() + ",")) + " and then."));
    }

    [Fact]
    public void Title_and_abstract_are_free() => Assert.Null(index.Find(Words("free", 60)));

    private static string Words(string stem, int count) => string.Join(' ', Enumerable.Range(0, count).Select(number => $"{stem}{number}"));
}
