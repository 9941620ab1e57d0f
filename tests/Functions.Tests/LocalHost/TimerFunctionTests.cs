using System.Globalization;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Denoised.Functions.Tests.LocalHost;

public sealed class TimerFunctionTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset midnight = new(2026, 3, 17, 0, 0, 0, TimeSpan.Zero);

    public sealed class Hourly(Reports reports, TimeProvider time)
    {
        [Function("Hourly")]
        public void Run([TimerTrigger("0 20 5,13,21 * * *")] TimerInfo timer)
        {
            var status = timer.ScheduleStatus!;
            reports.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"at {time.GetUtcNow():dd HH}h late {timer.IsPastDue} last {status.Last:yyyy-MM-dd HH}h {status.Last.Kind} next {status.Next:dd HH:mm} {status.Next.Kind}"));
        }
    }

    public sealed class Unmonitored(Reports reports)
    {
        [Function("Unmonitored")]
        public static void Quiet([TimerTrigger("0 0 0 1 1 *", UseMonitor = false)] TimerInfo timer) => throw new InvalidOperationException($"Not on New Year's Day: {timer.IsPastDue}.");

        [Function("AtStart")]
        public Task Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true, UseMonitor = false)] TimerInfo timer)
        {
            reports.Add($"late {timer.IsPastDue} status {timer.ScheduleStatus is not null}");
            throw new InvalidOperationException("Failing on purpose.");
        }
    }

    private static Task<RunningFunctions> StartAsync(string account, Type type, FakeTimeProvider time) =>
        RunningFunctions.StartAsync(account, [type], builder => builder.Services.AddSingleton<TimeProvider>(time));

    [Fact]
    public async Task A_timer_runs_on_its_UTC_schedule_and_receives_its_last_and_next_time()
    {
        var time = new FakeTimeProvider(midnight);
        time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test"));
        await using var app = await StartAsync(azurite.TakeAccount(), typeof(Hourly), time);
        await StoredAsync(app, "Hourly");

        await AdvanceUntilReportAsync(app, time);
        Assert.Equal("at 17 05h late False last 0001-01-01 00h Unspecified next 17 07:20 Local", await app.Reports.NextAsync());
        await StoredAsync(app, "Hourly", """ "Last":"2026-03-17T05: """);
        await AdvanceUntilReportAsync(app, time);
        Assert.Equal("at 17 13h late False last 2026-03-17 07h Local next 17 15:20 Local", await app.Reports.NextAsync());
    }

    [Fact]
    public async Task The_next_start_runs_a_missed_timer_once()
    {
        var account = azurite.TakeAccount();
        await using (var before = await StartAsync(account, typeof(Hourly), new FakeTimeProvider(midnight)))
            await StoredAsync(before, "Hourly");

        await using (var late = await StartAsync(account, typeof(Hourly), new FakeTimeProvider(midnight.AddHours(14))))
        {
            Assert.StartsWith("at 17 14h late True last 0001-01-01", await late.Reports.NextAsync(), StringComparison.Ordinal);
            await StoredAsync(late, "Hourly", """ "Last":"2026-03-17T14: """);
        }

        var time = new FakeTimeProvider(midnight.AddHours(15));
        await using var after = await StartAsync(account, typeof(Hourly), time);
        await AdvanceUntilReportAsync(after, time);
        Assert.StartsWith("at 17 21h late False last 2026-03-17 14h", await after.Reports.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timer_without_a_status_can_run_at_the_start_and_its_failure_is_logged()
    {
        await using var app = await StartAsync(azurite.TakeAccount(), typeof(Unmonitored), new FakeTimeProvider(midnight));

        Assert.Equal("late False status False", await app.Reports.NextAsync());
        await Eventually.TrueAsync(
            () => Task.FromResult(app.Logs.Lines.Any(line => line.StartsWith("Error: Timer function 'AtStart' failed", StringComparison.Ordinal))), "the failure is logged");
        Assert.False(app.Reports.HasMore);
    }

    public sealed class Named(Reports reports)
    {
        [Function("Named")]
        public void Run([TimerTrigger("%LocalHostTestsSchedule%", RunOnStartup = true)] TimerInfo timer) => reports.Add($"named {timer.IsPastDue}");

        [Function("Unnamed")]
        public void Unnamed([TimerTrigger("%LocalHostTestsUnset%", RunOnStartup = true)] TimerInfo timer) => reports.Add($"unnamed {timer.IsPastDue}");

        [Function("Nested")]
        public void Nested([TimerTrigger("%LocalHostTests:Nested%", RunOnStartup = true)] TimerInfo timer) => reports.Add($"nested {timer.IsPastDue}");
    }

    [Fact]
    public async Task An_unset_schedule_variable_disables_only_its_function()
    {
        Environment.SetEnvironmentVariable("LocalHostTestsSchedule", "0 0 0 1 1 *");
        Environment.SetEnvironmentVariable("LocalHostTests__Nested", "0 0 0 1 1 *");

        // The Functions host resolves these names from environment variables only, not from the command line or added configuration.
        await using var app = await RunningFunctions.StartAsync(azurite.TakeAccount(), [typeof(Named)], null, "LocalHostTestsUnset=0 0 0 1 1 *");

        Assert.Equal("named False", await app.Reports.NextAsync());
        await StoredAsync(app, "Named");
        Assert.False(app.Reports.HasMore);
        Assert.Contains(app.Logs.Lines, line => line.StartsWith("Warning: Function 'Unnamed' is disabled: %LocalHostTestsUnset%", StringComparison.Ordinal));
        Assert.Contains(app.Logs.Lines, line => line.StartsWith("Warning: Function 'Nested' is disabled: %LocalHostTests:Nested%", StringComparison.Ordinal));
    }

    public sealed class Wrong
    {
        [Function("Wrong")]
        public static void Run([TimerTrigger("20 5 * * *")] TimerInfo timer) => throw new InvalidOperationException($"Never run: {timer.IsPastDue}.");
    }

    [Fact]
    public async Task A_schedule_with_five_fields_stops_the_start_with_an_error_that_names_it()
    {
        var e = await Assert.ThrowsAsync<FormatException>(() => RunningFunctions.StartAsync(azurite.TakeAccount(), [typeof(Wrong)]));

        Assert.Contains("'20 5 * * *' of function 'Wrong'", e.Message, StringComparison.Ordinal);
    }

    /// <summary>Advances the clock in steps. The timer reads the clock and then waits, so it can miss a single step in between.</summary>
    private static async Task AdvanceUntilReportAsync(RunningFunctions app, FakeTimeProvider time)
    {
        for (var step = 0; step < 200 && !app.Reports.HasMore; step++)
        {
            time.Advance(TimeSpan.FromMinutes(5));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private static Task StoredAsync(RunningFunctions app, string function, string containing = "")
    {
        var blob = new BlobContainerClient(app.ConnectionString, "azure-webjobs-hosts").GetBlobClient($"timers/denoised-local/{function}/status");
        return Eventually.TrueAsync(
            async () => await blob.ExistsAsync(TestContext.Current.CancellationToken)
                && (await blob.DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToString().Contains(containing.Trim(), StringComparison.Ordinal),
            $"the status of '{function}' is stored, with '{containing}'");
    }
}
