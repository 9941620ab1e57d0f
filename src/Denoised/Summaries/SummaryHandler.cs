using Denoised.Storage;

namespace Denoised.Summaries;

/// <summary>Handles the messages of the paper queue and of its poison queue.</summary>
public sealed class SummaryHandler(PaperSummarizer summarizer, PoisonMessages discarded)
{
    /// <summary>Summarizes the paper that a message names.</summary>
    public async Task SummarizeAsync(string message, CancellationToken cancellationToken)
    {
        if (await discarded.ParseAsync(QueueNames.Papers, message, StorageJson.Default.PaperMessage, cancellationToken) is { } request)
            await summarizer.SummarizeAsync(request, cancellationToken);
    }

    /// <summary>Records that the host moved a message to the poison queue.</summary>
    public async Task RecordPoisonedAsync(string message, CancellationToken cancellationToken)
    {
        await discarded.RecordPoisonedAsync(QueueNames.Papers, message, cancellationToken);
        if (await discarded.ParseAsync(QueueNames.Papers, message, StorageJson.Default.PaperMessage, cancellationToken) is { } request)
            await summarizer.RecordPoisonedAsync(request, cancellationToken);
    }
}
