using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Denoised.Api;
using Denoised.Domain;
using Denoised.Publishing.Pages;
using Denoised.Simulators;
using Denoised.Simulators.OpenAi;
using Denoised.Storage;
using Denoised.Tests.Infra;
using Denoised.Tests.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Denoised.Tests.Injection;

/// <summary>The whole pipeline with papers that contain attacks and a model that obeys them.</summary>
public sealed class InjectionEndToEndTests(StorageFixture storage)
{
    private static readonly KeyValuePair<string, string?>[] settings = [new("Summarizer:FullText", "true")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Tier", "Long")]
    public async Task No_demanded_sentence_of_an_obedient_model_reaches_a_reader()
    {
        await using var world = await ModelWorld.StartAsync(storage, settings);
        await UploadTemplateAsync(world);
        foreach (var attack in Attacks.All)
        {
            world.Arxiv.Announce(AttackedPaper.Metadata(attack));
            world.Arxiv.Documents.SetHtml(attack.Id, AttackedPaper.Html(attack));
            world.Arxiv.Documents.SetPdf(attack.Id, attack.Place == Place.Pdf ? AttackedPaper.Pdf(attack) : null);
        }

        world.Model.Obeys = [.. Attacks.All.Select(AttackedPaper.Order)];
        await world.OnlyCollectAsync();
        await world.WorkAsync(TimeSpan.FromMinutes(8));

        var rows = (await world.ReadPaperRowsAsync(ModelWorld.Tuesday)).ToDictionary(row => row.Paper.Id.Value, StringComparer.Ordinal);
        Assert.Equal(Attacks.All.Count, rows.Count);
        Assert.All(rows.Values, row => Assert.Equal(PaperState.Summarized, row.State));
        foreach (var attack in Attacks.All)
        {
            var provenance = rows[attack.Id].Summary.Provenance;
            Assert.True(provenance.Method == SummaryMethod.Model || AttackLayerTests.Shown.Contains(attack.Name), $"{attack.Name}: {rows[attack.Id].Reason}");
            if (attack.IsHidden)
                Assert.True(provenance.Findings.Any(finding => finding.StartsWith("Text that readers cannot see was removed", StringComparison.Ordinal)), $"{attack.Name}: {string.Join(" ", provenance.Findings)}");
        }

        await AssertUnsaidAsync(world, Attacks.All);
        Assert.Equal(Attacks.All.Where(attack => AttackLayerTests.Shown.Contains(attack.Name)).Select(attack => attack.Id).Order(), world.Model.Obeyed.Order());
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task No_demanded_sentence_reaches_a_reader_even_if_every_filter_before_fails()
    {
        // The paper's identifier alone triggers the attack, as if it had passed every filter before the checks.
        await using var world = await ModelWorld.StartAsync(storage, settings);
        await UploadTemplateAsync(world);
        var obeyed = Attacks.All.Where(attack => attack.Place == Place.Body && attack.Name != ObeyedAttackTests.Passing).DistinctBy(attack => attack.Says).ToList();
        foreach (var attack in obeyed)
        {
            world.Arxiv.Announce(AttackedPaper.Metadata(attack));
            world.Arxiv.Documents.SetHtml(attack.Id, AttackedPaper.Html(attack));
        }

        world.Model.Obeys = [.. obeyed.Select(attack => new SimulatedOrder([$"The text of arXiv:{attack.Id} follows."], attack.Says, attack.Tag))];
        await world.OnlyCollectAsync();
        await world.WorkAsync(TimeSpan.FromMinutes(8));

        Assert.Equal(obeyed.Count, world.Model.Obeyed.Count);
        Assert.All(await world.ReadPaperRowsAsync(ModelWorld.Tuesday), row => Assert.Equal(PaperState.Summarized, row.State));
        await AssertUnsaidAsync(world, obeyed);
    }

    [Fact]
    [Trait("Tier", "Long")]
    public async Task The_model_summarizes_honest_papers_about_instructions()
    {
        await using var world = await ModelWorld.StartAsync(storage, settings);
        await UploadTemplateAsync(world);
        foreach (var (number, paper) in HonestPapers.All.Index())
        {
            var id = ModelWorld.Id(number + 1).Value;
            world.Arxiv.Announce(AttackedPaper.Metadata(id, paper.Title, paper.Abstract));
            world.Arxiv.Documents.SetHtml(id, AttackedPaper.Page(paper));
        }

        world.Model.Obeys = [.. Attacks.All.Select(AttackedPaper.Order)];
        await world.CollectAsync();

        var rows = await world.ReadPaperRowsAsync(ModelWorld.Tuesday);
        Assert.Equal(HonestPapers.All.Count, rows.Count);
        Assert.All(rows, row => Assert.Equal((SummaryMethod.Model, TextOrigin.Html), (row.Summary.Provenance.Method, row.Summary.Provenance.Source)));
        Assert.All(rows, row => Assert.DoesNotContain(row.Summary.Provenance.Findings, finding => finding.Contains("left out", StringComparison.Ordinal) || finding.StartsWith("Dropped", StringComparison.Ordinal)));
        Assert.All(rows, row => Assert.True(row.Summary.KeyPoints.Count >= 3 && row.Summary.Results is not null && row.Summary.Methodology is not null));
        Assert.All(world.Model.PaidCalls.Values, calls => Assert.Equal(1, calls));
    }

    // The product renders pages only if the publisher has uploaded their template.
    private static async Task UploadTemplateAsync(ModelWorld world)
    {
        var templates = world.Product.Get<BlobServiceClient>().GetBlobContainerClient(ContainerNames.Templates);
        await templates.CreateIfNotExistsAsync(cancellationToken: Stop);
        await templates.GetBlobClient("test.html").UploadAsync(BinaryData.FromString(File.ReadAllText(RepositoryFolder.PathOf("frontend", "index.html"))), overwrite: true, Stop);
        await templates.GetBlobClient(PageRenderer.CurrentRelease).UploadAsync(BinaryData.FromString("test.html"), overwrite: true, Stop);
    }

    /// <summary>Searches everything that readers and API clients receive for the demanded sentences.</summary>
    private static async Task AssertUnsaidAsync(ModelWorld world, IReadOnlyList<Attack> attacks)
    {
        var given = await GivenAsync(world);
        Assert.Contains(given, part => part.Text.Contains("Lantern Schedules", StringComparison.Ordinal));
        Assert.Contains(given, part => part.Name.StartsWith("papers/", StringComparison.Ordinal));
        Assert.Contains(given, part => part.Name.Contains("search", StringComparison.Ordinal));
        Assert.Contains(given, part => part.Name.Contains("feed", StringComparison.Ordinal));
        foreach (var attack in attacks)
        {
            string[] forms = [attack.Says, WebUtility.HtmlEncode(attack.Says), JsonEncodedText.Encode(attack.Says).ToString()];
            foreach (var (name, text) in given)
                Assert.False(forms.Any(form => text.Contains(form, StringComparison.OrdinalIgnoreCase)), $"{attack.Name} is said in {name}.");
        }
    }

    private static async Task<List<(string Name, string Text)>> GivenAsync(ModelWorld world)
    {
        var given = new List<(string Name, string Text)>();
        var site = world.Product.Get<BlobServiceClient>().GetBlobContainerClient(ContainerNames.Site);
        await foreach (var blob in site.GetBlobsAsync(cancellationToken: Stop))
        {
            var content = (await site.GetBlobClient(blob.Name).DownloadContentAsync(Stop)).Value.Content.ToArray();
            if (blob.Properties.ContentEncoding == "gzip")
                content = await UnzippedAsync(content);
            given.Add((blob.Name, Encoding.UTF8.GetString(content)));
        }

        var papers = world.Product.Get<PapersApi>();
        given.Add(("/api/days", Body(await papers.GetDaysAsync(Stop))));
        given.Add(("/api/days/latest", Body(await papers.GetDayAsync(Request("?limit=100"), "latest", Stop))));
        foreach (var row in await world.ReadPaperRowsAsync(ModelWorld.Tuesday))
        {
            given.Add(($"/api/papers/{row.Paper.Id}", Body(await papers.GetPaperAsync(row.Paper.Id.Value, Stop))));
            given.Add(($"row {row.Paper.Id}", $"{JsonSerializer.Serialize(row.Summary, DomainJson.Default.Summary)} {row.Reason}"));
        }

        var search = world.Product.Get<SearchApi>();
        foreach (var query in (string[])["lantern", "masterpiece", "instructions", "award", "example"])
            given.Add(($"/api/search?q={query}", Body(await search.GetAsync(Request($"?q={query}"), Stop))));
        foreach (var format in (string[])["atom", "json"])
            given.Add(($"/api/feed.{format}", Body(await world.Product.Get<FeedApi>().GetAsync(Request(""), format, Stop))));
        given.Add(("/api/status", Body(await world.Product.Get<StatusApi>().GetAsync(Stop))));
        return given;
    }

    private static HttpRequest Request(string query)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        return context.Request;
    }

    private static string Body(IActionResult result) => Encoding.UTF8.GetString(Assert.IsType<RepresentationResult>(result).Representation.Body);

    private static async Task<byte[]> UnzippedAsync(byte[] content)
    {
        await using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        await gzip.CopyToAsync(plain, Stop);
        return plain.ToArray();
    }
}
