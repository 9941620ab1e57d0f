using System.Globalization;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Functions.Tests.LocalHost;

public sealed class QueueFunctionTests(AzuriteFixture azurite)
{
    private static readonly string[] fastRetries = ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout=00:00:00"];

    public sealed class Echo(Reports reports)
    {
        [Function("Echo")]
        public void Run([QueueTrigger("echo")] string message, FunctionContext context) =>
            reports.Add($"{message} {context.FunctionDefinition.Name} {context.BindingContext.BindingData["DequeueCount"] as string} {Guid.TryParse(context.InvocationId, out _)}");
    }

    [Fact]
    public async Task A_message_reaches_its_function_once_and_is_deleted()
    {
        await using var app = await RunningFunctions.StartAsync(azurite.TakeAccount(), [typeof(Echo)]);

        await app.SendAsync("echo", "Ünïcode \"text\"\n2");

        Assert.Equal("Ünïcode \"text\"\n2 Echo 1 True", await app.Reports.NextAsync());
        await Eventually.TrueAsync(async () => await CountAsync(app, "echo") == 0, "the message is deleted");
        Assert.False(app.Reports.HasMore);
    }

    public sealed class Failing(Reports reports)
    {
        [Function("Failing")]
        public async Task Run([QueueTrigger("failing")] string message, FunctionContext context, CancellationToken cancellationToken)
        {
            await Task.Delay(1, cancellationToken);
            reports.Add($"{message} {context.BindingContext.BindingData["dequeuecount"]}");
            throw new InvalidOperationException("Failing on purpose.");
        }

        [Function("Poisoned")]
        public void Poisoned([QueueTrigger("failing-poison")] string message) => reports.Add($"poisoned {message}");
    }

    [Fact]
    public async Task A_message_moves_to_the_poison_queue_after_its_last_failed_attempt()
    {
        await using var app = await RunningFunctions.StartAsync(
            azurite.TakeAccount(), [typeof(Failing)], null, [.. fastRetries, "AzureFunctionsJobHost:extensions:queues:maxDequeueCount=3"]);

        await app.SendAsync("failing", "m");

        Assert.Equal("m 1", await app.Reports.NextAsync());
        Assert.Equal("m 2", await app.Reports.NextAsync());
        Assert.Equal("m 3", await app.Reports.NextAsync());
        Assert.Equal("poisoned m", await app.Reports.NextAsync());
        await Eventually.TrueAsync(async () => await CountAsync(app, "failing") + await CountAsync(app, "failing-poison") == 0, "both queues are empty");
        Assert.Equal(3, app.Logs.Lines.Count(line => line.Contains("Queue function 'Failing' failed on message", StringComparison.Ordinal)));
    }

    public sealed class FailingPoison(Reports reports)
    {
        [Function("FailingPoison")]
        public void Run([QueueTrigger("x-poison")] string message, FunctionContext context)
        {
            reports.Add($"{message} {context.BindingContext.BindingData["DequeueCount"]}");
            throw new InvalidOperationException("Failing on purpose.");
        }
    }

    [Fact]
    public async Task A_failed_message_of_a_poison_queue_is_retried_and_stays_in_the_queue()
    {
        await using var app = await RunningFunctions.StartAsync(
            azurite.TakeAccount(), [typeof(FailingPoison)], null,
            [.. fastRetries, "AzureFunctionsJobHost:extensions:queues:maxDequeueCount=1", "LocalHost:MessageInvisibility=00:00:01"]);

        await app.SendAsync("x-poison", "m");

        Assert.Equal("m 1", await app.Reports.NextAsync());
        Assert.Equal("m 2", await app.Reports.NextAsync());
        Assert.False(await app.Queue("x-poison-poison").ExistsAsync(TestContext.Current.CancellationToken));
    }

    public sealed class Slow(Reports reports)
    {
        [Function("Slow")]
        public async Task Run([QueueTrigger("slow")] string message, FunctionContext context, CancellationToken cancellationToken)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
            reports.Add($"{message} {context.BindingContext.BindingData["DequeueCount"]}");
        }
    }

    [Fact]
    public async Task A_message_stays_invisible_while_its_function_runs_longer_than_the_invisibility()
    {
        await using var app = await RunningFunctions.StartAsync(
            azurite.TakeAccount(), [typeof(Slow)], null, "LocalHost:MessageInvisibility=00:00:02");

        await app.SendAsync("slow", "m");

        Assert.Equal("m 1", await app.Reports.NextAsync());
        await Eventually.TrueAsync(async () => await CountAsync(app, "slow") == 0, "the message is deleted with its renewed receipt");
        Assert.False(app.Reports.HasMore);
        Assert.DoesNotContain(app.Logs.Lines, line => line.Contains("became visible", StringComparison.Ordinal));
    }

    public sealed class Counting(Gate gate)
    {
        [Function("Counting")]
        public Task Run([QueueTrigger("counting")] string message, CancellationToken cancellationToken) => gate.EnterAsync(message, cancellationToken);
    }

    /// <summary>Counts concurrent invocations and blocks each one until the test releases it.</summary>
    public sealed class Gate(Reports reports) : IDisposable
    {
        private readonly SemaphoreSlim exits = new(0);
        private int inside;

        public int Most { get; private set; }

        public int Inside => inside;

        public async Task EnterAsync(string message, CancellationToken cancellationToken)
        {
            var now = Interlocked.Increment(ref inside);
            lock (reports)
                Most = Math.Max(Most, now);
            await exits.WaitAsync(cancellationToken);
            Interlocked.Decrement(ref inside);
            reports.Add(message);
        }

        public void LetOut(int count) => exits.Release(count);

        public void Dispose() => exits.Dispose();
    }

    [Fact]
    public async Task The_listener_receives_a_new_batch_only_at_the_threshold()
    {
        // All messages are in the queue before the listener starts. A smaller first batch would leave the others waiting for the threshold.
        var account = azurite.TakeAccount();
        var queue = RunningFunctions.Queue(account, "counting");
        await queue.CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        for (var number = 0; number < 12; number++)
            await queue.SendMessageAsync(number.ToString(CultureInfo.InvariantCulture), TestContext.Current.CancellationToken);
        await using var app = await RunningFunctions.StartAsync(
            account, [typeof(Counting)],
            builder => builder.Services.AddSingleton<Gate>(),
            "AzureFunctionsJobHost:extensions:queues:batchSize=4", "AzureFunctionsJobHost:extensions:queues:newBatchThreshold=1",
            "AzureFunctionsJobHost:extensions:queues:maxPollingInterval=00:00:00.100");
        var gate = app.Service<Gate>();

        await Eventually.TrueAsync(() => Task.FromResult(gate.Inside >= 4), "the first batch runs");
        gate.LetOut(2);
        await app.Reports.NextAsync();
        await app.Reports.NextAsync();
        Assert.True(gate.Inside <= 4, "With two or more of four running, no batch is received.");
        gate.LetOut(10);
        for (var i = 0; i < 10; i++)
            await app.Reports.NextAsync();

        // At most one batch plus the threshold runs at a time.
        Assert.InRange(gate.Most, 4, 5);
    }

    [Fact]
    public async Task A_message_that_is_not_Base64_moves_to_the_poison_queue_without_an_attempt()
    {
        await using var app = await RunningFunctions.StartAsync(azurite.TakeAccount(), [typeof(Echo)]);

        await new QueueClient(app.ConnectionString, "echo").SendMessageAsync("{ plain }", TestContext.Current.CancellationToken);

        var poison = new QueueClient(app.ConnectionString, "echo-poison");
        await Eventually.TrueAsync(
            async () => await poison.ExistsAsync(TestContext.Current.CancellationToken)
                && (await poison.PeekMessageAsync(TestContext.Current.CancellationToken)).Value?.Body.ToString() == "{ plain }",
            "the poison queue holds the message as it was");
        Assert.False(app.Reports.HasMore);
    }

    public sealed class Stubborn(Reports reports)
    {
        [Function("Stubborn")]
        public async Task Run([QueueTrigger("stubborn")] string message, CancellationToken cancellationToken)
        {
            reports.Add("began " + message);
            try
            {
                await Task.Delay(TimeSpan.FromMinutes(5), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                reports.Add("cancelled " + message);
                throw;
            }
        }
    }

    [Fact]
    public async Task The_function_timeout_cancels_the_token_and_counts_as_a_failed_attempt()
    {
        await using var app = await RunningFunctions.StartAsync(
            azurite.TakeAccount(), [typeof(Stubborn)], null,
            "AzureFunctionsJobHost:functionTimeout=00:00:01", "AzureFunctionsJobHost:extensions:queues:maxDequeueCount=1");

        await app.SendAsync("stubborn", "m");

        Assert.Equal("began m", await app.Reports.NextAsync());
        Assert.Equal("cancelled m", await app.Reports.NextAsync());
        await Eventually.TrueAsync(async () => await app.Queue("stubborn-poison").ExistsAsync(TestContext.Current.CancellationToken), "the message is poisoned");
    }

    public sealed class Deaf(Reports reports)
    {
        [Function("Deaf")]
        public async Task Run([QueueTrigger("deaf")] string message)
        {
            reports.Add("began " + message);
            await Task.Delay(TimeSpan.FromMinutes(5));
        }
    }

    [Fact]
    public async Task The_host_abandons_a_function_that_ignores_the_timeout_and_logs_its_name()
    {
        await using var app = await RunningFunctions.StartAsync(
            azurite.TakeAccount(), [typeof(Deaf)], null,
            "AzureFunctionsJobHost:functionTimeout=00:00:01", "AzureFunctionsJobHost:extensions:queues:maxDequeueCount=1", "LocalHost:CancellationGrace=00:00:00.500");

        await app.SendAsync("deaf", "m");

        Assert.Equal("began m", await app.Reports.NextAsync());
        await Eventually.TrueAsync(async () => await app.Queue("deaf-poison").ExistsAsync(TestContext.Current.CancellationToken), "the message is poisoned");
        Assert.Contains(app.Logs.Lines, line => line.StartsWith("Error: Function 'Deaf' ignores its cancelled token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stop_cancels_functions_that_still_run_after_the_grace_period()
    {
        await using var app = await RunningFunctions.StartAsync(
            azurite.TakeAccount(), [typeof(Stubborn)], null, "LocalHost:ShutdownGrace=00:00:00.500");
        await app.SendAsync("stubborn", "m");
        Assert.Equal("began m", await app.Reports.NextAsync());

        await app.StopAsync();

        Assert.Equal("cancelled m", await app.Reports.NextAsync());
        Assert.Equal(1, await CountAsync(app, "stubborn"));
    }

    [Fact]
    public async Task A_stop_waits_for_a_running_function()
    {
        await using var app = await RunningFunctions.StartAsync(azurite.TakeAccount(), [typeof(Slow)]);
        await app.SendAsync("slow", "m");
        await Eventually.TrueAsync(async () => (await app.Queue("slow").PeekMessageAsync(TestContext.Current.CancellationToken)).Value is null, "the message is received");

        await app.StopAsync();

        Assert.Equal("m 1", await app.Reports.NextAsync());
        Assert.Equal(0, await CountAsync(app, "slow"));
    }

    private static async Task<int> CountAsync(RunningFunctions app, string queue) =>
        (await app.Queue(queue).GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount;
}
