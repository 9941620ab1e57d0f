using Denoised.Domain;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;

namespace Denoised.Tests.Publishing.Pages;

/// <summary>The points of a day's map are projected only after a change of its papers' texts.</summary>
public sealed class MapPointsTests
{
    private static readonly ListingDay day = new(new DateOnly(2026, 3, 17));
    private static readonly PaperView[] papers = [.. Enumerable.Range(1, 9).Select(number => InventedPapers.View(number))];

    [Fact]
    public void A_change_of_tags_keeps_the_points()
    {
        var points = new MapPoints();
        var before = points.Of(day, papers);

        PaperView[] tagged = [.. papers.Select(paper => paper with { Summary = paper.Summary with { Tags = ["NLP"] } })];
        Assert.Same(before, points.Of(day, tagged));
    }

    [Fact]
    public void Another_paper_or_text_is_projected()
    {
        var points = new MapPoints();
        var before = points.Of(day, papers);

        Assert.Equal(8, points.Of(day, papers[..8]).Count);
        var changed = papers[0] with { Title = "Diffusion models for protein folding", Abstract = "We fold proteins with a diffusion model." };
        Assert.NotSame(before, points.Of(day, [changed, .. papers[1..]]));
    }

    [Fact]
    public void Every_point_lies_within_the_margin()
    {
        Assert.All(new MapPoints().Of(day, papers), point =>
        {
            Assert.InRange(point.X, DayMap.Margin, DayMap.Width - DayMap.Margin);
            Assert.InRange(point.Y, DayMap.Margin, DayMap.Height - DayMap.Margin);
        });
    }
}
