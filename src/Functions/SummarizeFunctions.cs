using Denoised.Storage;
using Denoised.Summaries;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>Writes the summaries, one message a paper.</summary>
public sealed class SummarizeFunctions(SummaryRequests requests)
{
    /// <summary>Summarizes a paper.</summary>
    [Function("SummarizePaper")]
    public Task SummarizePaper([QueueTrigger(QueueNames.Papers)] string message, CancellationToken cancellationToken) =>
        requests.SummarizeAsync(message, cancellationToken);

    /// <summary>Leaves a paper whose message the host has given up on to the next collection, or marks it failed after its last attempt.</summary>
    [Function("RecordPoisonedPaper")]
    public Task RecordPoisonedPaper([QueueTrigger(QueueNames.PoisonedPapers)] string message, CancellationToken cancellationToken) =>
        requests.RecordPoisonedAsync(message, cancellationToken);
}
