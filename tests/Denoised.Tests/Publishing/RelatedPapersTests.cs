using System.IO.Compression;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Azure.Storage.Blobs;
using Denoised.Domain;
using Denoised.Embeddings;
using Denoised.Publishing;
using Denoised.Publishing.Pages;
using Denoised.Publishing.Snapshots;
using Denoised.Simulators;
using Denoised.Storage;
using Denoised.Tests.Infra;
using Denoised.Tests.Publishing.Pages;

namespace Denoised.Tests.Publishing;

public sealed class RelatedPapersTests(StorageFixture storage)
{
    private static readonly ListingDay dayBefore = ListingDay.Parse("2026-03-16");

    private const string Robots = "Robots learn to grasp objects from human demonstrations. We train a diffusion policy on teleoperated trajectories.";
    private const string Privacy = "Differential privacy for federated learning on patient records. Hospitals share noisy gradients instead of data.";

    [Fact]
    public void At_most_three_papers_above_the_threshold_are_related_the_nearest_first()
    {
        var papers = Enumerable.Range(1, 6).Select(number => About(number, $"{Robots} Variant {number} adds {string.Join(' ', Enumerable.Repeat("tactile sensing", number))}.", $"Author {number}"))
            .Append(About(7, Privacy, "Author 7"))
            .ToList();

        var found = RelatedPapers.Find(papers);

        var first = found[papers[0].Id];
        Assert.Equal(3, first.Related.Count);
        Assert.Equal(first.Related.OrderByDescending(other => other.Similarity), first.Related);
        Assert.All(first.Related, other => Assert.InRange(other.Similarity, RelatedPapers.MinSimilarity, 1));
        Assert.Empty(first.Duplicates);
        Assert.DoesNotContain(papers[6].Id, found.Keys);
    }

    [Fact]
    public void A_near_duplicate_needs_the_same_authors_and_does_not_count_as_related()
    {
        var papers = new[] { About(1, Robots, "Ilse Varnholt"), About(2, Robots + " Extended version.", "Ilse Varnholt"), About(3, Robots, "Tomasz Brzeg") };

        var found = RelatedPapers.Find(papers)[papers[0].Id];

        Assert.Equal(papers[1].Id, Assert.Single(found.Duplicates).Id);
        Assert.Equal(papers[2].Id, Assert.Single(found.Related).Id);
    }

    [Fact]
    public void A_withdrawn_paper_is_related_to_none_and_the_order_of_the_days_does_not_matter()
    {
        var papers = Enumerable.Range(1, 9).Select(number => About(number, Robots, $"Author {number}") with { Withdrawn = number == 2 }).ToList();

        var found = RelatedPapers.Find(papers);
        var reversed = RelatedPapers.Find(Enumerable.Reverse(papers));

        Assert.Equal(8, found.Count);
        Assert.DoesNotContain(found.Values.SelectMany(related => related.Related), other => other.Id == papers[1].Id);
        foreach (var paper in found.Keys)
            Assert.Equal(found[paper].Related, reversed[paper].Related);
    }

    [Fact]
    public void A_papers_page_names_its_related_papers_and_duplicates_without_any_script()
    {
        var template = PageTemplate.Parse("test.html", File.ReadAllText(RepositoryFolder.PathOf("frontend", "index.html")));
        var related = new RelatedPapers(
            [new RelatedPaper(ArxivId.Parse("math/0211159"), "A $k$-nearest <b>paper</b>", dayBefore, 0.7)],
            [new RelatedPaper(ArxivId.Parse("2603.00009"), "The same paper", dayBefore, 0.95)]);

        var page = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(template.RenderPaper(InventedPapers.View(1), site: null, reportErrorsTo: null, related)));
        var without = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(template.RenderPaper(InventedPapers.View(1), site: null)));

        var link = page.QuerySelector(".related a")!;
        Assert.Equal("A $k$-nearest <b>paper</b>", link.TextContent);
        Assert.Equal("/papers/math~0211159/", link.GetAttribute("href"));
        Assert.Contains("Also announced as arXiv:2603.00009", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(without.QuerySelector(".related"));
        Assert.DoesNotContain("Also announced", without.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_published_later_adds_related_papers_to_the_pages_of_a_day_before()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);
        await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);
        await PublishAsync(dayBefore, Row(1, dayBefore, Robots));
        Assert.Null(Assert.Single((await product.ReadSiteAsync()).Index!.Days).Related);

        await PublishAsync(InventedPapers.Day, Row(2, InventedPapers.Day, Robots + " On a kitchen robot."));

        var index = (await product.ReadSiteAsync()).Index!;
        var older = index.Days.Single(day => day.Day == dayBefore);
        var related = JsonSerializer.Deserialize(await ReadAsync(product, older.Related!), PublishingJson.Default.DictionaryStringRelatedPapers)!;
        Assert.Equal("2603.01702", Assert.Single(Assert.Single(related).Value.Related).Id.Value);

        async Task PublishAsync(ListingDay day, PaperRow row)
        {
            var changed = await product.Get<PaperTable>().InsertAsync([row], TestContext.Current.CancellationToken);
            await product.Get<DayPublisher>().PublishAsync(new DayMessage(day, changed), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task The_vectors_file_has_64_bytes_a_paper_in_the_order_of_the_search_file()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);
        await product.Get<StorageSetup>().EnsureCreatedAsync(TestContext.Current.CancellationToken);
        var changed = await product.Get<PaperTable>().InsertAsync([Row(1, InventedPapers.Day, Robots), Row(2, InventedPapers.Day, Privacy)], TestContext.Current.CancellationToken);
        await product.Get<DayPublisher>().PublishAsync(new DayMessage(InventedPapers.Day, changed), TestContext.Current.CancellationToken);

        var index = (await product.ReadSiteAsync()).Index!;
        var ids = JsonSerializer.Deserialize(await ReadAsync(product, index.Search!), PublishingJson.Default.SearchFile)!.Id;
        var vectors = await ReadAsync(product, index.Vectors!);

        Assert.Equal(2 * Embedding.Dimensions, vectors.Length);
        Assert.Matches(@"^vectors\.[0-9a-f]{16}\.bin$", index.Vectors);
        Assert.True(4_200 * Embedding.Dimensions <= 270_000);
        var papers = (await product.ReadSiteAsync()).Papers[InventedPapers.Day].ToDictionary(paper => paper.Id);
        foreach (var (place, id) in ids.Index())
            Assert.Equal(EmbeddingModel.Shared.Embed($"{papers[id].Title}. {papers[id].Abstract}").Bytes, vectors.AsSpan(place * Embedding.Dimensions, Embedding.Dimensions));
    }

    private static PaperView About(int number, string text, string author) => InventedPapers.View(number, authors: [author]) with { Title = text.Split('.')[0], Abstract = text };

    private static PaperRow Row(int number, ListingDay day, string text)
    {
        var row = InventedPapers.Row(number, day, authors: [$"Author {number}"]);
        return row with { Paper = row.Paper with { Title = text.Split('.')[0], Abstract = text } };
    }

    private static async Task<byte[]> ReadAsync(Product product, string name)
    {
        var blob = product.Get<BlobServiceClient>().GetBlobContainerClient(ContainerNames.Site).GetBlobClient(SiteIndex.Folder + name);
        await using var gzip = new GZipStream(await blob.OpenReadAsync(cancellationToken: TestContext.Current.CancellationToken), CompressionMode.Decompress);
        using var content = new MemoryStream();
        await gzip.CopyToAsync(content, TestContext.Current.CancellationToken);
        return content.ToArray();
    }
}
