namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer's function is told.</summary>
public sealed class TimerInfo
{
    /// <summary>When it ran last and runs next; null where the schedule is not monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>It runs later than it should have.</summary>
    public bool IsPastDue { get; set; }
}
