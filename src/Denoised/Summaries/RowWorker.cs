using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Summaries;

/// <summary>
/// Brings a row to the model's result, under deliveries that repeat, come early, overlap or follow a crash: one lease at a time, a bounded number of attempts,
/// and no second payment for a result whose write failed. The row decides; a message only asks to look at it.
/// </summary>
/// <typeparam name="TRow">The kind of row.</typeparam>
/// <typeparam name="TJob">What a delivery knows besides the row; its message above all.</typeparam>
/// <param name="table">The rows.</param>
/// <param name="queues">Sends messages that ask to publish a day.</param>
/// <param name="calls">Says whether the model may be called.</param>
/// <param name="options">Lease, attempts and delays.</param>
/// <param name="time">Measures and waits.</param>
/// <param name="logger">The log.</param>
public abstract class RowWorker<TRow, TJob>(
    WorkTable<TRow> table, WorkQueues queues, ModelCalls calls, IOptions<SummarizerOptions> options, TimeProvider time, ILogger logger)
    where TRow : WorkRow
{
    private const int MaxWriteAttempts = 5;

    private static readonly TimeSpan betweenWrites = TimeSpan.FromSeconds(1);

    /// <summary>Calls the model about a leased row.</summary>
    /// <returns>The change that the result makes to the row, or the outcome that there is instead.</returns>
    protected abstract Task<(Func<TRow, TRow>? Result, SummaryOutcome? Otherwise)> RunAsync(TRow leased, TJob job, CancellationToken cancellationToken);

    /// <summary>The row, released, at its end without a result of the model.</summary>
    protected abstract TRow End(TRow row, TJob job, SummaryOutcome.Final outcome);

    /// <summary>The row with its state of being worked on.</summary>
    protected virtual TRow Started(TRow row) => row;

    /// <summary>The row with its state of waiting for the next attempt.</summary>
    protected virtual TRow Waiting(TRow row, SummaryObstacle obstacle) => row;

    /// <summary>Whether a row that has changed since the lease still asks for the same work.</summary>
    protected abstract bool IsSameWork(TRow current, TRow leased);

    /// <summary>Whether the end changes what readers see. If so, a message asks to publish the day.</summary>
    protected virtual bool ChangesPage(TRow ended) => true;

    /// <summary>Logs and counts a row that has come to its end.</summary>
    protected abstract void Report(TRow ended);

    /// <summary>Defers the job's message.</summary>
    protected abstract Task DeferAsync(TJob job, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Sends the job's message at once.</summary>
    protected abstract Task SendAsync(TJob job, CancellationToken cancellationToken);

    /// <summary>Defers the message of a row that is leased, or whose next attempt is later.</summary>
    /// <returns>Whether it was deferred.</returns>
    protected async Task<bool> DeferUntilDueAsync(TRow row, DateTimeOffset now, TJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Due is not { } due || due <= now)
            return false;
        await DeferAsync(job, due - now + StorageClock.Margin, cancellationToken);
        return true;
    }

    /// <summary>Makes one attempt at a row that is due.</summary>
    /// <param name="row">The row as read.</param>
    /// <param name="now">The storage service's time.</param>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Stops the attempt and hands the row back.</param>
    protected async Task AttemptAsync(TRow row, DateTimeOffset now, TJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Attempts >= options.Value.MaxAttempts)
        {
            await EndAsync(row, job, new SummaryOutcome.Final(SummaryObstacle.Failure, row.Reason ?? "Every attempt ended without an answer."), cancellationToken);
            return;
        }

        if (await calls.FindObstacleAsync(cancellationToken) is { } obstacle)
        {
            // No attempt was begun, so none is given back.
            await SettleAsync(row, now, job, obstacle, row.Attempts, cancellationToken);
            return;
        }

        var began = time.GetTimestamp();
        var leased = await table.TryWriteAsync(
            Started(row) with { LeaseOwner = Guid.NewGuid().ToString("N"), LeaseEnd = now + options.Value.LeaseDuration, Attempts = row.Attempts + 1, NotBefore = null },
            cancellationToken);
        if (leased is null)
        {
            // Another instance changed the row at the same moment: look again.
            await DeferAsync(job, StorageClock.Margin, cancellationToken);
            return;
        }

        Func<TRow, TRow>? result = null;
        SummaryOutcome? otherwise;
        try
        {
            // A call that outlives its lease would be paid for twice.
            using var lease = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            lease.CancelAfter(options.Value.LeaseDuration * 0.9);
            (result, otherwise) = await RunAsync(leased, job, lease.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            otherwise = new SummaryOutcome.Failed($"The attempt took longer than {options.Value.LeaseDuration * 0.9:g}.");
        }
        catch (Exception exception) when (StorageOutage.Caused(exception))
        {
            // Written into the row, so that its next attempt need not wait for the lease's end.
            otherwise = new SummaryOutcome.Failed("The storage account did not answer during the attempt.");
        }
        catch (OperationCanceledException)
        {
            // The host is stopping: hand the row back at once instead of leaving it to the lease's end.
            await WriteAsync(leased, current => Waiting(Released(current), SummaryObstacle.None) with { Attempts = current.Attempts - 1 }, CancellationToken.None);
            await SendAsync(job, CancellationToken.None);
            throw;
        }

        if (result is not null)
            await FinishAsync(leased, current => result(Released(current)) with { Obstacle = SummaryObstacle.None, Reason = null }, cancellationToken);
        else
            await SettleAsync(leased, now + time.GetElapsedTime(began), job, otherwise!, row.Attempts, cancellationToken);
    }

    /// <summary>Ends a row without a result of the model.</summary>
    protected Task EndAsync(TRow row, TJob job, SummaryOutcome.Final outcome, CancellationToken cancellationToken) =>
        FinishAsync(row, current => End(Released(current), job, outcome) with { Obstacle = outcome.Obstacle, Reason = outcome.Reason }, cancellationToken);

    /// <summary>The row without lease and delay.</summary>
    private protected static TRow Released(TRow row) => row with { LeaseOwner = null, LeaseEnd = null, NotBefore = null };

    /// <summary>Writes an outcome into the row and sends what follows from it.</summary>
    /// <param name="row">The row, leased or not.</param>
    /// <param name="now">The storage service's time.</param>
    /// <param name="job">The job.</param>
    /// <param name="outcome">What happened instead of a result.</param>
    /// <param name="before">The attempts before this one: a deferral gives back the one that was begun.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    private async Task SettleAsync(TRow row, DateTimeOffset now, TJob job, SummaryOutcome outcome, int before, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case SummaryOutcome.Final final:
                await EndAsync(row, job, final, cancellationToken);
                break;

            case SummaryOutcome.Deferred deferred:
                await WaitAsync(row, now, job, deferred.For, deferred.Obstacle, deferred.Reason, before, cancellationToken);
                break;

            case SummaryOutcome.Failed failed when row.Attempts >= options.Value.MaxAttempts:
                await EndAsync(row, job, new SummaryOutcome.Final(SummaryObstacle.Failure, failed.Reason) { Findings = failed.Findings }, cancellationToken);
                break;

            case SummaryOutcome.Failed failed:
                var delay = options.Value.RetryDelay * Math.Pow(2, row.Attempts - 1) * (0.75 + (Random.Shared.NextDouble() / 2));
                await WaitAsync(row, now, job, delay, SummaryObstacle.Failure, failed.Reason, row.Attempts, cancellationToken);
                break;

            default:
                throw new InvalidOperationException($"The outcome {outcome} is unknown.");
        }
    }

    private async Task WaitAsync(
        TRow row, DateTimeOffset now, TJob job, TimeSpan delay, SummaryObstacle obstacle, string reason, int attempts, CancellationToken cancellationToken)
    {
        // The row first: a message that came before it would meet the lease, and be deferred until its end.
        await WriteAsync(
            row,
            current => Waiting(Released(current), obstacle) with { Obstacle = obstacle, Reason = reason, NotBefore = now + delay, Attempts = attempts },
            cancellationToken);
        await DeferAsync(job, delay, cancellationToken);
    }

    /// <summary>Writes the end of a row and asks to publish its day. Repeats the write during a storage outage, for less time than the lease lasts.</summary>
    private async Task FinishAsync(TRow row, Func<TRow, TRow> change, CancellationToken cancellationToken)
    {
        using var step = Telemetry.Traces.StartActivity("store");
        TRow? written;

        // One name for all attempts: the first may have succeeded although its answer was lost.
        var writeId = WorkTable<TRow>.NewWriteId();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                written = await WriteAsync(row, change, writeId, cancellationToken);
                break;
            }
            catch (Exception exception) when (attempt < MaxWriteAttempts && StorageOutage.Caused(exception))
            {
                RowWorkerLog.NotWritten(logger, exception, row.Day, row.Key);
                await Task.Delay(betweenWrites * attempt, time, cancellationToken);
            }
        }

        if (written is null)
            return;
        Report(written);
        if (ChangesPage(written))
            await queues.SendAsync(new DayMessage(written.Day, written.Timestamp), TimeSpan.Zero, cancellationToken);
    }

    private Task<TRow?> WriteAsync(TRow row, Func<TRow, TRow> change, CancellationToken cancellationToken) =>
        WriteAsync(row, change, WorkTable<TRow>.NewWriteId(), cancellationToken);

    /// <summary>Writes a row that others may have changed since, as long as no other instance has begun to work on it.</summary>
    private async Task<TRow?> WriteAsync(TRow row, Func<TRow, TRow> change, string writeId, CancellationToken cancellationToken) =>
        await table.TryWriteAsync(change(row), writeId, cancellationToken)
        ?? await table.UpdateAsync(
            row.Day,
            row.Key,
            (current, _) => current.LeaseOwner == row.LeaseOwner && IsSameWork(current, row) ? change(current) : null,
            writeId,
            cancellationToken);
}

internal static partial class RowWorkerLog
{
    [LoggerMessage(LogLevel.Warning, "Row {Day}/{Key} could not be written; the write is repeated.")]
    public static partial void NotWritten(ILogger logger, Exception exception, Papers.ListingDay day, string key);
}
