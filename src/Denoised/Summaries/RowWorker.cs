using Denoised.Domain;
using Denoised.Model;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Summaries;

/// <summary>
/// Obtains the model result of a row, despite deliveries that repeat, arrive early, overlap or follow a crash. Holds one lease at a time, limits the
/// attempts, and does not pay again for a result whose write failed. The row decides; a message only requests a check of it.
/// </summary>
/// <typeparam name="TRow">The type of the row.</typeparam>
/// <typeparam name="TJob">The data of a delivery, in particular its message.</typeparam>
/// <param name="table">The table of the rows.</param>
/// <param name="queues">Enqueues messages that publish a day.</param>
/// <param name="calls">Checks whether calls to the model are allowed.</param>
/// <param name="options">Lease duration, attempts and delays.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
public abstract class RowWorker<TRow, TJob>(
    WorkTable<TRow> table, WorkQueues queues, BudgetedModelClient calls, IOptions<SummarizerOptions> options, TimeProvider time, ILogger logger)
    where TRow : WorkRow
{
    private const int MaxWriteAttempts = 5;

    private static readonly TimeSpan writeRetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Calls the model for a leased row.</summary>
    /// <returns>The change that the result makes to the row, or the outcome that replaces it.</returns>
    protected abstract Task<(Func<TRow, TRow>? Result, AttemptOutcome? Outcome)> RunAsync(TRow leased, TJob job, CancellationToken cancellationToken);

    /// <summary>The released row in its final state without a model result.</summary>
    protected abstract TRow End(TRow row, TJob job, AttemptOutcome.Final outcome);

    /// <summary>The row in its processing state.</summary>
    protected virtual TRow Started(TRow row) => row;

    /// <summary>The row in its state between two attempts.</summary>
    protected virtual TRow Pending(TRow row, FallbackReason fallbackReason) => row;

    /// <summary>Whether a row that changed since the lease still requests the same work.</summary>
    protected abstract bool IsSameWork(TRow current, TRow leased);

    /// <summary>Whether the final state changes the published page. If so, a message requests the publication of the day.</summary>
    protected virtual bool ChangesPage(TRow ended) => true;

    /// <summary>Logs and counts a row in its final state.</summary>
    protected abstract void Report(TRow ended);

    /// <summary>Defers the message of the job.</summary>
    protected abstract Task DeferAsync(TJob job, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Enqueues the message of the job without a delay.</summary>
    protected abstract Task SendAsync(TJob job, CancellationToken cancellationToken);

    /// <summary>Defers the message when the row is leased or its next attempt is in the future.</summary>
    /// <returns>Whether the message was deferred.</returns>
    public async Task<bool> DeferUntilDueAsync(TRow row, DateTimeOffset now, TJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Due is not { } due || due <= now)
            return false;
        await DeferAsync(job, due - now + StorageClock.Margin, cancellationToken);
        return true;
    }

    /// <summary>Makes one attempt for a row that is due.</summary>
    /// <param name="row">The row as read.</param>
    /// <param name="now">The time of the storage service.</param>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Cancels the attempt and releases the row.</param>
    public async Task AttemptAsync(TRow row, DateTimeOffset now, TJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Attempts >= options.Value.MaxAttempts)
        {
            await EndAsync(
                row,
                job,
                new AttemptOutcome.Final(FallbackReason.Failure, row.Reason ?? "Every attempt ended without an answer."),
                cancellationToken);
            return;
        }

        if (await calls.CheckAvailabilityAsync(cancellationToken) is { } unavailable)
        {
            // No attempt was counted, so none is subtracted.
            await SettleAsync(row, now, job, unavailable, row.Attempts, cancellationToken);
            return;
        }

        var began = time.GetTimestamp();
        var leased = await table.TryWriteAsync(
            Started(row) with
            {
                LeaseOwner = Guid.NewGuid().ToString("N"),
                LeaseEnd = now + options.Value.LeaseDuration,
                Attempts = row.Attempts + 1,
                NotBefore = null,
            },
            cancellationToken);
        if (leased is null)
        {
            // Another instance changed the row at the same time: checks it again later.
            await DeferAsync(job, StorageClock.Margin, cancellationToken);
            return;
        }

        Func<TRow, TRow>? result = null;
        AttemptOutcome? outcome;
        try
        {
            // A call that outlasts its lease could be paid for twice.
            using var lease = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            lease.CancelAfter(options.Value.LeaseDuration * 0.9);
            (result, outcome) = await RunAsync(leased, job, lease.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            outcome = new AttemptOutcome.Failed($"The attempt took longer than {options.Value.LeaseDuration * 0.9:g}.");
        }
        catch (Exception exception) when (StorageErrors.IsTransient(exception))
        {
            // Recorded in the row, so that the next attempt does not wait for the end of the lease.
            outcome = new AttemptOutcome.Failed("The storage account did not answer during the attempt.");
        }
        catch (OperationCanceledException)
        {
            // The host is shutting down: releases the row at once instead of waiting for the end of the lease.
            await WriteAsync(
                leased, current => Pending(Released(current), FallbackReason.None) with { Attempts = current.Attempts - 1 }, CancellationToken.None);
            await SendAsync(job, CancellationToken.None);
            throw;
        }

        if (result is not null)
            await FinishAsync(leased, current => result(Released(current)) with { FallbackReason = FallbackReason.None, Reason = null }, cancellationToken);
        else
            await SettleAsync(leased, now + time.GetElapsedTime(began), job, outcome!, row.Attempts, cancellationToken);
    }

    /// <summary>Sets the final state of a row without a model result.</summary>
    protected Task EndAsync(TRow row, TJob job, AttemptOutcome.Final outcome, CancellationToken cancellationToken) =>
        FinishAsync(
            row,
            current => End(Released(current), job, outcome) with { FallbackReason = outcome.FallbackReason, Reason = outcome.Reason },
            cancellationToken);

    /// <summary>The row without lease and delay.</summary>
    private protected static TRow Released(TRow row) => row with { LeaseOwner = null, LeaseEnd = null, NotBefore = null };

    /// <summary>Writes an outcome to the row and enqueues the resulting messages.</summary>
    /// <param name="row">The row, leased or not.</param>
    /// <param name="now">The time of the storage service.</param>
    /// <param name="job">The job.</param>
    /// <param name="outcome">The outcome without a result.</param>
    /// <param name="attemptsBefore">The number of earlier attempts. A deferral does not count the current one.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    private async Task SettleAsync(TRow row, DateTimeOffset now, TJob job, AttemptOutcome outcome, int attemptsBefore, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case AttemptOutcome.Final final:
                await EndAsync(row, job, final, cancellationToken);
                break;

            case AttemptOutcome.Deferred deferred:
                await WaitAsync(row, now, job, deferred.Delay, deferred.FallbackReason, deferred.Reason, attemptsBefore, cancellationToken);
                break;

            case AttemptOutcome.Failed failed when row.Attempts >= options.Value.MaxAttempts:
                await EndAsync(row, job, new AttemptOutcome.Final(FallbackReason.Failure, failed.Reason) { Findings = failed.Findings, Affiliations = failed.Affiliations }, cancellationToken);
                break;

            case AttemptOutcome.Failed failed:
                var delay = options.Value.RetryDelay * Math.Pow(2, row.Attempts - 1) * (0.75 + (Random.Shared.NextDouble() / 2));
                await WaitAsync(row, now, job, delay, FallbackReason.Failure, failed.Reason, row.Attempts, cancellationToken);
                break;

            default:
                throw new InvalidOperationException($"The outcome {outcome} is unknown.");
        }
    }

    private async Task WaitAsync(
        TRow row, DateTimeOffset now, TJob job, TimeSpan delay, FallbackReason fallbackReason, string reason, int attempts, CancellationToken cancellationToken)
    {
        // Writes the row first: a message that arrives earlier would find the lease and be deferred until its end.
        await WriteAsync(
            row,
            current => Pending(Released(current), fallbackReason) with
            {
                FallbackReason = fallbackReason,
                Reason = reason,
                NotBefore = now + delay,
                Attempts = attempts,
            },
            cancellationToken);
        await DeferAsync(job, delay, cancellationToken);
    }

    /// <summary>
    /// Writes the final state of a row and requests the publication of its day. Retries during a storage outage, for less time than the lease lasts.
    /// </summary>
    private async Task FinishAsync(TRow row, Func<TRow, TRow> change, CancellationToken cancellationToken)
    {
        using var step = Telemetry.Traces.StartActivity("store");
        TRow? written;

        // One write id for all retries: the first write may have succeeded although its response was lost.
        var writeId = WorkTable<TRow>.NewWriteId();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                written = await WriteAsync(row, change, writeId, cancellationToken);
                break;
            }
            catch (Exception exception) when (attempt < MaxWriteAttempts && StorageErrors.IsTransient(exception))
            {
                RowWorkerLog.NotWritten(logger, exception, row.Day, row.Key);
                await Task.Delay(writeRetryDelay * attempt, time, cancellationToken);
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

    /// <summary>Writes a row that may have changed, unless another instance has started to work on it.</summary>
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
    public static partial void NotWritten(ILogger logger, Exception exception, ListingDay day, string key);
}
