using Denoised.Functions.Tests.Model;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;

namespace Denoised.Benchmarks.Faults;

/// <summary>A heavy day against a model that is limited by requests a minute.</summary>
internal static class ThroughputRun
{
    private const int Papers = 262;

    public static async Task<int> RunAsync(int requestsPerMinute, int instances)
    {
        var stop = CancellationToken.None;
        await using var rig = await Rig.StartAsync(
            new DateOnly(2026, 3, 17),
            new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero },
            new OpenAiSimulatorOptions { RequestsPerMinute = requestsPerMinute, Latency = new Latency(TimeSpan.FromSeconds(2), 0.4) },
            ("Collect__RetentionDays", "1"),
            ("Publishing__MinimumInterval", "00:01:00"));
        await rig.Observer.AskAsync(stop);
        for (var instance = 0; instance < instances; instance++)
            rig.Add();

        await rig.Observer.UntilAsync(rows => Observer.AreFinal(rows, Papers), TimeSpan.FromMinutes(20), stop);
        var calls = rig.Model.Calls.Where(call => call.PaperId is not null).ToList();
        var first = calls.Min(call => call.At);
        var taken = calls.Where(call => call.Status == 200).Max(call => call.At) - first;

        // The bucket is full at first: a sixth of a minute's requests.
        var allowed = TimeSpan.FromMinutes((Papers - (requestsPerMinute / 6)) / (double)requestsPerMinute);
        var refused = calls.Where(call => call.Status == 429).ToList();
        Console.WriteLine($"{requestsPerMinute} requests a minute, {instances} instance(s): the last of {Papers} was let through after {taken.TotalSeconds:0.0} s; the limit allows {allowed.TotalSeconds:0.0} s; {refused.Count} answers of 429 ({100.0 * refused.Count / calls.Count:0.0} %)");
        Console.WriteLine("arrivals, two seconds a column (* a 429 among them):");
        var columns = calls.GroupBy(call => (int)((call.At - first).TotalSeconds / 2)).ToDictionary(column => column.Key, column => (Count: column.Count(), Refused: column.Any(call => call.Status == 429)));
        for (var column = 0; column <= columns.Keys.Max(); column++)
            Console.Write(columns.TryGetValue(column, out var arrived) ? $"{arrived.Count}{(arrived.Refused ? "*" : "")} " : "0 ");
        Console.WriteLine();

        // A herd: many at the same moment, once the first 429 has told that there is a limit.
        var told = refused.Count > 0 ? refused.Min(call => call.At) + TimeSpan.FromSeconds(2) : DateTimeOffset.MaxValue;
        var densest = calls.Where(call => call.At > told).GroupBy(call => (int)((call.At - first).TotalSeconds / 0.25)).Select(slot => slot.Count()).DefaultIfEmpty().Max();
        var fair = Math.Max(1, requestsPerMinute / 240.0) * instances;
        var hold = FaultRun.Verdict($"throughput {100 * allowed / taken:0.0} % ≥ 95 % of what the limit allows", allowed / taken >= 0.95);
        hold &= FaultRun.Verdict($"no herd: at most {densest} arrivals in a quarter of a second after the first 429 (the limit's own pace is {requestsPerMinute / 240.0:0.0})", densest <= Math.Ceiling(3 * fair));
        return hold ? 0 : 1;
    }
}
