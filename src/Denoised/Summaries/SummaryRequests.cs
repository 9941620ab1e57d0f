using Denoised.Storage;

namespace Denoised.Summaries;

/// <summary>Handles the messages of the queue of papers and of its poison queue.</summary>
public sealed class SummaryRequests(PaperSummarizer summarizer, DiscardedMessages discarded)
{
    /// <summary>Works on the paper that a message names.</summary>
    public async Task SummarizeAsync(string message, CancellationToken cancellationToken)
    {
        if (await discarded.ParseAsync(QueueNames.Papers, message, DenoisedJson.Default.PaperMessage, cancellationToken) is { } request)
            await summarizer.SummarizeAsync(request, cancellationToken);
    }

    /// <summary>Records that the host has given up on a message.</summary>
    public async Task RecordPoisonedAsync(string message, CancellationToken cancellationToken)
    {
        await discarded.RecordPoisonedAsync(QueueNames.Papers, message, cancellationToken);
        if (await discarded.ParseAsync(QueueNames.Papers, message, DenoisedJson.Default.PaperMessage, cancellationToken) is { } request)
            await summarizer.RecordPoisonedAsync(request, cancellationToken);
    }
}
