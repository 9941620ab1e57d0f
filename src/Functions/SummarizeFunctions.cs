using Denoised.Storage;
using Denoised.Summaries;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions;

/// <summary>Summarizes papers, one message per paper.</summary>
public sealed class SummarizeFunctions(SummaryHandler requests)
{
    /// <summary>Summarizes a paper.</summary>
    [Function("SummarizePaper")]
    public Task SummarizePaper([QueueTrigger(QueueNames.Papers)] string message, CancellationToken cancellationToken) =>
        requests.SummarizeAsync(message, cancellationToken);

    /// <summary>Handles a paper message from the poison queue: leaves the paper to the next collection, or marks it as failed after its last attempt.</summary>
    [Function("RecordPoisonedPaper")]
    public Task RecordPoisonedPaper([QueueTrigger(QueueNames.PoisonedPapers)] string message, CancellationToken cancellationToken) =>
        requests.RecordPoisonedAsync(message, cancellationToken);
}
