using System.Globalization;
using Denoised.Arxiv.Calendar;
using Denoised.Domain;
using Denoised.Publishing.Snapshots;
using Denoised.Storage;

namespace Denoised.Tests.Publishing.Pages;

/// <summary>Papers made up for tests of what is published.</summary>
internal static class InventedPapers
{
    public static readonly ListingDay Day = ListingDay.Parse("2026-03-17");

    /// <summary>A row whose summary is final.</summary>
    public static PaperRow Row(int number, ListingDay? day = null, string? title = null, IReadOnlyList<string>? tags = null, IReadOnlyList<string>? authors = null, bool isWaiting = false) => new()
    {
        Day = day ?? Day,
        Position = number,
        AnnounceType = AnnounceType.New,
        State = isWaiting ? PaperState.Announced : PaperState.Summarized,
        Paper = new Paper
        {
            Id = ArxivId.Parse(string.Create(CultureInfo.InvariantCulture, $"{(day ?? Day).Date:yyMM}.{((day ?? Day).Date.Day * 100) + number:00000}")),
            Title = title ?? $"A Paper Made Up for a Test, Number {number}",
            Authors = authors ?? ["Ilse Varnholt", "Tomasz Brzeg"],
            Abstract = $"We make up paper {number}. It shows nothing at all, 98% of the time. The code is at https://github.com/nobody/nothing-{number}.",
            PrimaryCategory = "cs.LG",
            Categories = ["cs.LG", "stat.ML"],
            Comment = "Accepted nowhere",
        },
        Summary = new Summary
        {
            Tags = tags ?? ["Theory", "Audio & Speech"],
            KeyPoints = [new KeyPoint("It shows nothing at all.", new Evidence("It shows nothing at all", "1 Introduction", "S1")), new KeyPoint("It was made up.")],
            Overview = $"Paper {number} was made up for a test of what is published.",
            Provenance = new Provenance
            {
                Method = SummaryMethod.Model,
                Model = "a-model",
                PromptVersion = "prompt-1",
                Source = TextOrigin.Html,
                PaperVersion = 1,
                CreatedAt = new DateTimeOffset((day ?? Day).Date.ToDateTime(new TimeOnly(5, 31)), TimeSpan.Zero),
            },
        },
    };

    public static PaperView View(int number, ListingDay? day = null, string? title = null, IReadOnlyList<string>? tags = null, IReadOnlyList<string>? authors = null, bool isWaiting = false) =>
        PaperViews.View(Row(number, day, title, tags, authors, isWaiting));

    /// <summary>An edition of days, newest first.</summary>
    public static Edition Edition(params IReadOnlyList<(ListingDay Day, IReadOnlyList<PaperView> Papers)> days) => new(
        new SiteIndex
        {
            GeneratedAt = new DateTimeOffset(2026, 3, 17, 6, 0, 0, TimeSpan.Zero),
            Categories = ["cs.LG"],
            Model = "a-model",
            Upcoming = [new Announcement(ListingDay.Parse("2026-03-18"), new DateTimeOffset(2026, 3, 18, 0, 0, 0, TimeSpan.Zero))],
            Days = [.. days.Select(day => Entry(day.Day, day.Papers))],
        },
        days.ToDictionary(day => day.Day, day => day.Papers));

    private static DayEntry Entry(ListingDay day, IReadOnlyList<PaperView> papers) => new()
    {
        Day = day,
        AnnouncedAt = AnnouncementCalendar.AnnouncedAt(day),
        Counts = new DayCounts(papers.Count, papers.Count, 0, 0, 0),
        Tags = [.. papers.SelectMany(paper => paper.Summary.Tags).CountBy(tag => tag).Select(tag => new TagCount(tag.Key, tag.Value))],
        Parts = [new DayPart($"days/{day}.0.json", $"days/{day}.0.papers.json", papers.Count)],
        ReadAt = new DateTimeOffset(2026, 3, 17, 6, 0, 0, TimeSpan.Zero),
    };
}
