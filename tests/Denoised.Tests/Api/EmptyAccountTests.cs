using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Denoised.Api;
using Denoised.Publishing;
using Denoised.Storage;
using Denoised.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Denoised.Tests.Api;

/// <summary>Responses of the API before the first collection, when neither tables nor queues exist.</summary>
public sealed class EmptyAccountTests(StorageFixture storage)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_an_empty_account_the_status_has_no_days_and_creates_nothing()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);

        var (response, body) = await AnswerAsync(product, () => product.Get<StatusApi>().GetAsync(Stop));

        Assert.Equal(StatusCodes.Status200OK, response.StatusCode);
        Assert.Empty(JsonSerializer.Deserialize(body, ApiJson.Default.StatusResponse)!.Days);
        await AssertEmptyAsync(product);
    }

    [Fact]
    public async Task Before_the_first_collection_days_return_503_with_Retry_After()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);
        var api = product.Get<PapersApi>();
        foreach (var ask in (Func<Task<IActionResult>>[])
            [
                () => api.GetDaysAsync(Stop),
                () => api.GetDayAsync(new DefaultHttpContext().Request, "latest", Stop),
                () => api.GetDayAsync(new DefaultHttpContext().Request, "2026-03-17", Stop),
            ])
        {
            var (response, body) = await AnswerAsync(product, ask);
            Assert.Equal((503, "60"), (response.StatusCode, response.Headers.RetryAfter.ToString()));
            Assert.StartsWith("application/problem+json", response.ContentType, StringComparison.Ordinal);
            Assert.Equal("Not collected yet", JsonSerializer.Deserialize(body, ApiJson.Default.Problem)!.Title);
        }

        await AssertEmptyAsync(product);
    }

    [Fact]
    public async Task No_endpoint_returns_500_on_an_empty_account()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);
        foreach (var ask in (Func<Task<IActionResult>>[])
            [
                () => product.Get<PapersApi>().GetPaperAsync("2603.00001", Stop),
                () => product.Get<SearchApi>().GetAsync(new DefaultHttpContext().Request, Stop),
                () => product.Get<FeedApi>().GetAsync(new DefaultHttpContext().Request, "atom", Stop),
                () => product.Get<ExportApi>().GetAsync(Asking("?ids=2603.00001"), Stop),
                () => product.Get<OperatorApi>().SummarizeAsync(Asking("?id=2603.00001"), Stop),
            ])
        {
            Assert.NotEqual(StatusCodes.Status500InternalServerError, (await AnswerAsync(product, ask)).Response.StatusCode);
        }
    }

    [Fact]
    public async Task A_day_message_on_an_empty_account_creates_the_missing_storage()
    {
        await using var product = Product.On(storage.TakeAccount(), arxiv: null);
        await product.Get<PublishHandler>().PublishAsync("""{"day":"2026-03-17","changed":"2026-03-17T05:20:00Z"}""", Stop);
        Assert.Empty((await product.ReadSiteAsync()).Index!.Days);
    }

    private static HttpRequest Asking(string query)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString(query);
        return request;
    }

    /// <summary>Runs an endpoint as the Functions worker does and captures the response.</summary>
    private static async Task<(HttpResponse Response, byte[] Body)> AnswerAsync(Product product, Func<Task<IActionResult>> endpoint)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        var result = await product.Get<ApiGuard>().HandleAsync(endpoint, Stop);
        await result.ExecuteResultAsync(new ActionContext { HttpContext = context });
        return (context.Response, body.ToArray());
    }

    private static async Task AssertEmptyAsync(Product product)
    {
        await foreach (var table in product.Get<TableServiceClient>().QueryAsync(cancellationToken: Stop))
            Assert.Fail($"There is a table {table.Name}.");
        await foreach (var queue in product.Get<QueueServiceClient>().GetQueuesAsync(cancellationToken: Stop))
            Assert.Fail($"There is a queue {queue.Name}.");
        await foreach (var container in product.Get<BlobServiceClient>().GetBlobContainersAsync(cancellationToken: Stop))
            Assert.Fail($"There is a container {container.Name}.");
    }
}
