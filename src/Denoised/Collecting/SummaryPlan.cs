using Denoised.Papers;
using Denoised.Storage;
using Denoised.Summaries;
using Microsoft.Extensions.Options;

namespace Denoised.Collecting;

/// <summary>Decides what summary a paper is to have, and what state that puts its row into.</summary>
public sealed class SummaryPlan(IOptions<SummarizerOptions> summarizer, IOptions<CollectOptions> collect)
{
    /// <summary>The row of a paper that was just announced: on the page at once, with its extractive summary.</summary>
    public PaperRow Begin(AnnouncedPaper announced, ListingDay day, int position, bool isNewest, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(announced);
        var (obstacle, reason) = Obstacle(announced.Paper, isNewest);
        return new PaperRow
        {
            Day = day,
            Position = position,
            AnnounceType = announced.Type,
            Paper = announced.Paper,
            State = obstacle == SummaryObstacle.None ? PaperState.Announced : PaperState.Summarized,
            Obstacle = obstacle,
            Reason = reason,
            Summary = ExtractiveSummarizer.Summarize(announced.Paper, now, reason),
        };
    }

    /// <summary>The row of a paper after a new version of it was announced, or null where it has that version.</summary>
    /// <param name="row">The row.</param>
    /// <param name="replacement">The new version; what its listing does not say is kept.</param>
    /// <param name="announcedOn">The listing day of the replacement.</param>
    /// <param name="now">Now.</param>
    public PaperRow? Replace(PaperRow row, Paper replacement, ListingDay announcedOn, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(replacement);
        if (replacement.Version <= row.Paper.Version)
            return null;

        var paper = replacement with
        {
            Published = row.Paper.Published,
            Comment = replacement.Comment ?? row.Paper.Comment,
            Doi = replacement.Doi ?? row.Paper.Doi,
            JournalReference = replacement.JournalReference ?? row.Paper.JournalReference,
        };

        // The model writes it anew where it wrote it before, or was to.
        var wasForModel = row.Summary.Provenance.Method == SummaryMethod.Model || !row.IsFinal || row.State == PaperState.Failed;
        return Redo(row with { Paper = paper, ReplacedOn = announcedOn, Enriched = false }, wasForModel, $"version {paper.Version} was announced", now);
    }

    /// <summary>The row with its summary begun anew; a model's former one is kept with the reason.</summary>
    public PaperRow Redo(PaperRow row, bool withModel, string why, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (obstacle, reason) = Obstacle(row.Paper, withModel);
        return row with
        {
            State = obstacle == SummaryObstacle.None ? PaperState.Announced : PaperState.Summarized,
            Obstacle = obstacle,
            Reason = reason,
            Attempts = 0,
            Deferrals = 0,
            NotBefore = null,
            LeaseOwner = null,
            LeaseEnd = null,
            Summary = ExtractiveSummarizer.Summarize(row.Paper, now, reason),
            Former = row.Summary.Provenance.Method == SummaryMethod.Model
                ? [.. row.Former, new FormerSummary(row.Summary, why, now)]
                : row.Former,
        };
    }

    /// <summary>Whether a paper whose summary is final for the time being is to be taken up again, since what stood in the way does not any more.</summary>
    public bool IsToBeTakenUpAgain(PaperProgress row, bool isNewest)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!summarizer.Value.IsConfigured || row.State != PaperState.Summarized || row.Sample)
            return false;

        var allowed = isNewest || collect.Value.BackfillWithModel;
        return row.Obstacle switch
        {
            SummaryObstacle.Budget => true,
            SummaryObstacle.NoModel => allowed,
            SummaryObstacle.Backfill => collect.Value.BackfillWithModel,
            _ => false,
        };
    }

    private (SummaryObstacle Obstacle, string? Reason) Obstacle(Paper paper, bool isForModel)
    {
        if (paper.IsWithdrawn)
            return (SummaryObstacle.Withdrawn, "The paper is withdrawn.");
        if (!summarizer.Value.IsConfigured)
            return (SummaryObstacle.NoModel, "No language model is configured.");
        if (!isForModel && !collect.Value.BackfillWithModel)
            return (SummaryObstacle.Backfill, "The day was filled in later; the model reads only new days.");
        return (SummaryObstacle.None, null);
    }
}
