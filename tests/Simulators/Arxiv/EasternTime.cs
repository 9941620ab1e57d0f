namespace Denoised.Simulators.Arxiv;

/// <summary>
/// arXiv's clock, Eastern time, by the rule of US law since 2007 (second Sunday of March to first Sunday of November), so that no time zone
/// database is needed; and the window of submissions behind a listing day. Holidays are not modelled.
/// </summary>
public static class EasternTime
{
    /// <summary>The offset from UTC at the start of a day.</summary>
    public static TimeSpan OffsetAtMidnight(DateOnly day) =>
        // Clocks change at two in the morning: the change is felt from the next midnight on.
        TimeSpan.FromHours(day > NthSunday(day.Year, 3, 2) && day <= NthSunday(day.Year, 11, 1) ? -4 : -5);

    /// <summary>Midnight at the start of a day.</summary>
    public static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), OffsetAtMidnight(day));

    /// <summary>Two in the afternoon, when submissions close.</summary>
    public static DateTimeOffset Deadline(DateOnly day) => new(day.ToDateTime(new TimeOnly(14, 0)), OffsetAtMidnight(day.AddDays(1)));

    /// <summary>Submissions from <c>Start</c> until <c>End</c> are announced in the evening before <paramref name="listingDay"/>.</summary>
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
