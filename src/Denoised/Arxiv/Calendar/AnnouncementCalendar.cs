using System.Collections.Frozen;
using System.Globalization;
using Denoised.Domain;

namespace Denoised.Arxiv.Calendar;

/// <summary>
/// arXiv's announcement schedule. Submissions close at 14:00 Eastern time on working days. They are announced at 20:00 the same evening, Friday's
/// on Sunday evening. A listing carries the date of the following day: Monday's listing is announced on Sunday evening. On a holiday arXiv neither
/// closes submissions nor announces, so the <em>following</em> listing is missing: the next day's, or Monday's after a Friday holiday. Sources:
/// https://info.arxiv.org/help/availability.html and the schedule in arXiv's own code (table <c>arXiv_holidays</c>). The calendar predicts and
/// explains; the listing itself states its day.
/// </summary>
public static class AnnouncementCalendar
{
    /// <summary>
    /// The last year for which arXiv has published its holidays. Later years follow its rule (the public holidays below). They omit the extra days
    /// around New Year, which change every year.
    /// </summary>
    public const int LastPublishedYear = 2026;

    private static readonly TimeSpan closing = TimeSpan.FromHours(14);
    private static readonly TimeSpan announcement = TimeSpan.FromHours(20);
    private static readonly TimeZoneInfo eastern = FindEastern();

    private static readonly FrozenDictionary<DateOnly, string> pauses = new (int Year, (int Month, int Day, string Reason)[] Days)[]
    {
        (2024,
        [
            (1, 15, "Martin Luther King Jr. Day"), (5, 22, "staff retreat"), (6, 19, "Juneteenth"), (7, 4, "Independence Day"), (9, 2, "Labor Day"),
            (10, 8, "staff retreat"), (11, 28, "Thanksgiving"), (12, 25, "winter holidays"), (12, 26, "winter holidays"), (12, 31, "winter holidays"),
        ]),
        (2025,
        [
            (1, 1, "New Year's Day"), (1, 20, "Martin Luther King Jr. Day"), (6, 19, "Juneteenth"), (7, 4, "Independence Day"), (7, 6, "Independence Day"),
            (9, 1, "Labor Day"), (11, 27, "Thanksgiving"), (12, 25, "winter holidays"), (12, 30, "winter holidays"),
        ]),
        (2026,
        [
            (1, 1, "New Year's Day"), (1, 19, "Martin Luther King Jr. Day"), (6, 19, "Juneteenth"), (7, 3, "Independence Day"), (9, 7, "Labor Day"),
            (11, 26, "Thanksgiving"), (12, 25, "winter holidays"), (12, 29, "winter holidays"), (12, 31, "winter holidays"),
        ]),

        // Computed by the rule from here on. A Saturday holiday moves to Friday, a Sunday holiday to Monday, except New Year's Day, which is then dropped.
        (2027,
        [
            (1, 1, "New Year's Day"), (1, 18, "Martin Luther King Jr. Day"), (6, 18, "Juneteenth"), (7, 5, "Independence Day"), (9, 6, "Labor Day"),
            (11, 25, "Thanksgiving"), (12, 24, "winter holidays"),
        ]),
        (2028,
        [
            (1, 17, "Martin Luther King Jr. Day"), (6, 19, "Juneteenth"), (7, 4, "Independence Day"), (9, 4, "Labor Day"),
            (11, 23, "Thanksgiving"), (12, 25, "winter holidays"),
        ]),
        (2029,
        [
            (1, 1, "New Year's Day"), (1, 15, "Martin Luther King Jr. Day"), (6, 19, "Juneteenth"), (7, 4, "Independence Day"), (9, 3, "Labor Day"),
            (11, 22, "Thanksgiving"), (12, 25, "winter holidays"),
        ]),
        (2030,
        [
            (1, 1, "New Year's Day"), (1, 21, "Martin Luther King Jr. Day"), (6, 19, "Juneteenth"), (7, 4, "Independence Day"), (9, 2, "Labor Day"),
            (11, 28, "Thanksgiving"), (12, 25, "winter holidays"),
        ]),
    }.SelectMany(static year => year.Days, static (year, pause) => (Date: new DateOnly(year.Year, pause.Month, pause.Day), pause.Reason))
        .ToFrozenDictionary(static pause => pause.Date, static pause => pause.Reason);

    /// <summary>Whether arXiv is expected to publish a listing with this date.</summary>
    public static bool IsListingDay(ListingDay day) => IsWorkingDay(day.Date) && PauseBefore(day) is null;

    /// <summary>The announcement time of a listing: 20:00 Eastern time on the previous evening.</summary>
    public static DateTimeOffset AnnouncedAt(ListingDay day) => Eastern(day.Date.AddDays(-1), announcement);

    /// <summary>The time at which the feed of a day appears: arXiv rebuilds its feeds at midnight Eastern time.</summary>
    public static DateTimeOffset FeedRebuiltAt(ListingDay day) => Eastern(day.Date, TimeSpan.Zero);

    /// <summary>The newest listing day announced by <paramref name="now"/>.</summary>
    public static ListingDay LatestListingDay(DateTimeOffset now)
    {
        // arXiv announces the next day's listing four hours before midnight.
        var day = new ListingDay(EasternDay(now).Date.AddDays(1));
        while (!IsListingDay(day) || AnnouncedAt(day) > now)
            day = new ListingDay(day.Date.AddDays(-1));
        return day;
    }

    /// <summary>The newest listing days announced by <paramref name="now"/>, newest first.</summary>
    public static IReadOnlyList<ListingDay> Latest(int count, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var days = new List<ListingDay>(count);
        for (var day = LatestListingDay(now); days.Count < count; day = new ListingDay(day.Date.AddDays(-1)))
        {
            if (IsListingDay(day))
                days.Add(day);
        }

        return days;
    }

    /// <summary>The listing days announced after <paramref name="now"/>, with their announcement times. The sequence is infinite.</summary>
    public static IEnumerable<(ListingDay Day, DateTimeOffset At)> Upcoming(DateTimeOffset now)
    {
        for (var day = new ListingDay(LatestListingDay(now).Date.AddDays(1)); ; day = new ListingDay(day.Date.AddDays(1)))
        {
            if (IsListingDay(day))
                yield return (day, AnnouncedAt(day));
        }
    }

    /// <summary>
    /// Explains to readers why no listing carries today's date (Eastern time). Null if a listing is expected; its absence is then an error.
    /// </summary>
    public static string? ExplainQuiet(DateTimeOffset now)
    {
        var today = EasternDay(now);
        if (IsListingDay(today))
            return null;

        var next = Upcoming(FeedRebuiltAt(today)).First(upcoming => upcoming.Day > today);
        var reason = PauseBefore(today) is { } pause && IsWorkingDay(today.Date)
            ? $"arXiv made no announcement on {InWords(pause.Date)} ({pause.Reason})."
            : "arXiv lists no papers on Saturdays and Sundays.";
        return $"{reason} The next listing is that of {InWords(next.Day.Date)}.";
    }

    /// <summary>Explains to readers which evenings without an announcement precede a listing. Null if there are none.</summary>
    public static string? ExplainGap(ListingDay day)
    {
        var named = new List<string>();
        var isWeekend = false;
        for (var evening = day.Date.AddDays(-2); !IsListingDay(new ListingDay(evening.AddDays(1))); evening = evening.AddDays(-1))
        {
            if (PauseBefore(new ListingDay(evening.AddDays(1))) is var (_, reason) && IsWorkingDay(evening.AddDays(1)))
                named.Insert(0, $"on {evening.ToString("dddd, d MMMM", CultureInfo.InvariantCulture)} ({reason})");
            else
                isWeekend = true;
        }

        if (isWeekend)
            named.Add("on Fridays and Saturdays");
        return named.Count == 0 ? null : $"arXiv announces nothing {string.Join(" nor ", named)}.";
    }

    /// <summary>
    /// The submission times of the papers in a listing, from one deadline to the next. About one paper in forty is delayed and falls outside.
    /// <c>From</c> is inclusive, <c>To</c> is exclusive.
    /// </summary>
    public static (DateTimeOffset From, DateTimeOffset To) SubmissionWindow(ListingDay day)
    {
        var last = PreviousClosing(day.Date);
        return (Eastern(PreviousClosing(last), closing), Eastern(last, closing));
    }

    /// <summary>Converts a time to Eastern time.</summary>
    public static DateTimeOffset Eastern(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, eastern);

    /// <summary>The date in Eastern time.</summary>
    public static ListingDay EasternDay(DateTimeOffset time) => new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, eastern).Date));

    /// <summary>The holiday that cancels a listing: the previous evening; for a Monday listing, Friday or Sunday.</summary>
    private static (DateOnly Date, string Reason)? PauseBefore(ListingDay day)
    {
        var evening = day.Date.AddDays(-1);
        if (pauses.TryGetValue(evening, out var reason))
            return (evening, reason);
        var friday = day.Date.AddDays(-3);
        return day.Date.DayOfWeek == DayOfWeek.Monday && pauses.TryGetValue(friday, out reason) ? (friday, reason) : null;
    }

    private static DateOnly PreviousClosing(DateOnly date)
    {
        do
            date = date.AddDays(-1);
        while (!IsWorkingDay(date) || pauses.ContainsKey(date));
        return date;
    }

    private static bool IsWorkingDay(DateOnly date) => date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static string InWords(DateOnly date) => date.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);

    private static DateTimeOffset Eastern(DateOnly date, TimeSpan time)
    {
        // Clocks change at 02:00, so midnight, 14:00 and 20:00 are never ambiguous or skipped.
        var local = date.ToDateTime(TimeOnly.FromTimeSpan(time));
        return new DateTimeOffset(local, eastern.GetUtcOffset(local));
    }

    private static TimeZoneInfo FindEastern()
    {
        // Windows resolves the IANA name only with ICU, which invariant globalization disables.
        if (TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out var zone)
            || TimeZoneInfo.TryFindSystemTimeZoneById("Eastern Standard Time", out zone))
        {
            return zone;
        }

        // Containers without time zone data: the rule of the Energy Policy Act of 2005, in force since 2007.
        var two = new DateTime(1, 1, 1, 2, 0, 0, DateTimeKind.Unspecified);
        var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
            DateTime.MinValue.Date,
            DateTime.MaxValue.Date,
            TimeSpan.FromHours(1),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(two, 3, 2, DayOfWeek.Sunday),
            TimeZoneInfo.TransitionTime.CreateFloatingDateRule(two, 11, 1, DayOfWeek.Sunday));
        return TimeZoneInfo.CreateCustomTimeZone("Eastern", TimeSpan.FromHours(-5), "Eastern", "Eastern", "Eastern", [rule]);
    }
}
