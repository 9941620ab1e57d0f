using System.Net;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Denoised.Arxiv.Calendar;
using Denoised.Functions.Tests.EndToEnd;
using Denoised.Functions.Tests.LocalHost;
using Denoised.LocalHost.Settings;
using Denoised.Simulators.Arxiv;
using Denoised.Simulators.FunctionsHost;
using Denoised.Simulators.OpenAi;
using Denoised.Storage;
using Denoised.TestSupport;

namespace Denoised.Functions.Tests.WorkerContract;

/// <summary>Timers, messages, cancellation and stop with the published worker.</summary>
[Trait("Tier", "Long")]
public sealed class WorkerInvocationTests(AzuriteFixture azurite)
{
    private const int Papers = 3;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_timer_and_its_messages_publish_the_day()
    {
        await using var arxiv = await StartArxivAsync();
        await using var model = await OpenAiSimulator.StartAsync(ct: Stop);
        var settings = ContractSettings.For(azurite.TakeAccount(), arxiv);
        settings["Summarizer__Endpoint"] = model.Address.ToString();
        settings["Summarizer__Key"] = "a key for a simulator";
        await using var host = await StartAsync(settings);

        AssertStatus(InvocationStatus.Success, await host.FireTimerAsync("CollectPapers", Stop), host);
        AssertStatus(InvocationStatus.Success, await host.FireTimerAsync("PurgeExpiredDays", Stop), host);
        var (collections, papers, days) = (new QueueTrigger(host, "CollectOnRequest"), new QueueTrigger(host, "SummarizePaper"), new QueueTrigger(host, "PublishDay"));
        AssertStatus(InvocationStatus.Success, await collections.DeliverAsync(Stop), host);
        Assert.Equal(0, await CountAsync(collections.Queue));
        for (var paper = 0; paper < Papers; paper++)
            AssertStatus(InvocationStatus.Success, await papers.DeliverAsync(Stop), host);
        Assert.Equal(0, await CountAsync(papers.Queue));

        // Messages about a day are deferred if the day was published a moment ago.
        await Eventually.TrueAsync(
            async () =>
            {
                while (await days.DeliverAsync(Stop) is { } outcome)
                    AssertStatus(InvocationStatus.Success, outcome, host);
                return await CountAsync(days.Queue) == 0;
            },
            "the day's messages are done");
        Assert.True(await new BlobContainerClient(settings["AzureWebJobsStorage"], "$web").GetBlobClient("data/index.json").ExistsAsync(Stop));
        using var http = new HttpClient { BaseAddress = host.Address };
        var latest = JsonDocument.Parse(await http.GetStringAsync("api/days/latest", Stop)).RootElement;
        Assert.Equal(Papers, latest.GetProperty("counts").GetProperty("summarized").GetInt32());
        Assert.Equal(0, latest.GetProperty("counts").GetProperty("extractive").GetInt32());
    }

    [Fact]
    public async Task Traces_contain_the_function_names_that_the_workbook_queries()
    {
        await using var arxiv = await StartArxivAsync();
        await using var model = await OpenAiSimulator.StartAsync(ct: Stop);
        await using var collector = await TelemetryCollector.StartAsync();
        var settings = ContractSettings.For(azurite.TakeAccount(), arxiv);
        settings["Summarizer__Endpoint"] = model.Address.ToString();
        settings["Summarizer__Key"] = "a key for a simulator";
        foreach (var (name, value) in collector.Settings)
            settings[name] = value;
        await using var host = await StartAsync(settings);

        AssertStatus(InvocationStatus.Success, await host.FireTimerAsync("CollectPapers", Stop), host);
        AssertStatus(InvocationStatus.Success, await new QueueTrigger(host, "CollectOnRequest").DeliverAsync(Stop), host);
        AssertStatus(InvocationStatus.Success, await new QueueTrigger(host, "SummarizePaper").DeliverAsync(Stop), host);

        await collector.UntilAsync("/v1/traces", "function CollectPapers", "function SummarizePaper");
        Assert.Contains("name == 'function SummarizePaper'", await File.ReadAllTextAsync(Path.Combine(Repository.Root, "infra", "workbook.json"), Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_moves_to_the_poison_queue_after_five_failures()
    {
        const string Message = """{"day":"2026-03-17","id":"2603.00001","schema":1}""";
        var account = azurite.TakeAccount();
        var settings = ContractSettings.For(account);
        await using var host = await StartAsync(settings);
        AssertStatus(InvocationStatus.Success, await host.FireTimerAsync("CollectPapers", Stop), host);

        // A row with the schema of a later release.
        await new TableClient(account, TableNames.Papers).AddEntityAsync(new TableEntity("2026-03-17", "2603.00001") { ["Schema"] = 9 }, Stop);
        var papers = new QueueTrigger(host, "SummarizePaper");
        await papers.Queue.SendMessageAsync(Message, Stop);

        for (var delivery = 1; delivery <= 5; delivery++)
        {
            Assert.Equal(1, await CountAsync(papers.Queue));
            var outcome = await papers.DeliverAsync(Stop);
            AssertStatus(InvocationStatus.Failure, outcome, host);
            Assert.Contains("has schema 9", outcome!.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, await CountAsync(papers.Queue));
        var poisoned = new QueueTrigger(host, "RecordPoisonedPaper");
        var message = (await poisoned.Queue.PeekMessageAsync(Stop)).Value;
        Assert.Equal(Message, message.Body.ToString());
    }

    [Fact]
    public async Task An_unparsable_message_is_completed_at_its_first_delivery()
    {
        var settings = ContractSettings.For(azurite.TakeAccount());
        await using var host = await StartAsync(settings);
        AssertStatus(InvocationStatus.Success, await host.FireTimerAsync("CollectPapers", Stop), host);
        var papers = new QueueTrigger(host, "SummarizePaper");
        await papers.Queue.SendMessageAsync("{\"day\":", Stop);

        AssertStatus(InvocationStatus.Success, await papers.DeliverAsync(Stop), host);
        Assert.Equal(0, await CountAsync(papers.Queue));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task The_dequeue_count_reaches_the_function(int deliveries, bool isRetry)
    {
        var settings = ContractSettings.For(azurite.TakeAccount());
        await using var host = await StartAsync(settings);
        AssertStatus(InvocationStatus.Success, await host.FireTimerAsync("CollectPapers", Stop), host);
        var collections = new QueueTrigger(host, "CollectOnRequest");
        for (var lost = 1; lost < deliveries; lost++)
        {
            // A crashed host had received the message. This counts as a delivery, although no function ran.
            QueueMessage leased = await collections.Queue.ReceiveMessageAsync(cancellationToken: Stop);
            await collections.Queue.UpdateMessageAsync(leased.MessageId, leased.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: Stop);
        }

        // While another instance collects, the function defers the message and records whether this delivery was a retry.
        await using var observer = new Observer(settings);
        await using (await observer.Get<SharedLeases>().TryAcquireAsync("collection", TimeSpan.FromMinutes(1), Stop))
            AssertStatus(InvocationStatus.Success, await collections.DeliverAsync(Stop), host);

        QueueMessage? next = null;
        await Eventually.TrueAsync(async () => (next = await collections.Queue.ReceiveMessageAsync(cancellationToken: Stop)) is not null, "the next collection is due");
        Assert.Equal(isRetry, JsonDocument.Parse(next!.Body).RootElement.TryGetProperty("isRetry", out var value) && value.GetBoolean());
    }

    [Fact]
    public async Task A_cancelled_invocation_ends_and_its_message_is_retried()
    {
        await using var arxiv = await StartArxivAsync();
        var settings = ContractSettings.For(azurite.TakeAccount(), arxiv);
        await using var host = await StartAsync(settings);
        AssertStatus(InvocationStatus.Success, await host.FireTimerAsync("CollectPapers", Stop), host);
        var collections = new QueueTrigger(host, "CollectOnRequest");

        using var cancellation = new CancellationTokenSource();
        var running = await BeginAndStallAsync(arxiv, collections, cancellation.Token);
        await cancellation.CancelAsync();
        var outcome = await running;
        Assert.NotEqual(InvocationStatus.Success, outcome!.Status);
        Assert.Contains("Cancel", outcome.Error, StringComparison.OrdinalIgnoreCase);

        AssertStatus(InvocationStatus.Success, await collections.DeliverAsync(Stop), host);
        await AssertRecordedAsync(settings);
    }

    [Fact]
    public async Task A_stop_during_an_invocation_loses_no_message()
    {
        await using var arxiv = await StartArxivAsync();
        var settings = ContractSettings.For(azurite.TakeAccount(), arxiv);
        var stopped = await StartAsync(settings);
        AssertStatus(InvocationStatus.Success, await stopped.FireTimerAsync("CollectPapers", Stop), stopped);
        var running = await BeginAndStallAsync(arxiv, new QueueTrigger(stopped, "CollectOnRequest"), CancellationToken.None);
        await stopped.StopAsync();
        Assert.NotEqual(InvocationStatus.Success, (await running)!.Status);

        await using var host = await StartAsync(settings);
        AssertStatus(InvocationStatus.Success, await new QueueTrigger(host, "CollectOnRequest").DeliverAsync(Stop), host);
        await AssertRecordedAsync(settings);
    }

    [Fact]
    public async Task The_worker_responds_to_an_accepted_request_like_the_local_program()
    {
        var settings = ContractSettings.For(azurite.TakeAccount());

        // Both programs would create tables, queues and containers concurrently otherwise.
        await using (var observer = new Observer(settings))
            await observer.Get<StorageSetup>().EnsureCreatedAsync(Stop);
        await using var local = await ProductProcess.StartAsync(settings["AzureWebJobsStorage"], TimeSpan.Zero, ContractSettings.Local(settings));
        await using var host = await StartAsync(settings);
        using var http = new HttpClient();

        var answers = new List<string>();
        foreach (var address in new[] { local.Api.BaseAddress!, new Uri(host.Address, "api/") })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "collections")) { Headers = { { "x-functions-key", ContractSettings.FunctionKey } } };
            using var response = await http.SendAsync(request, Stop);
            var body = await response.Content.ReadAsStringAsync(Stop);
            Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{address}: {body}{Environment.NewLine}{local.Output}{Environment.NewLine}{host.Output}");
            answers.Add($"{response.Content.Headers} {response.Headers.CacheControl} {body}");
        }

        Assert.Equal(answers[0], answers[1]);
    }

    private static Task<FunctionsHostSimulator> StartAsync(IReadOnlyDictionary<string, string> settings) => WarmWorker.StartAsync(settings, Stop);

    private static async Task<ArxivSimulator> StartArxivAsync()
    {
        var arxiv = await ArxivSimulator.StartAsync(
            new ArxivSimulatorOptions
            {
                FeedAndApiInterval = TimeSpan.Zero,
                PagesInterval = TimeSpan.Zero,
                Today = AnnouncementCalendar.LatestListingDay(DateTimeOffset.UtcNow).Date,
                SlowFor = TimeSpan.FromMinutes(10),
            },
            Stop);
        InventedListing.Announce(arxiv, Papers);
        return arxiv;
    }

    /// <summary>Delivers a message and waits until its function waits for arXiv.</summary>
    private static async Task<Task<InvocationOutcome?>> BeginAndStallAsync(ArxivSimulator arxiv, QueueTrigger collections, CancellationToken cancellation)
    {
        arxiv.Faults.FailNext(ArxivFault.Slow);
        var running = collections.DeliverAsync(cancellation);
        await Eventually.TrueAsync(() => Task.FromResult(arxiv.Faults.Total == 1), "the function waits for arXiv");
        return running;
    }

    private static async Task AssertRecordedAsync(IReadOnlyDictionary<string, string> settings)
    {
        await using var observer = new Observer(settings);
        Assert.Equal(Papers, (await observer.ProgressAsync(Stop)).Count);
    }

    private static async Task<int> CountAsync(QueueClient queue) => (await queue.GetPropertiesAsync(Stop)).Value.ApproximateMessagesCount;

    private static void AssertStatus(InvocationStatus expected, InvocationOutcome? outcome, FunctionsHostSimulator host) =>
        Assert.True(expected == outcome?.Status, $"Expected {expected}, but: {outcome}{Environment.NewLine}{host.Output}");
}
