using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Blobs;
using Denoised.Domain;
using Denoised.LocalHost.Settings;
using Denoised.Publishing;
using Denoised.Publishing.Pages;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.Simulators.Storage;
using Denoised.Storage;

namespace Denoised.TestSupport.Chaos;

/// <summary>
/// A listing day with faults: two product processes with skewed clocks are killed repeatedly, while arXiv, the model service and the storage account
/// fail at random. Shared by tests and benchmarks.
/// </summary>
internal sealed class ChaosDay
{
    private static readonly DateOnly day = new(2026, 3, 17);
    private static readonly OpenAiFault[] spoiled = [OpenAiFault.MalformedJson, OpenAiFault.SchemaViolation, OpenAiFault.UnverifiableEvidence, OpenAiFault.TextsTooShort, OpenAiFault.Markup];

    /// <summary>The minimum number of faults of each rare kind. Few requests can have an empty API response or an HTML feed.</summary>
    private const int FewestOfRare = 6;

    private readonly ChaosOptions options;
    private readonly Random random;
    private readonly List<string> wrongs = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();

    private ChaosDay(ChaosOptions options)
    {
        this.options = options;
        random = new Random(options.Seed);
    }

    /// <summary>Runs one day.</summary>
    /// <param name="options">The numbers and rates of kills and faults.</param>
    /// <param name="say">Receives progress messages.</param>
    /// <param name="stop">Cancels the day.</param>
    /// <exception cref="TimeoutException">The day exceeds its time limit. The message lists the remaining work.</exception>
    public static Task<ChaosOutcome> RunAsync(ChaosOptions options, Action<string> say, CancellationToken stop) => new ChaosDay(options).RunAsync(say, stop);

    private async Task<ChaosOutcome> RunAsync(Action<string> say, CancellationToken stop)
    {
        await using var arxiv = await ArxivSimulator.StartAsync(
            new ArxivSimulatorOptions
            {
                Seed = options.Seed, ListingsFolder = options.Listings, Today = day, SlowFor = TimeSpan.FromSeconds(1),
                FeedAndApiInterval = TimeSpan.FromMilliseconds(100), PagesInterval = TimeSpan.FromMilliseconds(100),
            },
            stop);
        await using var model = await OpenAiSimulator.StartAsync(new OpenAiSimulatorOptions { Seed = options.Seed, Latency = new Latency(options.Latency, 0.4) }, stop);
        await using var storage = await StorageProxy.StartAsync(options.Storage, stop);
        if (options.Listings is null)
            InventedListing.Announce(arxiv, options.InventedPapers);
        var announced = arxiv.Catalogue.On(day).Where(paper => paper.TypeIn(["cs.LG"]) == "new").Select(paper => ArxivId.Parse(paper.Paper.Id)).ToHashSet();

        // The observer and the reader connect to storage directly, without faults.
        await using var observer = new Observer(LocalHostProcess.Settings(options.Storage, arxiv, model));
        await PublishPageAsync(observer, stop);
        Misbehave(arxiv, model, storage);

        var settings = Settings(LocalHostProcess.Settings(storage.ConnectionString, arxiv, model));
        await using var ahead = new ChaosInstance("ahead", options.Program, Skewed(settings, options.Skew), model);
        await using var behind = new ChaosInstance("behind", options.Program, Skewed(settings, -options.Skew), model);
        ChaosInstance[] instances = [ahead, behind];
        var reader = new ChaosReader(observer.Get<BlobServiceClient>());
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = reader.ReadAsync(over.Token);
        var asking = AskAsync(observer, over.Token);

        foreach (var instance in instances)
            instance.Start();
        var (inFlight, callsInFlight) = (0, 0);
        for (var kill = 1; kill <= options.Kills; kill++)
        {
            var instance = instances[random.Next(instances.Length)];
            var left = announced.Count - (await observer.ProgressAsync(stop)).Count(row => row.IsFinal);
            await ApproachAsync(instances, instance, left / (2 * (options.Kills - kill + 1)), stop);

            var before = TimeProvider.System.GetUtcNow();
            await instance.KillAsync();
            var open = await CountInFlightAsync(observer, model, instance.Key, before, stop);
            inFlight += open.AtModel > 0 ? 1 : 0;
            callsInFlight += open.AtModel + open.Unwritten;
            if (kill % 10 == 0)
                say(string.Create(CultureInfo.InvariantCulture, $"seed {options.Seed}: {kill} kills, {inFlight} of them with a call in flight; {left} papers left after {watch.Elapsed:m\\:ss}"));
            await Task.Delay(random.Next(0, 1000), stop);
            instance.Start();
        }

        await SettleAsync(observer, instances, announced.Count, stop);
        await over.CancelAsync();
        await Task.WhenAll(reading, asking);
        await reader.LookAsync();
        return await JudgeAsync(observer, arxiv, model, storage, instances, reader, announced, inFlight, callsInFlight, stop);
    }

    /// <summary>Publishes the page's template, so that the product renders a page for each paper.</summary>
    private static async Task PublishPageAsync(Observer observer, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("denoised-chaos-");
        try
        {
            File.Copy(Path.Combine(Repository.Root, "frontend", PageRenderer.FrontPage), Path.Combine(folder.FullName, PageRenderer.FrontPage));
            await observer.Get<StorageSetup>().EnsureCreatedAsync(stop);
            await observer.Get<SitePublisher>().PublishAsync(folder.FullName, stop);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Misbehave(ArxivSimulator arxiv, OpenAiSimulator model, StorageProxy storage)
    {
        var (atArxiv, atModel, atStorage) = (new EvenFaults<ArxivFault>(options.Seed), new EvenFaults<OpenAiFault>(options.Seed + 1), new EvenFaults<StorageFault>(options.Seed + 2));
        arxiv.FaultFor = request => request.Service switch
        {
            ArxivService.Api when atArxiv.Count(ArxivFault.EmptyAnswer) < FewestOfRare => atArxiv.Draw(0.9, fault => fault == ArxivFault.EmptyAnswer),
            ArxivService.Feed when atArxiv.Count(ArxivFault.HtmlInsteadOfXml) < FewestOfRare => atArxiv.Draw(options.Faults, fault => fault == ArxivFault.HtmlInsteadOfXml),
            _ => atArxiv.Draw(options.Faults, fault => ArxivSimulator.Applies(fault, request.Service)),
        };

        // The model has many kinds of faults. The higher rate produces each kind at least five times a day.
        model.FaultFor = _ => atModel.Draw(options.Faults * 1.25, fault => fault != OpenAiFault.Quota);
        storage.FaultFor = request => atStorage.Draw(options.Faults, request.Admits);
    }

    /// <summary>Shortens the intervals of the production settings.</summary>
    private Dictionary<string, string> Settings(Dictionary<string, string> settings)
    {
        foreach (var (name, value) in new (string, string)[]
        {
            ("Arxiv__RequestTimeout", "00:00:05"),
            // A request at arXiv ends slightly later than a process that is killed or stalls on a busy machine.
            ("Arxiv__ClockMargin", "00:00:00.5"),
            ("Arxiv__DefaultRetryAfter", "00:00:01"),
            ("Collect__RetentionDays", "1"),
            ("Collect__LeaseDuration", "00:00:10"),
            ("Collect__OverdueAfter", (options.Lease * 2).ToString("c")),
            ("Summarizer__FullText", options.FullText ? "true" : "false"),
            ("Summarizer__Timeout", (options.Lease / 4).ToString("c")),
            ("Summarizer__LeaseDuration", options.Lease.ToString("c")),
            ("Summarizer__RetryDelay", "00:00:01"),
            ("Summarizer__DailyTokenBudget", "1000000000"),
            ("Publishing__MinimumInterval", "00:00:05"),
            ("Publishing__KeepUnreferenced", "00:01:00"),
            ("LocalHost__MessageInvisibility", TimeSpan.FromSeconds(Math.Ceiling(options.Lease.TotalSeconds * 1.2)).ToString("c")),
            ("AzureFunctionsJobHost__extensions__queues__batchSize", "4"),
            ("AzureFunctionsJobHost__extensions__queues__newBatchThreshold", "2"),
            ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:02"),
        })
        {
            settings[name] = value;
        }

        return settings;
    }

    private static Dictionary<string, string> Skewed(Dictionary<string, string> settings, TimeSpan skew) => new(settings, StringComparer.Ordinal)
    {
        ["LocalHost__ClockOffset"] = (TimeSpan.Parse(settings["LocalHost__ClockOffset"], CultureInfo.InvariantCulture) + skew).ToString("c"),
    };

    /// <summary>Requests collections like the timer. A collection continues unfinished work.</summary>
    private static async Task AskAsync(Observer observer, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(10), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!over.IsCancellationRequested && (await observer.StatusAsync(CancellationToken.None)).Queues.Single(queue => queue.Queue == QueueNames.Collections).Messages == 0)
                await observer.AskAsync(CancellationToken.None);
        }
    }

    /// <summary>
    /// Waits for a random time, usually until a call is in flight. The number of answers spreads the papers over all kills.
    /// </summary>
    private async Task ApproachAsync(ChaosInstance[] instances, ChaosInstance instance, int answers, CancellationToken stop)
    {
        if (random.NextDouble() >= options.KillsInFlight)
        {
            await Task.Delay(random.Next(200, 4000), stop);
            return;
        }

        var patience = watch.Elapsed + TimeSpan.FromMinutes(1);
        answers = random.Next(0, Math.Clamp(answers, 0, 8) + 1);
        var pause = random.Next(0, (int)options.Latency.TotalMilliseconds);
        while (watch.Elapsed < patience)
        {
            foreach (var other in instances)
                await other.KeepRunningAsync();
            if (instance.HasOpenCall && instance.Calls.Count(call => call.Status == 200) >= answers)
            {
                if (pause == 0)
                    return;
                await Task.Delay(pause, stop);
                pause = 0;
                continue;
            }

            await Task.Delay(10, stop);
        }
    }

    private static async Task<(int AtModel, int Unwritten)> CountInFlightAsync(Observer observer, OpenAiSimulator model, string key, DateTimeOffset killedAt, CancellationToken stop)
    {
        var calls = model.Calls;
        var undone = (await observer.ProgressAsync(stop)).Where(row => !row.IsFinal).Select(row => row.Id.Value).ToHashSet(StringComparer.Ordinal);
        var atModel = calls.Count(call => call.Key == key && call.Paid && (call.EndedAt is not { } end || end >= killedAt));

        // A call is in flight until its response is stored. A later call about the same paper proves that it was.
        var latest = calls.Where(call => call.PaperId is not null).GroupBy(call => call.PaperId!, StringComparer.Ordinal).Select(paper => paper.MaxBy(call => call.Number)!);
        var unwritten = latest.Count(call => call.Key == key && call.Status == 200 && call.EndedAt < killedAt && undone.Contains(call.PaperId!));
        return (atModel, unwritten);
    }

    private async Task SettleAsync(Observer observer, ChaosInstance[] instances, int papers, CancellationToken stop)
    {
        while (true)
        {
            foreach (var instance in instances)
                await instance.KeepRunningAsync();
            var status = await observer.StatusAsync(stop);
            if (status.Days is [{ Complete: true, Pending: 0 } only] && only.Announced == papers && only.Shown == papers && status.Queues.All(queue => queue.Queue == QueueNames.Collections || queue.Messages == 0))
                return;
            if (watch.Elapsed > options.Limit)
            {
                var rows = await observer.ProgressAsync(stop);
                throw new TimeoutException(
                    $"Seed {options.Seed}: not over after {watch.Elapsed:m\\:ss}. Days: {string.Join("; ", status.Days)}. Queues: {string.Join("; ", status.Queues)}. Run: {status.LastRun}. "
                    + $"Not final: {string.Join("; ", rows.Where(row => !row.IsFinal).Take(3))}. Said: {string.Join(Environment.NewLine, instances.SelectMany(instance => instance.Output.TakeLast(20)))}");
            }

            await Task.Delay(500, stop);
        }
    }

    private async Task<ChaosOutcome> JudgeAsync(
        Observer observer, ArxivSimulator arxiv, OpenAiSimulator model, StorageProxy storage, ChaosInstance[] instances, ChaosReader reader, HashSet<ArxivId> announced, int killsInFlight, int callsInFlight, CancellationToken stop)
    {
        var rows = await observer.ProgressAsync(stop);
        var calls = model.Calls;
        wrongs.AddRange(reader.Wrongs.Distinct(StringComparer.Ordinal));
        Require(rows.Select(row => row.Id).ToHashSet().SetEquals(announced), $"{announced.Count} papers were announced, {rows.Count} are recorded.");
        Require(reader.Shown.SetEquals(announced), $"{announced.Count} papers were announced, {reader.Shown.Count} are shown.");
        foreach (var row in rows.Where(row => !row.IsFinal))
            wrongs.Add($"{row.Id} is {row.State}.");
        foreach (var row in rows.Where(row => row.Method != SummaryMethod.Model && string.IsNullOrEmpty(row.Reason)))
            wrongs.Add($"{row.Id} is not by the model, and no reason is given.");
        wrongs.AddRange(arxiv.Violations.Select(violation =>
            $"A limit of arXiv was broken: {violation.Kind}, {violation.Path} {violation.Gap.TotalMilliseconds:0} ms after {violation.PreviousPath}. Until then: "
            + string.Join("; ", arxiv.Requests.Where(request => request.Group == violation.Group && request.At <= violation.At).TakeLast(3).Select(request => $"{request.At:T} to {request.EndedAt:T} {request.Fault} by {request.UserAgent}"))));

        var killed = instances.SelectMany(instance => instance.Killed).ToHashSet(StringComparer.Ordinal);
        var outcome = new ChaosOutcome
        {
            Seed = options.Seed,
            Elapsed = watch.Elapsed,
            Papers = announced.Count,
            ByModel = rows.Count(row => row.Method == SummaryMethod.Model),
            Extractive = rows.Count(row => row.State == PaperState.Summarized && row.Method == SummaryMethod.Extractive),
            Failed = rows.Count(row => row.State == PaperState.Failed),
            Kills = options.Kills,
            KillsInFlight = killsInFlight,
            CallsInFlight = callsInFlight,
            PaidCalls = calls.Count(call => call.Paid),
            Repairs = calls.Count(call => call.Status == 200 && call.Fault is { } fault && spoiled.Contains(fault)),
            GivenUp = calls.Count(call => call is { Paid: true, ClientGone: true, Fault: null } && !killed.Contains(call.Key!)),
            Collapses = instances.Sum(instance => instance.Collapses.Count),
            Editions = reader.Editions,
            ShownAtFirst = reader.ShownAtFirst,
            StorageRequests = storage.Requests,
            ArxivRequests = arxiv.Requests.Count,
            ArxivFaults = arxiv.Faults.Counts,
            ModelFaults = model.Faults.Counts,
            StorageFaults = storage.Faults.Counts,
            Wrongs = wrongs,
        };
        Require(outcome.PaidCalls <= outcome.MostPaidCalls, $"{outcome.PaidCalls} calls were paid; {outcome.MostPaidCalls} are the most.");
        wrongs.AddRange(instances.SelectMany(instance => instance.Collapses).Select(said => $"An instance ended by itself: {said}"));
        return outcome;
    }

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
            wrongs.Add(otherwise);
    }
}
