namespace Microsoft.Azure.Functions.Worker;

/// <summary>A timer's occurrences, in local time as the host gives them.</summary>
public sealed class ScheduleStatus
{
    /// <summary>When it ran last; 0001-01-01 before its first run.</summary>
    public DateTime Last { get; set; }

    /// <summary>When it is expected next.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this record was last written.</summary>
    public DateTime LastUpdated { get; set; }
}
