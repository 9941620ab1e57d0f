using Denoised.Domain;

namespace Denoised.Collecting;

/// <summary>Invented papers that fill the page before the first listing is read. Only the local host registers an implementation.</summary>
public interface ISamplePapers
{
    /// <summary>The papers of the sample day, in order.</summary>
    IReadOnlyList<AnnouncedPaper> Read();

    /// <summary>The hand-written summary of a sample paper, or null when it gets an extractive one.</summary>
    /// <param name="id">The identifier of the sample paper.</param>
    /// <param name="now">The creation time to record.</param>
    Summary? SummaryOf(ArxivId id, DateTimeOffset now) => null;

    /// <summary>The overview of the sample day, or null.</summary>
    /// <param name="now">The creation time to record.</param>
    DailyOverview? OverviewAt(DateTimeOffset now) => null;
}
