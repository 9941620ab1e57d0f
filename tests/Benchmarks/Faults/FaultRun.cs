using System.Diagnostics;
using Denoised.Functions.Tests.Chaos;
using Denoised.Functions.Tests.Model;
using Denoised.Papers;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.Storage;
using Denoised.Summaries;

namespace Denoised.Benchmarks.Faults;

/// <summary>Seven real days by two instances, with 20 % faults at the model and 10 % at arXiv, from abstracts or in full; then every message once more.</summary>
internal static class FaultRun
{
    private const int Days = 7;
    private const int Papers = 894;

    /// <summary>Faults for a tenth of arXiv's answers. The API is asked a few times a day only, and one kind befalls nothing else.</summary>
    private const double Share = 0.1;
    private const double ShareOfApi = 0.5;
    private const int EmptyAnswers = 6;

    /// <summary>So many requests of a seed beside those for papers, most of them by collections that find nothing new, that each kind of arXiv's faults is met.</summary>
    private const int FewestRequests = 420;

    private static readonly OpenAiFault[] spoiled = [OpenAiFault.MalformedJson, OpenAiFault.SchemaViolation, OpenAiFault.UnverifiableEvidence, OpenAiFault.WrongLengths, OpenAiFault.Markup];

    public static async Task<int> RunAsync(int seeds, bool fullText)
    {
        var met = Enum.GetValues<OpenAiFault>().Where(fault => fault != OpenAiFault.Quota).ToDictionary(fault => fault, _ => 0);
        var metAtArxiv = Enum.GetValues<ArxivFault>().Where(fault => fault is not (ArxivFault.Down or ArxivFault.LimitEnforced)).ToDictionary(fault => fault, _ => 0);
        var hold = true;
        for (var seed = 1; seed <= seeds; seed++)
            hold &= await RunSeedAsync(seed, fullText, met, metAtArxiv);

        Console.WriteLine("Met at the model: " + string.Join(", ", met.Select(fault => $"{fault.Key} {fault.Value}")));
        Console.WriteLine("Met at arXiv: " + string.Join(", ", metAtArxiv.Select(fault => $"{fault.Key} {fault.Value}")));
        hold &= Verdict("each kind of fault is met at least 20 times", seeds < 5 || Math.Min(met.Values.Min(), metAtArxiv.Values.Min()) >= 20);
        return hold ? 0 : 1;
    }

    private static async Task<bool> RunSeedAsync(int seed, bool fullText, Dictionary<OpenAiFault, int> met, Dictionary<ArxivFault, int> metAtArxiv)
    {
        var stop = CancellationToken.None;
        await using var rig = await Rig.StartAsync(
            new DateOnly(2026, 3, 24),
            new ArxivSimulatorOptions { Seed = seed, RetryAfterSeconds = 1, FeedAndApiInterval = TimeSpan.FromMilliseconds(100), PagesInterval = TimeSpan.FromMilliseconds(100) },
            new OpenAiSimulatorOptions { FaultRate = 0.2, Seed = seed, Latency = new Latency(TimeSpan.FromMilliseconds(200), 0.4) },
            ("Summarizer__FullText", fullText ? "true" : "false"),
            ("Arxiv__UnnamedPause", "00:00:01"),
            ("Collect__BackfillWithModel", "true"),
            ("Collect__LeaseDuration", "00:00:20"),
            ("Summarizer__Timeout", "00:00:10"),
            // A second message about a glance that is being written sleeps until the first one's lease would end.
            ("Summarizer__LeaseDuration", "00:00:45"),
            ("Summarizer__RetryDelay", "00:00:01"));
        var atArxiv = new EvenFaults<ArxivFault>(seed);
        rig.Arxiv.FaultFor = request => request.Service == ArxivService.Api
            ? atArxiv.Draw(ShareOfApi, fault => atArxiv.Count(ArxivFault.EmptyAnswer) < EmptyAnswers ? fault == ArxivFault.EmptyAnswer : ArxivSimulator.Applies(fault, request.Service))
            : atArxiv.Draw(Share, fault => ArxivSimulator.Applies(fault, request.Service));
        var watch = Stopwatch.StartNew();
        rig.Add();
        rig.Add();

        // A collection that arXiv's faults cut short is made good by the next.
        var collections = 0;
        while (true)
        {
            var runs = rig.Observer.Get<Collecting.RunTable>();
            var former = (await runs.ReadAsync(stop))?.StartedAt;
            await rig.Observer.AskAsync(stop);
            collections++;
            while (await runs.ReadAsync(stop) is not { FinishedAt: not null } run || run.StartedAt == former)
            {
                rig.RequireAlive();
                await Task.Delay(50, stop);
            }

            var days = (await rig.Observer.StatusAsync(stop)).Days;
            if (rig.Arxiv.Requests.Count(request => request.Service != ArxivService.Pages) >= FewestRequests && days.Count == Days && days.All(day => day.Complete))
                break;
            if (watch.Elapsed > TimeSpan.FromMinutes(15))
                throw new TimeoutException("The seven days are not complete after a quarter of an hour.");
        }

        var rows = await rig.Observer.UntilAsync(rows => Observer.AreFinal(rows, Papers), TimeSpan.FromMinutes(15), stop);
        var status = await rig.Observer.UntilAllIsShownAsync(TimeSpan.FromMinutes(2), stop);
        var elapsed = watch.Elapsed;

        var calls = rig.Model.Calls;
        var paid = calls.Count(call => call is { Paid: true, PaperId: not null });
        var faults = calls.Count(call => call is { Fault: not null, PaperId: not null });
        var repairs = calls.Count(call => call.PaperId is not null && call.Fault is { } fault && spoiled.Contains(fault));
        foreach (var (fault, count) in rig.Model.Faults.Counts.Where(count => met.ContainsKey(count.Key)))
            met[fault] += count;
        foreach (var (fault, count) in rig.Arxiv.Faults.Counts.Where(count => metAtArxiv.ContainsKey(count.Key)))
            metAtArxiv[fault] += count;

        Console.WriteLine(
            $"seed {seed}: {rows.Count} papers, {rows.Count(row => row.Method == SummaryMethod.Model)} by the model, {rows.Count(row => row.State == PaperState.Summarized && row.Method == SummaryMethod.Extractive)} extractive with a reason, {rows.Count(row => row.State == PaperState.Failed)} failed; "
            + $"{calls.Count} calls, {paid} paid, {faults} faults, {repairs} repairs; arXiv {rig.Arxiv.Requests.Count} requests ({string.Join(", ", rig.Arxiv.Requests.CountBy(request => request.Service).OrderBy(service => service.Key).Select(service => $"{service.Key} {service.Value}"))}), {rig.Arxiv.Faults.Total} faults, {rig.Arxiv.Violations.Count} violations; {collections} collections, {elapsed:m\\:ss}");
        var hold = Verdict("every paper is summarized or failed, with a reason where not by the model", rows.Count == Papers && rows.All(row => row.IsFinal && (row.Method == SummaryMethod.Model || !string.IsNullOrEmpty(row.Reason))));
        hold &= Verdict("announced = recorded = shown on every day", status.Days.Count == Days && status.Days.All(day => day.Announced == day.Recorded && day.Recorded == day.Shown) && status.Days.Sum(day => day.Announced) == Papers);
        hold &= Verdict($"paid calls {paid} ≤ 1.03 × (papers + faults + repairs) = {1.03 * (Papers + faults + repairs):0}", paid <= 1.03 * (Papers + faults + repairs));
        hold &= Verdict(
            $"each day as a whole is paid once, again for each fault it met, and once more where a tenth of it changed: {string.Join(", ", rig.Model.PaidDays.Values)}",
            rig.Model.PaidDays.Count == Days && rig.Model.PaidDays.All(day => day.Value <= 2 + calls.Count(call => call.Day == day.Key && call.Fault is not null)));
        hold &= Verdict($"a tenth of arXiv's answers and more are faults: {rig.Arxiv.Faults.Total} of {rig.Arxiv.Requests.Count}", rig.Arxiv.Faults.Total >= 0.09 * rig.Arxiv.Requests.Count);
        hold &= Verdict("no limit of arXiv's broken", rig.Arxiv.Violations.Count == 0);

        foreach (var row in rows)
            await rig.Observer.Get<WorkQueues>().SendAsync(new PaperMessage(row.Day, row.Id), TimeSpan.Zero, stop);
        while ((await rig.Observer.StatusAsync(stop)).Queues.Sum(queue => queue.Messages) > 0)
            await Task.Delay(500, stop);
        return hold & Verdict("a second delivery of every message pays nothing", rig.Model.Calls.Count == calls.Count);
    }

    internal static bool Verdict(string what, bool holds)
    {
        Console.WriteLine($"  {(holds ? "holds" : "FAILS")}: {what}");
        return holds;
    }
}
