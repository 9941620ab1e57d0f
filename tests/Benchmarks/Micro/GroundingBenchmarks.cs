using BenchmarkDotNet.Attributes;
using Denoised.Domain;
using Denoised.Grounding;
using Denoised.PaperText.Html;
using Denoised.Text;

namespace Denoised.Benchmarks.Micro;

/// <summary>A summary's 25 sentences against their evidence in a whole paper, beside looking for the sentences' words in it; and an answer of 100 KB.</summary>
public class GroundingBenchmarks
{
    private const int Sentences = 25;

    private SourceIndex source = null!;
    private int[] evidence = [];
    private string[] sentences = [];
    private string[] hostile = [];

    [GlobalSetup]
    public void SetUp()
    {
        var read = HtmlPaperReader.Read(File.ReadAllText(Papers.Real("arxiv/html/1706.03762.html"))).Document!;
        var paper = new Paper { Id = ArxivId.Parse("1706.03762"), Title = read.Title, Authors = ["A. Nobody"], Abstract = read.Abstract, PrimaryCategory = "cs.CL", Categories = ["cs.CL"] };
        source = new SourceIndex(paper, read);
        var usable = Enumerable.Range(0, source.Sentences.Count).Where(index => source.Sentences[index] is { IsRow: false, Stems.Length: > 8 }).ToList();
        evidence = [.. Enumerable.Range(0, Sentences).Select(place => usable[place * usable.Count / Sentences])];
        sentences = [.. evidence.Select(index => source.Sentences[index].Plain)];
        hostile = [.. Enumerable.Range(0, 1_000).Select(place => string.Concat(Enumerable.Repeat("not all more 1.1% GPT-4 ", 5))[..100])];
    }

    [Benchmark(Baseline = true, Description = "its sentences by ordinal Contains")]
    public int Peer() => sentences.Count(sentence => source.Sentences.Any(place => place.Plain.Contains(sentence, StringComparison.Ordinal)));

    [Benchmark(Description = "checking 25 sentences against their evidence")]
    public int Check()
    {
        var paper = new GroundedPaper(source);
        var findings = 0;
        for (var index = 0; index < sentences.Length; index++)
            findings += GroundingCheck.Check(sentences[index], new EvidencePassage(paper, source.Sentences[evidence[index]])).Count;
        return findings;
    }

    [Benchmark(Description = "checking a hostile answer of 100 KB")]
    public int Hostile()
    {
        var paper = new GroundedPaper(source);
        var passages = evidence.Select(index => new EvidencePassage(paper, source.Sentences[index])).ToList();
        var findings = 0;
        for (var index = 0; index < hostile.Length; index++)
            findings += GroundingCheck.Check(hostile[index], passages[index % passages.Count]).Count;
        return findings;
    }
}
