using System.Globalization;
using System.Text.RegularExpressions;
using CsCheck;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Model;
using Denoised.PaperText;
using Denoised.Summaries;
using Denoised.Text;

namespace Denoised.Tests.Summaries;

public sealed partial class TextSelectionTests
{
    private static readonly Gen<PaperDocument> papers =
        from sections in Gen.Select(Gen.Enum<SectionKind>(), Gen.Int[0, 12].Array[0, 6], Gen.Enum<BlockKind>(), Gen.Bool).Array[1, 12]
        from words in Gen.Int[0, 300]
        select Paper(words, [.. sections.Select((section, index) => (section.Item4 ? $"{index + 1} About marbles" : "", section.Item1, section.Item2.Select(_ => section.Item3).ToArray(), section.Item2))]);

    /// <summary>A paper in which every sentence or row starts with a unique mark: <c>m</c> and its number.</summary>
    private static PaperDocument Paper(int abstractWords, (string Heading, SectionKind Kind, BlockKind[] Blocks, int[] Sentences)[] sections)
    {
        var number = 0;
        return new PaperDocument
        {
            Title = "Sorting Marbles by Patience",
            Abstract = string.Join(' ', Enumerable.Repeat("pending", abstractWords)),
            Source = TextOrigin.Html,
            Sections = [.. sections.Select(section => new PaperSection(section.Heading, section.Kind, null, 1, [.. section.Blocks.Zip(section.Sentences, (kind, sentences) => Block(kind, sentences))]))],
        };

        PaperBlock Block(BlockKind kind, int sentences) => new(
            kind,
            string.Join(
                kind is BlockKind.Table ? '\n' : ' ',
                Enumerable.Range(0, sentences).Select(_ => kind is BlockKind.Table ? Row(++number) : Sentence(++number))));

        static string Row(int number) => string.Create(CultureInfo.InvariantCulture, $"m{number} | sorter | {number * 7 % 100}.{number % 10} | 14.5");

        static string Sentence(int number) =>
            string.Create(CultureInfo.InvariantCulture, $"M{number} is what a patient sorter of marbles took in round {number * 3}, while {number % 7} bowls stood empty.");
    }

    private static int[] Marks(string text) => [.. Mark().Matches(text).Select(match => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture))];

    private static int[] Marks(PaperDocument paper, params SectionKind[] kinds) =>
        [.. paper.Sections.Where(section => kinds.Contains(section.Kind)).SelectMany(section => section.Blocks).SelectMany(block => Marks(block.Text))];

    [Fact]
    public void Any_selection_stays_in_budget_and_order_and_prefers_results() =>
        Gen.Select(papers, Gen.Int[1000, 6000]).Sample(
            (paper, budget) =>
            {
                var selection = TextSelection.Of(paper, budget);
                Assert.InRange(TokenCounter.Count(selection.Text), 1, selection.Tokens);
                Assert.InRange(selection.Tokens, 1, budget);
                Assert.True(selection.TotalTokens >= selection.Tokens);

                var marks = Marks(selection.Text);
                Assert.Equal(marks.Order(), marks);
                Assert.Distinct(marks);
                if (Marks(paper, SectionKind.Results, SectionKind.Experiments).Except(marks).Any())
                    Assert.Empty(Marks(paper, SectionKind.RelatedWork, SectionKind.Appendix).Intersect(marks));
                Assert.Equal(selection.Text, TextSelection.Of(paper, budget).Text);
                Assert.Equal(selection.Numbered.Ordinals.Count, Number().Count(selection.Text));
            },
            iter: 200);

    [Fact]
    public void A_paper_within_the_budget_is_selected_completely()
    {
        var paper = Paper(80, [.. Enum.GetValues<SectionKind>().Select(kind => ($"{kind}", kind, new[] { BlockKind.Paragraph, BlockKind.Table }, new[] { 6, 4 }))]);
        var selection = TextSelection.Of(paper, 12_000);

        Assert.Equal(Marks(paper, [.. Enum.GetValues<SectionKind>().Except([SectionKind.Acknowledgements])]), Marks(selection.Text));
        Assert.DoesNotContain("[…]", selection.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_paper_of_sixty_pages_keeps_its_result_tables_and_loses_its_appendix()
    {
        var paper = Paper(
            200,
            [
                ("1 Introduction", SectionKind.Introduction, Paragraphs(12), Lengths(12, 8)),
                ("2 Related Work", SectionKind.RelatedWork, Paragraphs(12), Lengths(12, 8)),
                ("3 Patience", SectionKind.Method, Paragraphs(60), Lengths(60, 8)),
                ("4 Experiments", SectionKind.Experiments, Paragraphs(15), Lengths(15, 8)),
                ("5 Results", SectionKind.Results, [.. Enumerable.Range(0, 8).SelectMany(_ => new[] { BlockKind.Paragraph, BlockKind.Paragraph, BlockKind.Paragraph, BlockKind.Caption, BlockKind.Table })], [.. Enumerable.Range(0, 8).SelectMany(_ => new[] { 8, 8, 8, 1, 12 })]),
                ("6 Limitations", SectionKind.Limitations, Paragraphs(2), Lengths(2, 5)),
                ("7 Conclusion", SectionKind.Conclusion, Paragraphs(2), Lengths(2, 5)),
                ("A Proofs", SectionKind.Appendix, Paragraphs(120), Lengths(120, 8)),
            ]);
        var selection = TextSelection.Of(paper, 12_000);

        Assert.True(selection.TotalTokens > 30_000, $"{selection.TotalTokens} tokens are no long paper.");
        Assert.InRange(selection.Tokens, 11_000, 12_000);
        var rows = paper.Sections.SelectMany(section => section.Blocks).Where(block => block.Kind is BlockKind.Table or BlockKind.Caption).SelectMany(block => block.Text.Split('\n'));
        Assert.All(rows, row => Assert.Contains(row, selection.Text, StringComparison.Ordinal));
        var marks = Marks(selection.Text);
        Assert.Empty(Marks(paper, SectionKind.Results, SectionKind.Limitations, SectionKind.Conclusion).Except(marks));
        Assert.Empty(Marks(paper, SectionKind.Appendix, SectionKind.RelatedWork).Intersect(marks));

        // The selection contains the beginning of the method section and not its end.
        var method = Marks(paper, SectionKind.Method);
        Assert.Equal(method.Take(method.Intersect(marks).Count()), method.Intersect(marks));
        Assert.InRange(method.Intersect(marks).Count(), 20, method.Length - 20);

        static BlockKind[] Paragraphs(int count) => [.. Enumerable.Repeat(BlockKind.Paragraph, count)];

        static int[] Lengths(int count, int sentences) => [.. Enumerable.Repeat(sentences, count)];
    }

    [Fact]
    public void A_very_long_line_and_a_very_long_abstract_stay_within_the_budget()
    {
        var monstrous = new PaperDocument
        {
            Title = "Sorting Marbles by Patience",
            Abstract = string.Concat(Enumerable.Repeat("marble ", 20_000)),
            Source = TextOrigin.Pdf,
            Sections = [new PaperSection("5 Results", SectionKind.Results, null, 1, [new PaperBlock(BlockKind.Paragraph, new string('9', 100_000))])],
        };
        Assert.InRange(TokenCounter.Count(TextSelection.Of(monstrous, 1000).Text), 750, 1000);

        var some = TextSelection.Of(monstrous with { Abstract = "We wait." }, 4000);
        Assert.InRange(TokenCounter.Count(some.Text), 3000, 4000);
        Assert.EndsWith("[…]", some.Text, StringComparison.Ordinal);
    }

    [GeneratedRegex("[Mm](?<number>[0-9]+)(?= is what| \\|)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"\[s[0-9]+\] ", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Number();
}
