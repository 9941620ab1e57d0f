using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Denoised.Api;
using Denoised.Arxiv.Feeds;
using Denoised.Collecting;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Publishing;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.OpenAi;
using Denoised.Storage;
using Denoised.Summaries;
using Denoised.Tests.Summaries.Checks;

namespace Denoised.Tests.Model;

/// <summary>A simulated arXiv, a simulated model service and instances of the product that share one storage account.</summary>
internal sealed class ModelWorld : IAsyncDisposable
{
    // Far more than two listing days with faults need.
    private const int MaxMessages = 5_000;

    private readonly List<Product> instances = [];
    private readonly Dictionary<string, string?> settings;

    private ModelWorld(string account, ArxivSimulator arxiv, OpenAiSimulator model, Dictionary<string, string?> settings)
    {
        Account = account;
        Arxiv = arxiv;
        Model = model;
        this.settings = settings;
    }

    public static ListingDay Tuesday { get; } = ListingDay.Parse("2026-03-17");

    public string Account { get; }

    public ArxivSimulator Arxiv { get; }

    public OpenAiSimulator Model { get; }

    /// <summary>The first instance.</summary>
    public Product Product => instances[0];

    public IReadOnlyList<Product> Instances => instances;

    public static async Task<ModelWorld> StartAsync(
        StorageFixture storage, IEnumerable<KeyValuePair<string, string?>>? settings = null, OpenAiSimulatorOptions? model = null, ArxivSimulatorOptions? arxiv = null)
    {
        var stop = TestContext.Current.CancellationToken;
        var all = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Summarizer:Key"] = "a key made for this test",
            ["Summarizer:RetryDelay"] = "00:00:00",

            // Off, because tests count one call per paper. VerifierTests turns it on.
            ["Summarizer:Verify"] = "false",

            // The simulator responds at once. On a busy machine a shorter timeout would end calls that are already paid for and repeat them.
            ["Summarizer:Timeout"] = "00:01:00",
        };
        foreach (var (name, value) in settings ?? [])
            all[name] = value;
        var world = new ModelWorld(
            storage.TakeAccount(),
            await ArxivSimulator.StartAsync((arxiv ?? new()) with { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = arxiv?.Today ?? Tuesday.Date }, stop),
            await OpenAiSimulator.StartAsync(model, stop),
            all);
        all.TryAdd("Summarizer:Endpoint", world.Model.Endpoint.ToString());
        world.Add();
        return world;
    }

    /// <summary>Adds an instance on the same account, optionally with other settings.</summary>
    public Product Add(params (string Name, string Value)[] changes)
    {
        var own = new Dictionary<string, string?>(settings, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
            own[name] = value;
        var instance = Product.On(Account, Arxiv, own);
        if (instances.Count == 0)
            instance.Time.MoveTo(Tuesday);
        else
            instance.Time.MoveTo(instances[0].Time.GetUtcNow());
        instances.Add(instance);
        return instance;
    }

    /// <summary>Replaces all instances with one new instance.</summary>
    public async Task RestartAsync()
    {
        var now = Product.Time.GetUtcNow();
        foreach (var instance in instances)
            await instance.DisposeAsync();
        instances.Clear();
        Add().Time.MoveTo(now);
    }

    /// <summary>Announces invented papers on the current day.</summary>
    public void Announce(int count, int first = 1)
    {
        foreach (var number in Enumerable.Range(first, count))
            Arxiv.Announce(Invented(number));
    }

    public static SimulatedPaper Invented(int number) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"2603.{number:00000}"),
        Title = $"Lantern Routing for Invented Harbours, Number {number}",
        Abstract =
            $"Night traffic in small harbours is hard to predict because lanterns fail without any warning. We propose LanternNet, a graph network that learns number {number} of the routes from passing ships. "
            + "The network is trained on forty invented harbours with a contrastive loss over pairs of lanterns. "
            + $"In our experiments it reduces collisions by {number + 10} percent and outperforms the best planner on every harbour. "
            + "These results suggest that small harbours could plan their night traffic with very little data.",
        Categories = ["cs.LG"],
    };

    public static ArxivId Id(int number) => ArxivId.Parse(Invented(number).Id);

    /// <summary>Runs one collection on the first instance and processes all messages on all instances.</summary>
    public async Task CollectAsync()
    {
        await OnlyCollectAsync();
        await WorkAsync();
    }

    /// <summary>Runs one collection on the first instance and leaves its messages in the queues.</summary>
    public Task OnlyCollectAsync() => Product.Get<Collector>().CollectAsync(new CollectionMessage(), isRetry: false, TestContext.Current.CancellationToken);

    /// <summary>Lets all instances process messages like the host, until the queues are empty. Deferred messages count.</summary>
    /// <param name="within">The time limit of the test; three minutes by default.</param>
    /// <param name="isDone">Ends the processing early, even if deferred messages remain.</param>
    public async Task WorkAsync(TimeSpan? within = null, Func<Task<bool>>? isDone = null)
    {
        var watch = Stopwatch.StartNew();
        var processed = 0;
        var pause = TimeSpan.Zero;
        while (true)
        {
            var done = (await Task.WhenAll(instances.Select(WorkOnceAsync))).Sum();
            processed += done;
            Assert.True(processed < MaxMessages, $"{processed} messages were processed and their queues are not empty: each message leads to another.");
            if (done > 0)
            {
                pause = TimeSpan.Zero;
                continue;
            }

            if (isDone is not null && await isDone())
                return;
            var waiting = 0;
            foreach (var queue in (string[])[QueueNames.Papers, QueueNames.Days, QueueNames.Collections])
                waiting += await Product.CountMessagesAsync(queue);
            if (waiting == 0)
                return;
            Assert.True(watch.Elapsed < (within ?? TimeSpan.FromMinutes(3)), $"{waiting} messages are still waiting after {watch.Elapsed}.");

            // Only deferred messages are left. Polling without a delay would load the emulator more than the code under test does.
            pause = TimeSpan.FromMilliseconds(Math.Min(250, pause.TotalMilliseconds + 50));
            await Task.Delay(pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Deletes all messages of some queues.</summary>
    public Task ForgetMessagesAsync(params string[] queues) =>
        Task.WhenAll(queues.Select(queue => Product.Get<QueueServiceClient>().GetQueueClient(queue).ClearMessagesAsync(TestContext.Current.CancellationToken)));

    public async Task<PaperRow> RowAsync(int number) => await RowAsync(Tuesday, Id(number));

    public async Task<PaperRow> RowAsync(ListingDay day, ArxivId id)
    {
        var (row, _) = await Product.Get<PaperTable>().ReadAsync(day, id, TestContext.Current.CancellationToken);
        return row ?? throw new InvalidOperationException($"There is no row of {id} on {day}.");
    }

    public Task<IReadOnlyList<PaperRow>> ReadPaperRowsAsync(ListingDay day) => Product.Get<PaperTable>().ReadDayAsync(day, TestContext.Current.CancellationToken);

    /// <summary>Delivers a paper's message to an instance.</summary>
    public Task DeliverAsync(int number, Product? to = null) =>
        (to ?? Product).Get<PaperSummarizer>().SummarizeAsync(new PaperMessage(Tuesday, Id(number)), TestContext.Current.CancellationToken);

    public async Task<Denoised.Api.StatusResponse> StatusAsync()
    {
        var answer = Assert.IsType<Denoised.Api.RepresentationResult>(await Add().Get<Denoised.Api.StatusApi>().GetAsync(TestContext.Current.CancellationToken));
        return System.Text.Json.JsonSerializer.Deserialize(answer.Representation.Body, ApiJson.Default.StatusResponse)!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in instances)
            await instance.DisposeAsync();
        await Model.DisposeAsync();
        await Arxiv.DisposeAsync();
    }

    private static async Task<int> WorkOnceAsync(Product instance) =>
        await WorkOnceAsync(instance, QueueNames.Papers, instance.Get<SummaryHandler>().SummarizeAsync)
        + await WorkOnceAsync(instance, QueueNames.Days, instance.Get<PublishHandler>().PublishAsync)
        + await WorkOnceAsync(instance, QueueNames.Collections, (message, token) => instance.Get<CollectionHandler>().CollectAsync(message, 1, token));

    private static async Task<int> WorkOnceAsync(Product instance, string name, Func<string, CancellationToken, Task> process)
    {
        var stop = TestContext.Current.CancellationToken;
        var queue = instance.Get<QueueServiceClient>().GetQueueClient(name);
        QueueMessage[] messages = (await queue.ReceiveMessagesAsync(16, TimeSpan.FromMinutes(10), stop)).Value;
        await Parallel.ForEachAsync(messages, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stop }, async (message, token) =>
        {
            await process(message.Body.ToString(), token);
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, token);
        });
        return messages.Length;
    }
}
