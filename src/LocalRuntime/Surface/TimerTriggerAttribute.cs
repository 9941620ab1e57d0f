namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function by a schedule.</summary>
/// <param name="schedule">Six-field NCRONTAB (seconds first), in UTC, or <c>%Name%</c> of a flat application setting that holds one.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>Run once at every start, too.</summary>
    public bool RunOnStartup { get; set; }

    /// <summary>Keep in storage when it ran last, so that an occurrence missed while nothing ran is made good at the next start.</summary>
    public bool UseMonitor { get; set; } = true;

    internal string Schedule { get; } = schedule;
}
