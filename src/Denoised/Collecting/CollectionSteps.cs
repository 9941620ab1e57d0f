using Denoised.Domain;
using Denoised.Storage;

namespace Denoised.Collecting;

/// <summary>The steps of a collection, in their order. Each is idempotent.</summary>
public sealed class CollectionSteps(
    StorageSetup setup,
    ListingReader reader,
    SampleRecorder sampleRecorder,
    MetadataEnrichment enrichment,
    Repair repair,
    PaperTable papers,
    TimeProvider time,
    ISamplePapers? samples = null)
{
    /// <summary>Runs the steps.</summary>
    /// <param name="request">The collection to run.</param>
    /// <param name="isRetry">Whether an earlier delivery of the same request crashed.</param>
    /// <param name="began">The start by the clock of the storage service.</param>
    /// <param name="problems">Receives one sentence for each source that could not be read.</param>
    /// <param name="cancellationToken">Cancels the collection.</param>
    /// <returns>One sentence for each anomaly of a listing.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(
        CollectionMessage request, bool isRetry, DateTimeOffset began, List<string> problems, CancellationToken cancellationToken)
    {
        await setup.EnsureCreatedAsync(cancellationToken);
        var reading = new ListingResult(request, time.GetUtcNow(), problems);
        await reader.ReadFeedsAsync(reading, cancellationToken);

        // Before the missed days: when arXiv is unreachable, each of their requests runs into its timeout.
        await ShowSamplesAsync(reading.Newest, problems, cancellationToken);
        await reader.FillMissedDaysAsync(reading, cancellationToken);
        await enrichment.EnrichAsync(problems, cancellationToken);
        await repair.RepairAsync(isRetry, began, cancellationToken);
        return reading.Messages;
    }

    private async Task ShowSamplesAsync(ListingDay newest, List<string> problems, CancellationToken cancellationToken)
    {
        if (samples is null || problems.Count == 0 || (await papers.ReadDaysAsync(cancellationToken)).Count > 0)
            return;

        await sampleRecorder.RecordAsync(
            samples, newest, "arXiv could not be read yet. These papers are invented samples; the first listing replaces them.", cancellationToken);
    }
}
