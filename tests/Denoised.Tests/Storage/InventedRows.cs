

using Denoised.Domain;
using Denoised.Storage;
using Denoised.Summaries;

namespace Denoised.Tests.Storage;

/// <summary>Rows of papers that do not exist.</summary>
internal static class InventedRows
{
    /// <summary>The day that most tests use.</summary>
    public static ListingDay Day { get; } = ListingDay.Parse("2026-03-17");

    /// <summary>A row as it is after its summary was written.</summary>
    /// <param name="number">Gives the identifier and the place in the day.</param>
    /// <param name="day">Null: <see cref="Day"/>.</param>
    /// <param name="title">Null: one that names the number.</param>
    public static PaperRow Row(int number, ListingDay? day = null, string? title = null)
    {
        var paper = new Paper
        {
            Id = ArxivId.Parse($"2603.{number:00000}"),
            Title = title ?? $"An Invented Paper, Number {number}",
            Authors = ["Ada Example", "Bob Sample"],
            Abstract = $"Tests need papers. We invent number {number}. It works in {number} of {number} cases.",
            PrimaryCategory = "cs.LG",
            Categories = ["cs.LG"],
        };
        return new PaperRow
        {
            Day = day ?? Day,
            Position = number,
            AnnounceType = AnnounceType.New,
            Paper = paper,
            Enriched = true,
            State = PaperState.Summarized,
            Obstacle = FallbackReason.NoModel,
            Summary = ExtractiveSummarizer.Summarize(paper, new DateTimeOffset(2026, 3, 17, 5, 20, 0, TimeSpan.Zero)),
        };
    }
}
