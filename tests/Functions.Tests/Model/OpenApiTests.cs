using System.Reflection;
using System.Text.Json;
using Denoised.Functions.Tests.LocalHost;
using Denoised.TestSupport;
using Microsoft.Azure.Functions.Worker;

namespace Denoised.Functions.Tests.Model;

/// <summary>Compares the API description with the functions and with real responses.</summary>
public sealed class OpenApiTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_description_contains_exactly_the_HTTP_functions()
    {
        await using var product = await RunningProduct.StartAsync(azurite);
        var description = await product.GetAsync("openapi.json");

        var functions =
            from method in typeof(ApiFunctions).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            let function = method.GetCustomAttribute<FunctionAttribute>()
            let trigger = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(found => found is not null)
            where function is not null && trigger is not null
            // A GET of /mcp is only refused.
            from verb in trigger.Methods!.Where(verb => verb != "head" && !(function.Name == "Mcp" && verb == "get"))
            select $"{function.Name} {verb} /{trigger.Route!.Replace("{*", "{", StringComparison.Ordinal)} {trigger.AuthLevel == AuthorizationLevel.Function}";
        var described =
            from path in description.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select $"{operation.Value.GetProperty("operationId").GetString()} {operation.Name} {path.Name} {operation.Value.TryGetProperty("security", out _)}";
        Assert.Equal(functions.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));

        // Each name in the braces of a path is one of its parameters.
        foreach (var path in description.GetProperty("paths").EnumerateObject())
        {
            var names = path.Name.Split('{').Skip(1).Select(part => part[..part.IndexOf('}', StringComparison.Ordinal)]);
            Assert.All(path.Value.EnumerateObject(), operation => Assert.Equal(
                names,
                operation.Value.GetProperty("parameters").EnumerateArray().Where(parameter => parameter.GetProperty("in").GetString() == "path").Select(parameter => parameter.GetProperty("name").GetString())));
        }
    }

    [Fact]
    public async Task Real_responses_match_the_description()
    {
        await using var product = await RunningProduct.StartAsync(azurite);
        product.Announce(3);
        using var accepted = await product.PostAsync("collections");
        await product.StatusAsync(status => status.GetProperty("days").EnumerateArray().Any(day => day.GetProperty("shown").GetInt32() == 3 && day.GetProperty("summarized").GetInt32() == 3), "the papers are there");
        using var redone = await product.PostAsync("summaries?id=2603.00001");
        await Eventually.TrueAsync(async () => (await product.GetAsync("papers/2603.00001")).GetProperty("previous").GetArrayLength() == 1, "the previous summary is kept");

        var description = await product.GetAsync("openapi.json");
        await AssertAsDescribedAsync("/days", "days", "200");
        await AssertAsDescribedAsync("/days/{day}", "days/latest", "200");
        await AssertAsDescribedAsync("/days/{day}", "days/2026-03-17?limit=2", "200");
        await AssertAsDescribedAsync("/days/{day}", "days/tomorrow", "400");
        await AssertAsDescribedAsync("/days/{day}", "days/2020-01-01", "404");
        await AssertAsDescribedAsync("/papers/{id}", "papers/2603.00001", "200");
        await AssertAsDescribedAsync("/papers/{id}", "papers/x", "400");
        await AssertAsDescribedAsync("/search", "search?q=paper&limit=2", "200");
        await AssertAsDescribedAsync("/search", "search?limit=x", "400");
        await AssertAsDescribedAsync("/feed.{format}", "feed.rss", "404");
        await AssertAsDescribedAsync("/export", "export", "400");
        await AssertAsDescribedAsync("/status", "status", "200");
        using var posted = await product.PostAsync("collections");
        AssertFits("/collections", "post", "202", JsonDocument.Parse(await posted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);

        async Task AssertAsDescribedAsync(string path, string address, string status)
        {
            using var answer = await product.Functions.Api.GetAsync(address, TestContext.Current.CancellationToken);
            Assert.Equal(status, ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
            AssertFits(path, "get", status, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement);
        }

        void AssertFits(string path, string method, string status, JsonElement answer)
        {
            var content = description.GetProperty("paths").GetProperty(path).GetProperty(method).GetProperty("responses").GetProperty(status).GetProperty("content").EnumerateObject().Single();
            Assert.Empty(JsonSchema.Faults(description, content.Value.GetProperty("schema"), answer, $"{method} {path} {status}"));
        }
    }

    [Fact]
    public void The_schema_validation_finds_violations()
    {
        var description = JsonDocument.Parse(
            """{"components":{"schemas":{"Point":{"type":"object","properties":{"x":{"type":"integer"},"on":{"type":"string","format":"date-time"},"kind":{"enum":["a","b"]}},"required":["x"]}}}}""").RootElement;
        var schema = JsonDocument.Parse("""{"type":"array","items":{"$ref":"#/components/schemas/Point"}}""").RootElement;

        Assert.Empty(Faults("""[{"x":1,"on":"2026-03-17T05:20:00+00:00","kind":"a"}]"""));
        Assert.Single(Faults("""{"x":1}"""));
        Assert.Single(Faults("""[{"on":"2026-03-17T05:20:00+00:00"}]"""));
        Assert.Single(Faults("""[{"x":"1"}]"""));
        Assert.Single(Faults("""[{"x":1.5}]"""));
        Assert.Single(Faults("""[{"x":1,"on":"yesterday"}]"""));
        Assert.Single(Faults("""[{"x":1,"kind":"c"}]"""));
        Assert.Single(Faults("""[{"x":1,"y":2}]"""));

        List<string> Faults(string json) => JsonSchema.Faults(description, schema, JsonDocument.Parse(json).RootElement, "it");
    }
}
