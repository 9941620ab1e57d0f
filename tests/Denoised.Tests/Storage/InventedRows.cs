using Denoised.Domain;
using Denoised.Storage;
using Denoised.Summaries;

namespace Denoised.Tests.Storage;

/// <summary>Rows of invented papers.</summary>
internal static class InventedRows
{
    /// <summary>The day that most tests use.</summary>
    public static ListingDay Day { get; } = ListingDay.Parse("2026-03-17");

    /// <summary>Creates a row with a summary.</summary>
    /// <param name="number">Determines the identifier and the position in the day.</param>
    /// <param name="day">Null stands for <see cref="Day"/>.</param>
    /// <param name="title">Null stands for a title with the number.</param>
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
            FallbackReason = FallbackReason.NoModel,
            Summary = ExtractiveSummarizer.Summarize(paper, new DateTimeOffset(2026, 3, 17, 5, 20, 0, TimeSpan.Zero)),
        };
    }
}
