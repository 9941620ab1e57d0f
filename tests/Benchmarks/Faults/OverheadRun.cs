using Denoised.Domain;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.Storage;
using Denoised.TestSupport;

namespace Denoised.Benchmarks.Faults;

/// <summary>A heavy day at a fixed latency, sixteen at a time: what the product itself costs.</summary>
internal static class OverheadRun
{
    private const int Papers = 262;
    private const int AtOnce = 16;

    /// <summary>Measures with the papers' abstracts, and with their full text.</summary>
    public static async Task<int> RunAsync()
    {
        var work = ReferenceWorkload.Measure();
        return await RunAsync(fullText: false, work) | await RunAsync(fullText: true, work);
    }

    private static async Task<int> RunAsync(bool fullText, ReferenceWorkloadTime work)
    {
        var stop = CancellationToken.None;
        var latency = TimeSpan.FromSeconds(2);
        await using var rig = await Rig.StartAsync(
            new DateOnly(2026, 3, 17),
            new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero },
            new OpenAiSimulatorOptions { Latency = new Latency(latency) },
            ("Collect__RetentionDays", "1"),
            ("Summarizer__FullText", fullText ? "true" : "false"),
            // The host takes a batch as soon as no more than the threshold are at work: together sixteen. A small batch fills a free place at once.
            ("AzureFunctionsJobHost__extensions__queues__batchSize", "2"),
            ("AzureFunctionsJobHost__extensions__queues__newBatchThreshold", (AtOnce - 2).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Publishing__MinimumInterval", "00:01:00"));
        var process = rig.Add();
        await Task.Delay(TimeSpan.FromSeconds(4), stop);
        var before = process.Computed;
        await rig.Observer.AskAsync(stop);

        // The model's service counts in this process; to ask storage meanwhile would be work beside the product's.
        var limit = DateTime.UtcNow + TimeSpan.FromMinutes(10);
        while (rig.Model.Calls.Count(static call => call.PaperId is not null && call.EndedAt is not null) < Papers && DateTime.UtcNow < limit)
            await Task.Delay(250, stop);
        await rig.Observer.UntilAsync(rows => Observer.AreFinal(rows, Papers), TimeSpan.FromMinutes(10), stop);
        var computed = process.Computed - before;
        var read = await rig.Observer.Get<PaperTable>().ReadDayAsync(new ListingDay(new DateOnly(2026, 3, 17)), stop);

        var calls = rig.Model.Calls.Where(call => call.PaperId is not null).ToList();
        var wall = calls.Max(call => call.EndedAt!.Value) - calls.Min(call => call.At);
        var ideal = latency * Math.Ceiling(Papers / (double)AtOnce);
        Console.WriteLine($"{Papers} papers from their {(fullText ? "full text" : "abstracts")}, {rig.Model.MostAtOnce} at once: {wall.TotalSeconds:0.0} s (ideal {ideal.TotalSeconds:0.0} s), {computed.TotalMilliseconds / Papers:0.0} ms of CPU time per paper, {process.PeakMemory / 1e6:0} MB at the peak");
        Console.WriteLine($"read: {string.Join(", ", read.CountBy(row => row.Summary.Provenance.Source).Select(source => $"{source.Value} {source.Key}"))}; all CPU time is {computed / work.Computed:0.00} × the reference workload");
        var hold = Goal.Report($"wall time {wall / ideal:0.00} ≤ 1.15 × ideal", wall <= 1.15 * ideal && rig.Model.MostAtOnce <= AtOnce);
        hold &= Goal.Report("CPU time ≤ 40 ms per paper", computed.TotalMilliseconds / Papers <= 40);
        hold &= Goal.Report("memory ≤ 300 MB", process.PeakMemory <= 300_000_000);
        return hold ? 0 : 1;
    }
}
