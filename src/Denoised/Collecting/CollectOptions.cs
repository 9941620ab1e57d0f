using System.ComponentModel.DataAnnotations;

namespace Denoised.Collecting;

/// <summary>The settings of the section <c>Collect</c>.</summary>
public sealed record CollectOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Collect";

    /// <summary>How many listing days are held.</summary>
    [Range(1, 366, ErrorMessage = "The setting Collect:RetentionDays must be between 1 and 366 listing days.")]
    public int RetentionDays { get; init; } = 7;

    /// <summary>Whether the model also writes the summaries of days that are filled in later (a first run, missed days).</summary>
    public bool BackfillWithModel { get; init; }

    /// <summary>How long one collection may take before another instance may begin one.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "The setting Collect:LeaseDuration must be a time between 00:00:01 and 01:00:00.")]
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A paper that is not final and this much overdue gets another message.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "The setting Collect:OverdueAfter must be a time between 00:00:01 and 1.00:00:00.")]
    public TimeSpan OverdueAfter { get; init; } = TimeSpan.FromMinutes(15);
}
