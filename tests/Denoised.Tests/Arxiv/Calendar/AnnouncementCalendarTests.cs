using Denoised.Arxiv.Calendar;
using Denoised.Domain;

namespace Denoised.Tests.Arxiv.Calendar;

public sealed class AnnouncementCalendarTests
{
    private static ListingDay Day(string day) => ListingDay.Parse(day);

    private static DateTimeOffset Time(string time) => DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("2026-03-16", true)] // Monday, announced on Sunday
    [InlineData("2026-03-17", true)]
    [InlineData("2026-03-20", true)]
    [InlineData("2026-03-21", false)] // Saturday
    [InlineData("2026-03-22", false)]
    [InlineData("2024-01-15", true)] // Martin Luther King Jr. Day itself: its listing was announced on Sunday
    [InlineData("2024-01-16", false)]
    [InlineData("2024-05-23", false)]
    [InlineData("2024-06-19", true)]
    [InlineData("2024-06-20", false)]
    [InlineData("2024-07-05", false)]
    [InlineData("2024-11-28", true)]
    [InlineData("2024-11-29", false)]
    [InlineData("2024-12-26", false)]
    [InlineData("2024-12-27", false)]
    [InlineData("2024-12-30", true)]
    [InlineData("2025-01-01", false)]
    [InlineData("2025-01-02", false)]
    [InlineData("2025-01-03", true)]
    [InlineData("2025-07-04", true)]
    [InlineData("2025-07-07", false)] // the holiday on Friday cancels the listing of Monday
    [InlineData("2025-07-08", true)]
    [InlineData("2025-12-26", false)]
    [InlineData("2025-12-31", false)]
    [InlineData("2026-01-02", false)]
    [InlineData("2026-01-20", false)]
    [InlineData("2026-06-22", false)]
    [InlineData("2026-07-06", false)]
    [InlineData("2026-09-08", false)]
    [InlineData("2026-11-27", false)]
    [InlineData("2026-12-28", false)]
    [InlineData("2026-12-29", true)]
    [InlineData("2026-12-30", false)]
    [InlineData("2027-01-01", false)]
    [InlineData("2027-01-04", false)]
    [InlineData("2027-06-21", false)]
    [InlineData("2027-07-06", false)]
    [InlineData("2028-07-05", false)]
    [InlineData("2029-11-23", false)]
    [InlineData("2030-12-26", false)]
    [InlineData("2030-12-27", true)]
    public void The_calendar_knows_the_listing_days(string day, bool isListing) => Assert.Equal(isListing, AnnouncementCalendar.IsListingDay(Day(day)));

    [Fact]
    public void The_calendar_contains_the_day_of_every_real_listing()
    {
        foreach (var file in RealArxiv.ListingFiles().Where(static file => file.StartsWith("listing_", StringComparison.Ordinal)))
            Assert.True(AnnouncementCalendar.IsListingDay(Day(file["listing_".Length..^".jsonl".Length])), file);
    }

    [Theory]
    [InlineData("2026-03-16", "2026-03-15T20:00:00-04:00")]
    [InlineData("2026-03-09", "2026-03-08T20:00:00-04:00")] // daylight saving time began that Sunday
    [InlineData("2026-03-06", "2026-03-05T20:00:00-05:00")]
    [InlineData("2026-11-02", "2026-11-01T20:00:00-05:00")]
    [InlineData("2026-10-30", "2026-10-29T20:00:00-04:00")]
    public void The_announcement_of_a_listing_is_at_20_00_on_the_evening_before(string day, string at)
    {
        Assert.Equal(Time(at), AnnouncementCalendar.AnnouncedAt(Day(day)));
        Assert.Equal(Time(at).AddHours(4), AnnouncementCalendar.FeedRebuiltAt(Day(day)));
    }

    [Theory]
    [InlineData("2026-03-16T23:59:59Z", "2026-03-16")]
    [InlineData("2026-03-17T00:00:00Z", "2026-03-17")]
    [InlineData("2026-03-21T12:00:00Z", "2026-03-20")]
    [InlineData("2026-03-22T23:59:59Z", "2026-03-20")]
    [InlineData("2026-03-23T00:00:00Z", "2026-03-23")]
    [InlineData("2026-01-21T00:59:59Z", "2026-01-19")]
    [InlineData("2026-01-21T01:00:00Z", "2026-01-21")]
    public void The_latest_listing_changes_at_the_announcement(string now, string day)
    {
        Assert.Equal(Day(day), AnnouncementCalendar.LatestListingDay(Time(now)));
        Assert.Equal(Day(day), AnnouncementCalendar.Latest(1, Time(now))[0]);
    }

    [Fact]
    public void The_latest_days_skip_weekends_and_holidays()
    {
        Assert.Equal(
            ["2025-01-06", "2025-01-03", "2024-12-31", "2024-12-30", "2024-12-25"],
            AnnouncementCalendar.Latest(5, Time("2025-01-06T12:00:00Z")).Select(static day => day.ToString()));
        Assert.Empty(AnnouncementCalendar.Latest(0, Time("2025-01-06T12:00:00Z")));
    }

    [Fact]
    public void The_calendar_lists_the_upcoming_days_with_their_announcement_times()
    {
        var next = AnnouncementCalendar.Upcoming(Time("2026-03-20T12:00:00Z")).Take(2).ToList();
        Assert.Equal([(Day("2026-03-23"), Time("2026-03-22T20:00:00-04:00")), (Day("2026-03-24"), Time("2026-03-23T20:00:00-04:00"))], next);
    }

    [Theory]
    [InlineData("2026-03-17T12:00:00Z", null)]
    [InlineData("2026-03-22T03:59:00Z", "arXiv lists no papers on Saturdays and Sundays. The next listing is that of Monday, 23 March 2026.")]
    [InlineData("2026-01-20T12:00:00Z", "arXiv made no announcement on Monday, 19 January 2026 (Martin Luther King Jr. Day). The next listing is that of Wednesday, 21 January 2026.")]
    [InlineData("2025-07-07T12:00:00Z", "arXiv made no announcement on Sunday, 6 July 2025 (Independence Day). The next listing is that of Tuesday, 8 July 2025.")]
    [InlineData("2026-06-22T12:00:00Z", "arXiv made no announcement on Friday, 19 June 2026 (Juneteenth). The next listing is that of Tuesday, 23 June 2026.")]
    public void The_calendar_explains_a_day_without_a_listing(string now, string? sentence) => Assert.Equal(sentence, AnnouncementCalendar.ExplainQuiet(Time(now)));

    [Theory]
    [InlineData("2026-03-17", null)]
    [InlineData("2026-03-23", "arXiv announces nothing on Fridays and Saturdays.")]
    [InlineData("2026-11-30", "arXiv announces nothing on Thursday, 26 November (Thanksgiving) nor on Fridays and Saturdays.")]
    [InlineData("2026-01-21", "arXiv announces nothing on Monday, 19 January (Martin Luther King Jr. Day).")]
    [InlineData("2026-06-23", "arXiv announces nothing on Sunday, 21 June (Juneteenth) nor on Fridays and Saturdays.")]
    public void The_calendar_explains_evenings_without_an_announcement(string next, string? sentence) => Assert.Equal(sentence, AnnouncementCalendar.ExplainGap(Day(next)));

    [Theory]
    [InlineData("2026-03-16", "2026-03-12T18:00:00Z", "2026-03-13T18:00:00Z")]
    [InlineData("2026-03-17", "2026-03-13T18:00:00Z", "2026-03-16T18:00:00Z")]
    [InlineData("2026-03-18", "2026-03-16T18:00:00Z", "2026-03-17T18:00:00Z")]
    [InlineData("2026-03-09", "2026-03-05T19:00:00Z", "2026-03-06T19:00:00Z")]
    [InlineData("2026-01-21", "2026-01-16T19:00:00Z", "2026-01-20T19:00:00Z")]
    [InlineData("2025-07-08", "2025-07-03T18:00:00Z", "2025-07-07T18:00:00Z")]
    public void A_listing_contains_the_submissions_between_two_deadlines(string day, string from, string to)
    {
        var window = AnnouncementCalendar.SubmissionWindow(Day(day));
        Assert.Equal((Time(from), Time(to)), window);
    }

    [Fact]
    public void Submission_windows_have_no_gaps_and_end_before_their_announcement()
    {
        var days = AnnouncementCalendar.Upcoming(Time("2024-01-02T12:00:00Z")).TakeWhile(static next => next.Day.Date.Year <= 2030).ToList();
        Assert.InRange(days.Count, 7 * 240, 7 * 256);
        foreach (var (before, after) in days.Zip(days.Skip(1)))
        {
            Assert.Equal(AnnouncementCalendar.SubmissionWindow(before.Day).To, AnnouncementCalendar.SubmissionWindow(after.Day).From);
            Assert.True(before.At < after.At);
            Assert.True(AnnouncementCalendar.SubmissionWindow(after.Day).To < after.At);
            Assert.Equal(after.Day, AnnouncementCalendar.LatestListingDay(after.At));
            Assert.Equal(before.Day, AnnouncementCalendar.LatestListingDay(after.At.AddTicks(-1)));
            Assert.Null(AnnouncementCalendar.ExplainQuiet(AnnouncementCalendar.FeedRebuiltAt(after.Day)));
        }
    }
}
