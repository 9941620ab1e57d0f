using Denoised.Domain;
using Denoised.Simulators.OpenAi;
using Denoised.Tests.Model;

namespace Denoised.Tests.Summaries.Checks;

/// <summary>The verifier: a second model call that compares each sentence with its quotes.</summary>
public sealed class VerifierTests(StorageFixture storage)
{
    private static readonly KeyValuePair<string, string?>[] verifying = [new("Summarizer:Verify", "true")];

    [Fact]
    public async Task A_sentence_without_support_by_the_verifier_is_dropped_with_a_finding()
    {
        await using var world = await ModelWorld.StartAsync(storage, verifying);
        world.Announce(1);
        world.Model.VerdictFor = (sentence, quotes) => sentence.Contains("collisions", StringComparison.Ordinal) ? "contradicted" : quotes[0].Contains("contrastive loss", StringComparison.Ordinal) ? "not stated" : "supported";
        await world.CollectAsync();

        var summary = (await world.RowAsync(1)).Summary;
        var verification = summary.Provenance.Verification!;
        Assert.Equal(SummaryMethod.Model, summary.Provenance.Method);
        Assert.True(verification is { Contradicted: > 1, NotStated: > 0 } && verification.Pairs > verification.Contradicted + verification.NotStated, $"{verification}");
        Assert.DoesNotContain(summary.KeyPoints, point => point.Claim.Contains("collisions", StringComparison.Ordinal));
        Assert.DoesNotContain("collisions", $"{summary.Overview} {summary.Methodology} {summary.Results} {summary.Implications}", StringComparison.Ordinal);
        Assert.Contains(summary.Provenance.Findings, finding => finding == "Dropped: a key point: its quotes contradict it, says the verifier.");
        Assert.Contains(summary.Provenance.Findings, finding => finding.EndsWith("its quotes do not state it, says the verifier.", StringComparison.Ordinal));

        // The positions of the remaining sentences are still correct.
        foreach (var sentence in summary.Evidence!)
        {
            var part = sentence.Part switch { "summary" => summary.Overview, "methodology" => summary.Methodology, "results" => summary.Results, _ => summary.Implications };
            Assert.EndsWith(".", part!.Substring(sentence.Start, sentence.Length), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_provenance_contains_the_tokens_of_the_verifier()
    {
        await using var world = await ModelWorld.StartAsync(storage, verifying);
        world.Announce(1);
        await world.CollectAsync();

        var provenance = (await world.RowAsync(1)).Summary.Provenance;
        Assert.Equal(2, world.Model.Calls.Count);
        Assert.Equal(world.Model.Calls.Sum(call => call.PromptTokens), provenance.InputTokens);
        Assert.Equal(world.Model.Calls.Sum(call => call.CompletionTokens), provenance.OutputTokens);
        Assert.Equal((world.Model.Calls[1].PromptTokens, world.Model.Calls[1].CompletionTokens), (provenance.Verification!.InputTokens, provenance.Verification.OutputTokens));
        Assert.Empty(provenance.Findings);
    }

    [Theory]
    [InlineData(OpenAiFault.InternalServerError)]
    [InlineData(OpenAiFault.MalformedJson)]
    [InlineData(OpenAiFault.Refusal)]
    public async Task A_failed_verifier_call_keeps_the_sentences_that_the_rules_accepted(OpenAiFault fault)
    {
        await using var world = await ModelWorld.StartAsync(storage, verifying);
        world.Announce(1);
        world.Model.FaultFor = call => call.PaperId is null && call.Day is null ? fault : null;
        await world.CollectAsync();

        var summary = (await world.RowAsync(1)).Summary;
        Assert.Equal((SummaryMethod.Model, (Verification?)null), (summary.Provenance.Method, summary.Provenance.Verification));
        Assert.Equal(["The sentences were not verified: the verifier gave no verdict on each."], summary.Provenance.Findings);
        Assert.NotNull(summary.Overview);
        Assert.Equal(1, world.Model.PaidCalls[ModelWorld.Id(1).Value]);
    }

    [Fact]
    public async Task An_unknown_verdict_does_not_support_a_sentence()
    {
        await using var world = await ModelWorld.StartAsync(storage, verifying);
        world.Announce(1);
        world.Model.VerdictFor = (sentence, _) => sentence.Contains("collisions", StringComparison.Ordinal) ? "probably" : "supported";
        await world.CollectAsync();

        var summary = (await world.RowAsync(1)).Summary;
        Assert.True(summary.Provenance.Verification is { NotStated: > 0, Contradicted: 0 });
        Assert.DoesNotContain("collisions", $"{summary.Overview} {summary.Results}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_supported_sentence_the_summary_is_extractive()
    {
        await using var world = await ModelWorld.StartAsync(storage, verifying);
        world.Announce(1);
        world.Model.VerdictFor = (_, _) => "not stated";
        await world.CollectAsync();

        var row = await world.RowAsync(1);
        Assert.Equal((SummaryMethod.Extractive, "What the model wrote did not pass the checks: its quotes do not support it."), (row.Summary.Provenance.Method, row.Reason));
    }

    [Fact]
    public async Task A_setting_turns_the_verifier_off()
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Summarizer:Verify", "false")]);
        world.Announce(1);
        await world.CollectAsync();
        Assert.Null((await world.RowAsync(1)).Summary.Provenance.Verification);
        Assert.Single(world.Model.Calls);
    }
}
