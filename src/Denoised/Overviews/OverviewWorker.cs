using Denoised.Domain;
using Denoised.Model;
using Denoised.Storage;
using Denoised.Summaries;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Denoised.Overviews;

/// <summary>Lets the model write the overview of a day. The rule-based overview stays when the model gives none.</summary>
public sealed partial class OverviewWorker(
    OverviewTable overviews,
    WorkQueues queues,
    BudgetedModelClient calls,
    ModelOverview model,
    IOptions<SummarizerOptions> options,
    TimeProvider time,
    ILogger<OverviewWorker> logger) : RowWorker<OverviewRow, OverviewJob>(overviews, queues, calls, options, time, logger)
{
    private readonly WorkQueues queues = queues;
    private readonly ILogger logger = logger;

    /// <inheritdoc/>
    protected override async Task<(Func<OverviewRow, OverviewRow>? Result, AttemptOutcome? Outcome)> RunAsync(
        OverviewRow leased, OverviewJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leased);
        ArgumentNullException.ThrowIfNull(job);
        var (overview, outcome) = await model.WriteAsync(leased.Day, job.Papers, cancellationToken);
        return (overview is null ? null : row => CompleteRound(row, job) with { Written = overview, WrittenBasis = job.Basis.Papers }, outcome);
    }

    /// <inheritdoc/>
    protected override OverviewRow End(OverviewRow row, OverviewJob job, AttemptOutcome.Final outcome)
    {
        // The model was not called because of the budget: a later collection, or the next change of the day, retries it.
        ArgumentNullException.ThrowIfNull(outcome);
        return outcome.FallbackReason == FallbackReason.Budget
            ? row with { Attempts = 0 }
            : CompleteRound(row, job) with { Written = AddNote(row.Written, outcome.Reason) };
    }

    /// <summary>A result without budget leaves the page unchanged. Publishing the day would request its overview again, in an endless loop.</summary>
    protected override bool ChangesPage(OverviewRow ended)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return ended.FallbackReason != FallbackReason.Budget;
    }

    /// <inheritdoc/>
    protected override bool IsSameWork(OverviewRow current, OverviewRow leased) => current.Rounds == leased.Rounds;

    /// <inheritdoc/>
    protected override void Report(OverviewRow ended)
    {
        ArgumentNullException.ThrowIfNull(ended);
        if (ended is { FallbackReason: FallbackReason.None, Written: { } overview })
            Log.Written(logger, ended.Day, overview.Themes.Count, overview.Provenance.InputTokens, overview.Provenance.OutputTokens);
        else
            Log.NotByModel(logger, ended.Day, ended.Reason);
    }

    /// <inheritdoc/>
    protected override Task DeferAsync(OverviewJob job, TimeSpan delay, CancellationToken cancellationToken) =>
        queues.DeferAsync(job.Message, delay, cancellationToken);

    /// <inheritdoc/>
    protected override Task SendAsync(OverviewJob job, CancellationToken cancellationToken) => queues.SendAsync(job.Message, TimeSpan.Zero, cancellationToken);

    /// <summary>The rule-based overview with the reason why the model gave none.</summary>
    internal static DailyOverview? AddNote(DailyOverview? overview, string? reason) =>
        overview is { Provenance.Method: SummaryMethod.Extractive } ? overview with { Provenance = overview.Provenance with { Note = reason } } : overview;

    private static OverviewRow CompleteRound(OverviewRow row, OverviewJob job) =>
        row with { ModelBasis = job.Basis.Papers, Rounds = row.Rounds + 1, Attempts = 0 };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Overview of {Day}: {Themes} themes, {InputTokens} input tokens, {OutputTokens} output tokens.")]
        public static partial void Written(ILogger logger, ListingDay day, int themes, int inputTokens, int outputTokens);

        [LoggerMessage(LogLevel.Warning, "{Day} keeps the overview that rules chose: {Reason}")]
        public static partial void NotByModel(ILogger logger, ListingDay day, string? reason);
    }
}

/// <summary>A delivery of a day's message.</summary>
/// <param name="Message">The message.</param>
/// <param name="Papers">The papers of the day.</param>
/// <param name="Basis">The basis of the overview, built from the same papers.</param>
public sealed record OverviewJob(DayMessage Message, IReadOnlyList<PaperRow> Papers, OverviewBasis Basis);
