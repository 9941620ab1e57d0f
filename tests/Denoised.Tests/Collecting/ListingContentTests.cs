using Denoised.Arxiv.Calendar;
using Denoised.Collecting;
using Denoised.Domain;
using Denoised.Publishing.Snapshots;
using Denoised.Simulators.Arxiv;
using Denoised.Storage;

namespace Denoised.Tests.Collecting;

/// <summary>The collector checks the content of a listing, not only its date.</summary>
public sealed class ListingContentTests(StorageFixture storage)
{
    private const int PapersADay = 4;

    private static readonly ListingDay tuesday = ListingDay.Parse("2026-03-17");
    private static readonly ListingDay wednesday = ListingDay.Parse("2026-03-18");
    private static readonly ListingDay thursday = ListingDay.Parse("2026-03-19");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Tier", "Long")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_feed_with_the_previous_listing_is_not_the_listing_of_its_date(bool isPageDown)
    {
        await using var arxiv = await AnnouncedAsync();
        await using var product = On(arxiv);
        await CollectAsync(product, arxiv, tuesday);

        // The feed has Wednesday's date and Tuesday's papers.
        arxiv.FaultFor = request => request.Service == ArxivService.Feed ? ArxivFault.EarlierListing : null;
        arxiv.SetDown(ArxivService.Catchup, isPageDown);
        await CollectAsync(product, arxiv, wednesday);
        Assert.Contains(arxiv.Requests, request => request.Path.StartsWith($"/catchup/cs.LG/{wednesday}", StringComparison.Ordinal));
        if (isPageDown)
        {
            var record = await RecordAsync(product, wednesday);
            Assert.False(record.IsComplete);
            Assert.Contains("repeats the papers of an earlier listing", Assert.Single(record.Notes), StringComparison.Ordinal);
            arxiv.SetDown(ArxivService.Catchup, false);
            arxiv.FaultFor = null;
            await CollectAsync(product, arxiv, thursday);
        }

        Assert.True((await RecordAsync(product, wednesday)).IsComplete);
        Assert.Equal(Ids(wednesday), await ShownAsync(product, wednesday));
        Assert.Equal(Ids(tuesday), await ShownAsync(product, tuesday));
        Assert.DoesNotContain((await product.ReadSiteAsync()).Papers.Values.SelectMany(papers => papers), paper => paper.Retracted);
    }

    [Fact]
    public async Task A_feed_that_reverts_to_the_previous_listing_retracts_nothing()
    {
        await using var arxiv = await AnnouncedAsync();
        await using var product = On(arxiv);
        await CollectAsync(product, arxiv, tuesday);
        await CollectAsync(product, arxiv, wednesday);

        arxiv.FaultFor = request => request.Service == ArxivService.Feed ? ArxivFault.EarlierListing : null;
        arxiv.SetDown(ArxivService.Catchup);
        await CollectAsync(product, arxiv, wednesday);

        Assert.True((await RecordAsync(product, wednesday)).IsComplete);
        Assert.Equal(Ids(wednesday), await ShownAsync(product, wednesday));
        Assert.All((await product.ReadSiteAsync()).Papers[wednesday], paper => Assert.False(paper.Retracted));
    }

    [Fact]
    public async Task The_very_first_feed_with_the_previous_listing_is_recognised()
    {
        await using var arxiv = await AnnouncedAsync();
        await using var product = On(arxiv);

        arxiv.FaultFor = request => request.Service == ArxivService.Feed ? ArxivFault.EarlierListing : null;
        await CollectAsync(product, arxiv, wednesday);

        Assert.Equal(Ids(wednesday), await ShownAsync(product, wednesday));
        Assert.Equal(Ids(tuesday), await ShownAsync(product, tuesday));
    }

    [Fact]
    public async Task A_Saturday_feed_with_Fridays_papers_creates_no_day()
    {
        await using var arxiv = await AnnouncedAsync();
        await using var product = On(arxiv);
        var (friday, saturday) = (ListingDay.Parse("2026-03-20"), ListingDay.Parse("2026-03-21"));
        Announce(arxiv, friday);
        await CollectAsync(product, arxiv, friday);

        arxiv.FaultFor = request => request.Service == ArxivService.Feed ? ArxivFault.EarlierListing : null;
        await CollectAsync(product, arxiv, saturday);

        Assert.Empty(await product.Get<ListingTable>().ReadAsync(saturday, Stop));
        Assert.Equal(Ids(friday), await ShownAsync(product, friday));
        Assert.Contains((await RunAsync(product)).Messages, message => message.Contains("earlier listing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_collection_completes_a_partial_feed()
    {
        await using var arxiv = await AnnouncedAsync();
        await using var product = On(arxiv);
        arxiv.FaultFor = request => request.Service == ArxivService.Feed ? ArxivFault.HalfListing : null;
        await CollectAsync(product, arxiv, tuesday);
        Assert.Equal(Ids(tuesday).Take(PapersADay / 2), await ShownAsync(product, tuesday));

        arxiv.FaultFor = null;
        await CollectAsync(product, arxiv, tuesday);

        Assert.Equal(Ids(tuesday), await ShownAsync(product, tuesday));
        Assert.Equal((PapersADay, true), ((await RecordAsync(product, tuesday)).Announced, (await RecordAsync(product, tuesday)).IsComplete));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_partial_feed_after_a_complete_one_retracts_nothing(bool isPageDown)
    {
        await using var arxiv = await AnnouncedAsync();
        await using var product = On(arxiv);
        await CollectAsync(product, arxiv, tuesday);

        arxiv.FaultFor = request => request.Service == ArxivService.Feed ? ArxivFault.HalfListing : null;
        arxiv.SetDown(ArxivService.Catchup, isPageDown);
        await CollectAsync(product, arxiv, tuesday);

        Assert.All((await product.ReadSiteAsync()).Papers[tuesday], paper => Assert.False(paper.Retracted));
        Assert.Equal((PapersADay, true), ((await RecordAsync(product, tuesday)).Announced, (await RecordAsync(product, tuesday)).IsComplete));
    }

    [Theory]
    [InlineData("cs.LG", "stat.ML")]
    [InlineData("stat.ML", "cs.LG")]
    public async Task A_feed_with_the_papers_of_another_category_is_rejected(string repeated, string category)
    {
        await using var arxiv = await AnnouncedAsync();
        foreach (var number in Enumerable.Range(50, PapersADay))
            arxiv.Catalogue.Announce(tuesday.Date, Invented(tuesday, number) with { Categories = ["stat.ML", "cs.LG"] });
        await using var product = On(arxiv, "cs.LG,stat.ML");

        arxiv.FaultFor = request => request.Path == $"/rss/{category}" ? ArxivFault.OtherCategory : null;
        await CollectAsync(product, arxiv, tuesday);

        Assert.Contains((await RunAsync(product)).Messages, message => message.StartsWith($"{category}: ", StringComparison.Ordinal) && message.Contains("another category", StringComparison.Ordinal));
        Assert.Contains(arxiv.Requests, request => request.Path.StartsWith($"/catchup/{category}/{tuesday}", StringComparison.Ordinal));
        Assert.Equal([.. Ids(tuesday), .. Ids(tuesday, first: 50)], await ShownAsync(product, tuesday));
        Assert.NotEqual(repeated, category);
    }

    [Theory]
    [Trait("Tier", "Long")]
    [InlineData(ArxivFault.OtherDay)]
    [InlineData(ArxivFault.EarlierListing)]
    [InlineData(ArxivFault.HalfListing)]
    public async Task A_catch_up_page_with_other_content_leaves_its_day_for_a_retry(ArxivFault fault)
    {
        await using var arxiv = await AnnouncedAsync();
        await using var product = On(arxiv);
        await CollectAsync(product, arxiv, tuesday);

        // No collection has read Wednesday's feed. The API, which would replace it, is down.
        arxiv.SetDown(ArxivService.Api);
        arxiv.FaultFor = request => request.Path.StartsWith($"/catchup/cs.LG/{wednesday}", StringComparison.Ordinal) ? fault : null;
        await CollectAsync(product, arxiv, thursday);
        Assert.DoesNotContain(await product.Get<ListingTable>().ReadAsync(wednesday, Stop), record => record.IsComplete);
        Assert.Equal(Ids(tuesday), await ShownAsync(product, tuesday));

        arxiv.FaultFor = null;
        await CollectAsync(product, arxiv, thursday);
        Assert.True((await RecordAsync(product, wednesday)).IsComplete);
        Assert.Equal(Ids(wednesday), await ShownAsync(product, wednesday));
        Assert.Equal(Ids(thursday), await ShownAsync(product, thursday));
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_page_about_another_day_does_not_stop_the_collection_of_other_days()
    {
        await using var arxiv = await AnnouncedAsync();
        await using var product = On(arxiv);
        arxiv.SetDown(ArxivService.Api);
        arxiv.FaultFor = request => request.Path.StartsWith($"/catchup/cs.LG/{wednesday}", StringComparison.Ordinal) ? ArxivFault.OtherDay : null;

        await CollectAsync(product, arxiv, thursday);

        Assert.Equal(Ids(tuesday), await ShownAsync(product, tuesday));
        Assert.Empty(await ShownAsync(product, wednesday));
        Assert.Contains((await RunAsync(product)).Messages, message => message.Contains($"this page is about {tuesday}, not about {wednesday}", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task A_paper_assigned_a_day_early_by_submission_date_does_not_discredit_its_feed()
    {
        await using var arxiv = await ArxivSimulator.StartAsync(NoRateLimit, Stop);
        Announce(arxiv, tuesday);

        // The only paper of Wednesday, submitted within Tuesday's window.
        var late = Invented(wednesday, 1) with { Published = AnnouncementCalendar.SubmissionWindow(tuesday).From.AddHours(1) };
        arxiv.Catalogue.Announce(wednesday.Date, late);
        await using var product = On(arxiv);
        arxiv.SetDown(ArxivService.Catchup);
        arxiv.StaleFeedDay = ListingDay.Parse("2026-03-16").Date;
        arxiv.Today = wednesday.Date;
        product.Time.MoveTo(new DateTimeOffset(2026, 3, 18, 1, 20, 0, TimeSpan.Zero));
        await product.CollectAsync();
        Assert.Equal(ListingSource.SubmissionDates, (await RecordAsync(product, tuesday)).Source);
        Assert.Contains(late.Id, await ShownAsync(product, tuesday));

        arxiv.StaleFeedDay = null;
        await CollectAsync(product, arxiv, wednesday);
        Assert.True((await RecordAsync(product, wednesday)).IsComplete);
    }

    private static ArxivSimulatorOptions NoRateLimit { get; } = new() { FeedAndApiInterval = TimeSpan.Zero, PagesInterval = TimeSpan.Zero };

    private static async Task<ArxivSimulator> AnnouncedAsync()
    {
        var arxiv = await ArxivSimulator.StartAsync(NoRateLimit, Stop);
        Announce(arxiv, tuesday);
        Announce(arxiv, wednesday);
        Announce(arxiv, thursday);
        return arxiv;
    }

    private static void Announce(ArxivSimulator arxiv, ListingDay day) => arxiv.Catalogue.Announce(day.Date, Enumerable.Range(1, PapersADay).Select(number => Invented(day, number)));

    private static SimulatedPaper Invented(ListingDay day, int number) => new()
    {
        Id = $"2603.{(day.Date.Day * 100) + number:00000}",
        Title = $"An Invented Paper, Number {number} of {day}",
        Abstract = $"Tests need papers. We invent number {number}. It works in {number} of {number} cases.",
        Categories = ["cs.LG"],
    };

    private static IEnumerable<string> Ids(ListingDay day, int first = 1) => Enumerable.Range(first, PapersADay).Select(number => Invented(day, number).Id);

    private static async Task CollectAsync(Product product, ArxivSimulator arxiv, ListingDay day)
    {
        arxiv.Today = day.Date;
        product.Time.MoveTo(day);
        await product.CollectAsync();
    }

    private static async Task<ListingRecord> RecordAsync(Product product, ListingDay day) =>
        Assert.Single(await product.Get<ListingTable>().ReadAsync(day, Stop), record => record.Category == "cs.LG");

    private static async Task<CollectionRun> RunAsync(Product product) => (await product.Get<RunTable>().ReadAsync(Stop))!;

    private static async Task<IReadOnlyList<string>> ShownAsync(Product product, ListingDay day) =>
        (await product.ReadSiteAsync()).Papers.TryGetValue(day, out var papers) ? [.. papers.Select((PaperView paper) => paper.Id.Value)] : [];

    private Product On(ArxivSimulator arxiv, string categories = "cs.LG") =>
        Product.On(storage.TakeAccount(), arxiv, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Arxiv:Categories"] = categories });
}
