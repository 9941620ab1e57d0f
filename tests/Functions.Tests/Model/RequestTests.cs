using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Denoised.Functions.Tests.LocalHost;

namespace Denoised.Functions.Tests.Model;

/// <summary>Requests of an operator over HTTP, with the real functions and queues and a simulated model.</summary>
public sealed class RequestTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_requested_collection_publishes_the_papers_and_the_status_adds_up()
    {
        await using var product = await RunningProduct.StartAsync(azurite);
        product.Announce(5);

        using var refused = await product.PostAsync("collections", withKey: false);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var accepted = await product.PostAsync("collections");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

        await product.StatusAsync(
            status => status.GetProperty("days").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } day
                && day.GetProperty("summarized").GetInt32() == 5 && day.GetProperty("shown").GetInt32() == 5,
            "the five papers are summarized and shown");
        var status = await product.GetAsync("status");
        var ledger = status.GetProperty("days")[0];
        Assert.Equal((5, 5, 0, 0), (ledger.GetProperty("announced").GetInt32(), ledger.GetProperty("recorded").GetInt32(), ledger.GetProperty("extractive").GetInt32(), ledger.GetProperty("pending").GetInt32()));
        var used = status.GetProperty("usage")[0];
        Assert.Equal(product.Model.Calls.Sum(call => call.PromptTokens), used.GetProperty("input").GetInt64());
        Assert.Equal(product.Model.Calls.Sum(call => call.CompletionTokens), used.GetProperty("output").GetInt64());
        Assert.Equal((5, 0), (used.GetProperty("calls").GetInt64(), used.GetProperty("reserved").GetInt64()));
        var cost = product.Model.Calls.Sum(call => ((call.PromptTokens - call.CachedTokens) * 0.75) + (call.CachedTokens * 0.075) + (call.CompletionTokens * 4.5)) / 1e6;
        Assert.Equal(cost, used.GetProperty("costUsd").GetDouble(), precision: 9);
    }

    [Fact]
    public async Task A_requested_summary_replaces_the_previous_one_which_stays_with_a_reason()
    {
        await using var product = await RunningProduct.StartAsync(azurite);
        product.Announce(1);
        using var collected = await product.PostAsync("collections");
        await product.StatusAsync(status => status.GetProperty("days").EnumerateArray().Any(day => day.GetProperty("summarized").GetInt32() == 1), "the paper is summarized");

        using var unauthorized = await product.PostAsync("summaries?id=2603.00001", withKey: false);
        Assert.Equal(HttpStatusCode.Unauthorized, unauthorized.StatusCode);
        using var accepted = await product.PostAsync("summaries?id=arXiv:2603.00001v1&reason=a%20reader%20found%20fault");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

        JsonElement paper = default;
        await Eventually.TrueAsync(
            async () => (paper = await product.GetAsync("papers/2603.00001")).TryGetProperty("previous", out var former) && former.GetArrayLength() == 1 && paper.GetProperty("status").GetString() == "model",
            "the summary is written anew");
        Assert.Equal("a reader found fault", paper.GetProperty("previous")[0].GetProperty("reason").GetString());
        Assert.Equal("model", paper.GetProperty("previous")[0].GetProperty("summary").GetProperty("provenance").GetProperty("method").GetString());
        Assert.Equal(2, product.Model.Calls.Count);
    }

    [Theory]
    [InlineData("collections?day=yesterday", 400, "'yesterday' is not a date")]
    [InlineData("collections?day=2025-01-06", 400, "2025-01-06 is none of the listing days that are kept")]
    [InlineData("summaries", 400, "'' is not an arXiv identifier")]
    [InlineData("summaries?id=12", 400, "'12' is not an arXiv identifier")]
    [InlineData("summaries?id=2603.99999", 404, "2603.99999 is not held")]
    public async Task An_invalid_request_returns_a_problem_that_names_the_error(string path, int status, string detail)
    {
        await using var product = await RunningProduct.StartAsync(azurite);
        using var answer = await product.PostAsync(path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(detail, (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
