using Azure.Data.Tables;
using Azure.Storage.Queues;
using CsCheck;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Simulators.OpenAi;
using Denoised.Storage;
using Denoised.Summaries;
using Denoised.Tests.Model;

namespace Denoised.Tests.Domain;

/// <summary>
/// The states of a paper under random sequences of deliveries, crashes, waits and model responses.
/// Each delivery runs in a new instance with its own clock, on real storage. The invariants are checked after each step.
/// </summary>
public sealed class PaperStateTests(StorageFixture storage)
{
    private const int Cases = 18;
    private const int MaxAttempts = 5;

    /// <summary>A step of a sequence.</summary>
    private enum Happening
    {
        /// <summary>Instances process the paper's messages one after the other.</summary>
        Deliver,

        /// <summary>An instance gets an earlier message again.</summary>
        Repeat,

        /// <summary>Two instances process a message concurrently.</summary>
        Overlap,

        /// <summary>The process crashes after a number of writes, and the messages become visible again.</summary>
        Die,

        /// <summary>Leases and deferrals expire.</summary>
        Wait,

        /// <summary>The host moves a message to the poison queue.</summary>
        Poison,

        /// <summary>Retention purges the day.</summary>
        Forget,
    }

    private static readonly Gen<(Happening What, int Writes, int Hours)> happening = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(Happening.Deliver)), (3, Gen.Const(Happening.Repeat)), (3, Gen.Const(Happening.Overlap)), (6, Gen.Const(Happening.Die)), (6, Gen.Const(Happening.Wait)),
            (1, Gen.Const(Happening.Poison)), (1, Gen.Const(Happening.Forget))),
        Gen.Int[0, 7],
        Gen.Int[-30, 30]);

    // Responses that come at once. FailureTableTests covers the other faults.
    private static readonly Gen<OpenAiFault?> answer = Gen.Frequency(
        (6, Gen.Const((OpenAiFault?)null)),
        (2, Gen.Const((OpenAiFault?)OpenAiFault.InternalServerError)),
        (1, Gen.Const((OpenAiFault?)OpenAiFault.ResponseLost)),
        (1, Gen.Const((OpenAiFault?)OpenAiFault.Truncated)),
        (1, Gen.Const((OpenAiFault?)OpenAiFault.TooManyRequestsWithRetryAfter)),
        (1, Gen.Const((OpenAiFault?)OpenAiFault.Refusal)));

    private int papers;

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Every_paper_reaches_a_final_state_and_is_paid_for_once()
    {
        // Messages are deferred for a pause of more than a minute, instead of waiting for its end.
        await using var world = await ModelWorld.StartAsync(storage, model: new OpenAiSimulatorOptions { RetryAfterSeconds = 90 });
        world.Announce(Cases);
        await world.OnlyCollectAsync();
        await Gen.Select(happening.Array[1, 9], answer.Array[12]).SampleAsync(
            (happenings, answers) => new OnePaper(world, Interlocked.Increment(ref papers), answers).LiveAsync(happenings),
            iter: Cases,
            threads: 1);
    }

    private sealed class OnePaper(ModelWorld world, int number, OpenAiFault?[] answers)
    {
        private readonly ArxivId id = ModelWorld.Id(number);
        private readonly PaperMessage message = new(ModelWorld.Tuesday, ModelWorld.Id(number));
        private readonly QueueClient queue = world.Product.Get<QueueServiceClient>().GetQueueClient(QueueNames.Papers);
        private readonly QueueClient days = world.Product.Get<QueueServiceClient>().GetQueueClient(QueueNames.Days);
        private bool isForgotten;
        private int deaths;
        private int drawn;
        private PaperRow? final;

        private static CancellationToken Stop => TestContext.Current.CancellationToken;

        public async Task LiveAsync((Happening What, int Writes, int Hours)[] happenings)
        {
            world.Model.FaultFor = _ => answers[drawn++ % answers.Length];
            await queue.ClearMessagesAsync(Stop);
            await days.ClearMessagesAsync(Stop);
            await ForgetPauseAsync();
            await SendAsync(1);
            foreach (var (what, writes, hours) in happenings)
            {
                await HappenAsync(what, writes, hours);
                await CheckAsync(what);
            }

            // From now on the model does not fail, and deliveries continue.
            world.Model.FaultFor = _ => null;
            for (var left = MaxAttempts + 3; final is null && !isForgotten; left--)
            {
                Assert.True(left > 0, $"{id} does not come to its end.");
                await HappenAsync(Happening.Wait, 0, 0);
                await HappenAsync(Happening.Deliver, 0, 0);
                await CheckAsync(Happening.Deliver);
            }

            await HappenAsync(Happening.Repeat, 0, 0);
            await CheckAsync(Happening.Repeat);
            if (!isForgotten)
                Assert.True(await CountAsync(days) > 0, "Nobody told the day.");
        }

        private async Task HappenAsync(Happening what, int writes, int hours)
        {
            switch (what)
            {
                case Happening.Deliver:
                    for (var left = await TakeAsync(); left > 0; left--)
                        await DeliverAsync(hours);
                    break;

                case Happening.Repeat:
                    await DeliverAsync(hours);
                    break;

                case Happening.Overlap:
                    await TakeAsync();
                    await Task.WhenAll(DeliverAsync(hours), DeliverAsync(-hours));
                    break;

                case Happening.Die:
                    var taken = await TakeAsync();
                    try
                    {
                        await DeliverAsync(hours, new CrashPolicy(writes));
                        taken--;
                    }
                    catch (Exception exception) when (exception is CrashPolicy.SimulatedCrashException || exception is AggregateException { InnerException: CrashPolicy.SimulatedCrashException })
                    {
                        deaths++;
                    }

                    await SendAsync(taken);
                    break;

                case Happening.Wait:
                    await world.Product.Get<PaperTable>().UpdateAsync(
                        ModelWorld.Tuesday, id, static (row, _) => row.IsFinal ? null : row with { NotBefore = row.NotBefore?.AddDays(-7), LeaseEnd = row.LeaseEnd?.AddDays(-7) }, Stop);
                    await ForgetPauseAsync();
                    break;

                case Happening.Poison:
                    await TakeAsync();
                    await using (var instance = Instance(hours))
                        await instance.Get<PaperSummarizer>().RecordPoisonedAsync(message, Stop);

                    // The next collection enqueues the paper again.
                    await SendAsync(1);
                    break;

                default:
                    await world.Product.Get<TableServiceClient>().GetTableClient(TableNames.Papers).DeleteEntityAsync(ModelWorld.Tuesday.ToString(), id.Key, cancellationToken: Stop);
                    isForgotten = true;
                    break;
            }
        }

        private async Task CheckAsync(Happening what)
        {
            var (row, _) = await world.Product.Get<PaperTable>().ReadAsync(ModelWorld.Tuesday, id, Stop);
            Assert.Equal(isForgotten, row is null);
            var calls = world.Model.Calls.Where(call => call.PaperId == id.Value).ToList();

            // A stored response leads to no further call. Each further call follows a crash or a failure.
            var failed = calls.Count(static call => call.Fault is not null);
            Assert.True(calls.Count <= 1 + deaths + failed, $"{calls.Count} calls with {deaths} deaths and {failed} failures after {what}.");
            if (row is null)
                return;

            Assert.InRange(row.Attempts, 0, MaxAttempts);
            Assert.Equal(row.IsFinal, row.LeaseOwner is null && row.IsFinal);
            if (final is not null)
            {
                // A final state does not change.
                Assert.Equal((final.State, final.Attempts, final.ETag), (row.State, row.Attempts, row.ETag));
            }
            else if (row.IsFinal)
            {
                final = row;
                Assert.Equal(row.State == PaperState.Summarized && row.FallbackReason == FallbackReason.None, row.Summary.Provenance.Method == SummaryMethod.Model);
            }
            else
            {
                Assert.True(await CountAsync(queue) > 0, $"After {what} no message is left, and the paper is {row.State}.");
            }
        }

        private async Task DeliverAsync(int hours, CrashPolicy? crash = null)
        {
            await using var instance = Instance(hours, crash);
            await instance.Get<PaperSummarizer>().SummarizeAsync(message, Stop);
        }

        private Product Instance(int hours, CrashPolicy? crash = null)
        {
            var instance = Product.On(
                world.Account,
                world.Arxiv,
                [new("Summarizer:Endpoint", world.Model.Endpoint.ToString()), new("Summarizer:Key", "a key"), new("Summarizer:RetryDelay", "00:00:00"), new("Summarizer:Timeout", "00:00:30"), new("Summarizer:MaxAttempts", "5")],
                crash?.Register(world.Account));
            instance.Time.MoveTo(world.Product.Time.GetUtcNow().AddHours(hours));
            return instance;
        }

        /// <summary>Removes all messages, as if the host had received them.</summary>
        private async Task<int> TakeAsync()
        {
            var count = await CountAsync(queue);
            await queue.ClearMessagesAsync(Stop);
            return count;
        }

        private async Task SendAsync(int count)
        {
            for (; count > 0; count--)
                await world.Product.Get<WorkQueues>().SendAsync(message, TimeSpan.Zero, Stop);
        }

        /// <summary>Ends the pause that the model service requested.</summary>
        private async Task ForgetPauseAsync()
        {
            await world.Product.Get<TableServiceClient>().GetTableClient(TableNames.Coordination).DeleteEntityAsync(ModelRateLimiter.Partition, "model", cancellationToken: Stop);
        }

        private static async Task<int> CountAsync(QueueClient queue) => (await queue.GetPropertiesAsync(Stop)).Value.ApproximateMessagesCount;
    }
}
