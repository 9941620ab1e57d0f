using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Denoised.Domain;
using Denoised.Simulators.OpenAi;

namespace Denoised.Tests.Model;

/// <summary>A server with a wrong configuration defers papers and fails none of them.</summary>
public sealed class ServerConfigurationTests(StorageFixture storage)
{
    [Theory]
    [InlineData(400, """{"error":{"code":400,"message":"request (12893 tokens) exceeds the available context size (4096 tokens)","type":"exceed_context_size_error"}}""", "exceeds the available context size")]
    [InlineData(400, """{"error":{"message":"Model llama is not loaded."}}""", "Model llama is not loaded")]
    [InlineData(401, """{"error":"Unauthorized"}""", "Unauthorized")]
    [InlineData(403, "<html><title>403 Forbidden</title></html>", "403 Forbidden")]
    [InlineData(404, """{"detail":"Not Found"}""", "Not Found")]
    [InlineData(422, """{"detail":[{"loc":["body","messages"],"msg":"Field required"}]}""", "Field required")]
    public async Task A_configuration_error_pauses_calls_for_all_papers_with_its_reason(int status, string body, string reason)
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(3);
        await world.OnlyCollectAsync();
        world.Model.AnswerFor = (_, _) => new PrescribedAnswer(status, body);

        for (var number = 1; number <= 3; number++)
            await world.DeliverAsync(number);

        Assert.Single(world.Model.Calls);
        var now = world.Product.Time.GetUtcNow();
        foreach (var row in await world.ReadPaperRowsAsync(ModelWorld.Tuesday))
        {
            Assert.Equal((PaperState.Announced, FallbackReason.Throttled, 0), (row.State, row.FallbackReason, row.Attempts));
            Assert.Contains(reason, row.Reason, StringComparison.Ordinal);
        }

        var closure = (await world.StatusAsync()).Model!;
        Assert.Contains(reason, closure.Reason, StringComparison.Ordinal);
        Assert.InRange(closure.Until - now, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
    }

    [Fact]
    public async Task The_status_reports_no_pause_while_the_model_responds()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        await world.CollectAsync();
        Assert.Null((await world.StatusAsync()).Model);
    }

    [Fact]
    public async Task A_rejection_right_after_a_success_affects_no_other_paper()
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Summarizer:MaxAttempts", "2")]);
        world.Announce(3);
        await world.OnlyCollectAsync();
        world.Model.AnswerFor = (call, _) => call.PaperId == ModelWorld.Id(2).Value ? new PrescribedAnswer(400, """{"error":{"message":"The body is odd."}}""") : null;

        foreach (var number in (int[])[1, 2, 3, 2])
            await world.DeliverAsync(number);

        var rows = await world.ReadPaperRowsAsync(ModelWorld.Tuesday);
        Assert.Equal(2, rows.Count(row => row.Summary.Provenance.Method == SummaryMethod.Model));
        var odd = await world.RowAsync(2);
        Assert.Equal((PaperState.Failed, 2), (odd.State, odd.Attempts));
        Assert.Contains("The body is odd", odd.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_rejection_in_a_row_pauses_calls()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(4);
        await world.OnlyCollectAsync();
        await world.DeliverAsync(1);
        world.Model.AnswerFor = (_, _) => new PrescribedAnswer(400, """{"message":"The context is smaller now."}""");

        foreach (var number in (int[])[2, 3, 4])
            await world.DeliverAsync(number);

        Assert.Equal(3, world.Model.Calls.Count);
        Assert.All(await world.ReadPaperRowsAsync(ModelWorld.Tuesday), row => Assert.NotEqual(PaperState.Failed, row.State));
        Assert.Contains("The context is smaller now", (await world.StatusAsync()).Model!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_server_costs_no_attempt_and_no_tokens()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();
        await using var world = await ModelWorld.StartAsync(storage, [new("Summarizer:Endpoint", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/v1"))]);
        world.Announce(2);
        await world.OnlyCollectAsync();

        await world.DeliverAsync(1);
        await world.DeliverAsync(2);

        foreach (var row in await world.ReadPaperRowsAsync(ModelWorld.Tuesday))
        {
            Assert.Equal((PaperState.Announced, 0), (row.State, row.Attempts));
            Assert.Contains("could not be reached", row.Reason, StringComparison.Ordinal);
        }

        var status = await world.StatusAsync();
        Assert.Contains("could not be reached", status.Model!.Reason, StringComparison.Ordinal);
        Assert.All(status.Usage, day => Assert.Equal(0, day.Reserved));
    }

    [Fact]
    public async Task A_truncated_response_leads_to_one_retry_with_a_larger_limit()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        var limits = new List<int>();
        world.Model.AnswerFor = (_, body) =>
        {
            limits.Add(body.GetProperty("max_completion_tokens").GetInt32());
            return null;
        };
        world.Model.Faults.FailNext(OpenAiFault.Truncated);

        await world.CollectAsync();

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Summarized, SummaryMethod.Model, 1), (row.State, row.Summary.Provenance.Method, row.Attempts));
        Assert.Equal([6000, 12000], limits);
        Assert.Equal(world.Model.Calls.Sum(call => call.CompletionTokens), row.Summary.Provenance.OutputTokens);
        Assert.Equal(world.Model.Calls.Sum(call => call.PromptTokens), row.Summary.Provenance.InputTokens);
    }

    [Fact]
    public async Task A_response_truncated_at_the_larger_limit_is_final_and_paid_for()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        world.Model.AnswerFor = (_, _) => new PrescribedAnswer(
            200, """{"choices":[{"index":0,"finish_reason":"length","message":{"role":"assistant","content":""}}],"usage":{"prompt_tokens":900,"completion_tokens":6000,"total_tokens":6900}}""");

        await world.CollectAsync();
        await world.CollectAsync();

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Summarized, FallbackReason.Unverified, SummaryMethod.Extractive), (row.State, row.FallbackReason, row.Summary.Provenance.Method));
        Assert.Contains("cut at the limit of 6000 tokens", row.Reason, StringComparison.Ordinal);
        Assert.Equal(2, world.Model.Calls.Count);
        var usage = Assert.Single((await world.StatusAsync()).Usage);
        Assert.Equal((1800, 12000, 0), (usage.Input, usage.Output, usage.Reserved));
    }

    [Fact]
    public async Task Estimated_tokens_are_marked_in_the_summary_and_count_in_the_budget()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        world.Model.OmitsUsage = true;

        await world.CollectAsync();

        var provenance = (await world.RowAsync(1)).Summary.Provenance;
        Assert.Equal(SummaryMethod.Model, provenance.Method);
        Assert.True(provenance.TokensEstimated);
        Assert.True(provenance is { InputTokens: > 500, OutputTokens: > 100, CostUsd: > 0 }, $"{provenance.InputTokens} in, {provenance.OutputTokens} out");
        var usage = Assert.Single((await world.StatusAsync()).Usage);
        Assert.Equal((provenance.InputTokens, provenance.OutputTokens, 1, 0), (usage.Input, usage.Output, usage.Calls, usage.Reserved));
    }

    [Fact]
    public async Task A_429_with_a_date_pauses_calls_until_that_time()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        await world.OnlyCollectAsync();
        world.Model.AnswerFor = (_, _) => new PrescribedAnswer(
            429, "{}", ("Retry-After", DateTimeOffset.UtcNow.AddMinutes(20).ToString("R", CultureInfo.InvariantCulture)));

        await world.DeliverAsync(1);

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Announced, 0), (row.State, row.Attempts));
        Assert.InRange(row.NotBefore!.Value - row.Timestamp, TimeSpan.FromMinutes(18), TimeSpan.FromMinutes(21));
    }
}
