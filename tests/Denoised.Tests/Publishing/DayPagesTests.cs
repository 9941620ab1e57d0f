using System.Globalization;
using System.IO.Compression;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Simulators;
using Denoised.Storage;
using Denoised.Tests.Infra;
using Denoised.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Denoised.Tests.Publishing;

/// <summary>The listing days' own pages in the site, made with the real template.</summary>
public sealed class DayPagesTests(StorageFixture storage)
{
    private static readonly ListingDay older = ListingDay.Parse("2026-03-16");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_day_has_a_page_with_all_its_papers_which_links_its_neighbours()
    {
        await using var product = await NewAsync();
        await PublishAsync(product, [.. Enumerable.Range(1, 40).Select(number => InventedRows.Row(number))]);
        await PublishAsync(product, [InventedRows.Row(101, older)]);

        var (front, newest, previous) = (await ReadAsync(product, "index.html"), await ReadAsync(product, PageOf(InventedRows.Day)), await ReadAsync(product, PageOf(older)));

        Assert.Equal((20, 40, 1), (CardsIn(front), CardsIn(newest), CardsIn(previous)));
        Assert.Equal("/days/2026-03-17/", front.QuerySelector("#rest a")!.GetAttribute("href"));
        Assert.Equal("/days/2026-03-16/", newest.QuerySelector(".neighbours [rel=prev]")!.GetAttribute("href"));
        Assert.Equal("/days/2026-03-17/", previous.QuerySelector(".neighbours [rel=next]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_days_page_is_written_again_only_for_a_change_that_it_shows()
    {
        await using var product = await NewAsync();
        await PublishAsync(product, [InventedRows.Row(1), InventedRows.Row(2)]);
        await PublishAsync(product, [InventedRows.Row(101, older)]);
        var before = await VersionsAsync();

        // Another title of the other day is not on this day's page; the number of its papers is.
        await RetitleAsync();
        Assert.Equal(before[PageOf(older)], (await VersionsAsync())[PageOf(older)]);
        Assert.NotEqual(before[PageOf(InventedRows.Day)], (await VersionsAsync())[PageOf(InventedRows.Day)]);
        await PublishAsync(product, [InventedRows.Row(3)]);
        Assert.NotEqual(before[PageOf(older)], (await VersionsAsync())[PageOf(older)]);

        async Task<Dictionary<string, string>> VersionsAsync() =>
            (await product.Get<SiteContainer>().ListAsync("days/", Stop)).ToDictionary(file => file.Name, file => file.ETag.ToString(), StringComparer.Ordinal);

        async Task RetitleAsync()
        {
            await product.Get<PaperTable>().UpdateAsync(
                InventedRows.Day, InventedRows.Row(1).Paper.Id, (row, _) => row with { Paper = row.Paper with { Title = "Another title" } }, Stop);
            await product.Get<DayPublisher>().PublishAsync(new DayMessage(InventedRows.Day, DateTimeOffset.MaxValue), Stop);
        }
    }

    [Fact]
    public async Task A_day_that_is_purged_takes_its_page_with_it()
    {
        await using var product = await NewAsync();
        await PublishAsync(product, [InventedRows.Row(1)]);
        await PublishAsync(product, [InventedRows.Row(101, older)]);
        Assert.Equal([DigestOf(older), PageOf(older), DigestOf(InventedRows.Day), PageOf(InventedRows.Day)], await NamesAsync());

        await product.Get<DayPublisher>().PurgeAsync(day => day != older, Stop);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        while ((await NamesAsync()).Exists(name => name.StartsWith($"days/{older}/", StringComparison.Ordinal)))
        {
            // The storage service counts whole seconds.
            await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
            await product.Get<DayPublisher>().RemoveUnreferencedAsync(limit.Token);
        }

        Assert.Equal([DigestOf(InventedRows.Day), PageOf(InventedRows.Day)], await NamesAsync());
        Assert.Empty((await ReadAsync(product, PageOf(InventedRows.Day))).QuerySelectorAll(".neighbours a"));

        async Task<List<string>> NamesAsync() => [.. (await product.Get<SiteContainer>().ListAsync("days/", Stop)).Select(file => file.Name).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_release_without_a_template_for_days_is_published_without_their_pages()
    {
        await using var product = await NewAsync(html => html
            .Replace("id=\"day-head\"", "id=\"unknown\"", StringComparison.Ordinal)
            .Replace("id=\"digest-head\"", "id=\"unknown\"", StringComparison.Ordinal));
        await PublishAsync(product, [InventedRows.Row(1)]);

        Assert.Equal(1, CardsIn(await ReadAsync(product, "index.html")));
        Assert.Empty(await product.Get<SiteContainer>().ListAsync("days/", Stop));
    }

    [Fact]
    public async Task A_days_map_has_each_paper_as_a_dot_and_in_the_table_by_first_tag()
    {
        await using var product = await NewAsync();
        await PublishAsync(product, [.. Enumerable.Range(1, 12).Select(number => Tagged(number, number <= 9 ? "NLP" : "Robotics"))]);

        var map = await ReadAsync(product, MapOf(InventedRows.Day));

        Assert.Equal("Map of Tuesday 17 March 2026", map.QuerySelector("h1")!.TextContent);
        var keys = Enumerable.Range(1, 12).Select(number => $"/papers/{InventedRows.Row(number).Paper.Id.Key}/").ToList();
        Assert.Equal(keys, map.QuerySelectorAll(".dots a").Select(dot => dot.GetAttribute("href")!));
        Assert.Equal(keys, map.QuerySelectorAll(".topic-papers a").Select(link => link.GetAttribute("href")!));
        Assert.Equal(["topic-nlp", "topic-robotics"], map.QuerySelectorAll(".legend input[id]").Select(input => input.Id!));
        Assert.Equal([9, 3], map.QuerySelectorAll(".dots").Select(group => group.QuerySelectorAll("circle").Length));
        Assert.All(map.QuerySelectorAll(".dots circle"), circle =>
        {
            Assert.InRange(double.Parse(circle.GetAttribute("cx")!, CultureInfo.InvariantCulture), 0, 1000);
            Assert.InRange(double.Parse(circle.GetAttribute("cy")!, CultureInfo.InvariantCulture), 0, 640);
        });
        Assert.Equal($"/days/{InventedRows.Day}/map/", (await ReadAsync(product, "index.html")).QuerySelector(".to-map")!.GetAttribute("href"));
        Assert.Equal("9", map.QuerySelector(".topic-days td")!.TextContent.Trim());

        static PaperRow Tagged(int number, string tag)
        {
            var row = InventedRows.Row(number);
            return row with { Summary = row.Summary with { Tags = [tag] } };
        }
    }

    [Fact]
    public async Task A_days_digest_is_a_page_with_its_central_papers_linked_from_the_day()
    {
        await using var product = await NewAsync();
        await PublishAsync(product, [.. Enumerable.Range(1, 7).Select(number => InventedRows.Row(number))]);

        var digest = await ReadAsync(product, DigestOf(InventedRows.Day));

        Assert.Equal("Digest of Tuesday 17 March 2026", digest.QuerySelector("h1")!.TextContent);
        Assert.Equal(5, digest.QuerySelectorAll("ol.digest > li > a[href^='/papers/']").Length);
        Assert.Contains("7 announced", digest.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/days/{InventedRows.Day}/digest/", (await ReadAsync(product, PageOf(InventedRows.Day))).QuerySelector(".to-digest")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_day_of_few_papers_has_no_map_and_no_link_to_one()
    {
        await using var product = await NewAsync();
        await PublishAsync(product, [.. Enumerable.Range(1, 8).Select(number => InventedRows.Row(number))]);
        await PublishAsync(product, [InventedRows.Row(101, older)]);

        Assert.Equal(
            [DigestOf(older), PageOf(older), DigestOf(InventedRows.Day), PageOf(InventedRows.Day), MapOf(InventedRows.Day)],
            (await product.Get<SiteContainer>().ListAsync("days/", Stop)).Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Null((await ReadAsync(product, PageOf(older))).QuerySelector(".to-map"));
    }

    private static string DigestOf(ListingDay day) => $"days/{day}/digest/index.html";

    private static string MapOf(ListingDay day) => $"days/{day}/map/index.html";

    private static string PageOf(ListingDay day) => $"days/{day}/index.html";

    private static int CardsIn(IHtmlDocument page) => page.QuerySelectorAll("#list > .card").Length;

    private async Task<Product> NewAsync(Func<string, string>? change = null)
    {
        var product = Product.On(storage.TakeAccount(), arxiv: null, register: services =>
            services.AddSingleton(Options.Create(new PublishingOptions { MinimumInterval = TimeSpan.Zero, KeepUnreferenced = TimeSpan.Zero })));
        await product.Get<StorageSetup>().EnsureCreatedAsync(Stop);
        var folder = Directory.CreateTempSubdirectory("denoised-release-").FullName;
        try
        {
            var html = await File.ReadAllTextAsync(RepositoryFolder.PathOf("frontend", "index.html"), Stop);
            await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), change is null ? html : change(html), Stop);
            await product.Get<SitePublisher>().PublishAsync(folder, Stop);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return product;
    }

    private static async Task PublishAsync(Product product, IReadOnlyList<PaperRow> rows)
    {
        var changed = await product.Get<PaperTable>().InsertAsync(rows, Stop);
        await product.Get<DayPublisher>().PublishAsync(new DayMessage(rows[0].Day, changed), Stop);
    }

    private static async Task<IHtmlDocument> ReadAsync(Product product, string name)
    {
        var (content, _, _) = await product.Get<SiteContainer>().ReadAsync(name, Stop);
        await using var gzip = new GZipStream(content!.ToStream(), CompressionMode.Decompress);
        return await new HtmlParser().ParseDocumentAsync(gzip, Stop);
    }
}
