using Denoised.Glances;
using Denoised.Papers;
using Denoised.Summaries;

namespace Denoised.Collecting;

/// <summary>
/// Invented papers that show what the page looks like before any listing could be read. Only the local host registers them;
/// where nothing is registered, there are none.
/// </summary>
public interface ISamplePapers
{
    /// <summary>The papers of the sample day, in order.</summary>
    IReadOnlyList<AnnouncedPaper> Read();

    /// <summary>The summary that was written by hand for a sample; null where it gets an extractive one.</summary>
    /// <param name="id">The sample's identifier.</param>
    /// <param name="now">When it is recorded.</param>
    Summary? SummaryOf(ArxivId id, DateTimeOffset now) => null;

    /// <summary>The overview of the sample day; null where there is none.</summary>
    /// <param name="now">When it is recorded.</param>
    Glance? OverviewAt(DateTimeOffset now) => null;
}
