using AngleSharp.Html.Parser;
using BenchmarkDotNet.Attributes;
using Denoised.PaperText.Html;

namespace Denoised.Benchmarks.Micro;

/// <summary>A paper's text out of its HTML, beside AngleSharp's parser and all text of the body.</summary>
public class HtmlTextBenchmarks
{
    private string html = "";

    [GlobalSetup]
    public void SetUp() => html = File.ReadAllText(Papers.Real("arxiv/html/1706.03762.html"));

    [Benchmark(Baseline = true, Description = "AngleSharp's parser and text alone")]
    public int Peer()
    {
        using var document = new HtmlParser().ParseDocument(html);
        return document.Body!.TextContent.Length;
    }

    [Benchmark(Description = "a paper's text from HTML (15 pages)")]
    public int Read() => HtmlPaperReader.Read(html).Document!.BodyWords;
}
