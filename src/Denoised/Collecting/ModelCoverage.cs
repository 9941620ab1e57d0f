using Denoised.Domain;
using Denoised.Model;
using Denoised.Storage;
using Microsoft.Extensions.Options;

namespace Denoised.Collecting;

/// <summary>Measures the share of the newest day without a model summary. A high share indicates a retired, removed or locked deployment.</summary>
public sealed class ModelCoverage(PaperTable papers, ListingTable listings, IOptions<SummarizerOptions> summarizer, TimeProvider time)
{
    // A day of 600 papers takes three hours at arXiv's rate limit.
    private static readonly TimeSpan timeToSummarize = TimeSpan.FromHours(6);

    /// <summary>Returns the share of the newest day's papers with an extractive summary, whether final or pending the model.</summary>
    /// <returns>0 to 1; null without a model, without papers, and in the first six hours after the day's listing was read.</returns>
    public async Task<double?> FindExtractiveShareAsync(CancellationToken cancellationToken)
    {
        if (!summarizer.Value.IsConfigured || await papers.ReadDaysAsync(cancellationToken) is not [var newest, ..])
            return null;

        var records = await listings.ReadAsync(newest, cancellationToken);
        if (records.Count == 0 || time.GetUtcNow() - records.Min(record => record.ReadAt) < timeToSummarize)
            return null;

        var rows = (await papers.ReadProgressAsync(newest, cancellationToken)).Where(row => row.FallbackReason != FallbackReason.Withdrawn).ToList();
        return rows.Count == 0 ? null : (double)rows.Count(row => row.Method == SummaryMethod.Extractive) / rows.Count;
    }
}
