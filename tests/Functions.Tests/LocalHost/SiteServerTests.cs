using System.Net;
using System.Net.Http.Headers;
using Azure.Storage.Blobs.Models;

namespace Denoised.Functions.Tests.LocalHost;

public sealed class SiteServerTests(AzuriteFixture azurite)
{
    private static readonly byte[] compressed = [0x1f, 0x8b, 8, 0, 1, 2, 3];

    private async Task<RunningFunctions> StartAsync()
    {
        var app = await RunningFunctions.StartAsync(azurite.TakeAccount(), []);
        await PutAsync("index.html", "<home>", "text/html; charset=utf-8");
        await PutAsync("papers/2603.00001/index.html", "<paper>", "text/html; charset=utf-8");
        await PutAsync("404.html", "<missing>", "text/html; charset=utf-8");
        await PutAsync("a b+c%41.txt", "odd", "text/plain");
        await app.Web.GetBlobClient("data/index.json").UploadAsync(
            BinaryData.FromBytes(compressed),
            new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json", ContentEncoding = "gzip", CacheControl = "public, max-age=60" } },
            TestContext.Current.CancellationToken);
        return app;

        Task PutAsync(string name, string text, string type) => app.Web.GetBlobClient(name).UploadAsync(
            BinaryData.FromString(text), new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = type } }, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningFunctions app, HttpMethod method, string path, Action<HttpRequestHeaders>? add = null)
    {
        using var request = new HttpRequestMessage(method, path);
        add?.Invoke(request.Headers);
        return await app.Site.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("", HttpStatusCode.OK, "<home>")]
    [InlineData("index.html", HttpStatusCode.OK, "<home>")]
    [InlineData("papers/2603.00001/", HttpStatusCode.OK, "<paper>")]
    [InlineData("papers/2603.00001", HttpStatusCode.OK, "<paper>")]
    [InlineData("papers%2F2603.00001/", HttpStatusCode.OK, "<paper>")]
    [InlineData("a%20b+c%2541.txt?v=1", HttpStatusCode.OK, "odd")]
    [InlineData("papers/", HttpStatusCode.NotFound, "<missing>")]
    [InlineData("INDEX.html", HttpStatusCode.NotFound, "<missing>")]
    [InlineData("..%2Fazure-webjobs-hosts%2Findex.html", HttpStatusCode.NotFound, "<missing>")]
    public async Task The_site_serves_blobs_and_index_documents_and_otherwise_the_404_document(string path, HttpStatusCode status, string text)
    {
        await using var app = await StartAsync();

        var response = await SendAsync(app, HttpMethod.Get, path);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(text, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("text", response.Content.Headers.ContentType?.MediaType?.Split('/')[0]);
    }

    [Fact]
    public async Task The_response_has_only_the_headers_of_the_blob()
    {
        await using var app = await StartAsync();

        var response = await SendAsync(app, HttpMethod.Get, "data/index.json", headers => headers.Add("Origin", "https://example.org"));

        Assert.Equal(compressed, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            ["Cache-Control", "Content-Encoding", "Content-Length", "Content-Type", "Date", "ETag", "Last-Modified"],
            response.Headers.Concat(response.Content.Headers).Select(header => header.Key).Order(StringComparer.Ordinal));
        Assert.Equal("public, max-age=60", response.Headers.CacheControl?.ToString());
        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        var properties = (await app.Web.GetBlobClient("data/index.json").GetPropertiesAsync(cancellationToken: TestContext.Current.CancellationToken)).Value;
        Assert.Equal(properties.ETag.ToString("H"), response.Headers.ETag?.ToString());
        Assert.Equal(properties.LastModified, response.Content.Headers.LastModified);
    }

    [Fact]
    public async Task A_conditional_request_for_an_unchanged_blob_returns_304()
    {
        await using var app = await StartAsync();
        var first = await SendAsync(app, HttpMethod.Get, "data/index.json");

        var same = await SendAsync(app, HttpMethod.Get, "data/index.json", headers => headers.IfNoneMatch.Add(first.Headers.ETag!));
        var weak = await SendAsync(app, HttpMethod.Get, "data/index.json", headers => headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag, isWeak: true)));
        var other = await SendAsync(app, HttpMethod.Get, "data/index.json", headers =>
        {
            headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\""));
            headers.IfModifiedSince = DateTimeOffset.UtcNow;
        });
        var since = await SendAsync(app, HttpMethod.Get, "data/index.json", headers => headers.IfModifiedSince = first.Content.Headers.LastModified);

        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Equal(first.Headers.ETag, same.Headers.ETag);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotModified, weak.StatusCode);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.NotModified, since.StatusCode);
    }

    [Fact]
    public async Task HEAD_returns_only_the_headers_and_the_site_rejects_writes()
    {
        await using var app = await StartAsync();

        var head = await SendAsync(app, HttpMethod.Head, "data/index.json");
        var post = await SendAsync(app, HttpMethod.Post, "data/index.json");

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(compressed.Length, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
    }

    [Fact]
    public async Task Without_a_404_document_a_missing_page_returns_an_empty_404()
    {
        await using var app = await RunningFunctions.StartAsync(azurite.TakeAccount(), []);

        var response = await SendAsync(app, HttpMethod.Get, "nothing");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Before_the_page_is_published_its_address_reports_the_start()
    {
        await using var app = await RunningFunctions.StartAsync(azurite.TakeAccount(), []);

        using var answer = await app.Site.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Denoised is starting", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
