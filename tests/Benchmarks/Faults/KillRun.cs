using Denoised.Functions.Tests.Model;
using Denoised.Papers;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.Summaries;

namespace Denoised.Benchmarks.Faults;

/// <summary>A heavy day; the process is killed ten times at random moments while calls are in flight.</summary>
internal static class KillRun
{
    private const int Papers = 262;

    public static async Task<int> RunAsync(int kills, int seed)
    {
        var stop = CancellationToken.None;
        await using var rig = await Rig.StartAsync(
            new DateOnly(2026, 3, 17),
            new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero },
            new OpenAiSimulatorOptions { Latency = new Latency(TimeSpan.FromSeconds(2), 0.4) },
            ("Collect__RetentionDays", "1"),
            ("Collect__LeaseDuration", "00:00:10"),
            ("Summarizer__LeaseDuration", "00:00:15"),
            ("LocalHost__MessageInvisibility", "00:00:18"));
        await rig.Observer.AskAsync(stop);
        var random = new Random(seed);
        int open = 0, answered = 0;
        var started = TimeProvider.System.GetUtcNow();
        var process = rig.Add();
        for (var kill = 1; kill <= kills; kill++)
        {
            while (rig.Model.Calls.All(call => call.EndedAt is not null))
                await Task.Delay(20, stop);
            await Task.Delay(random.Next(100, 3000), stop);
            var before = TimeProvider.System.GetUtcNow();
            await rig.KillAsync(process);
            var calls = rig.Model.Calls;
            var begun = (await rig.Observer.ProgressAsync(stop)).Where(row => row.State == PaperState.Summarizing).Select(row => row.Id.Value).ToHashSet(StringComparer.Ordinal);
            var openNow = calls.Count(call => call.EndedAt is not { } end || end >= before);
            // The call of a paper lasts until its answer is in the table: that takes some milliseconds after the last byte was sent.
            var answeredNow = calls.Count(call => call.At >= started && call.EndedAt < before && !call.ClientGone && begun.Contains(call.PaperId!));
            open += openNow;
            answered += answeredNow;
            Console.WriteLine($"kill {kill}: {openNow} calls open, {answeredNow} answered and not yet written");
            started = TimeProvider.System.GetUtcNow();
            process = rig.Add();
        }

        var rows = await rig.Observer.UntilAsync(rows => Observer.AreFinal(rows, Papers), TimeSpan.FromMinutes(10), stop);
        var repeated = rig.Model.PaidCalls.Values.Sum() - Papers;
        Console.WriteLine($"{rows.Count} papers, {rows.Count(row => row.Method == SummaryMethod.Model)} by the model, {rows.Count(row => row.State == PaperState.Failed)} failed; {rig.Model.Calls.Count} calls, {repeated} repeated");
        var hold = FaultRun.Verdict("nothing is lost", rows.Count == Papers && rows.All(row => row.IsFinal) && rig.Model.PaidCalls.Count == Papers);
        hold &= FaultRun.Verdict($"repeats {repeated} ≤ calls in flight at the kills {open + answered} ({open} open at the model, {answered} answered and not yet written)", repeated <= open + answered);
        return hold ? 0 : 1;
    }
}
