using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;

namespace Denoised.Benchmarks.Micro;

/// <summary>A day's snapshot, beside the raw JSON of its papers.</summary>
public class SnapshotBenchmarks
{
    private IReadOnlyList<PaperRow> rows = [];
    private PaperView[] views = [];

    [GlobalSetup]
    public void SetUp()
    {
        rows = Papers.Rows();
        views = Papers.Views();
    }

    [Benchmark(Baseline = true, Description = "raw JSON of the papers")]
    public int Peer() => JsonSerializer.SerializeToUtf8Bytes(views, PublishingJson.Default.PaperViewArray).Length;

    [Benchmark(Description = "a day's snapshot, nothing changed")]
    public int Build() => Made().Files.Count;

    [Benchmark(Description = "a day's snapshot, all compressed")]
    public int BuildAndCompress() => Made().Files.Sum(file => file.ToGzip().Length);

    private DaySnapshot Made() => DaySnapshot.Build(Papers.Day, rows, [], overview: null, readAt: default);
}
