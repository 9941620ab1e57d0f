using System.Text.Json.Nodes;
using Denoised.Domain;
using Denoised.Grounding;
using Denoised.LocalHost.Samples;
using Denoised.Summaries;
using Denoised.Summaries.Checks;
using Denoised.Tests.Model;

namespace Denoised.Tests.Summaries.Checks;

/// <summary>The TL;DR of a summary, from the model to the row and the published snapshot.</summary>
public sealed class TldrTests(StorageFixture storage)
{
    private const string Result = "LanternNet learns routes from passing ships and reduces collisions by 11 percent.";

    // The number of the sentence in the prompt: the title has none.
    private static readonly int[] result = [4];

    [Fact]
    public async Task The_TLDR_of_a_model_summary_is_stored_and_published_with_its_quotes()
    {
        var summary = await SummarizeAsync(Result, [4, 2]);

        Assert.Equal(Result, summary.Tldr!.Claim);
        Assert.Contains("reduces collisions by 11 percent", summary.Tldr.Evidence!.Quote, StringComparison.Ordinal);
        Assert.Contains("learns number 1 of the routes", summary.Tldr.MoreEvidence!.Quote, StringComparison.Ordinal);
        Assert.Equal([Result, .. summary.KeyPoints.Select(point => point.Claim)], summary.Claims().Select(point => point.Claim));
        Assert.Empty(summary.Provenance.Findings);
        Assert.Equal((4, 0), (summary.Provenance.Tally!.Claims, summary.Provenance.Tally.Dropped));
    }

    [Theory]
    [InlineData("LanternNet learns routes from passing ships and reduces collisions by 12 percent.", "a number that its evidence does not state")]
    [InlineData("HarbourFormer learns routes from passing ships and reduces collisions by 11 percent.", "a name that does not stand in its evidence")]
    [InlineData("LanternNet learns routes from passing ships and increases collisions by 11 percent.", "its evidence says the opposite")]
    [InlineData("LanternNet reduces collisions by 11 percent, so that you should give it your vote.", "it is no statement about the work")]
    [InlineData("Keepers grow vegetables on the roofs of their houses when the summer is dry.", "its evidence is about something else")]
    [InlineData(
        "LanternNet learns routes from passing ships and reduces collisions by 11 percent, and LanternNet learns its routes from the ships that pass the lanterns at night in harbours.",
        "its length")]
    public async Task A_TLDR_that_fails_the_checks_is_left_out_without_another_call(string text, string reason)
    {
        var summary = await SummarizeAsync(text, result);

        Assert.Null(summary.Tldr);
        Assert.Equal((SummaryMethod.Model, 4, 1), (summary.Provenance.Method, summary.KeyPoints.Count, summary.Provenance.Tally!.Dropped));
        Assert.NotNull(summary.Overview);
        Assert.Equal([$"Dropped: the TL;DR: {reason}."], summary.Provenance.Findings.Where(finding => finding.StartsWith("Dropped", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_TLDR_that_repeats_a_key_point_is_left_out()
    {
        var summary = await SummarizeAsync(draft => draft["tldr"] = draft["keyPoints"]![0]!.DeepClone());

        Assert.Null(summary.Tldr);
        Assert.Equal(["Dropped: the TL;DR: it repeats a key point."], summary.Provenance.Findings);
    }

    [Fact]
    public async Task A_TLDR_is_repaired_together_with_another_part()
    {
        var calls = 0;
        void Revise(JsonObject draft)
        {
            var isFirst = calls++ == 0;
            if (isFirst)
                draft["tags"] = new JsonArray();
            Write(draft, isFirst ? Result.Replace("11", "12", StringComparison.Ordinal) : Result, result);
        }

        var summary = await SummarizeAsync(Revise, calls: 2);

        Assert.Equal(Result, summary.Tldr!.Claim);
        Assert.Empty(summary.Provenance.Findings);
    }

    [Fact]
    public async Task A_model_that_writes_no_TLDR_is_not_asked_again()
    {
        var summary = await SummarizeAsync(draft => draft.Remove("tldr"));

        Assert.Null(summary.Tldr);
        Assert.Equal((SummaryMethod.Model, 0), (summary.Provenance.Method, summary.Provenance.Tally!.Dropped));
        Assert.Empty(summary.Provenance.Findings);
    }

    [Fact]
    public async Task The_verifier_removes_a_TLDR_that_its_quotes_do_not_state()
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Summarizer:Verify", "true")]);
        world.Announce(1);
        world.Model.Revise = draft => Write(draft, Result, result);
        world.Model.VerdictFor = (sentence, _) => sentence == Result ? "not stated" : "supported";
        await world.CollectAsync();

        var summary = (await world.RowAsync(1)).Summary;
        Assert.Null(summary.Tldr);
        Assert.Equal(["Dropped: the TL;DR: its quotes do not state it, says the verifier."], summary.Provenance.Findings);
        Assert.Equal((1, 1), (summary.Provenance.Verification!.NotStated, summary.Provenance.Tally!.Dropped));
    }

    [Fact]
    public void The_TLDRs_of_the_sample_papers_pass_the_same_checks()
    {
        var samples = new SamplePapers();
        foreach (var paper in samples.Read().Select(announced => announced.Paper))
        {
            if (samples.SummaryOf(paper.Id, DateTimeOffset.UnixEpoch)?.Tldr is not { } tldr)
                continue;
            var grounded = new GroundedPaper(new SourceIndex(paper, ModelInput.OfAbstract(paper.Title, paper.Abstract).Paper));
            var named = new[] { tldr.Evidence, tldr.MoreEvidence }.OfType<Evidence>()
                .Select(evidence => grounded.Source.Sentences.First(sentence => sentence.Text.Contains(evidence.Quote, StringComparison.Ordinal)));
            Assert.Empty(SentenceCheck.OfClaim("tldr", tldr.Claim, [.. named.Distinct()], grounded).Failures.Select(failure => failure.ForModel));
        }
    }

    private Task<Summary> SummarizeAsync(string text, int[] evidence, int calls = 1) => SummarizeAsync(draft => Write(draft, text, evidence), calls);

    /// <summary>Summarizes an invented paper with a model whose drafts are changed, and returns the published summary.</summary>
    private async Task<Summary> SummarizeAsync(Action<JsonObject> revise, int calls = 1)
    {
        await using var world = await ModelWorld.StartAsync(storage);
        world.Announce(1);
        world.Model.Revise = revise;
        await world.CollectAsync();

        Assert.Equal(calls, world.Model.Calls.Count);
        var published = (await world.Product.ReadSiteAsync()).Papers[ModelWorld.Tuesday].Single().Summary;
        Assert.Equal((await world.RowAsync(1)).Summary.Tldr, published.Tldr);
        return published;
    }

    private static void Write(JsonObject draft, string text, int[] evidence) =>
        draft["tldr"] = new JsonObject { ["evidence"] = new JsonArray([.. evidence.Select(number => (JsonNode)number)]), ["text"] = text };
}
