using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions.Tests.LocalHost;

public sealed class HttpFunctionTests(AzuriteFixture azurite)
{
    public sealed class Answers(Reports reports)
    {
        [Function("GetThing")]
        public static IActionResult Thing(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "things/{day}/{count?}")] HttpRequest request, string day, int? count) =>
            new ContentResult { Content = $"{day}|{count}|{request.Query["q"]}", ContentType = "text/plain; charset=utf-8" };

        [Function("GetPaper")]
        public static Task<IActionResult> Paper([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "papers/{*id}")] HttpRequest request, string id)
        {
            request.HttpContext.Response.Headers.ContentEncoding = "identity";
            return Task.FromResult<IActionResult>(new FileContentResult(Encoding.UTF8.GetBytes(id), "application/json"));
        }

        [Function("GetFeed")]
        public static IActionResult Feed([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "feed.{format}")] HttpRequest request, string format) =>
            new OkObjectResult(new { format, request.Method });

        [Function("Post")]
        public IActionResult Post([HttpTrigger(AuthorizationLevel.Function, "post", Route = "feed.{format}")] HttpRequest request, string format, FunctionContext context)
        {
            reports.Add($"{request.Method} {format} {context.BindingContext.BindingData["format"]}");
            return new StatusCodeResult(StatusCodes.Status202Accepted);
        }

        [Function("Fails")]
        public static IActionResult Fails([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request)
        {
            request.HttpContext.Response.Headers["X-Left"] = "over";
            throw new InvalidOperationException("Failing on purpose.");
        }

        [Function("Waits")]
        public async Task<IActionResult> Waits([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "waits")] HttpRequest request, CancellationToken cancellationToken)
        {
            reports.Add("began");
            try
            {
                await Task.Delay(TimeSpan.FromMinutes(5), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                reports.Add(request.HttpContext.RequestAborted.IsCancellationRequested ? "the caller has gone" : "something else");
                throw;
            }

            return new OkResult();
        }
    }

    private Task<RunningFunctions> StartAsync(params string[] settings) =>
        RunningFunctions.StartAsync(azurite.TakeAccount(), [typeof(Answers)], null, settings);

    private static async Task<HttpResponseMessage> SendAsync(RunningFunctions app, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await app.Api.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static Task<string> TextAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task Route_values_reach_the_parameters_of_the_same_name()
    {
        await using var app = await StartAsync();

        Assert.Equal("2026-03-17|7|a b", await TextAsync(await SendAsync(app, HttpMethod.Get, "things/2026-03-17/7?q=a%20b")));
        Assert.Equal("latest||", await TextAsync(await SendAsync(app, HttpMethod.Get, "THINGS/latest")));
        Assert.Equal("math/0211159", await TextAsync(await SendAsync(app, HttpMethod.Get, "papers/math/0211159")));
        Assert.Equal("""{"format":"atom","method":"GET"}""", await TextAsync(await SendAsync(app, HttpMethod.Get, "feed.atom")));
    }

    [Fact]
    public async Task An_encoded_slash_arrives_encoded()
    {
        await using var app = await StartAsync();

        Assert.Equal("math%2F0211159 x", await TextAsync(await SendAsync(app, HttpMethod.Get, "papers/math%2F0211159%20x")));
        Assert.Equal("a%2Fb||", await TextAsync(await SendAsync(app, HttpMethod.Get, "things/a%2Fb")));
    }

    [Fact]
    public async Task HEAD_works_only_for_functions_that_list_it()
    {
        await using var app = await StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await SendAsync(app, HttpMethod.Head, "things/x")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(app, HttpMethod.Head, "feed.atom")).StatusCode);
    }

    [Theory]
    [InlineData("DELETE", "feed.atom")]
    [InlineData("POST", "things/x")]
    [InlineData("GET", "nothing")]
    [InlineData("GET", "/")]
    [InlineData("GET", "/things/x")]
    public async Task An_unknown_route_or_method_returns_an_empty_404(string method, string path)
    {
        await using var app = await StartAsync();

        var response = await SendAsync(app, new HttpMethod(method), path);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("", await TextAsync(response));
        Assert.Empty(response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_protected_function_requires_the_key_in_the_header_or_the_query()
    {
        await using var app = await StartAsync("LocalHost:FunctionKey=secret");

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(app, HttpMethod.Post, "feed.x")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(app, HttpMethod.Post, "feed.x", ("x-functions-key", "secre"))).StatusCode);
        Assert.False(app.Reports.HasMore);
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(app, HttpMethod.Post, "feed.x", ("x-functions-key", "secret"))).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(app, HttpMethod.Post, "feed.y?code=secret")).StatusCode);
        Assert.Equal("POST x x", await app.Reports.NextAsync());
        Assert.Equal("POST y y", await app.Reports.NextAsync());
    }

    [Theory]
    [InlineData("feed.x")]
    [InlineData("feed.x?code=")]
    public async Task Without_a_configured_key_a_protected_function_rejects_every_request(string path)
    {
        await using var app = await StartAsync("LocalHost:FunctionKey=");

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(app, HttpMethod.Post, path)).StatusCode);
    }

    [Fact]
    public async Task An_exception_of_a_function_is_logged_and_returns_an_empty_500()
    {
        await using var app = await StartAsync();

        var response = await SendAsync(app, HttpMethod.Get, "Fails", ("Origin", "https://example.org"));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("", await TextAsync(response));
        Assert.False(response.Headers.Contains("X-Left"));
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains(app.Logs.Lines, line => line.StartsWith("Error: Function 'Fails' failed on GET /api/Fails", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_route_value_of_the_wrong_type_returns_500()
    {
        await using var app = await StartAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, (await SendAsync(app, HttpMethod.Get, "things/x/seven")).StatusCode);
    }

    [Fact]
    public async Task Other_origins_can_read_and_not_write()
    {
        await using var app = await StartAsync();

        var read = await SendAsync(app, HttpMethod.Get, "things/x", ("Origin", "https://example.org"));
        var preflight = await SendAsync(
            app, HttpMethod.Options, "things/x", ("Origin", "https://example.org"), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "if-none-match"));
        var write = await SendAsync(app, HttpMethod.Options, "feed.x", ("Origin", "https://example.org"), ("Access-Control-Request-Method", "POST"));
        var same = await SendAsync(app, HttpMethod.Get, "things/x");

        Assert.Equal("*", Assert.Single(read.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal("if-none-match", Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Headers")));
        Assert.False(write.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(same.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_disconnect_of_the_client_cancels_the_token()
    {
        await using var app = await StartAsync();
        using var caller = new CancellationTokenSource();

        var request = app.Api.GetAsync("waits", caller.Token);
        Assert.Equal("began", await app.Reports.NextAsync());
        await caller.CancelAsync();

        Assert.Equal("the caller has gone", await app.Reports.NextAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        Assert.DoesNotContain(app.Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }
}
