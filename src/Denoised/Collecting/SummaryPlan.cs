using Denoised.Arxiv.Calendar;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Storage;
using Denoised.Summaries;
using Microsoft.Extensions.Options;

namespace Denoised.Collecting;

/// <summary>Decides which summary a paper gets, and the resulting state of its row.</summary>
public sealed class SummaryPlan(IOptions<SummarizerOptions> summarizer, IOptions<CollectOptions> collect)
{
    /// <summary>Creates the row of a newly announced paper. Its extractive summary is visible at once.</summary>
    public PaperRow CreateRow(AnnouncedPaper announced, ListingDay day, int position, bool isNewest, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(announced);
        var (fallbackReason, reason) = FindFallbackReason(announced.Paper, isNewest);
        return new PaperRow
        {
            Day = day,
            Position = position,
            AnnounceType = announced.Type,
            Paper = announced.Paper,
            State = fallbackReason == FallbackReason.None ? PaperState.Announced : PaperState.Summarized,
            FallbackReason = fallbackReason,
            Reason = reason,
            Summary = ExtractiveSummarizer.Summarize(announced.Paper, now, reason),
        };
    }

    /// <summary>Returns the row after a replacement was announced, or null when it has that version already.</summary>
    /// <param name="row">The row.</param>
    /// <param name="replacement">The new version. Fields that its listing lacks keep their values.</param>
    /// <param name="announcedOn">The listing day of the replacement.</param>
    /// <param name="now">The current time.</param>
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

        // The model summarizes the new version if it wrote, or was due to write, the previous summary.
        var wasForModel = row.Summary.Provenance.Method == SummaryMethod.Model || !row.IsFinal || row.State == PaperState.Failed;
        return Restart(row with { Paper = paper, ReplacedOn = announcedOn, Enriched = false }, wasForModel, $"version {paper.Version} was announced", now);
    }

    /// <summary>Resets the row for a new summary. A previous model summary is kept with the reason.</summary>
    public PaperRow Restart(PaperRow row, bool withModel, string why, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (fallbackReason, reason) = FindFallbackReason(row.Paper, withModel);
        return row with
        {
            State = fallbackReason == FallbackReason.None ? PaperState.Announced : PaperState.Summarized,
            FallbackReason = fallbackReason,
            Reason = reason,
            Attempts = 0,
            Deferrals = 0,
            NotBefore = null,
            LeaseOwner = null,
            LeaseEnd = null,
            Summary = ExtractiveSummarizer.Summarize(row.Paper, now, reason),
            Previous = row.Summary.Provenance.Method == SummaryMethod.Model
                ? [.. row.Previous, new PreviousSummary(row.Summary, why, now)]
                : row.Previous,
        };
    }

    /// <summary>Whether the cause of a provisional extractive summary is gone: the paper can be enqueued for the model.</summary>
    public bool ShouldRetry(PaperProgress row, bool isNewest)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!summarizer.Value.IsConfigured || row.State != PaperState.Summarized || row.Sample)
            return false;

        var allowed = isNewest || collect.Value.BackfillWithModel;
        return row.FallbackReason switch
        {
            FallbackReason.Budget => true,
            FallbackReason.NoModel => allowed,
            FallbackReason.Backfill => collect.Value.BackfillWithModel,
            _ => false,
        };
    }

    private (FallbackReason FallbackReason, string? Reason) FindFallbackReason(Paper paper, bool isForModel)
    {
        if (paper.IsWithdrawn)
            return (FallbackReason.Withdrawn, "The paper is withdrawn.");
        if (!summarizer.Value.IsConfigured)
            return (FallbackReason.NoModel, "No language model is configured.");
        if (!isForModel && !collect.Value.BackfillWithModel)
            return (FallbackReason.Backfill, "The day was filled in later; the model reads only new days.");
        return (FallbackReason.None, null);
    }
}
