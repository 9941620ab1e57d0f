using Denoised.Papers;
using Denoised.Storage;
using Denoised.Summaries;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Glances;

/// <summary>
/// Brings a day's glance to its end, under deliveries that repeat, come early, overlap or follow a crash. The row decides; the message only says that it is
/// to be looked at. What rules choose is there first and stays whenever the model's does not come.
/// </summary>
public sealed partial class DayGlancer(
    GlanceTable glances,
    PaperTable papers,
    WorkQueues queues,
    GlancePlan plan,
    ModelCalls calls,
    ModelGlance model,
    IOptions<SummarizerOptions> options,
    TimeProvider time,
    ILogger<DayGlancer> logger)
{
    /// <summary>So many other days tell how common a term is, however long the history.</summary>
    private const int DaysCompared = 6;

    /// <summary>Works on a day's glance as a message asks, or puts the message off.</summary>
    public async Task GlanceAsync(DayMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var trace = Telemetry.Traces.StartActivity("glance");
        trace?.SetTag("day", message.Day.ToString());
        var (row, now) = await glances.ReadAsync(message.Day, cancellationToken);
        var rows = await papers.ReadDayAsync(message.Day, cancellationToken);
        var basis = GlanceBasis.Of(rows);
        var step = plan.Next(basis, row);
        if (step == GlanceStep.None)
        {
            // A delivery that died right after its last write may not have told the day.
            if (row?.Written is not null && rows.Count > 0)
                await queues.SendAsync(new DayMessage(row.Day, row.Timestamp), TimeSpan.Zero, cancellationToken);
            return;
        }

        if (row?.Due is { } due && due > now)
        {
            await queues.PutOffAsync(message, due - now + StorageClock.Margin, cancellationToken);
            return;
        }

        var began = time.GetTimestamp();
        if (GlancePlan.AreRulesDue(basis, row))
        {
            var written = RuleGlance.Of(rows, await ReadOthersAsync(message.Day, cancellationToken), time.GetUtcNow());
            row = await WriteAsync((row ?? new GlanceRow { Day = message.Day }) with { Written = Noted(written, row?.Reason), Basis = basis.Papers }, cancellationToken);
        }

        if (row is not null && step == GlanceStep.Model)
            await AskModelAsync(row, now + time.GetElapsedTime(began), message, rows, basis, cancellationToken);
    }

    private async Task AskModelAsync(GlanceRow row, DateTimeOffset now, DayMessage message, IReadOnlyList<PaperRow> rows, GlanceBasis basis, CancellationToken cancellationToken)
    {
        if (row.Attempts >= options.Value.MaxAttempts)
        {
            await GiveUpAsync(row, basis, SummaryObstacle.Failure, row.Reason ?? "Every attempt ended without an answer.", cancellationToken);
            return;
        }

        if (await calls.FindObstacleAsync(cancellationToken) is { } obstacle)
        {
            // No attempt was begun, so none is given back.
            await SettleAsync(row, now, message, basis, obstacle, row.Attempts, cancellationToken);
            return;
        }

        var began = time.GetTimestamp();
        var leased = await glances.TryWriteAsync(
            row with { LeaseOwner = Guid.NewGuid().ToString("N"), LeaseEnd = now + options.Value.LeaseDuration, Attempts = row.Attempts + 1, NotBefore = null }, cancellationToken);
        if (leased is null)
        {
            // Somebody else has begun at the same moment: look again.
            await queues.PutOffAsync(message, StorageClock.Margin, cancellationToken);
            return;
        }

        Glance? glance = null;
        SummaryOutcome? otherwise;
        try
        {
            // A call that outlived its lease would be paid for twice.
            using var lease = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            lease.CancelAfter(options.Value.LeaseDuration * 0.9);
            (glance, otherwise) = await model.WriteAsync(message.Day, rows, lease.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            otherwise = new SummaryOutcome.Failed($"The glance took longer than {options.Value.LeaseDuration * 0.9:g}.");
        }
        catch (OperationCanceledException)
        {
            // The host is stopping: hand the day back at once instead of leaving it to the lease's end.
            await glances.TryWriteAsync(Free(leased) with { Attempts = row.Attempts }, CancellationToken.None);
            await queues.SendAsync(message, TimeSpan.Zero, CancellationToken.None);
            throw;
        }

        if (glance is null)
        {
            await SettleAsync(leased, now + time.GetElapsedTime(began), message, basis, otherwise!, row.Attempts, cancellationToken);
            return;
        }

        await WriteAsync(
            Free(leased) with { Written = glance, Basis = basis.Papers, Asked = basis.Papers, Rounds = leased.Rounds + 1, Attempts = 0, Obstacle = SummaryObstacle.None, Reason = null }, cancellationToken);
        Log.Written(logger, message.Day, glance.Themes.Count, glance.Provenance.TokensIn, glance.Provenance.TokensOut);
    }

    /// <summary>Writes into the row why the model has not written, and sends what follows from it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="now">Now.</param>
    /// <param name="message">The message that is worked on.</param>
    /// <param name="basis">The day's papers.</param>
    /// <param name="outcome">What happened instead.</param>
    /// <param name="before">The attempts before this one: who sleeps gives back the one that was begun.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    private async Task SettleAsync(GlanceRow row, DateTimeOffset now, DayMessage message, GlanceBasis basis, SummaryOutcome outcome, int before, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case SummaryOutcome.Final { Obstacle: SummaryObstacle.Budget } budget:
                // A later collection, or the next change of the day, takes it up again.
                await glances.TryWriteAsync(Free(row) with { Obstacle = SummaryObstacle.Budget, Reason = budget.Reason, Attempts = before }, cancellationToken);
                break;

            case SummaryOutcome.Final final:
                await GiveUpAsync(row, basis, final.Obstacle, final.Reason, cancellationToken);
                break;

            case SummaryOutcome.Deferred deferred:
                await SleepAsync(row, now, message, deferred.For, deferred.Obstacle, deferred.Reason, before, cancellationToken);
                break;

            case SummaryOutcome.Failed failed when row.Attempts >= options.Value.MaxAttempts:
                await GiveUpAsync(row, basis, SummaryObstacle.Failure, failed.Reason, cancellationToken);
                break;

            case SummaryOutcome.Failed failed:
                var delay = options.Value.RetryDelay * Math.Pow(2, row.Attempts - 1) * (0.75 + (Random.Shared.NextDouble() / 2));
                await SleepAsync(row, now, message, delay, SummaryObstacle.Failure, failed.Reason, row.Attempts, cancellationToken);
                break;

            default:
                throw new InvalidOperationException($"The outcome {outcome} is unknown.");
        }
    }

    private async Task SleepAsync(GlanceRow row, DateTimeOffset now, DayMessage message, TimeSpan delay, SummaryObstacle obstacle, string reason, int attempts, CancellationToken cancellationToken)
    {
        // The row first: a message that came before it would meet the lease, and sleep until its end.
        await glances.TryWriteAsync(Free(row) with { Obstacle = obstacle, Reason = reason, NotBefore = now + delay, Attempts = attempts }, cancellationToken);
        await queues.PutOffAsync(message, delay, cancellationToken);
    }

    /// <summary>Ends the round without the model's words: what is shown stays, and says why.</summary>
    private async Task GiveUpAsync(GlanceRow row, GlanceBasis basis, SummaryObstacle obstacle, string reason, CancellationToken cancellationToken)
    {
        await WriteAsync(
            Free(row) with { Written = Noted(row.Written, reason), Asked = basis.Papers, Rounds = row.Rounds + 1, Attempts = 0, Obstacle = obstacle, Reason = reason }, cancellationToken);
        Log.GivenUp(logger, row.Day, reason);
    }

    /// <summary>Writes what readers are to see, and tells the day.</summary>
    private async Task<GlanceRow?> WriteAsync(GlanceRow row, CancellationToken cancellationToken)
    {
        using var step = Telemetry.Traces.StartActivity("store");
        var written = await glances.TryWriteAsync(row, cancellationToken);
        if (written is not null)
            await queues.SendAsync(new DayMessage(written.Day, written.Timestamp), TimeSpan.Zero, cancellationToken);
        return written;
    }

    private async Task<IReadOnlyList<PaperRow>> ReadOthersAsync(ListingDay day, CancellationToken cancellationToken)
    {
        var others = new List<PaperRow>();
        foreach (var other in (await papers.ReadDaysAsync(cancellationToken)).Where(other => other != day).Take(DaysCompared))
            others.AddRange(await papers.ReadDayAsync(other, cancellationToken));
        return others;
    }

    private static Glance? Noted(Glance? glance, string? reason) =>
        glance is { Provenance.Method: SummaryMethod.Extractive } ? glance with { Provenance = glance.Provenance with { Note = reason } } : glance;

    private static GlanceRow Free(GlanceRow row) => row with { LeaseOwner = null, LeaseEnd = null, NotBefore = null };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Day} at a glance: {Themes} themes, {TokensIn} tokens in, {TokensOut} out.")]
        public static partial void Written(ILogger logger, ListingDay day, int themes, int tokensIn, int tokensOut);

        [LoggerMessage(LogLevel.Warning, "{Day} keeps the glance that rules chose: {Reason}")]
        public static partial void GivenUp(ILogger logger, ListingDay day, string reason);
    }
}
