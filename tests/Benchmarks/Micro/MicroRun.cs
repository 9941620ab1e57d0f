using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Denoised.Benchmarks.Micro;

/// <summary>
/// The benchmarks of single steps, each beside its peer: what does the least that could be called the same. In this process, since a project
/// that BenchmarkDotNet generates would be built against the real worker.
/// </summary>
internal static class MicroRun
{
    // The checks have some hundred regular expressions, which are compiled a second time one after the other.
    private const int WarmUps = 15;

    private static readonly Type[] all =
        [typeof(ListingFeedBenchmarks), typeof(HtmlTextBenchmarks), typeof(PdfTextBenchmarks), typeof(SummaryCheckBenchmarks), typeof(SnapshotBenchmarks), typeof(PaperPageBenchmarks), typeof(SearchFileBenchmarks), typeof(DayAnswerBenchmarks),
            typeof(GroundingBenchmarks)];

    /// <param name="filters">Parts of the benchmarks' names; none: all of them.</param>
    public static int Run(IReadOnlyList<string> filters)
    {
        var chosen = all.Where(type => filters.Count == 0 || filters.Any(filter => type.Name.Contains(filter, StringComparison.OrdinalIgnoreCase))).ToArray();
        if (chosen.Length == 0)
        {
            Console.Error.WriteLine($"None of the benchmarks has such a name: {string.Join(", ", all.Select(type => type.Name))}.");
            return 2;
        }

        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.ShortRun.WithWarmupCount(WarmUps).WithToolchain(InProcessEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "denoised-benchmarks"));
        var summaries = Array.ConvertAll(chosen, type => BenchmarkRunner.Run(type, config));

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores; ± the standard deviation of three runs."));
        Row(["step", "ms", "KB allocated", "peer", "ms", "ratio"]);
        Row(["---", "---:", "---:", "---", "---:", "---:"]);
        var isComplete = true;
        foreach (var summary in summaries)
            isComplete &= Print(summary);
        return isComplete ? 0 : 1;
    }

    private static bool Print(Summary summary)
    {
        var reports = summary.Reports.Where(report => report.ResultStatistics is not null).ToList();
        var peers = reports.Where(report => report.BenchmarkCase.Descriptor.Baseline || IsPeer(report)).ToList();
        foreach (var report in reports.Except(peers))
        {
            var statistics = report.ResultStatistics!;
            foreach (var (place, peer) in peers.Index())
            {
                var time = peer.ResultStatistics!.Mean;
                string[] own = place > 0
                    ? ["", "", ""]
                    : [Name(report), $"{Ms(statistics.Mean)} ± {Ms(statistics.StandardDeviation)}", ((report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0) / 1000.0).ToString("N0", CultureInfo.InvariantCulture)];
                Row([.. own, Name(peer), Ms(time), (statistics.Mean / time).ToString("0.00", CultureInfo.InvariantCulture)]);
            }
        }

        return reports.Count == summary.BenchmarksCases.Length;
    }

    private static bool IsPeer(BenchmarkReport report) => report.BenchmarkCase.Descriptor.HasCategory("peer");

    private static string Name(BenchmarkReport report) => report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');

    private static string Ms(double nanoseconds) => (nanoseconds / 1e6).ToString(nanoseconds switch { >= 1e8 => "N0", >= 1e6 => "0.0", >= 1e4 => "0.000", _ => "0.00000" }, CultureInfo.InvariantCulture);

    private static void Row(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
}
