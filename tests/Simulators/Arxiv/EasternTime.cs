namespace Denoised.Simulators.Arxiv;

/// <summary>
/// arXiv's time zone and submission windows. Implements the US daylight saving rule since 2007 (second Sunday of March to first Sunday of November),
/// so no time zone database is required. Holidays are not modelled.
/// </summary>
public static class EasternTime
{
    /// <summary>The offset from UTC at the start of a day.</summary>
    public static TimeSpan OffsetAtMidnight(DateOnly day) =>
        // Clocks change at 2:00, so the new offset applies from the next midnight on.
        TimeSpan.FromHours(day > NthSunday(day.Year, 3, 2) && day <= NthSunday(day.Year, 11, 1) ? -4 : -5);

    /// <summary>Midnight at the start of a day.</summary>
    public static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), OffsetAtMidnight(day));

    /// <summary>The submission deadline of a day, 14:00.</summary>
    public static DateTimeOffset Deadline(DateOnly day) => new(day.ToDateTime(new TimeOnly(14, 0)), OffsetAtMidnight(day.AddDays(1)));

    /// <summary>The submissions between <c>Start</c> and <c>End</c> are announced in the evening before <paramref name="listingDay"/>.</summary>
    public static (DateTimeOffset Start, DateTimeOffset End) SubmissionWindow(DateOnly listingDay)
    {
        var (from, until) = listingDay.DayOfWeek switch
        {
            DayOfWeek.Monday => (-4, -3),
            DayOfWeek.Tuesday => (-4, -1),
            _ => (-2, -1),
        };
        return (Deadline(listingDay.AddDays(from)), Deadline(listingDay.AddDays(until)));
    }

    private static DateOnly NthSunday(int year, int month, int n)
    {
        var first = new DateOnly(year, month, 1);
        var toSunday = (7 - (int)first.DayOfWeek) % 7;
        return first.AddDays(toSunday + (7 * (n - 1)));
    }
}
