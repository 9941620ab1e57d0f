using System.Collections.Frozen;
using System.Globalization;
using Denoised.Papers;

namespace Denoised.Arxiv;

/// <summary>
/// When arXiv announces papers. Submissions close at 14:00 Eastern time on working days and are announced at 20:00: the same evening,
/// Friday's on Sunday. The listing carries the date of the day after: Monday's listing is announced on Sunday evening.
/// On a pause day there is neither a closing nor an announcement, so it is the <em>following</em> listing that is missing: the one of
/// the next day, or of Monday when the pause is on a Friday.
/// Sources: https://info.arxiv.org/help/availability.html and the schedule that arXiv's own code keeps (table <c>arXiv_holidays</c>).
/// The calendar explains and predicts; what was announced is what the listing says.
/// </summary>
public static class AnnouncementCalendar
{
    /// <summary>
    /// The last year whose pauses arXiv has published. Later ones follow from its rule (the public holidays below); the extra days that
    /// it takes around New Year change every year and are not guessed.
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

        // From here on by the rule. A holiday on a Saturday is kept on Friday and one on a Sunday on Monday, except New Year's Day, which is then dropped.
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

    /// <summary>Whether a listing of that date is to be expected.</summary>
    public static bool IsListingDay(ListingDay day) => IsWorkingDay(day.Date) && PauseBefore(day) is null;

    /// <summary>When the listing of that date is announced: 20:00 Eastern time on the evening before.</summary>
    public static DateTimeOffset AnnouncedAt(ListingDay day) => Eastern(day.Date.AddDays(-1), announcement);

    /// <summary>When the feed of that date appears: the feeds are rebuilt at midnight Eastern time.</summary>
    public static DateTimeOffset FeedRebuiltAt(ListingDay day) => Eastern(day.Date, TimeSpan.Zero);

    /// <summary>The newest listing day that is announced by now.</summary>
    public static ListingDay LatestListingDay(DateTimeOffset now)
    {
        // Four hours before midnight the next day's listing is out.
        var day = new ListingDay(EasternDay(now).Date.AddDays(1));
        while (!IsListingDay(day) || AnnouncedAt(day) > now)
            day = new ListingDay(day.Date.AddDays(-1));
        return day;
    }

    /// <summary>The newest listing days that are announced by now, newest first.</summary>
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

    /// <summary>The listing days that are announced after now, with their times. Without end: take what is needed.</summary>
    public static IEnumerable<(ListingDay Day, DateTimeOffset At)> Upcoming(DateTimeOffset now)
    {
        for (var day = new ListingDay(LatestListingDay(now).Date.AddDays(1)); ; day = new ListingDay(day.Date.AddDays(1)))
        {
            if (IsListingDay(day))
                yield return (day, AnnouncedAt(day));
        }
    }

    /// <summary>
    /// Why no listing carries today's date (in Eastern time), as a sentence for readers; null when one is to be expected, so that its
    /// absence calls for an alarm.
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

    /// <summary>
    /// Why evenings go by without an announcement before that of a listing, as a sentence for readers; null where none does.
    /// </summary>
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
    /// When the papers of a listing were submitted, if nothing held them up (about one in forty is late): from one closing to the next.
    /// The first moment belongs to it, the last does not.
    /// </summary>
    public static (DateTimeOffset From, DateTimeOffset To) SubmissionWindow(ListingDay day)
    {
        var last = PreviousClosing(day.Date);
        return (Eastern(PreviousClosing(last), closing), Eastern(last, closing));
    }

    /// <summary>A moment on New York's clock.</summary>
    public static DateTimeOffset Eastern(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, eastern);

    /// <summary>The date in Eastern time.</summary>
    public static ListingDay EasternDay(DateTimeOffset time) => new(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, eastern).Date));

    /// <summary>The pause that costs a listing: on the evening before, or for a Monday on Friday or Sunday.</summary>
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
        // Clocks change at 02:00, never at midnight, 14:00 or 20:00: these times exist once on every day.
        var local = date.ToDateTime(TimeOnly.FromTimeSpan(time));
        return new DateTimeOffset(local, eastern.GetUtcOffset(local));
    }

    private static TimeZoneInfo FindEastern()
    {
        // Windows knows the IANA name only with ICU, which invariant globalization leaves out.
        if (TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out var zone) || TimeZoneInfo.TryFindSystemTimeZoneById("Eastern Standard Time", out zone))
            return zone;

        // A container without time zone data: the rule of the Energy Policy Act of 2005, in force since 2007.
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
