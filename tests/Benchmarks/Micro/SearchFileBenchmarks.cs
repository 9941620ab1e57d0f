using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;

namespace Denoised.Benchmarks.Micro;

/// <summary>The search file of a week, beside the raw JSON of its papers.</summary>
public class SearchFileBenchmarks
{
    private readonly Dictionary<ListingDay, IReadOnlyList<PaperView>> papers = [];
    private PaperView[] views = [];

    [GlobalSetup]
    public void SetUp() => papers[Papers.Day] = views = Papers.Views(7 * Papers.OfDay);

    [Benchmark(Baseline = true, Description = "raw JSON of the papers")]
    public int Peer() => JsonSerializer.SerializeToUtf8Bytes(views, PublishingJson.Default.PaperViewArray).Length;

    [Benchmark(Description = "the search file of 1,834 papers, compressed")]
    public int Build() => SnapshotFile.Create("search", SearchFile.Of([Papers.Day], papers), PublishingJson.Default.SearchFile).ToGzip().Length;
}
