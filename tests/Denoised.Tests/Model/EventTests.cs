using System.Text.Json;
using Denoised.Domain;
using Denoised.Publishing.Snapshots;
using Denoised.Simulators.Arxiv;
using Denoised.Storage;

namespace Denoised.Tests.Model;

/// <summary>Changes at arXiv between two days.</summary>
public sealed class EventTests(StorageFixture storage)
{
    private static readonly ListingDay wednesday = ListingDay.Parse("2026-03-18");

    [Fact]
    public async Task A_replacement_stores_the_new_version_and_a_new_model_summary()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(2);
        await world.CollectAsync();
        var former = (await world.RowAsync(1)).Summary;

        MoveTo(world, wednesday);
        var second = ModelWorld.Invented(1);
        world.Arxiv.Announce(second with { Version = 2, Abstract = second.Abstract.Replace("11 percent", "39 percent", StringComparison.Ordinal) }, AnnouncementKind.Replacement);
        world.Announce(1, first: 3);
        await world.CollectAsync();

        var shown = (await ShownAsync(world))[ModelWorld.Id(1)];
        Assert.Equal((2, wednesday, ModelWorld.Tuesday), (shown.Version, shown.ReplacedOn, shown.Day));
        Assert.Equal((PaperStatus.Model, 2), (shown.Status, shown.Summary.Provenance.PaperVersion));
        Assert.Contains("39 percent", shown.Summary.Overview, StringComparison.Ordinal);
        var kept = Assert.Single(shown.Previous);
        Assert.Equal((former.Overview, "version 2 was announced"), (kept.Summary.Overview, kept.Reason));
        Assert.Equal(2, world.Model.PaidCalls[shown.Id.Value]);
        Assert.Equal(1, world.Model.PaidCalls[ModelWorld.Id(2).Value]);

        // The API returns the same.
        var answer = Assert.IsType<Denoised.Api.RepresentationResult>(await world.Add().Get<Denoised.Api.PapersApi>().GetPaperAsync(shown.Id.Value, TestContext.Current.CancellationToken));
        var told = JsonDocument.Parse(answer.Representation.Body).RootElement;
        var redone = Assert.Single(told.GetProperty("previous").EnumerateArray());
        Assert.Equal(
            (former.Overview, "version 2 was announced", kept.ReplacedAt),
            (redone.GetProperty("summary").GetProperty("summary").GetString(), redone.GetProperty("reason").GetString(), redone.GetProperty("replacedAt").GetDateTimeOffset()));
        Assert.Equal(shown.Checks, told.GetProperty("checks").GetString());
        Assert.Contains("points quoted", shown.Checks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_paper_is_marked_and_costs_no_model_call()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        await world.CollectAsync();

        MoveTo(world, wednesday);
        world.Arxiv.Announce(ModelWorld.Invented(1) with { Version = 2, Comment = "This paper has been withdrawn by the author" }, AnnouncementKind.Replacement);
        world.Announce(1, first: 2);
        await world.CollectAsync();

        var shown = (await ShownAsync(world))[ModelWorld.Id(1)];
        Assert.True(shown.Withdrawn);
        Assert.Equal((PaperStatus.Extractive, "The paper is withdrawn."), (shown.Status, shown.Reason));
        Assert.Single(shown.Previous);
        Assert.Equal(1, world.Model.PaidCalls[shown.Id.Value]);
    }

    [Fact]
    public async Task A_retracted_paper_stays_marked_until_arXiv_lists_it_again()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(3);
        await world.CollectAsync();

        world.Arxiv.Catalogue.Retract(ModelWorld.Tuesday.Date, ModelWorld.Id(2).Value);
        await world.CollectAsync();

        var shown = await ShownAsync(world);
        Assert.Equal([false, true, false], shown.Values.OrderBy(paper => paper.Id.Value, StringComparer.Ordinal).Select(paper => paper.Retracted));
        var day = (await world.StatusAsync()).Days[0];
        Assert.Equal((3, 3, 3, 1), (day.Announced, day.Recorded, day.Shown, day.Retracted));
        Assert.Contains("no longer has one", Assert.Single(day.Notes), StringComparison.Ordinal);

        world.Announce(1, first: 2);
        await world.CollectAsync();
        Assert.All((await ShownAsync(world)).Values, paper => Assert.False(paper.Retracted));
        Assert.All(world.Model.PaidCalls, paid => Assert.Equal(1, paid.Value));
    }

    [Fact]
    public async Task The_papers_of_a_day_are_retracted_only_if_its_catch_up_page_is_empty_too()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(3);
        await world.CollectAsync();

        // An empty feed alone proves nothing.
        world.Arxiv.FeedIsEmpty = true;
        await world.CollectAsync();
        Assert.All((await ShownAsync(world)).Values, paper => Assert.False(paper.Retracted));

        world.Arxiv.Catalogue.Clear(ModelWorld.Tuesday.Date);
        await world.CollectAsync();

        Assert.Equal(3, (await ShownAsync(world)).Values.Count(paper => paper.Retracted));
        var status = await world.StatusAsync();
        Assert.Equal((3, 3, 3, 3), (status.Days[0].Announced, status.Days[0].Recorded, status.Days[0].Shown, status.Days[0].Retracted));
        Assert.Contains("arXiv has taken back", string.Join(' ', status.LastRun!.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_outage_of_a_day_delays_only_the_metadata()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(3);
        world.Arxiv.FaultFor = request => request.Service == ArxivService.Api ? ArxivFault.InternalServerError : null;
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await world.CollectAsync();
            world.Product.Time.MoveTo(world.Product.Time.GetUtcNow().AddHours(8));
        }

        var during = await ShownAsync(world);
        Assert.All(during.Values, paper => Assert.Equal((PaperStatus.Model, null), (paper.Status, paper.Published)));
        Assert.Equal("incomplete", (await world.StatusAsync()).LastRun!.Outcome);

        world.Arxiv.FaultFor = null;
        MoveTo(world, wednesday);
        world.Announce(1, first: 4);
        await world.CollectAsync();

        Assert.All((await ShownAsync(world)).Values, paper => Assert.NotNull(paper.Published));
        Assert.Equal("complete", (await world.StatusAsync()).LastRun!.Outcome);
        Assert.All(world.Model.PaidCalls, paid => Assert.Equal(1, paid.Value));
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Catch_up_pages_fill_in_the_days_of_an_outage()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(2);
        await world.CollectAsync();

        // No collection runs from Wednesday to Monday.
        var number = 10;
        foreach (var day in (string[])["2026-03-18", "2026-03-19", "2026-03-20", "2026-03-23"])
        {
            world.Arxiv.Today = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
            world.Announce(3, first: number);
            number += 10;
        }

        var monday = ListingDay.Parse("2026-03-23");
        world.Product.Time.MoveTo(monday);
        await world.CollectAsync();

        var site = await world.Product.ReadSiteAsync();
        Assert.Equal(
            [("2026-03-23", 3), ("2026-03-20", 3), ("2026-03-19", 3), ("2026-03-18", 3), ("2026-03-17", 2)],
            site.Index!.Days.Select(day => (day.Day.ToString(), day.Counts.Announced)));
        Assert.All(site.Index.Days, day => Assert.Empty(day.Notes));

        // The model summarizes the new day. The days filled in have extractive summaries and a note.
        Assert.All(site.Papers[monday], paper => Assert.Equal(PaperStatus.Model, paper.Status));
        Assert.All(site.Papers[wednesday], paper => Assert.Equal((PaperStatus.Extractive, "The day was filled in later; the model reads only new days."), (paper.Status, paper.Reason)));
    }

    [Fact]
    public async Task A_missed_day_without_a_readable_page_comes_from_submission_dates()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(2);
        MoveTo(world, wednesday);
        world.Announce(2, first: 3);
        world.Arxiv.FaultFor = request => request.Service == ArxivService.Catchup ? ArxivFault.InternalServerError : null;

        await world.CollectAsync();

        var tuesday = (await world.Product.ReadSiteAsync()).Index!.Days.Single(day => day.Day == ModelWorld.Tuesday);
        Assert.Equal(2, tuesday.Counts.Announced);
        Assert.Contains("rebuilt from submission dates", Assert.Single(tuesday.Notes), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task Backfill_with_the_model_summarizes_days_filled_in_without_it()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(2);
        MoveTo(world, wednesday);
        world.Announce(2, first: 3);
        await world.CollectAsync();
        Assert.Equal(2, world.Model.PaidCalls.Count);

        var willing = world.Add(("Collect:BackfillWithModel", "true"));
        await willing.Get<Denoised.Collecting.Collector>().CollectAsync(new CollectionMessage(), isRetry: false, TestContext.Current.CancellationToken);
        await world.WorkAsync();

        Assert.Equal(4, world.Model.PaidCalls.Count);
        Assert.All(await world.ReadPaperRowsAsync(ModelWorld.Tuesday), row => Assert.Equal(SummaryMethod.Model, row.Summary.Provenance.Method));
    }

    private static void MoveTo(ModelWorld world, ListingDay day)
    {
        world.Arxiv.Today = day.Date;
        world.Product.Time.MoveTo(day);
    }

    private static async Task<Dictionary<ArxivId, PaperView>> ShownAsync(ModelWorld world) =>
        (await world.Product.ReadSiteAsync()).Papers.Values.SelectMany(papers => papers).ToDictionary(paper => paper.Id);
}
