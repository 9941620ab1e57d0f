using Azure;
using Denoised.LocalHost.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using NCrontab;

namespace Denoised.LocalHost.Timers;

/// <summary>
/// Runs one function on a schedule, without overlaps. As on the host, a failure is logged and the next occurrence runs as scheduled.
/// Schedules are in UTC, as in Azure, regardless of the local time zone.
/// </summary>
internal sealed partial class TimerListener(
    FunctionDescription function,
    CrontabSchedule schedule,
    FunctionInvoker invoker,
    TimerStatusBlobs statuses,
    Shutdown shutdown,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Limits each wait, so a missed occurrence is noticed within this time after the computer wakes from sleep.</summary>
    private static readonly TimeSpan maxDelay = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan retryDelay = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, object?> noData = [];

    private readonly TimerTriggerAttribute trigger = (TimerTriggerAttribute)function.Trigger;

    /// <summary>Parses a six-field schedule (seconds first).</summary>
    /// <exception cref="FormatException">The schedule is invalid; the message names the function and quotes the schedule.</exception>
    public static CrontabSchedule Parse(string function, string schedule)
    {
        try
        {
            return CrontabSchedule.Parse(schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true });
        }
        catch (CrontabException e)
        {
            throw new FormatException($"The schedule '{schedule}' of function '{function}' is not a six-field NCRONTAB expression: {e.Message}", e);
        }
    }

    /// <summary>Runs until a stop is requested.</summary>
    public async Task RunAsync()
    {
        var stop = shutdown.Stopping;
        try
        {
            var status = await StartWithRetriesAsync(stop);
            while (true)
            {
                for (var left = status.Next - time.GetUtcNow(); left > TimeSpan.Zero; left = status.Next - time.GetUtcNow())
                    await Task.Delay(left < maxDelay ? left : maxDelay, time, stop);
                status = await RunOnceAsync(status, isPastDue: false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A stop was requested while the timer was idle.
        }
    }

    /// <summary>Reads the timer status with retries: if storage is unavailable at startup, the timer must not give up permanently.</summary>
    private async Task<TimerStatus> StartWithRetriesAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await StartAsync(stop);
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException)
            {
                LogNotStarted(e, function.Name);
                await Task.Delay(retryDelay, time, stop);
            }
        }
    }

    private async Task<TimerStatus> StartAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var fresh = new TimerStatus(Last: null, FindNext(now), now);
        if (!trigger.UseMonitor)
            return trigger.RunOnStartup ? await RunOnceAsync(fresh, isPastDue: false) : fresh;

        var status = await statuses.ReadAsync(function.Name, stop);
        if (status is null)
        {
            status = fresh;
            await statuses.WriteAsync(function.Name, status, stop);
        }

        // Calculated from the current schedule: after a change, the occurrences of the old schedule do not count as missed.
        var expected = FindNext(status.Last ?? status.LastUpdated);
        if (status.Next != expected)
            status = status with { Next = expected };

        var isPastDue = status.Next <= now;
        return isPastDue || trigger.RunOnStartup ? await RunOnceAsync(status, isPastDue) : status;
    }

    private async Task<TimerStatus> RunOnceAsync(TimerStatus status, bool isPastDue)
    {
        shutdown.Stopping.ThrowIfCancellationRequested();
        var began = time.GetUtcNow();
        var info = new TimerInfo
        {
            IsPastDue = isPastDue,
            ScheduleStatus = trigger.UseMonitor
                ? new ScheduleStatus { Last = status.Last is { } last ? Local(last) : default, Next = Local(status.Next), LastUpdated = Local(status.LastUpdated) }
                : null,
        };
        try
        {
            await invoker.InvokeAsync(function, info, noData, answer: null, CancellationToken.None);
        }
#pragma warning disable CA1031 // An exception of a function must not stop its timer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e, function.Name);
        }

        var done = new TimerStatus(began, FindNext(time.GetUtcNow()), time.GetUtcNow());
        if (trigger.UseMonitor)
        {
            try
            {
                await statuses.WriteAsync(function.Name, done, shutdown.Cancelled);
            }
            catch (RequestFailedException e)
            {
                // The schedule continues in memory; only a restart before the next run would repeat this run.
                LogNotStored(e, function.Name);
            }
        }

        return done;
    }

    private DateTimeOffset FindNext(DateTimeOffset after) => new(schedule.GetNextOccurrence(after.UtcDateTime), TimeSpan.Zero);

    private DateTime Local(DateTimeOffset moment) =>
        DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone).DateTime, DateTimeKind.Local);

    [LoggerMessage(LogLevel.Warning, "When timer function '{Function}' ran last cannot be read now; that is tried again.")]
    private partial void LogNotStarted(Exception exception, string function);

    [LoggerMessage(LogLevel.Warning, "When timer function '{Function}' ran could not be stored.")]
    private partial void LogNotStored(Exception exception, string function);

    [LoggerMessage(LogLevel.Error, "Timer function '{Function}' failed; it runs again at its next time.")]
    private partial void LogFailed(Exception exception, string function);
}
