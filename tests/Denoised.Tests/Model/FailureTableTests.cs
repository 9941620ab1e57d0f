using Denoised.Domain;
using Denoised.Publishing.Snapshots;
using Denoised.Simulators.OpenAi;
using Denoised.Summaries;

namespace Denoised.Tests.Model;

/// <summary>The failure table row by row: which failures are final, which defer a paper and which lead to a retry.</summary>
public sealed class FailureTableTests(StorageFixture storage)
{
    [Fact]
    public async Task A_model_summary_has_its_provenance()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);

        await world.CollectAsync();

        var row = await world.RowAsync(1);
        Assert.Equal(PaperState.Summarized, row.State);
        Assert.Equal(FallbackReason.None, row.FallbackReason);
        var provenance = row.Summary.Provenance;
        Assert.Equal(SummaryMethod.Model, provenance.Method);
        Assert.Equal("gpt-5.4-mini", provenance.Deployment);
        Assert.Equal("gpt-5.4-mini-2026-03-17", provenance.Model);
        Assert.Equal(SummaryPrompt.Version, provenance.PromptVersion);
        var call = Assert.Single(world.Model.Calls);
        Assert.Equal((200, null), (call.Status, call.Fault));
        Assert.Equal((call.PromptTokens, call.CachedTokens, call.CompletionTokens, call.ReasoningTokens), (provenance.InputTokens, provenance.CachedInputTokens, provenance.OutputTokens, provenance.ReasoningTokens));
        Assert.Equal(((call.PromptTokens * 0.75m) + (call.CompletionTokens * 4.5m)) / 1_000_000, provenance.CostUsd);
        Assert.Contains("reduces collisions by 11 percent", string.Join(' ', row.Summary.KeyPoints.Select(point => point.Evidence!.Quote)), StringComparison.Ordinal);
        var shown = (await world.Product.ReadSiteAsync()).Papers[ModelWorld.Tuesday].Single();
        Assert.Equal((PaperStatus.Model, row.Summary.Overview), (shown.Status, shown.Summary.Overview));
    }

    [Theory]
    [InlineData(OpenAiFault.PromptFiltered, FallbackReason.ContentFilter, "content_filter")]
    [InlineData(OpenAiFault.CompletionFiltered, FallbackReason.ContentFilter, "content filter")]
    [InlineData(OpenAiFault.Refusal, FallbackReason.Refused, "refused")]
    public async Task A_permanent_failure_keeps_the_extractive_summary_without_a_retry(OpenAiFault fault, FallbackReason fallbackReason, string reason)
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        world.Model.FaultFor = _ => fault;

        await world.CollectAsync();
        await world.CollectAsync();

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Summarized, fallbackReason, SummaryMethod.Extractive), (row.State, row.FallbackReason, row.Summary.Provenance.Method));
        Assert.Contains(reason, row.Reason, StringComparison.Ordinal);
        Assert.Single(world.Model.Calls);
        Assert.Equal((1, 0, 1), await LedgerAsync(world));
    }

    [Theory]
    [InlineData(OpenAiFault.InternalServerError)]
    [InlineData(OpenAiFault.ServiceUnavailable)]
    [InlineData(OpenAiFault.ConnectionReset)]
    [InlineData(OpenAiFault.ResponseLost)]
    [InlineData(OpenAiFault.Timeout)]
    public async Task A_transient_failure_is_retried_until_it_succeeds(OpenAiFault fault)
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Summarizer:Timeout", "00:00:01")]);
        world.Announce(1);
        world.Model.Faults.FailNext(fault, times: 2);

        await world.CollectAsync();

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Summarized, SummaryMethod.Model, 3), (row.State, row.Summary.Provenance.Method, row.Attempts));
        Assert.Equal(3, world.Model.Calls.Count);
    }

    [Fact]
    public async Task A_paper_fails_with_a_reason_after_five_attempts()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        world.Model.FaultFor = _ => OpenAiFault.InternalServerError;

        await world.CollectAsync();
        await world.CollectAsync();

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Failed, FallbackReason.Failure, 5), (row.State, row.FallbackReason, row.Attempts));
        Assert.Contains("500", row.Reason, StringComparison.Ordinal);
        Assert.Equal(5, world.Model.Calls.Count);
        Assert.Equal((0, 1, 0), await LedgerAsync(world));
        Assert.Equal(PaperStatus.Failed, (await world.Product.ReadSiteAsync()).Papers[ModelWorld.Tuesday].Single().Status);
    }

    [Theory]
    [InlineData(OpenAiFault.TooManyRequests)]
    [InlineData(OpenAiFault.TooManyRequestsWithRetryAfter)]
    public async Task A_429_delays_the_call_and_counts_no_attempt(OpenAiFault fault)
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        world.Model.Faults.FailNext(fault, times: 2);

        await world.CollectAsync();

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Summarized, SummaryMethod.Model, 1), (row.State, row.Summary.Provenance.Method, row.Attempts));
        Assert.Equal([429, 429, 200], world.Model.Calls.Select(call => call.Status));
        Assert.All(world.Model.Calls.Zip(world.Model.Calls.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromSeconds(0.9), $"Only {pair.Second.At - pair.First.At} after a 429."));
    }

    [Fact]
    public async Task A_long_429_pauses_all_instances_before_they_read_any_text()
    {
        await using var world = await ModelWorld.StartAsync(storage, model: new OpenAiSimulatorOptions { RetryAfterSeconds = 600 });
        world.Announce(3);
        var other = world.Add();
        await world.OnlyCollectAsync();
        world.Model.Faults.FailNext(OpenAiFault.TooManyRequestsWithRetryAfter);

        await world.DeliverAsync(1);
        await world.DeliverAsync(2, other);

        Assert.Single(world.Model.Calls);
        foreach (var number in (int[])[1, 2])
        {
            var row = await world.RowAsync(number);
            Assert.Equal((PaperState.Announced, FallbackReason.Throttled, 0, 1), (row.State, row.FallbackReason, row.Attempts, row.Deferrals));
            Assert.InRange(row.NotBefore!.Value - row.Timestamp, TimeSpan.FromSeconds(580), TimeSpan.FromSeconds(610));
        }
    }

    [Fact]
    public async Task A_missing_deployment_defers_papers_with_a_reason()
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Summarizer:Deployment", "not-deployed-yet")]);
        world.Announce(2);
        await world.OnlyCollectAsync();

        await world.DeliverAsync(1);
        await world.DeliverAsync(2);

        Assert.Single(world.Model.Calls);
        foreach (var number in (int[])[1, 2])
        {
            var row = await world.RowAsync(number);
            Assert.Equal((PaperState.Announced, 0), (row.State, row.Attempts));
            Assert.Contains("DeploymentNotFound", row.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(OpenAiFault.MalformedJson)]
    [InlineData(OpenAiFault.SchemaViolation)]
    [InlineData(OpenAiFault.UnverifiableEvidence)]
    [InlineData(OpenAiFault.TextsTooShort)]
    [InlineData(OpenAiFault.Markup)]
    public async Task A_response_that_fails_the_checks_leads_to_one_repair_call(OpenAiFault fault)
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        world.Model.Faults.FailNext(fault);

        await world.CollectAsync();

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Summarized, SummaryMethod.Model, 1), (row.State, row.Summary.Provenance.Method, row.Attempts));
        Assert.Equal(2, world.Model.Calls.Count);
        Assert.Equal(world.Model.Calls.Sum(call => call.CompletionTokens), row.Summary.Provenance.OutputTokens);
        Assert.DoesNotContain("97.3141", System.Text.Json.JsonSerializer.Serialize(row.Summary, DomainJson.Default.Summary), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OpenAiFault.MalformedJson)]
    [InlineData(OpenAiFault.SchemaViolation)]
    [InlineData(OpenAiFault.UnverifiableEvidence)]
    [InlineData(OpenAiFault.TextsTooShort)]
    [InlineData(OpenAiFault.Markup)]
    public async Task A_response_that_fails_after_the_repair_keeps_the_extractive_summary(OpenAiFault fault)
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        world.Model.FaultFor = _ => fault;

        await world.CollectAsync();
        await world.CollectAsync();

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Summarized, FallbackReason.Unverified, SummaryMethod.Extractive), (row.State, row.FallbackReason, row.Summary.Provenance.Method));
        Assert.Equal(2, world.Model.Calls.Count);
    }

    [Fact]
    public async Task A_transient_failure_of_the_repair_call_leads_to_a_retry()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        world.Model.Faults.FailNext(OpenAiFault.MalformedJson);
        world.Model.Faults.FailNext(OpenAiFault.InternalServerError);

        await world.CollectAsync();

        var row = await world.RowAsync(1);
        Assert.Equal((PaperState.Summarized, SummaryMethod.Model, 2), (row.State, row.Summary.Provenance.Method, row.Attempts));
        Assert.Equal([200, 500, 200], world.Model.Calls.Select(call => call.Status));
    }

    [Fact]
    public async Task A_model_added_later_replaces_the_extractive_summaries()
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(2);
        await using (var without = Product.On(world.Account, world.Arxiv))
        {
            without.Time.MoveTo(ModelWorld.Tuesday);
            await without.CollectAsync();
            Assert.All((await without.ReadSiteAsync()).Papers[ModelWorld.Tuesday], paper => Assert.Equal((PaperStatus.Extractive, null), (paper.Status, paper.Reason)));
        }

        await world.CollectAsync();

        Assert.All(await world.ReadPaperRowsAsync(ModelWorld.Tuesday), row => Assert.Equal(SummaryMethod.Model, row.Summary.Provenance.Method));
    }

    private static async Task<(int Summarized, int Failed, int Extractive)> LedgerAsync(ModelWorld world)
    {
        var day = (await world.StatusAsync()).Days.Single(day => day.Day == ModelWorld.Tuesday);
        Assert.Equal((1, 1, 1), (day.Announced, day.Recorded, day.Shown));
        return (day.Summarized, day.Failed, day.Extractive);
    }
}
