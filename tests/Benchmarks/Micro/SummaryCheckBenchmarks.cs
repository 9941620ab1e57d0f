using BenchmarkDotNet.Attributes;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Model;
using Denoised.PaperText;
using Denoised.PaperText.Html;
using Denoised.Summaries;
using Denoised.Summaries.Checks;
using Denoised.Text;

namespace Denoised.Benchmarks.Micro;

/// <summary>The checks of a model's answer against a whole paper, beside looking up as many passages as they stand.</summary>
public class SummaryCheckBenchmarks
{
    private ModelDraft draft = new();
    private Paper paper = null!;
    private ModelInput source = null!;
    private string[] quotes = [];
    private string text = "";

    [GlobalSetup]
    public void SetUp()
    {
        var read = HtmlPaperReader.Read(File.ReadAllText(Papers.Real("arxiv/html/1706.03762.html"))).Document!;
        var paragraphs = read.Sections.SelectMany(section => section.Blocks).Where(block => block.Kind == BlockKind.Paragraph && block.Text.Length > 300).Select(block => block.Text).ToList();
        text = string.Join('\n', read.Sections.SelectMany(section => section.Blocks).Select(block => block.Text));

        // Twelve words each, evenly over the paper.
        quotes = [.. Enumerable.Range(0, 5).Select(place => string.Join(' ', paragraphs[place * paragraphs.Count / 5].Split(' ').Skip(3).Take(12)))];
        paper = new Paper { Id = ArxivId.Parse("1706.03762"), Title = read.Title, Authors = ["A. Nobody"], Abstract = read.Abstract, PrimaryCategory = "cs.CL", Categories = ["cs.CL"] };
        source = new ModelInput(TextOrigin.Html, NumberedText.Of(read), [], read);
        var last = source.Numbered.Ordinals.Count;
        var place = 0;
        draft = new ModelDraft
        {
            Tags = ["NLP"],
            KeyPoints = Sentences("This point says in a few plain words what was found there.", 5),
            Summary = Sentences("The paper describes a way of doing things and compares it with others", 11),
            Methodology = Sentences("It is trained and compared", 8),
            Results = Sentences("It does better than others", 8),
            Implications = Sentences("Others may build upon it", 8),
        };

        // Sentences of the same words in other order would be repetitions.
        DraftSentence[] Sentences(string words, int count) =>
            [.. Enumerable.Range(0, count).Select(number => new DraftSentence([1 + (place = (place + (last / 40)) % last)], $"{words.TrimEnd('.')}{string.Concat(Enumerable.Repeat(" again", number))}."))];
        if (Check() == 0)
            throw new InvalidOperationException($"Nothing of the draft was accepted: {string.Join(' ', SummaryCheck.Run(draft, paper, source).Failures)}");
    }

    [Benchmark(Baseline = true, Description = "the quotes by ordinal Contains")]
    public int Peer() => quotes.Count(quote => text.Contains(quote, StringComparison.Ordinal));

    [Benchmark(Description = "checking a summary against a paper")]
    public int Check() => SummaryCheck.Run(draft, paper, source).Accepted?.KeyPoints.Count ?? 0;
}
