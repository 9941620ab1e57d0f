using Denoised.Arxiv.Calendar;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;

namespace Denoised.Benchmarks.Growth;

/// <summary>One size of the site.</summary>
/// <param name="PapersADay">Papers that each day announces.</param>
/// <param name="Days">Listing days held at the end.</param>
internal sealed record GrowthSize(int PapersADay, int Days)
{
    // More days than that are not collected one by one: each collection looks at all days held, and the emulator's tables are slow.
    private const int MostCollected = 7;

    // Each paper's own page is a file: beyond this they would be most of the time. They are measured apart.
    private const int MostPages = 10_000;

    private static readonly DateTimeOffset end = new(2026, 3, 25, 5, 20, 0, TimeSpan.Zero);

    public int Papers => PapersADay * Days;

    /// <summary>How many of the oldest days are written as rows and files directly instead of being collected and published.</summary>
    public int Written => Days > MostCollected ? Days - 1 : 0;

    /// <summary>Whether the papers' own pages are made.</summary>
    public bool HasPages => Papers <= MostPages;

    /// <summary>The days, oldest first.</summary>
    public IReadOnlyList<ListingDay> ListingDays => [.. AnnouncementCalendar.Latest(Days, end).OrderBy(day => day.Date)];
}
