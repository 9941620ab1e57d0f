using Denoised.Domain;
using Denoised.Model;
using Denoised.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Summaries;

/// <summary>Summarizes one paper and updates its row.</summary>
public sealed partial class PaperSummarizer(
    PaperTable papers,
    WorkQueues queues,
    BudgetedModelClient calls,
    ModelSummarizer summarizer,
    IPaperTextSource texts,
    IOptions<SummarizerOptions> options,
    TimeProvider time,
    ILogger<PaperSummarizer> logger) : RowWorker<PaperRow, PaperMessage>(papers, queues, calls, options, time, logger)
{
    private readonly PaperTable papers = papers;
    private readonly WorkQueues queues = queues;
    private readonly IOptions<SummarizerOptions> options = options;
    private readonly ILogger logger = logger;

    /// <summary>Summarizes the paper that a message names, or defers the message.</summary>
    public async Task SummarizeAsync(PaperMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var trace = Telemetry.Traces.StartActivity("summarize");
        trace?.SetTag("paper", message.Id.Value).SetTag("day", message.Day.ToString());
        var (row, now) = await papers.ReadAsync(message.Day, message.Id, cancellationToken);

        // The paper was purged.
        if (row is null)
            return;

        if (row.IsFinal)
        {
            // An earlier delivery may have crashed after its last write, before it enqueued the publication of the day.
            await queues.SendAsync(new DayMessage(row.Day, row.Timestamp), TimeSpan.Zero, cancellationToken);
            return;
        }

        if (!await DeferUntilDueAsync(row, now, message, cancellationToken))
            await AttemptAsync(row, now, message, cancellationToken);
    }

    /// <summary>Records that the host moved the message of a paper to the poison queue.</summary>
    public async Task RecordPoisonedAsync(PaperMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var (row, now) = await papers.ReadAsync(message.Day, message.Id, cancellationToken);
        if (row is null || row.IsFinal)
            return;

        if (row.Attempts >= options.Value.MaxAttempts)
        {
            var broken = new AttemptOutcome.Final(FallbackReason.Failure, row.Reason ?? "The work on it broke off each time it was tried.");
            await EndAsync(row, message, broken, cancellationToken);
            return;
        }

        // Another delivery holds the lease, or another message is deferred until then.
        if (row.Due > now)
            return;

        // The host also counts deliveries that never reached a function; only the row counts attempts. The next collection enqueues the paper again.
        var reason = row.Attempts == 0
            ? "The host gave up on its message before the work on it was begun; the next collection takes it up again."
            : $"The host gave up on its message after {row.Attempts} of {options.Value.MaxAttempts} attempts; the next collection takes it up again.";
        var written = await papers.TryWriteAsync(
            Released(row) with { State = PaperState.Announced, FallbackReason = FallbackReason.Failure, Reason = reason }, cancellationToken);
        if (written is not null)
            await queues.SendAsync(new DayMessage(written.Day, written.Timestamp), TimeSpan.Zero, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task<(Func<PaperRow, PaperRow>? Result, AttemptOutcome? Outcome)> RunAsync(
        PaperRow leased, PaperMessage job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leased);
        switch (await texts.ReadAsync(leased, cancellationToken))
        {
            case ModelInputResult.ReportSuccess { Text: var text, Affiliations: var affiliations }:
                var (summary, outcome) = await summarizer.SummarizeAsync(leased.Paper, text, cancellationToken);
                return (
                    summary is null ? null : row => WithAffiliations(row, affiliations) with { State = PaperState.Summarized, Summary = summary },
                    outcome is null ? null : outcome with { Findings = text.Findings, Affiliations = affiliations });
            case ModelInputResult.Deferred later:
                return (null, new AttemptOutcome.Deferred(later.FallbackReason, later.Reason, later.Delay));
            case var other:
                throw new InvalidOperationException($"The outcome {other} is unknown.");
        }
    }

    /// <inheritdoc/>
    protected override PaperRow Started(PaperRow row) => row with { State = PaperState.Summarizing };

    /// <inheritdoc/>
    protected override PaperRow Pending(PaperRow row, FallbackReason fallbackReason) => row with
    {
        State = PaperState.Announced,
        Deferrals = row.Deferrals + (fallbackReason is FallbackReason.Throttled or FallbackReason.ArxivBusy ? 1 : 0),
    };

    /// <inheritdoc/>
    protected override PaperRow End(PaperRow row, PaperMessage job, AttemptOutcome.Final outcome) => WithAffiliations(row, outcome.Affiliations) with
    {
        State = outcome.FallbackReason == FallbackReason.Failure ? PaperState.Failed : PaperState.Summarized,
        Summary = row.Summary with { Provenance = row.Summary.Provenance with { Findings = outcome.Findings } },
    };

    /// <inheritdoc/>
    protected override bool IsSameWork(PaperRow current, PaperRow leased) => !current.IsFinal && current.Paper.Version == leased.Paper.Version;

    /// <inheritdoc/>
    protected override void Report(PaperRow ended)
    {
        var (id, provenance, reason) = (ended.Paper.Id, ended.Summary.Provenance, ended.Reason);
        if (ended.State == PaperState.Failed)
        {
            Telemetry.Failed.Add(1);
            Log.Failed(logger, id, ended.Attempts, reason);
            return;
        }

        Telemetry.Summarized.Add(1, new KeyValuePair<string, object?>("method", provenance.Method.ToString()));
        if (ended.FallbackReason == FallbackReason.None)
            Log.Summarized(logger, id, provenance.InputTokens, provenance.OutputTokens);
        else
            Log.NotByModel(logger, id, reason);
    }

    /// <inheritdoc/>
    protected override Task DeferAsync(PaperMessage job, TimeSpan delay, CancellationToken cancellationToken) =>
        queues.DeferAsync(job, delay, cancellationToken);

    /// <inheritdoc/>
    protected override Task SendAsync(PaperMessage job, CancellationToken cancellationToken) => queues.SendAsync(job, TimeSpan.Zero, cancellationToken);

    private static PaperRow WithAffiliations(PaperRow row, IReadOnlyList<string>? found) => found is null ? row : row with { Affiliations = found };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Paper} summarized: {InputTokens} input tokens, {OutputTokens} output tokens.")]
        public static partial void Summarized(ILogger logger, ArxivId paper, int inputTokens, int outputTokens);

        [LoggerMessage(LogLevel.Information, "{Paper} keeps its extractive summary: {Reason}")]
        public static partial void NotByModel(ILogger logger, ArxivId paper, string? reason);

        [LoggerMessage(LogLevel.Warning, "{Paper} failed after {Attempts} attempts: {Reason}")]
        public static partial void Failed(ILogger logger, ArxivId paper, int attempts, string? reason);
    }
}
