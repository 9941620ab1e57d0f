using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Denoised.Publishing;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;

namespace Denoised.Benchmarks.Micro;

/// <summary>Papers' own pages, beside the raw JSON of the papers.</summary>
public class PaperPageBenchmarks
{
    private PaperView[] views = [];
    private PageTemplate template = null!;

    [GlobalSetup]
    public void SetUp()
    {
        views = Papers.Views(DaySnapshot.PapersInPart);
        template = Papers.Template();
    }

    [Benchmark(Baseline = true, Description = "raw JSON of the papers")]
    public int Peer() => views.Sum(view => JsonSerializer.SerializeToUtf8Bytes(view, PublishingJson.Default.PaperView).Length);

    [Benchmark(Description = "32 papers' pages, compressed")]
    public int Render() => views.Sum(view => SnapshotFile.Compress(template.RenderPaper(view, "https://denoised.example/")).Length);
}
