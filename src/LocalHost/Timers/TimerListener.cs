using Azure;
using Denoised.LocalHost.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using NCrontab;

namespace Denoised.LocalHost.Timers;

/// <summary>
/// Runs one function by its schedule, never twice at a time. A failure is logged and the next occurrence awaited, as the host does.
/// Schedules are in UTC, as in Azure, whatever zone the developer's machine is in.
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
    /// <summary>A laptop that was asleep finds its occurrence within this time.</summary>
    private static readonly TimeSpan longestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan untilAskedAgain = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, object?> noData = [];

    private readonly TimerTriggerAttribute trigger = (TimerTriggerAttribute)function.Trigger;

    /// <summary>Reads a schedule of six fields, seconds first.</summary>
    /// <exception cref="FormatException">It is none; the message names the function and quotes the schedule.</exception>
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

    /// <summary>Runs until a stop is asked for.</summary>
    public async Task RunAsync()
    {
        var stop = shutdown.Begun;
        try
        {
            var status = await StartPatientlyAsync(stop);
            while (true)
            {
                for (var left = status.Next - time.GetUtcNow(); left > TimeSpan.Zero; left = status.Next - time.GetUtcNow())
                    await Task.Delay(left < longestWait ? left : longestWait, time, stop);
                status = await RunOnceAsync(status, isPastDue: false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // A stop was asked for while nothing ran.
        }
    }

    /// <summary>Storage that does not answer at the start may answer a little later; a timer that gave up would never run again.</summary>
    private async Task<TimerStatus> StartPatientlyAsync(CancellationToken stop)
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
                await Task.Delay(untilAskedAgain, time, stop);
            }
        }
    }

    private async Task<TimerStatus> StartAsync(CancellationToken stop)
    {
        var now = time.GetUtcNow();
        var fresh = new TimerStatus(Last: null, Next(now), now);
        if (!trigger.UseMonitor)
            return trigger.RunOnStartup ? await RunOnceAsync(fresh, isPastDue: false) : fresh;

        var status = await statuses.ReadAsync(function.Name, stop);
        if (status is null)
        {
            status = fresh;
            await statuses.WriteAsync(function.Name, status, stop);
        }

        // What was expected next counts by today's schedule: a schedule that was changed since makes nothing late by its old form.
        var expected = Next(status.Last ?? status.LastUpdated);
        if (status.Next != expected)
            status = status with { Next = expected };

        var isPastDue = status.Next <= now;
        return isPastDue || trigger.RunOnStartup ? await RunOnceAsync(status, isPastDue) : status;
    }

    private async Task<TimerStatus> RunOnceAsync(TimerStatus status, bool isPastDue)
    {
        shutdown.Begun.ThrowIfCancellationRequested();
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
#pragma warning disable CA1031 // Whatever a function throws is its own failure, not the timer's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e, function.Name);
        }

        var done = new TimerStatus(began, Next(time.GetUtcNow()), time.GetUtcNow());
        if (trigger.UseMonitor)
        {
            try
            {
                await statuses.WriteAsync(function.Name, done, shutdown.Cancelled);
            }
            catch (RequestFailedException e)
            {
                // The schedule goes on in memory; only a restart before the next run would run it again.
                LogNotStored(e, function.Name);
            }
        }

        return done;
    }

    private DateTimeOffset Next(DateTimeOffset after) => new(schedule.GetNextOccurrence(after.UtcDateTime), TimeSpan.Zero);

    private DateTime Local(DateTimeOffset moment) =>
        DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone).DateTime, DateTimeKind.Local);

    [LoggerMessage(LogLevel.Warning, "When timer function '{Function}' ran last cannot be read now; that is tried again.")]
    private partial void LogNotStarted(Exception exception, string function);

    [LoggerMessage(LogLevel.Warning, "When timer function '{Function}' ran could not be stored.")]
    private partial void LogNotStored(Exception exception, string function);

    [LoggerMessage(LogLevel.Error, "Timer function '{Function}' failed; it runs again at its next time.")]
    private partial void LogFailed(Exception exception, string function);
}
