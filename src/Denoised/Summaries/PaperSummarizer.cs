using System.Diagnostics;
using Denoised.Papers;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Summaries;

/// <summary>
/// Brings one paper's row to its end, under deliveries that repeat, come early, overlap or follow a crash. The row decides; the message only
/// says that it is to be looked at.
/// </summary>
public sealed partial class PaperSummarizer(
    PaperTable papers,
    WorkQueues queues,
    ModelSummarizer summarizer,
    IPaperTextSource texts,
    IOptions<SummarizerOptions> options,
    TimeProvider time,
    ILogger<PaperSummarizer> logger)
{
    private const int MostWrites = 5;

    private static readonly TimeSpan betweenWrites = TimeSpan.FromSeconds(1);

    /// <summary>Works on a paper as a message asks, or puts the message off.</summary>
    public async Task SummarizeAsync(PaperMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var trace = Telemetry.Traces.StartActivity("summarize");
        trace?.SetTag("paper", message.Id.Value).SetTag("day", message.Day.ToString());
        var (row, now) = await papers.ReadAsync(message.Day, message.Id, cancellationToken);

        // Forgotten: it does not come back.
        if (row is null)
            return;

        if (row.IsFinal)
        {
            // A delivery that died right after its last write may not have told the day.
            await queues.SendAsync(new DayMessage(row.Day, row.Timestamp), TimeSpan.Zero, cancellationToken);
            return;
        }

        // A lease is heeded to the second; whether a sleep ends a second early does not matter, and the clock has no finer resolution.
        var due = Later(row.NotBefore - StorageClock.Resolution, row.LeaseEnd);
        if (due > now)
        {
            await queues.PutOffAsync(message, due.Value - now + StorageClock.Margin, cancellationToken);
            return;
        }

        if (row.Attempts >= options.Value.MaxAttempts)
        {
            await EndAsync(row, SummaryObstacle.Failure, row.Reason ?? "Every attempt ended without an answer.", PaperState.Failed, cancellationToken);
            return;
        }

        if (await summarizer.FindObstacleAsync(cancellationToken) is { } obstacle)
        {
            // No attempt was begun, so none is given back.
            await SettleAsync(row, now, message, obstacle, attempts: row.Attempts, cancellationToken);
            return;
        }

        var began = time.GetTimestamp();
        var owner = Guid.NewGuid().ToString("N");
        var leased = await papers.TryUpdateAsync(
            row with { State = PaperState.Summarizing, LeaseOwner = owner, LeaseEnd = now + options.Value.LeaseDuration, Attempts = row.Attempts + 1, NotBefore = null },
            cancellationToken);
        if (leased is null)
        {
            // Somebody else changed the row at the same moment: look again.
            await queues.PutOffAsync(message, StorageClock.Margin, cancellationToken);
            return;
        }

        SummaryOutcome outcome;
        try
        {
            // A call that outlived its lease would be paid for twice.
            using var lease = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            lease.CancelAfter(options.Value.LeaseDuration * 0.9);
            outcome = await texts.ReadAsync(leased, lease.Token) switch
            {
                TextOutcome.Read read => await summarizer.SummarizeAsync(leased.Paper, read.Text, lease.Token),
                TextOutcome.Later later => new SummaryOutcome.Deferred(later.Obstacle, later.Reason, later.For),
                var other => throw new InvalidOperationException($"The outcome {other} is unknown."),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            outcome = new SummaryOutcome.Failed($"The paper took longer than {options.Value.LeaseDuration * 0.9:g}.");
        }
        catch (Exception exception) when (StorageOutage.Caused(exception))
        {
            // Said in the row, where that can be written, so that the paper need not wait for the lease's end.
            outcome = new SummaryOutcome.Failed("The storage account did not answer while the paper was worked on.");
        }
        catch (OperationCanceledException)
        {
            // The host is stopping: hand the paper back at once instead of leaving it to the lease's end.
            await ReleaseAsync(leased, message);
            throw;
        }

        // Sleeping is no attempt: whoever puts the paper off gives the one back that it began with.
        await SettleAsync(leased, now + time.GetElapsedTime(began), message, outcome, attempts: outcome is SummaryOutcome.Deferred ? row.Attempts : leased.Attempts, cancellationToken);
    }

    /// <summary>Records that the host has given up on a paper's message.</summary>
    public async Task RecordPoisonedAsync(PaperMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var (row, now) = await papers.ReadAsync(message.Day, message.Id, cancellationToken);
        if (row is null || row.IsFinal)
            return;

        if (row.Attempts >= options.Value.MaxAttempts)
        {
            await EndAsync(row, SummaryObstacle.Failure, row.Reason ?? "The work on it broke off each time it was tried.", PaperState.Failed, cancellationToken);
            return;
        }

        // Another delivery works on it, or another message is deferred until then.
        if (Later(row.NotBefore, row.LeaseEnd) > now)
            return;

        // The host counts deliveries, also those that never reached a function; only the row counts attempts. The next collection enqueues the paper again.
        var reason = row.Attempts == 0
            ? "The host gave up on its message before the work on it was begun; the next collection takes it up again."
            : $"The host gave up on its message after {row.Attempts} of {options.Value.MaxAttempts} attempts; the next collection takes it up again.";
        var written = await papers.UpdateAsync(
            row.Day,
            row.Paper.Id,
            (current, _) => current.ETag == row.ETag ? Free(current) with { State = PaperState.Announced, Obstacle = SummaryObstacle.Failure, Reason = reason } : null,
            cancellationToken);
        if (written is not null)
            await queues.SendAsync(new DayMessage(written.Day, written.Timestamp), TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Writes an outcome into the row and sends what follows from it.</summary>
    private async Task SettleAsync(PaperRow row, DateTimeOffset now, PaperMessage message, SummaryOutcome outcome, int attempts, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case SummaryOutcome.Written written:
                await FinishAsync(
                    row,
                    current => Free(current) with { State = PaperState.Summarized, Obstacle = SummaryObstacle.None, Reason = null, Summary = written.Summary },
                    cancellationToken);
                Log.Summarized(logger, row.Paper.Id, written.Summary.Provenance.TokensIn, written.Summary.Provenance.TokensOut);
                break;

            case SummaryOutcome.Final final:
                await EndAsync(row, final.Obstacle, final.Reason, PaperState.Summarized, cancellationToken);
                Log.NotByModel(logger, row.Paper.Id, final.Reason);
                break;

            case SummaryOutcome.Deferred deferred:
                await SleepAsync(row, message, now + deferred.For, deferred.For, deferred.Obstacle, deferred.Reason, attempts, cancellationToken);
                break;

            case SummaryOutcome.Failed failed when row.Attempts >= options.Value.MaxAttempts:
                await EndAsync(row, SummaryObstacle.Failure, failed.Reason, PaperState.Failed, cancellationToken);
                Log.Failed(logger, row.Paper.Id, row.Attempts, failed.Reason);
                break;

            case SummaryOutcome.Failed failed:
                var delay = options.Value.RetryDelay * Math.Pow(2, row.Attempts - 1) * (0.75 + (Random.Shared.NextDouble() / 2));
                await SleepAsync(row, message, now + delay, delay, SummaryObstacle.Failure, failed.Reason, row.Attempts, cancellationToken);
                break;

            default:
                throw new InvalidOperationException($"The outcome {outcome} is unknown.");
        }
    }

    private async Task EndAsync(PaperRow row, SummaryObstacle obstacle, string reason, PaperState state, CancellationToken cancellationToken) =>
        await FinishAsync(row, current => Free(current) with { State = state, Obstacle = obstacle, Reason = reason }, cancellationToken);

    private async Task FinishAsync(PaperRow row, Func<PaperRow, PaperRow> change, CancellationToken cancellationToken)
    {
        using var step = Telemetry.Traces.StartActivity("store");
        if (await WritePatientlyAsync(row, change, cancellationToken) is not { } written)
            return;
        if (written.State == PaperState.Failed)
            Telemetry.Failed.Add(1);
        else
            Telemetry.Summarized.Add(1, new KeyValuePair<string, object?>("method", written.Summary?.Provenance.Method.ToString()));
        await queues.SendAsync(new DayMessage(written.Day, written.Timestamp), TimeSpan.Zero, cancellationToken);
    }

    private async Task SleepAsync(
        PaperRow row, PaperMessage message, DateTimeOffset notBefore, TimeSpan delay, SummaryObstacle obstacle, string reason, int attempts, CancellationToken cancellationToken)
    {
        // The row first: a message that came before it would meet the lease, and sleep until its end.
        await WriteAsync(
            row,
            current => Free(current) with
            {
                State = PaperState.Announced,
                Obstacle = obstacle,
                Reason = reason,
                NotBefore = notBefore,
                Attempts = attempts,
                Deferrals = current.Deferrals + (obstacle is SummaryObstacle.Throttled or SummaryObstacle.ArxivBusy ? 1 : 0),
            },
            cancellationToken);
        await queues.PutOffAsync(message, delay, cancellationToken);
    }

    /// <summary>Writes a row that may have changed since (the collection adds metadata), as long as nobody else has begun to work on it.</summary>
    private Task<PaperRow?> WriteAsync(PaperRow row, Func<PaperRow, PaperRow> change, CancellationToken cancellationToken) =>
        WriteAsync(row, change, PaperTable.NewWriteId(), cancellationToken);

    private async Task<PaperRow?> WriteAsync(PaperRow row, Func<PaperRow, PaperRow> change, string writeId, CancellationToken cancellationToken) =>
        await papers.TryUpdateAsync(change(row), writeId, cancellationToken)
        ?? await papers.UpdateAsync(
            row.Day,
            row.Paper.Id,
            (current, _) => current.LeaseOwner == row.LeaseOwner && !current.IsFinal && current.Paper.Version == row.Paper.Version ? change(current) : null,
            writeId,
            cancellationToken);

    /// <summary>Writes what was paid for: storage that does not answer is asked again, for as long as it takes to call the model once more.</summary>
    private async Task<PaperRow?> WritePatientlyAsync(PaperRow row, Func<PaperRow, PaperRow> change, CancellationToken cancellationToken)
    {
        // One name for all attempts: the first may have been carried out although nobody was told.
        var writeId = PaperTable.NewWriteId();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteAsync(row, change, writeId, cancellationToken);
            }
            catch (Exception exception) when (attempt < MostWrites && StorageOutage.Caused(exception))
            {
                Log.NotWritten(logger, exception, row.Paper.Id);
                await Task.Delay(betweenWrites * attempt, time, cancellationToken);
            }
        }
    }

    private async Task ReleaseAsync(PaperRow leased, PaperMessage message)
    {
        await WriteAsync(leased, current => Free(current) with { State = PaperState.Announced, Attempts = current.Attempts - 1 }, CancellationToken.None);
        await queues.SendAsync(message, TimeSpan.Zero, CancellationToken.None);
    }

    private static PaperRow Free(PaperRow row) => row with { LeaseOwner = null, LeaseEnd = null, NotBefore = null };

    private static DateTimeOffset? Later(DateTimeOffset? left, DateTimeOffset? right) => left is null || right > left ? right : left;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Paper} could not be written; that is tried again.")]
        public static partial void NotWritten(ILogger logger, Exception exception, ArxivId paper);

        [LoggerMessage(LogLevel.Information, "{Paper} summarized: {TokensIn} tokens in, {TokensOut} out.")]
        public static partial void Summarized(ILogger logger, ArxivId paper, int tokensIn, int tokensOut);

        [LoggerMessage(LogLevel.Information, "{Paper} keeps its extractive summary: {Reason}")]
        public static partial void NotByModel(ILogger logger, ArxivId paper, string reason);

        [LoggerMessage(LogLevel.Warning, "{Paper} failed after {Attempts} attempts: {Reason}")]
        public static partial void Failed(ILogger logger, ArxivId paper, int attempts, string reason);
    }
}
