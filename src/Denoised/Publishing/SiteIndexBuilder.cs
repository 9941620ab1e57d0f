using Denoised.Arxiv;
using Denoised.Arxiv.Calendar;
using Denoised.Model;
using Denoised.Publishing.Snapshots;
using Microsoft.Extensions.Options;

namespace Denoised.Publishing;

/// <summary>Builds the index of the site from its days and the settings.</summary>
public sealed class SiteIndexBuilder(
    CollectionSchedule schedule,
    IOptions<PublishingOptions> options,
    IOptions<CollectOptions> collect,
    IOptions<ArxivOptions> arxiv,
    IOptions<SummarizerOptions> summarizer,
    TimeProvider time)
{
    /// <summary>Selects the newest days within the retention limit, newest first; samples only if there is nothing else.</summary>
    internal List<DayEntry> SelectShown(List<DayEntry> days)
    {
        if (days.Exists(entry => !entry.Sample))
            days.RemoveAll(entry => entry.Sample);
        return [.. days.OrderByDescending(entry => entry.Day.Date).Take(collect.Value.RetentionDays)];
    }

    /// <summary>Builds the index.</summary>
    internal SiteIndex Build(IReadOnlyList<DayEntry> days, DateTimeOffset now) => new()
    {
        GeneratedAt = now,
        Categories = [.. arxiv.Value.Categories],
        UpdateHours = schedule.UpdateHours(),
        Model = summarizer.Value.IsConfigured ? summarizer.Value.Deployment : null,
        Api = options.Value.ApiAddress,
        ReportErrorsTo = options.Value.ReportErrorsTo,
        Upcoming = [.. AnnouncementCalendar.Upcoming(time.GetUtcNow())
            .Take(10)
            .Select(next => new Announcement(next.Day, next.At, AnnouncementCalendar.ExplainGap(next.Day)))],
        Days = days,
    };
}
