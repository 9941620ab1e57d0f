using System.ComponentModel.DataAnnotations;

namespace Denoised.Arxiv.Calendar;

/// <summary>Settings of the section <c>Collect</c>.</summary>
public sealed record CollectOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Collect";

    /// <summary>The number of listing days that the history keeps.</summary>
    [Range(1, 366, ErrorMessage = "The setting Collect:RetentionDays must be between 1 and 366 listing days.")]
    public int RetentionDays { get; init; } = 7;

    /// <summary>Whether the model also summarizes backfilled days (a first run, missed days).</summary>
    public bool BackfillWithModel { get; init; }

    /// <summary>The duration of the lease of a collection. Another instance can start one after it expires.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "The setting Collect:LeaseDuration must be a time between 00:00:01 and 01:00:00.")]
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a paper may be overdue before a collection enqueues it again.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "The setting Collect:OverdueAfter must be a time between 00:00:01 and 1.00:00:00.")]
    public TimeSpan OverdueAfter { get; init; } = TimeSpan.FromMinutes(15);
}
