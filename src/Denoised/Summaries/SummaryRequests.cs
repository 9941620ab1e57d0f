using Denoised.Storage;

namespace Denoised.Summaries;

/// <summary>What the queues of papers carry.</summary>
public sealed class SummaryRequests(PaperSummarizer summarizer)
{
    /// <summary>Works on the paper that a message names.</summary>
    public Task SummarizeAsync(string message, CancellationToken cancellationToken) =>
        summarizer.SummarizeAsync(Message.Parse(message, DenoisedJson.Default.PaperMessage), cancellationToken);

    /// <summary>Records that the host has given up on a message.</summary>
    public Task RecordPoisonedAsync(string message, CancellationToken cancellationToken) =>
        summarizer.RecordPoisonedAsync(Message.Parse(message, DenoisedJson.Default.PaperMessage), cancellationToken);
}
