using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using Azure.Storage.Queues;
using Denoised.Collecting;
using Denoised.Delivery;
using Denoised.Functions;
using Denoised.Publishing;
using Denoised.Storage;
using Denoised.Summaries;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Tests.Storage;

/// <summary>The product completes and counts messages that it cannot process.</summary>
public sealed class PoisonMessagesTests(StorageFixture storage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Unreadable
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var queue in (string[])[QueueNames.Papers, QueueNames.Days])
            {
                foreach (var text in (string[])["", "{}", "[]", "null", "not JSON", "{\"day\":1,\"id\":2,\"changed\":3}", "{\"day\":\"2026-03-17\"}", "{\"day\":null,\"id\":null,\"changed\":null}", "{\"day\":\"yesterday\",\"id\":\"x\",\"changed\":\"x\"}"])
                    data.Add(queue, text);
            }

            foreach (var text in (string[])["[]", "null", "not JSON", "{\"day\":\"yesterday\"}"])
            {
                data.Add(QueueNames.Collections, text);
                data.Add(QueueNames.Deliveries, text);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task An_unparsable_message_is_completed_and_counted(string queue, string text)
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);

        // The handler returns without an exception, so the host deletes the message instead of delivering it again.
        await (queue switch
        {
            QueueNames.Papers => product.Get<SummaryHandler>().SummarizeAsync(text, Stop),
            QueueNames.Days => product.Get<PublishHandler>().PublishAsync(text, Stop),
            QueueNames.Deliveries => product.Get<DeliveryHandler>().DeliverAsync(text, Stop),
            _ => product.Get<CollectionHandler>().CollectAsync(text, dequeueCount: 1, Stop),
        });

        var count = Assert.Single(await product.Get<PoisonMessages>().ReadAllAsync(Stop));
        Assert.Equal((queue, 0, 1), (count.Queue, (int)count.Poisoned, (int)count.Unreadable));
        Assert.Empty(await product.DumpTableAsync(TableNames.Papers));
    }

    [Fact]
    public async Task A_poisoned_message_of_every_queue_is_completed_and_counted()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);
        var papers = product.Get<SummaryHandler>();
        await papers.RecordPoisonedAsync("{}", Stop);
        await papers.RecordPoisonedAsync("""{"day":"2026-03-17","id":"2603.00001"}""", Stop);
        await product.Get<PublishHandler>().RecordPoisonedAsync("""{"day":"2026-03-17","changed":"2026-03-17T05:20:00Z"}""", Stop);
        await product.Get<CollectionHandler>().RecordPoisonedAsync("{}", Stop);
        await product.Get<DeliveryHandler>().RecordPoisonedAsync("{}", Stop);

        Assert.Equal(
            [(QueueNames.Collections, 1, 0), (QueueNames.Days, 1, 0), (QueueNames.Deliveries, 1, 0), (QueueNames.Papers, 2, 1)],
            (await product.Get<PoisonMessages>().ReadAllAsync(Stop)).Select(count => (count.Queue, (int)count.Poisoned, (int)count.Unreadable)).Order());
    }

    [Fact]
    public async Task Each_discarded_message_adds_a_measurement_with_queue_and_reason()
    {
        // No other test of this process uses this queue name.
        var queue = Guid.NewGuid().ToString("N");
        var measured = new ConcurrentQueue<(long Value, object? Reason)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "denoised.messages.discarded")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);
            if (queue.Equals(named["queue"]))
                measured.Enqueue((value, named["reason"]));
        });
        listener.Start();
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);

        await product.Get<PoisonMessages>().ParseAsync(queue, "not JSON", StorageJson.Default.DayMessage, Stop);
        await product.Get<PoisonMessages>().RecordPoisonedAsync(queue, "{}", Stop);

        Assert.Equal([(1, "unreadable"), (1, "poisoned")], measured);
    }

    [Fact]
    public async Task Concurrently_discarded_messages_are_all_counted()
    {
        const int Many = 20;
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => product.Get<PublishHandler>().RecordPoisonedAsync("{}", Stop)));
        Assert.Equal(Many, Assert.Single(await product.Get<PoisonMessages>().ReadAllAsync(Stop)).Poisoned);
    }

    [Fact]
    public async Task The_next_collection_enqueues_a_day_whose_message_was_poisoned()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);
        await product.Get<StorageSetup>().EnsureCreatedAsync(Stop);
        await product.Get<PaperTable>().InsertAsync([InventedRows.Row(1)], Stop);
        await product.Get<PublishHandler>().RecordPoisonedAsync($$"""{"day":"{{InventedRows.Day}}","changed":"2026-03-17T05:20:00Z"}""", Stop);
        Assert.Equal(0, await product.CountMessagesAsync(QueueNames.Days));

        await product.Get<Repair>().RepairAsync(isRetry: false, DateTimeOffset.UtcNow, Stop);

        var message = Assert.Single((await product.Get<QueueServiceClient>().GetQueueClient(QueueNames.Days).ReceiveMessagesAsync(10, cancellationToken: Stop)).Value);
        Assert.Contains(InventedRows.Day.ToString(), message.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_queue_with_a_function_has_a_function_for_its_poison_queue()
    {
        var queues = typeof(ApiFunctions).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<QueueTriggerAttribute>()?.QueueName)
            .OfType<string>()
            .ToList();

        Assert.Equal(QueueNames.All.Order(StringComparer.Ordinal), queues.Where(queue => !queue.EndsWith("-poison", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(QueueNames.All.Select(queue => queue + "-poison").Order(StringComparer.Ordinal), queues.Where(queue => queue.EndsWith("-poison", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }
}
