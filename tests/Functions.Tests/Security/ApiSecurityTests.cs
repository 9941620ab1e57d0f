using System.Net;
using System.Text;
using Denoised.Functions.Tests.LocalHost;
using Denoised.Functions.Tests.Model;

namespace Denoised.Functions.Tests.Security;

/// <summary>Hostile requests to the API.</summary>
public sealed class ApiSecurityTests(ApiSecurityTests.ThreePapers three) : IClassFixture<ApiSecurityTests.ThreePapers>
{
    private const string Secret = "xyzzy-evil";

    private readonly RunningProduct product = three.Product!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Uri Address => product.Functions.Api.BaseAddress!;

    [Fact]
    public async Task No_path_escapes_the_API()
    {
        string[] paths =
        [
            "/api/papers/..%2f..%2fstatus", "/api/papers/%2e%2e/%2e%2e/etc/passwd", "/api/papers/....//....//etc/passwd",
            "/api/papers/..\\..\\windows", "/api/papers/..%5c..%5cwindows", "/api/papers/2603.00001%00.json", "/api/papers/%252e%252e%252fstatus",
            "/api/papers/math%2F..%2F0211159", "/api/papers/~~~", "/api/papers/2603.00001'%20or%201%20eq%201", "/api/papers/2603.00001%0d%0aX-Evil:1",
            "/api/papers/%D9%A2%D9%A6%D9%A0%D9%A3.00001", "/api/papers/2603.00001%E2%80%AE", "/api/papers/http://127.0.0.1/", "/api/papers//", "/api/papers/%ff%fe",
            "/api/days/..%2f2026-03-17", "/api/days/2026-03-17%2f..", "/api/days/2026-03-17%00", "/api/feed.%2e%2e%2fatom", "/api/feed.atom%2f..%2f..",
        ];
        foreach (var path in paths)
        {
            var answer = await RawHttp.SendAsync(Address, path);
            Assert.True(answer.Status is 400 or 404, $"{path}: {answer.Status}");
            Assert.True(answer.Head.Length + answer.Body.Length < 2000, $"{path} is answered at length.");
            foreach (var inner in (string[])["Exception", "   at ", "root:", "AccountKey", "devstore"])
                Assert.DoesNotContain(inner, answer.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Request_data_cannot_inject_a_header()
    {
        foreach (var injected in (string[])["%0d%0aX-Evil:%201", "%0aX-Evil:%201", "%0d%0a%0d%0a<script>", "%E5%98%8A%E5%98%8DX-Evil:1"])
        {
            foreach (var path in (string[])[
                $"/api/days/{injected}", $"/api/days/latest?tag={injected}", $"/api/days/latest?limit={injected}", $"/api/days/latest?cursor={injected}", $"/api/papers/{injected}",
                $"/api/search?q={injected}", $"/api/search?q=bell&cursor={injected}", $"/api/export?ids={injected}", $"/api/export?ids=2603.00001&format={injected}", $"/api/feed.atom?tag={injected}", $"/api/{injected}"])
            {
                var answer = await RawHttp.SendAsync(Address, path);
                Assert.DoesNotContain("X-Evil", answer.Head, StringComparison.OrdinalIgnoreCase);
                Assert.True(answer.Status < 500, $"{path}: {answer.Status}");
            }
        }
    }

    [Fact]
    public async Task Additional_parameters_and_headers_cannot_poison_a_cached_response()
    {
        foreach (var path in (string[])["days", "days/latest", "days/2026-03-17", "papers/2603.00001", "search?q=bell", "feed.atom", "feed.json", "status", "openapi.json"])
        {
            var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            using var poison = new HttpRequestMessage(HttpMethod.Get, $"{path}{mark}utm={Secret}&callback={Secret}&x[]={Secret}");
            poison.Headers.TryAddWithoutValidation("X-Forwarded-Host", Secret + ".example");
            poison.Headers.TryAddWithoutValidation("X-Forwarded-Proto", Secret);
            poison.Headers.TryAddWithoutValidation("X-Original-URL", "/" + Secret);
            poison.Headers.TryAddWithoutValidation("X-HTTP-Method-Override", "POST");
            poison.Headers.Host = "evil.example";
            using var poisoned = await product.Functions.Api.SendAsync(poison, Stop);
            Assert.Equal(HttpStatusCode.OK, poisoned.StatusCode);
            Assert.DoesNotContain(Secret, await poisoned.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);

            using var plain = await product.Functions.Api.GetAsync(path, Stop);
            var text = await plain.Content.ReadAsStringAsync(Stop);
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain("evil.example", text, StringComparison.Ordinal);
            Assert.Contains("Accept-Encoding", plain.Headers.Vary, StringComparer.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_problem_that_quotes_the_request_is_short_uncacheable_and_not_HTML()
    {
        foreach (var path in (string[])["days/<script>alert(1)<%2fscript>", "days/latest?tag=<img src=x onerror=alert(1)>", $"days/{new string('9', 6000)}", $"export?ids={new string('8', 6000)}", $"days/latest?tag={new string('t', 6000)}"])
        {
            using var answer = await product.Functions.Api.GetAsync(path, Stop);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.True(answer.Headers.CacheControl?.NoStore);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains("nosniff", answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.InRange((await answer.Content.ReadAsByteArrayAsync(Stop)).Length, 1, 1500);
        }
    }

    [Fact]
    public async Task The_server_survives_very_long_addresses()
    {
        foreach (var length in (int[])[9_000, 100_000])
        {
            var answer = await RawHttp.SendAsync(Address, "/api/search?q=" + new string('a', length));
            Assert.True(answer.Status is 400 or 404 or 414, $"{answer.Status}");
        }

        var parameters = await RawHttp.SendAsync(Address, "/api/days/latest?" + string.Join('&', Enumerable.Range(0, 1500).Select(static n => $"a{n}=")));
        Assert.True(parameters.Status is 200 or 400 or 414 or 500, $"{parameters.Status}");
        Assert.Equal(200, (await RawHttp.SendAsync(Address, "/api/days")).Status);
    }

    [Fact]
    public async Task Any_origin_can_read_and_no_origin_can_write()
    {
        var read = await RawHttp.SendAsync(Address, "/api/days", "GET", "Origin: https://evil.example", "Cookie: session=1");
        Assert.Contains("Access-Control-Allow-Origin: *", read.Head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Allow-Credentials", read.Head, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Set-Cookie", read.Head, StringComparison.OrdinalIgnoreCase);

        var asked = await RawHttp.SendAsync(Address, "/api/collections", "OPTIONS", "Origin: https://evil.example", "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: x-functions-key");
        Assert.DoesNotContain("Access-Control-Allow-Origin", asked.Head, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/api/collections")]
    [InlineData("/api/collections?code=")]
    [InlineData("/api/collections?code=the-key-of-this-tes")]
    [InlineData("/api/collections?code=the-key-of-this-test%00")]
    [InlineData("/api/collections?code=THE-KEY-OF-THIS-TEST")]
    [InlineData("/api/summaries?id=2603.00001&code=%2a")]
    public async Task The_API_accepts_no_operator_request_without_the_key(string path)
    {
        var answer = await RawHttp.SendAsync(Address, path, "POST", "Content-Length: 0");
        Assert.Equal(401, answer.Status);
        Assert.DoesNotContain("the-key", answer.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(401, (await RawHttp.SendAsync(Address, path, "POST", "Content-Length: 0", "x-functions-key: the-key-of-this-tesT")).Status);
    }

    [Fact]
    public void The_key_comparison_uses_hashes_and_constant_time()
    {
        // In IL the `call` instruction is followed by the four-byte metadata token of the called method.
        var method = typeof(Denoised.LocalHost.Http.FunctionKey).GetMethod(nameof(Denoised.LocalHost.Http.FunctionKey.Matches))!;
        var body = method.GetMethodBody()!.GetILAsByteArray()!;
        var called = Enumerable.Range(0, body.Length - 4).Where(index => body[index] == 0x28)
            .Select(index => BitConverter.ToInt32(body, index + 1))
            .Select(token => TryResolve(method.Module, token))
            .ToList();
        Assert.Contains("FixedTimeEquals", called);
        Assert.DoesNotContain("op_Equality", called);

        static string? TryResolve(System.Reflection.Module module, int token)
        {
            try
            {
                return module.ResolveMethod(token)?.Name;
            }
            catch (Exception exception) when (exception is ArgumentException or BadImageFormatException)
            {
                return null;
            }
        }
    }

    [Fact]
    public async Task The_site_serves_only_its_own_container()
    {
        var site = product.Functions.Site.BaseAddress!;
        await product.Functions.Web.UploadBlobAsync("inside.txt", BinaryData.FromString("inside"), Stop);
        var others = new Azure.Storage.Blobs.BlobServiceClient(product.Functions.ConnectionString).GetBlobContainerClient("templates");
        await others.CreateIfNotExistsAsync(cancellationToken: Stop);
        await others.GetBlobClient("secret.txt").UploadAsync(BinaryData.FromString(Secret), overwrite: true, Stop);
        Assert.Equal("inside", (await RawHttp.SendAsync(site, "/inside.txt")).Body);
        foreach (var path in (string[])["/../templates/secret.txt", "/..%2ftemplates/secret.txt", "/%2e%2e/templates/secret.txt", "/%2e%2e%2ftemplates%2fsecret.txt", "/data/..%2f..%2ftemplates/secret.txt",
            "/..%5ctemplates%5csecret.txt", "/%252e%252e%252ftemplates/secret.txt", "//templates/secret.txt", "/templates/secret.txt", "/?comp=list&restype=container", "/$web/..;/templates/secret.txt"])
        {
            var answer = await RawHttp.SendAsync(site, path);
            Assert.True(answer.Status is 400 or 404, $"{path}: {answer.Status}");
            Assert.DoesNotContain(Secret, answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("EnumerationResults", answer.Body, StringComparison.Ordinal);
        }
    }

    /// <summary>The product with a day of three papers. No test changes its data.</summary>
    public sealed class ThreePapers(AzuriteFixture azurite) : IAsyncLifetime
    {
        internal RunningProduct? Product { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Product = await RunningProduct.StartAsync(azurite);
            Product.Announce(3);
            using var asked = await Product.PostAsync("collections");
            await Product.StatusAsync(
                static status => status.GetProperty("days").EnumerateArray().Any(static day => day.GetProperty("shown").GetInt32() == 3), "three papers are shown");
        }

        public ValueTask DisposeAsync() => Product?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
