using System.Text.Json;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Grounding;
using Denoised.PaperText;
using Denoised.PaperText.Html;
using Denoised.PaperText.Pdf;
using Denoised.Simulators;
using Denoised.Simulators.Arxiv;
using Denoised.Summaries;
using Denoised.Tests.Infra;
using Denoised.Tests.Injection;

namespace Denoised.Tests.Summaries;

/// <summary>Honest papers, from which the prompt injection filter must remove almost nothing.</summary>
public sealed class PromptInjectionFilterTests
{
    private static readonly JsonSerializerOptions web = new(JsonSerializerDefaults.Web);

    public static IEnumerable<TheoryDataRow<string>> Honest => All.Select(paper => new TheoryDataRow<string>(paper.Title));

    private static IEnumerable<HonestPaper> All =>
        [.. HonestPapers.All, .. JsonSerializer.Deserialize<HonestPaper[]>(File.ReadAllText(RepositoryFolder.PathOf("tests", "Denoised.Tests", "Injection", "honest-papers.json")), web)!];

    [Theory]
    [MemberData(nameof(Honest))]
    public void The_filter_removes_nothing_from_papers_about_instructions(string title)
    {
        var honest = All.Single(paper => paper.Title == title);
        var read = HtmlPaperReader.Read(AttackedPaper.Page(honest)).Document! with { Title = honest.Title, Abstract = honest.Abstract };
        var text = ModelInput.Of(read, [], NumberedText.Of);
        Assert.Empty(text.Paper.SkippedPassages);
        Assert.Empty(text.Findings);
        Assert.Empty(ModelInput.OfAbstract(honest.Title, honest.Abstract).Paper.SkippedPassages);

        var metadata = new Paper { Id = ArxivId.Parse("2603.00001"), Title = honest.Title, Authors = ["Ada Invented"], Abstract = honest.Abstract, PrimaryCategory = "cs.LG", Categories = ["cs.LG"] };
        var paper = new GroundedPaper(new SourceIndex(metadata, text.Paper));
        foreach (var sentence in honest.Digest)
        {
            var claim = new Claim(sentence, paper);
            var evidence = paper.Source.Sentences.Where(found => found.Block != -1).Select(found => new EvidencePassage(paper, found)).MaxBy(passage => EvidenceSupport.Measure(claim, passage).Score(GroundingThresholds.Default.Weights))!;
            var findings = GroundingCheck.CheckProse(sentence, evidence);
            Assert.True(findings.Count == 0, $"{sentence} ({evidence.Text}): {string.Join(' ', findings.Select(finding => finding.Message))}");
        }
    }

    [Fact]
    public void The_filter_changes_at_most_one_of_1000_real_abstracts()
    {
        var (papers, left) = (0, new List<string>());
        foreach (var listed in Directory.GetFiles(RealInput.Path("arxiv/listings"), "listing_*.jsonl").Order(StringComparer.Ordinal).SelectMany(path => ListingFile.Read(path).Select(listed => listed.Paper)))
        {
            papers++;
            if (ModelInput.OfAbstract(listed.Title, listed.Abstract).Paper is { SkippedPassages.Count: > 0 } read)
                left.Add($"{listed.Id}: {string.Join(" / ", read.SkippedPassages)}");
        }

        Assert.True(left.Count * 1000 <= papers, $"Of {left.Count} of {papers} papers something is left out:\n{string.Join('\n', left)}");
    }

    [Fact]
    public void The_filter_removes_at_most_2_percent_of_the_blocks_of_a_real_paper()
    {
        foreach (var file in Directory.GetFiles(RealInput.Path("arxiv/html"), "*.html"))
        {
            if (HtmlPaperReader.Read(File.ReadAllText(file)).Document is { } paper)
                AssertWhole(file, paper);
        }

        foreach (var file in Directory.GetFiles(RealInput.Path("arxiv/pdf"), "*.pdf"))
        {
            // OCR errors make the text of a scan unreadable as English.
            if (!file.Contains("ocr", StringComparison.Ordinal) && PdfPaperReader.Read(File.ReadAllBytes(file), PdfReadLimits.Default).Document is { } paper)
                AssertWhole(file, paper);
        }
    }

    private static void AssertWhole(string file, PaperDocument paper)
    {
        var left = PromptInjectionFilter.Remove(paper).SkippedPassages;
        Assert.True(left.Count <= Math.Max(2, paper.Sections.Sum(section => section.Blocks.Count) / 50), $"{file}: {string.Join(" / ", left)}");
    }
}
