using Microsoft.Extensions.Configuration;
using NCrontab;

namespace Denoised.Arxiv.Calendar;

/// <summary>
/// The schedule of the collections, read from the flat setting that the timer trigger is bound to. In UTC, as the Functions host reads it.
/// </summary>
public sealed class CollectionSchedule(IConfiguration configuration, TimeProvider time)
{
    /// <summary>The name of the setting.</summary>
    public const string Setting = "CollectSchedule";

    private const int DefaultUpdateHours = 8;
    private const int GapsCompared = 200;

    /// <summary>The time of the next collection, or null when the setting holds no schedule.</summary>
    public DateTimeOffset? NextRun() =>
        Read() is { } schedule ? new DateTimeOffset(schedule.GetNextOccurrence(time.GetUtcNow().UtcDateTime), TimeSpan.Zero) : null;

    /// <summary>The hours between two collections: the median, which ignores a weekend without runs.</summary>
    public int UpdateHours()
    {
        if (Read() is not { } schedule)
            return DefaultUpdateHours;

        var now = time.GetUtcNow().UtcDateTime;
        var runs = schedule.GetNextOccurrences(now, now.AddYears(1)).Take(GapsCompared + 1).ToList();
        var gaps = runs.Zip(runs.Skip(1), (earlier, later) => later - earlier).Order().ToList();
        return gaps.Count == 0 ? DefaultUpdateHours : Math.Max(1, (int)Math.Round(gaps[gaps.Count / 2].TotalHours));
    }

    private CrontabSchedule? Read() =>
        configuration[Setting] is { } expression ? CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = true }) : null;
}
