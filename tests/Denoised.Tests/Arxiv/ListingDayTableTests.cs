using System.Globalization;
using System.Reflection;
using Denoised.Arxiv.Calendar;
using Denoised.Domain;

namespace Denoised.Tests.Arxiv;

/// <summary>Compares every day of the calendar with listing-days.txt, a table from an independent calculation.</summary>
public sealed class ListingDayTableTests
{
    private static readonly IReadOnlyList<(ListingDay Day, bool IsListing)> table = Read();

    [Fact]
    public void The_table_holds_every_day_of_seven_years()
    {
        Assert.Equal(2557, table.Count);
        Assert.Equal((ListingDay.Parse("2024-01-01"), ListingDay.Parse("2030-12-31")), (table[0].Day, table[^1].Day));
        Assert.All(table.Zip(table.Skip(1)), static pair => Assert.Equal(pair.First.Day.Date.AddDays(1), pair.Second.Day.Date));
    }

    [Fact]
    public void The_calendar_agrees_with_the_table_on_every_day() =>
        Assert.Equal([], table.Where(static row => AnnouncementCalendar.IsListingDay(row.Day) != row.IsListing).Select(static row => row.Day.ToString()));

    [Fact]
    public void At_every_hour_the_latest_listing_is_the_last_announced_one_of_the_table()
    {
        var listings = table.Where(static row => row.IsListing).Select(static row => row.Day).ToList();
        var next = 0;
        var from = AnnouncementCalendar.AnnouncedAt(listings[0]);
        var to = AnnouncementCalendar.AnnouncedAt(listings[^1]);
        for (var now = from; now <= to; now = now.AddHours(1))
        {
            while (next < listings.Count && AnnouncementCalendar.AnnouncedAt(listings[next]) <= now)
                next++;
            Assert.Equal(listings[next - 1], AnnouncementCalendar.LatestListingDay(now));
        }
    }

    [Fact]
    public void Only_a_day_without_a_listing_has_an_explanation_with_the_next_listing()
    {
        // The listing after the last days of the table is not in the table.
        foreach (var (row, index) in table.Take(table.Count - 10).Select(static (row, index) => (row, index)))
        {
            foreach (var hour in (int[])[0, 12, 23])
            {
                var sentence = AnnouncementCalendar.ExplainQuiet(AnnouncementCalendar.FeedRebuiltAt(row.Day).AddHours(hour == 23 ? 22.5 : hour));
                Assert.Equal(row.IsListing, sentence is null);
                if (sentence is not null)
                {
                    var next = table.Skip(index + 1).First(static other => other.IsListing).Day.Date;
                    Assert.EndsWith($"The next listing is that of {next.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture)}.", sentence, StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void The_upcoming_days_are_those_of_the_table()
    {
        var expected = table.Where(static row => row.IsListing).Select(static row => row.Day).ToList();
        var upcoming = AnnouncementCalendar.Upcoming(AnnouncementCalendar.AnnouncedAt(expected[0]).AddTicks(-1)).Take(expected.Count).ToList();
        Assert.Equal(expected, upcoming.Select(static next => next.Day));
        Assert.All(upcoming, static next => Assert.Equal(new TimeSpan(20, 0, 0), AnnouncementCalendar.Eastern(next.At).TimeOfDay));
    }

    private static List<(ListingDay, bool)> Read()
    {
        using var file = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("listing-days.txt")!);
        return [.. file.ReadToEnd().Split('\n').Where(static line => line.Length > 0 && line[0] != '#').SelectMany(static line =>
            line[8..].Select((mark, index) => (ListingDay.Parse(string.Create(CultureInfo.InvariantCulture, $"{line[..7]}-{index + 1:00}")), mark == 'o')))];
    }
}
