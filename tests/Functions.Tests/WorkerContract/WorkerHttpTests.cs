using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Denoised.Functions.Tests.WorkerContract;

/// <summary>Compares the functions and HTTP responses of the published worker with those of the local program.</summary>
[Trait("Tier", "Long")]
public sealed class WorkerHttpTests(ComparedPrograms programs) : IClassFixture<ComparedPrograms>
{
    /// <summary>A few dozen bytes of identifiers plus the result.</summary>
    private const int MaxResponseBytes = 200;

    [Fact]
    public void The_host_indexes_every_function_with_its_bindings()
    {
        var indexed = programs.Host.Functions.Select(function => $"{function.Name}: {string.Join("; ", function.Bindings.Select(Describe))}");
        Assert.Equal(
            [
                "CollectOnRequest: in queueTrigger message queueName=collections dataType=String",
                "CollectPapers: in timerTrigger timer schedule=%CollectSchedule%",
                "DeliverDigest: in queueTrigger message queueName=deliveries dataType=String",
                "ExportPapers: in httpTrigger request authLevel=Anonymous methods=get,head route=export; out http $return",
                "GetDay: in httpTrigger request authLevel=Anonymous methods=get,head route=days/{day}; out http $return",
                "GetDays: in httpTrigger request authLevel=Anonymous methods=get,head route=days; out http $return",
                "GetDigest: in httpTrigger request authLevel=Anonymous methods=get,head route=digest.{format}; out http $return",
                "GetFeed: in httpTrigger request authLevel=Anonymous methods=get,head route=feed.{format}; out http $return",
                "GetOpenApi: in httpTrigger request authLevel=Anonymous methods=get,head route=openapi.json; out http $return",
                "GetPaper: in httpTrigger request authLevel=Anonymous methods=get,head route=papers/{*id}; out http $return",
                "GetRelated: in httpTrigger request authLevel=Anonymous methods=get,head route=papers/{id}/related; out http $return",
                "GetStatus: in httpTrigger request authLevel=Anonymous methods=get,head route=status; out http $return",
                "Mcp: in httpTrigger request authLevel=Anonymous methods=get,post route=mcp; out http $return",
                "PublishDay: in queueTrigger message queueName=days dataType=String",
                "PurgeExpiredDays: in timerTrigger timer schedule=%PurgeSchedule%",
                "RecordPoisonedCollection: in queueTrigger message queueName=collections-poison dataType=String",
                "RecordPoisonedDay: in queueTrigger message queueName=days-poison dataType=String",
                "RecordPoisonedDelivery: in queueTrigger message queueName=deliveries-poison dataType=String",
                "RecordPoisonedPaper: in queueTrigger message queueName=papers-poison dataType=String",
                "RequestCollection: in httpTrigger request authLevel=Function methods=post route=collections; out http $return",
                "RequestSummary: in httpTrigger request authLevel=Function methods=post route=summaries; out http $return",
                "SearchPapers: in httpTrigger request authLevel=Anonymous methods=get,head route=search; out http $return",
                "SummarizePaper: in queueTrigger message queueName=papers dataType=String",
            ],
            indexed.Order(StringComparer.Ordinal));

        static string Describe(JsonElement binding)
        {
            var parts = binding.EnumerateObject()
                .Where(property => property.Name is not ("name" or "type" or "direction") && property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Array)
                .Select(property => $" {property.Name}={(property.Value.ValueKind == JsonValueKind.Array ? string.Join(',', property.Value.EnumerateArray()) : property.Value)}");
            return $"{binding.GetProperty("direction").GetString()!.ToLowerInvariant()} {binding.GetProperty("type")} {binding.GetProperty("name")}{string.Concat(parts)}";
        }
    }

    [Theory]
    [InlineData(200, "/api/days")]
    [InlineData(200, "/api/days/")]
    [InlineData(200, "/api/DAYS")]
    [InlineData(200, "/api/days/latest")]
    [InlineData(200, "/api/days/2026-03-17?limit=2")]
    [InlineData(400, "/api/days/tomorrow")]
    [InlineData(404, "/api/days/2020-01-01")]
    [InlineData(200, "/api/papers/2603.00001")]
    [InlineData(200, "/api/papers/math/0211159")]
    [InlineData(200, "/api/papers/math%2F0211159")]
    [InlineData(400, "/api/papers/x")]
    [InlineData(400, "/api/papers/%C3%A9%20%25")]
    [InlineData(400, "/api/papers/")]
    [InlineData(400, "/api/papers")]
    [InlineData(200, "/api/search?q=tower&limit=2")]
    [InlineData(200, "/api/search?q=%22a+b%22%26")]
    [InlineData(400, "/api/search?limit=x")]
    [InlineData(200, "/api/feed.atom")]
    [InlineData(200, "/api/feed.json")]
    [InlineData(404, "/api/feed.rss")]
    [InlineData(200, "/api/digest.atom")]
    [InlineData(200, "/api/digest.json")]
    [InlineData(404, "/api/digest.rss")]
    [InlineData(200, "/api/export?ids=2603.00001,math/0211159&format=ris")]
    [InlineData(400, "/api/export")]
    [InlineData(200, "/api/openapi.json")]
    [InlineData(404, "/api/nothing")]
    [InlineData(404, "/api")]
    [InlineData(404, "/")]
    public async Task The_worker_responds_to_a_path_like_the_local_program(int status, string target)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            foreach (var encoding in new[] { "", "gzip", "br, gzip" })
            {
                var (worker, local) = await programs.AskBothAsync(method, target, ("Accept-Encoding", encoding));
                Assert.Equal(local.ToString(), worker.ToString());
                Assert.Equal(status, (int)worker.Status);
                Assert.Equal(method == HttpMethod.Head || target is "/" or "/api" or "/api/nothing", worker.Body.Length == 0);
                if (status >= 400 && worker.Headers.TryGetValue("Content-Type", out var type))
                    Assert.Equal("application/problem+json; charset=utf-8", type);
            }
        }
    }

    [Theory]
    [InlineData("/api/days")]
    [InlineData("/api/days/latest")]
    [InlineData("/api/papers/math%2F0211159")]
    [InlineData("/api/feed.atom")]
    public async Task The_worker_returns_304_for_a_matching_ETag_like_the_local_program(string target)
    {
        var tag = (await programs.AskBothAsync(HttpMethod.Get, target)).Worker.Headers["ETag"];
        foreach (var held in new[] { tag, "*", $"\"other\", {tag}" })
        {
            var (worker, local) = await programs.AskBothAsync(HttpMethod.Get, target, ("If-None-Match", held));
            Assert.Equal(local.ToString(), worker.ToString());
            Assert.Equal(HttpStatusCode.NotModified, worker.Status);
            Assert.Empty(worker.Body);
        }
    }

    [Theory]
    [InlineData("POST", 404, "/api/days")]
    [InlineData("PUT", 404, "/api/days")]
    [InlineData("OPTIONS", 404, "/api/days")]
    [InlineData("GET", 404, "/api/collections")]
    [InlineData("GET", 405, "/api/mcp")]
    [InlineData("POST", 400, "/api/mcp")]
    [InlineData("DELETE", 404, "/api/mcp")]
    [InlineData("POST", 401, "/api/collections")]
    [InlineData("POST", 401, "/api/collections?code=wrong")]
    [InlineData("POST", 401, "/api/summaries?id=2603.00001")]
    [InlineData("POST", 400, "/api/collections?day=x&code=" + ContractSettings.FunctionKey)]
    [InlineData("POST", 400, "/api/summaries?code=" + ContractSettings.FunctionKey)]
    [InlineData("POST", 409, "/api/summaries?id=2603.00001&code=" + ContractSettings.FunctionKey)]
    public async Task The_worker_rejects_other_methods_and_missing_keys_like_the_local_program(string method, int status, string target)
    {
        var (worker, local) = await programs.AskBothAsync(new HttpMethod(method), target);
        Assert.Equal(local.ToString(), worker.ToString());
        Assert.Equal(status, (int)worker.Status);
    }

    [Fact]
    public async Task The_worker_accepts_the_key_in_the_header()
    {
        var (worker, local) = await programs.AskBothAsync(HttpMethod.Post, "/api/summaries", ("x-functions-key", ContractSettings.FunctionKey));
        Assert.Equal(local.ToString(), worker.ToString());
        Assert.Equal(HttpStatusCode.BadRequest, worker.Status);
    }

    [Fact]
    public async Task The_status_differs_from_that_of_the_local_program_only_in_its_time()
    {
        var (worker, local) = await programs.AskBothAsync(HttpMethod.Get, "/api/status");
        Assert.Equal(WithoutTime(local), WithoutTime(worker));
        Assert.Equal(HttpStatusCode.OK, worker.Status);

        static string WithoutTime(Answer answer)
        {
            var body = JsonNode.Parse(answer.Body)!.AsObject();
            Assert.True(body.Remove("now"));
            return (answer with
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(body),
                Headers = answer.Headers.Where(header => header.Key is not ("ETag" or "Content-Length")).ToDictionary(),
            }).ToString();
        }
    }

    [Fact]
    public async Task The_host_receives_at_most_200_bytes_in_addition_to_each_response()
    {
        foreach (var target in new[]
        {
            "days", "days/latest", "days/2020-01-01", "papers/2603.00001", "papers/x", "papers/2603.00001/related", "search?q=tower", "feed.json", "digest.atom", "export?ids=2603.00001", "openapi.json", "status",
        })
        {
            await programs.AskBothAsync(HttpMethod.Get, "/api/" + target);
        }

        foreach (var target in new[] { "collections?day=x", "summaries" })
            await programs.AskBothAsync(HttpMethod.Post, "/api/" + target, ("x-functions-key", ContractSettings.FunctionKey));
        await programs.AskBothAsync(HttpMethod.Post, "/api/mcp");

        await programs.Host.CompleteAsync();
        var sizes = programs.Host.Responses;
        Assert.Equal(
            programs.Host.Functions.Where(function => function.TriggerType == "httpTrigger").Select(function => function.Name).Order(StringComparer.Ordinal),
            sizes.Keys.Order(StringComparer.Ordinal));
        Assert.All(sizes, size => Assert.InRange(size.Value.LargestBytes, 1, MaxResponseBytes));
    }
}
