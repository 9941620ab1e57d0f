using Denoised.Domain;
using Denoised.Model;
using Denoised.Publishing.Snapshots;
using Denoised.Simulators.OpenAi;
using Denoised.Storage;
using Denoised.Summaries;

namespace Denoised.Tests.Model;

/// <summary>Messages that repeat, arrive early, overlap or follow a crash. The row decides what happens.</summary>
public sealed class DeliveryTests(StorageFixture storage)
{
    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_second_delivery_of_every_message_makes_no_model_call()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(20);
        world.Model.SetFaultRate(0.2);
        world.Model.Faults.SetRate(OpenAiFault.Timeout, 0);
        await world.CollectAsync();
        var calls = world.Model.Calls.Count;
        var before = await world.Product.DumpTableAsync(TableNames.Papers);

        await Task.WhenAll(Enumerable.Range(1, 20).Select(number => world.DeliverAsync(number)));

        Assert.Equal(calls, world.Model.Calls.Count);
        Assert.Equal(before, await world.Product.DumpTableAsync(TableNames.Papers));
    }

    [Fact]
    public async Task Two_instances_with_the_same_messages_pay_once()
    {
        await using var world = await ModelWorld.StartAsync(storage, model: new OpenAiSimulatorOptions { Latency = new Latency(TimeSpan.FromMilliseconds(300)) });
        world.Announce(6);
        var other = world.Add();
        await world.OnlyCollectAsync();

        await Task.WhenAll(Enumerable.Range(1, 6).SelectMany(number => new[] { world.DeliverAsync(number), world.DeliverAsync(number, other) }));

        Assert.All(Enumerable.Range(1, 6), number => Assert.Equal(1, world.Model.PaidCalls[ModelWorld.Id(number).Value]));
        Assert.All(await world.ReadPaperRowsAsync(ModelWorld.Tuesday), row => Assert.Equal(SummaryMethod.Model, row.Summary.Provenance.Method));
    }

    [Fact]
    public async Task A_delivery_during_a_lease_enqueues_its_message_again()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        await world.OnlyCollectAsync();
        await world.Product.Get<PaperTable>().UpdateAsync(
            ModelWorld.Tuesday, ModelWorld.Id(1), (row, now) => row with { State = PaperState.Summarizing, LeaseOwner = "another", LeaseEnd = now + TimeSpan.FromMinutes(1), Attempts = 1 }, TestContext.Current.CancellationToken);
        var messages = await world.Product.CountMessagesAsync(QueueNames.Papers);

        await world.DeliverAsync(1);

        Assert.Empty(world.Model.Calls);
        Assert.Equal(messages + 1, await world.Product.CountMessagesAsync(QueueNames.Papers));
        Assert.Equal("another", (await world.RowAsync(1)).LeaseOwner);
    }

    [Fact]
    public async Task A_paper_deferred_twice_has_one_pending_message()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        await world.OnlyCollectAsync();
        await world.ForgetMessagesAsync(QueueNames.Papers);
        await world.Product.Get<PaperTable>().UpdateAsync(
            ModelWorld.Tuesday, ModelWorld.Id(1), (row, now) => row with { State = PaperState.Summarizing, LeaseOwner = "another", LeaseEnd = now + TimeSpan.FromMinutes(1), Attempts = 1 }, stop);

        for (var copy = 0; copy < 8; copy++)
            await world.Product.Get<PaperSummarizer>().SummarizeAsync(new PaperMessage(ModelWorld.Tuesday, ModelWorld.Id(1)), stop);
        Assert.Equal(1, await world.Product.CountMessagesAsync(QueueNames.Papers));

        // The pending message becomes visible later than the paper is due, so the instance sends another one.
        await world.Product.Get<PaperTable>().UpdateAsync(
            ModelWorld.Tuesday, ModelWorld.Id(1), (row, now) => row with { State = PaperState.Announced, LeaseOwner = null, LeaseEnd = null, NotBefore = now + TimeSpan.FromSeconds(20) }, stop);
        await world.Product.Get<PaperSummarizer>().SummarizeAsync(new PaperMessage(ModelWorld.Tuesday, ModelWorld.Id(1)), stop);
        Assert.Equal(2, await world.Product.CountMessagesAsync(QueueNames.Papers));
    }

    [Fact]
    public async Task Another_instance_takes_over_the_lease_of_a_crashed_one()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        await world.OnlyCollectAsync();
        await world.Product.Get<PaperTable>().UpdateAsync(
            ModelWorld.Tuesday, ModelWorld.Id(1), (row, now) => row with { State = PaperState.Summarizing, LeaseOwner = "the dead", LeaseEnd = now + TimeSpan.FromSeconds(2), Attempts = 1 }, TestContext.Current.CancellationToken);

        await world.WorkAsync();

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Summarized, SummaryMethod.Model, 2, null), (row.State, row.Summary.Provenance.Method, row.Attempts, row.LeaseOwner));
        Assert.Single(world.Model.Calls);
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_crash_after_any_write_loses_no_summary_and_repeats_at_most_one_call()
    {
        var stop = TestContext.Current.CancellationToken;
        var writes = 0;
        for (var isComplete = false; !isComplete; writes++)
        {
            Assert.True(writes < 50, "No instance completes.");
            await using var world = await ModelWorld.StartAsync(storage);
            world.Announce(1);
            await world.OnlyCollectAsync();
            await using (var crashing = Product.On(
                world.Account,
                world.Arxiv,
                [new("Summarizer:Endpoint", world.Model.Endpoint.ToString()), new("Summarizer:Key", "a key"), new("Summarizer:LeaseDuration", "00:00:02")],
                new CrashPolicy(writes).Register(world.Account)))
            {
                try
                {
                    await crashing.Get<PaperSummarizer>().SummarizeAsync(new PaperMessage(ModelWorld.Tuesday, ModelWorld.Id(1)), stop);
                    isComplete = true;
                }
                catch (Exception exception) when (exception is CrashPolicy.SimulatedCrashException || exception is AggregateException { InnerException: CrashPolicy.SimulatedCrashException })
                {
                    // The message is still in the queue and becomes visible again.
                }
            }

            await world.WorkAsync();

            var row = await world.RowAsync(1);
            Assert.Equal((PaperState.Summarized, SummaryMethod.Model), (row.State, row.Summary.Provenance.Method));
            Assert.InRange(world.Model.PaidCalls.Values.Sum(), 1, 2);
            Assert.Equal(PaperStatus.Model, (await world.Product.ReadSiteAsync()).Papers[ModelWorld.Tuesday].Single().Status);
        }

        Assert.InRange(writes, 4, 49);
    }

    [Fact]
    public async Task A_message_processed_as_soon_as_it_is_sent_finds_no_lease_on_its_paper()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        await world.OnlyCollectAsync();
        await world.ForgetMessagesAsync(QueueNames.Papers);
        world.Model.Faults.FailNext(OpenAiFault.InternalServerError);
        await using var slow = Product.On(
            world.Account,
            world.Arxiv,
            [new("Summarizer:Endpoint", world.Model.Endpoint.ToString()), new("Summarizer:Key", "a key"), new("Summarizer:RetryDelay", "00:00:00")],
            new AfterFirstMessage(() => world.WorkAsync(isDone: () => Task.FromResult(true))).Register(world.Account));

        await slow.Get<PaperSummarizer>().SummarizeAsync(new PaperMessage(ModelWorld.Tuesday, ModelWorld.Id(1)), stop);

        await world.WorkAsync();
        Assert.Equal((PaperState.Summarized, SummaryMethod.Model, 2), ((await world.RowAsync(1)).State, (await world.RowAsync(1)).Summary.Provenance.Method, world.Model.Calls.Count));
    }

    [Fact]
    public async Task A_stop_releases_the_paper_at_once_and_counts_no_attempt()
    {
        await using var world = await ModelWorld.StartAsync(storage, model: new OpenAiSimulatorOptions { Latency = new Latency(TimeSpan.FromSeconds(2)) });
        world.Announce(1);
        await world.OnlyCollectAsync();

        // Without this the queue holds two messages about the paper, and an instance defers one of them until the end of the lease.
        await world.ForgetMessagesAsync(QueueNames.Papers);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        world.Model.FaultFor = call =>
        {
            if (call.Attempt == 1)
                stop.CancelAfter(TimeSpan.FromMilliseconds(200));
            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => world.Product.Get<PaperSummarizer>().SummarizeAsync(new PaperMessage(ModelWorld.Tuesday, ModelWorld.Id(1)), stop.Token));

        var released = await world.RowAsync(1);
        Assert.Equal((PaperState.Announced, null, 0), (released.State, released.LeaseOwner, released.Attempts));
        await world.WorkAsync();
        Assert.Equal(SummaryMethod.Model, (await world.RowAsync(1)).Summary.Provenance.Method);
    }

    [Fact]
    public async Task A_collection_enqueues_a_paper_again_whose_unstarted_message_was_poisoned()
    {
        var settings = new KeyValuePair<string, string?>[] { new("Collect:OverdueAfter", "00:00:01") };
        await using var world = await ModelWorld.StartAsync(storage, settings);
        world.Announce(1);
        await world.OnlyCollectAsync();
        await world.ForgetMessagesAsync(QueueNames.Papers);

        await world.Product.Get<SummaryHandler>().RecordPoisonedAsync($$"""{"day":"{{ModelWorld.Tuesday}}","id":"{{ModelWorld.Id(1)}}","schema":1}""", TestContext.Current.CancellationToken);
        await world.WorkAsync();

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Announced, 0), (row.State, row.Attempts));
        Assert.Contains("before the work on it was begun", row.Reason, StringComparison.Ordinal);
        var shown = (await world.Product.ReadSiteAsync()).Papers[ModelWorld.Tuesday].Single();
        Assert.Equal(PaperStatus.Pending, shown.Status);
        var status = await world.StatusAsync();
        Assert.Empty(status.Failures);
        Assert.Equal((QueueNames.Papers, 1, 0), Assert.Single(status.Discarded.Select(count => (count.Queue, (int)count.Poisoned, (int)count.Unreadable))));

        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await world.CollectAsync();
        Assert.Equal(SummaryMethod.Model, (await world.RowAsync(1)).Summary.Provenance.Method);
    }

    [Fact]
    public async Task A_poisoned_message_of_a_leased_paper_changes_nothing()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        await world.OnlyCollectAsync();
        await world.Product.Get<PaperTable>().UpdateAsync(
            ModelWorld.Tuesday, ModelWorld.Id(1), (row, now) => row with { State = PaperState.Summarizing, Attempts = 1, LeaseOwner = "another", LeaseEnd = now.AddMinutes(5) }, TestContext.Current.CancellationToken);
        var before = await world.Product.DumpTableAsync(TableNames.Papers);

        await world.Product.Get<PaperSummarizer>().RecordPoisonedAsync(new PaperMessage(ModelWorld.Tuesday, ModelWorld.Id(1)), TestContext.Current.CancellationToken);

        Assert.Equal(before, await world.Product.DumpTableAsync(TableNames.Papers));
    }

    [Fact]
    public async Task A_poisoned_message_after_the_last_attempt_fails_the_paper_with_a_reason()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        await world.OnlyCollectAsync();
        await world.Product.Get<PaperTable>().UpdateAsync(ModelWorld.Tuesday, ModelWorld.Id(1), (row, _) => row with { Attempts = 5 }, TestContext.Current.CancellationToken);

        await world.Product.Get<SummaryHandler>().RecordPoisonedAsync($$"""{"day":"{{ModelWorld.Tuesday}}","id":"{{ModelWorld.Id(1)}}","schema":1}""", TestContext.Current.CancellationToken);
        await world.WorkAsync();

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Failed, FallbackReason.Failure), (row.State, row.FallbackReason));
        var shown = (await world.Product.ReadSiteAsync()).Papers[ModelWorld.Tuesday].Single();
        Assert.Equal((PaperStatus.Failed, row.Reason), (shown.Status, shown.Reason));
        Assert.Equal(row.Reason, Assert.Single((await world.StatusAsync()).Failures).Reason);
        Assert.Empty(world.Model.Calls);
    }

    [Fact]
    public async Task A_poisoned_message_of_a_final_paper_changes_nothing()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        await world.CollectAsync();
        var before = await world.Product.DumpTableAsync(TableNames.Papers);

        await world.Product.Get<PaperSummarizer>().RecordPoisonedAsync(new PaperMessage(ModelWorld.Tuesday, ModelWorld.Id(1)), TestContext.Current.CancellationToken);

        Assert.Equal(before, await world.Product.DumpTableAsync(TableNames.Papers));
    }

    [Fact]
    public async Task A_message_of_a_purged_paper_does_not_restore_it()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        await world.OnlyCollectAsync();
        await world.Product.Get<PaperTable>().DeleteDayAsync(ModelWorld.Tuesday, TestContext.Current.CancellationToken);

        await world.WorkAsync();

        Assert.Empty(await world.Product.DumpTableAsync(TableNames.Papers));
        Assert.Empty(world.Model.Calls);
    }

    [Fact]
    public async Task The_next_collection_enqueues_a_paper_whose_message_was_lost()
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Collect:OverdueAfter", "00:00:01")]);
        world.Announce(2);
        await world.OnlyCollectAsync();
        await world.ForgetMessagesAsync(QueueNames.Papers);

        // The papers are overdue by the clock of the storage service, which the test cannot change.
        while (await world.Product.CountMessagesAsync(QueueNames.Papers) < 2)
            await world.OnlyCollectAsync();
        await world.WorkAsync();

        Assert.All(await world.ReadPaperRowsAsync(ModelWorld.Tuesday), row => Assert.Equal(SummaryMethod.Model, row.Summary.Provenance.Method));
        Assert.All(world.Model.PaidCalls, paid => Assert.Equal(1, paid.Value));
    }
}
