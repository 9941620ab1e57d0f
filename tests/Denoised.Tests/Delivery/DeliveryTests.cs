using System.Net;
using Azure.Storage.Queues;
using Denoised.Arxiv.Calendar;
using Denoised.Collecting;
using Denoised.Delivery;
using Denoised.Domain;
using Denoised.Simulators.Arxiv;
using Denoised.Storage;
using Denoised.TestSupport;
using Denoised.Tests.Storage;

namespace Denoised.Tests.Delivery;

/// <summary>One message per listing day, once the day is complete, never twice.</summary>
public sealed class DeliveryTests(StorageFixture storage)
{
    private static readonly ListingDay next = ListingDay.Parse("2026-03-18");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_complete_day_is_sent_once()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        Assert.Equal(DeliveryState.Idle, (await world.StatusAsync()).State);

        await world.PublishAsync();
        await world.RequestPublicationAsync();
        await world.Product.DrainAsync();
        await world.DeliverAsync();

        var request = Assert.Single(world.Receiver.Requests);
        Assert.Equal(("POST", "/" + WebhookWorld.Path), (request.Method, request.Target));
        var status = await world.StatusAsync();
        Assert.Equal((DeliveryState.Sent, InventedRows.Day, 1, null, null), (status.State, status.Day, status.Attempts, status.Reason, status.NextAttempt));
        Assert.Equal(0, await world.Product.CountMessagesAsync(QueueNames.Deliveries));
    }

    [Fact]
    public async Task A_day_with_an_overview_is_sent_after_the_overview_is_published()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());

        await world.PublishAsync(papers: 24);

        var sent = Assert.Single(world.Receiver.Requests).Body;
        var overview = (await world.Product.ReadSiteAsync()).Index!.Days[0].Overview;
        Assert.Equal(overview is not null, sent.Contains("\"overview\":\"", StringComparison.Ordinal));
        Assert.NotNull(overview);
    }

    [Fact]
    public async Task A_day_with_an_incomplete_listing_is_not_sent()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.RecordAsync(isListingComplete: false);
        await world.RequestPublicationAsync();
        await world.Product.DrainAsync();
        Assert.Empty(world.Receiver.Requests);
    }

    [Fact]
    public async Task A_day_with_a_pending_paper_is_not_sent()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.RecordAsync();
        await world.Product.Get<PaperTable>().InsertAsync([InventedRows.Row(9) with { State = PaperState.Announced }], Stop);
        await world.RequestPublicationAsync();
        await world.Product.DrainAsync();
        Assert.Empty(world.Receiver.Requests);
    }

    [Fact]
    public async Task A_day_whose_last_listing_adds_no_paper_is_sent_after_the_collection()
    {
        await using var arxiv = await ArxivSimulator.StartAsync(new ArxivSimulatorOptions { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero, Today = InventedRows.Day.Date }, Stop);
        InventedListing.Announce(arxiv, 3);
        var address = arxiv.Address.ToString();
        await using var world = await WebhookWorld.StartAsync(
            storage.TakeAccount(), ("Arxiv:FeedAddress", address), ("Arxiv:ApiAddress", address), ("Arxiv:PageAddress", address), ("Arxiv:Categories", "cs.LG,stat.ML"), ("Collect:RetentionDays", "1"));

        await world.Product.Get<CollectionHandler>().CollectAsync("{}", 1, Stop);
        await world.Product.DrainAsync();
        Assert.Single(world.Receiver.Requests);
    }

    [Fact]
    public async Task A_message_of_a_day_that_is_no_longer_complete_sends_nothing()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.PublishOnlyAsync();

        // The second listing of the day has one more paper, which is not published yet.
        await world.Product.Get<PaperTable>().InsertAsync([InventedRows.Row(9) with { State = PaperState.Announced }], Stop);
        await world.DeliverAsync();
        Assert.Empty(world.Receiver.Requests);
        Assert.Equal(DeliveryState.Idle, (await world.StatusAsync()).State);
    }

    [Fact]
    public async Task A_day_that_was_announced_days_ago_is_not_sent()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        world.Product.Time.Advance(DeliveryReader.MaxAge);
        await world.PublishAsync();
        await world.DeliverAsync();
        Assert.Empty(world.Receiver.Requests);
    }

    [Fact]
    public async Task Nothing_is_enqueued_without_a_webhook()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount(), ("Webhook:Address", ""), ("Webhook:Format", ""));
        await world.PublishAsync();
        await world.DeliverAsync();
        Assert.Empty(world.Receiver.Requests);
        Assert.Equal(DeliveryState.Idle, (await world.StatusAsync()).State);
    }

    [Fact]
    public async Task A_day_before_the_newest_delivery_is_not_sent()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.PublishOnlyAsync();
        world.Product.Time.MoveTo(next);
        await world.PublishAsync(next);
        await world.DeliverAsync();
        Assert.Equal(next, (await world.StatusAsync()).Day);
        Assert.Single(world.Receiver.Requests);
    }

    [Fact]
    public async Task Workers_that_race_send_one_request()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.PublishOnlyAsync();
        var workers = Enumerable.Range(0, 8).Select(_ => world.AddInstance()).ToList();

        await Task.WhenAll(workers.Select(worker => world.DeliverAsync(worker)));

        Assert.Single(world.Receiver.Requests);
        Assert.Equal(DeliveryState.Sent, (await world.StatusAsync()).State);
    }

    [Fact]
    public async Task A_worker_that_dies_at_any_write_causes_neither_a_second_request_nor_none()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.PublishOnlyAsync();
        var states = new List<DeliveryState>();
        for (var writes = 0; ; writes++)
        {
            world.Receiver.Requests.Clear();
            await world.Product.Get<Azure.Data.Tables.TableServiceClient>().GetTableClient(TableNames.Coordination).DeleteEntityAsync("deliveries", "webhook", cancellationToken: Stop);
            var dying = world.AddInstance(register: new CrashPolicy(writes).Register(world.Account));
            var died = await Record.ExceptionAsync(() => world.DeliverAsync(dying));
            if (died is null)
                break;
            Assert.IsType<CrashPolicy.SimulatedCrashException>(died);
            if ((await world.StatusAsync()).State == DeliveryState.Sending)
            {
                // The message comes back while the lease holds, and after it.
                await world.DeliverAsync();
                Assert.Single(world.Receiver.Requests);
                await world.ExpireLeaseAsync();
            }

            await world.DeliverAsync();
            await world.DeliverAsync();
            Assert.Single(world.Receiver.Requests);
            states.Add((await world.StatusAsync()).State);
        }

        // The write after the request is the last.
        Assert.Equal(DeliveryState.Uncertain, states[^1]);
        Assert.All(states.SkipLast(1), state => Assert.Equal(DeliveryState.Sent, state));
        Assert.True(states.Count > 1);
    }

    [Fact]
    public async Task A_worker_that_answers_after_its_lease_records_what_happened()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.PublishOnlyAsync();
        var (arrived, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Receiver.AnswerNext(async _ =>
        {
            arrived.SetResult();
            await released.Task;
        });
        var slow = world.DeliverAsync();
        await arrived.Task;
        await world.ExpireLeaseAsync();
        await world.DeliverAsync(world.AddInstance());
        Assert.Equal(DeliveryState.Uncertain, (await world.StatusAsync()).State);

        released.SetResult();
        await slow;
        Assert.Equal(DeliveryState.Sent, (await world.StatusAsync()).State);
        Assert.Single(world.Receiver.Requests);
    }

    [Fact]
    public async Task An_unavailable_receiver_gets_the_same_message_again()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        world.Receiver.AnswerNext(HttpStatusCode.ServiceUnavailable);
        world.Receiver.AnswerNext(HttpStatusCode.InternalServerError);

        await world.PublishAsync();

        Assert.Equal(3, world.Receiver.Requests.Count);
        Assert.Single(world.Receiver.Requests.Select(request => (request.Body, request.Headers["webhook-id"])).Distinct());
        var status = await world.StatusAsync();
        Assert.Equal((DeliveryState.Sent, 3), (status.State, status.Attempts));
    }

    [Fact]
    public async Task A_throttled_message_waits_as_long_as_the_receiver_asks()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        world.Receiver.AnswerNext(HttpStatusCode.TooManyRequests, ("Retry-After", "120"));

        await world.PublishAsync();
        var status = await world.StatusAsync();
        Assert.Equal((DeliveryState.Retrying, "HTTP 429."), (status.State, status.Reason));
        Assert.Equal(TimeSpan.FromMinutes(2), status.NextAttempt - status.At);

        // A copy that comes earlier sends nothing and is deferred.
        await world.DeliverAsync();
        Assert.Single(world.Receiver.Requests);
        var queue = world.Product.Get<QueueServiceClient>().GetQueueClient(QueueNames.Deliveries);
        Assert.InRange(await world.Product.CountMessagesAsync(QueueNames.Deliveries), 1, 2);
        Assert.Null((await queue.PeekMessageAsync(Stop)).Value);
    }

    [Fact]
    public async Task A_lost_retry_is_enqueued_again_when_it_is_overdue()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        world.Receiver.AnswerNext(HttpStatusCode.TooManyRequests, ("Retry-After", "120"));
        await world.PublishAsync();
        await world.Product.Get<QueueServiceClient>().GetQueueClient(QueueNames.Deliveries).ClearMessagesAsync(Stop);

        await world.RequestPublicationAsync();
        await world.Product.DrainAsync();
        Assert.Single(world.Receiver.Requests);

        await world.ExpireLeaseAsync();
        await world.RequestPublicationAsync();
        await world.Product.DrainAsync();
        Assert.Equal(2, world.Receiver.Requests.Count);
    }

    [Fact]
    public async Task The_attempts_end_three_days_after_the_announcement()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount());
        await world.PublishOnlyAsync();
        world.Product.Time.MoveTo(AnnouncementCalendar.AnnouncedAt(InventedRows.Day) + DeliveryReader.MaxAge - TimeSpan.FromMinutes(1));
        world.Receiver.AnswerNext(HttpStatusCode.ServiceUnavailable, ("Retry-After", "3600"));

        await world.DeliverAsync();

        var status = await world.StatusAsync();
        Assert.Equal((DeliveryState.Failed, "HTTP 503. There was no success in 3 days."), (status.State, status.Reason));
        Assert.Equal(0, await world.Product.CountMessagesAsync(QueueNames.Deliveries));
    }

    [Fact]
    public async Task The_delay_doubles_with_each_attempt()
    {
        await using var world = await WebhookWorld.StartAsync(storage.TakeAccount(), ("Webhook:RetryDelay", "00:10:00"));
        await world.PublishOnlyAsync();
        List<double> minutes = [];
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            world.Receiver.AnswerNext(HttpStatusCode.ServiceUnavailable);
            await world.DeliverAsync();
            var status = await world.StatusAsync();
            minutes.Add((status.NextAttempt - status.At)!.Value.TotalMinutes);
            await world.ExpireLeaseAsync();
        }

        Assert.Equal([10, 20, 40, 60, 60], minutes);
    }
}
