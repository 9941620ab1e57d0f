using System.Text.Json.Nodes;
using Denoised.Domain;
using Denoised.Tests.Model;

namespace Denoised.Tests.Summaries.Checks;

/// <summary>Summaries in another language than English: what is checked, and what is recorded.</summary>
public sealed class SummaryLanguageTests(StorageFixture storage)
{
    private const string Tldr = "LanternNet lernt Routen aus vorbeifahrenden Schiffen und senkt die Zahl der Kollisionen um 11 Prozent.";
    private const string Collisions = "Kollisionen gehen in den Versuchen um 11 Prozent gegenüber dem besten Planer zurück.";

    private static readonly KeyValuePair<string, string?>[] german = [new("Summarizer:Language", "de"), new("Summarizer:Verify", "true")];

    [Fact]
    public async Task A_summary_in_the_configured_language_is_accepted_and_recorded()
    {
        var (summary, prompts) = await SummarizeAsync(german, German);

        Assert.Equal((SummaryMethod.Model, "de", Tldr), (summary.Provenance.Method, summary.Provenance.Language, summary.Tldr?.Claim));
        Assert.Equal(Collisions, summary.KeyPoints[0].Claim);
        Assert.Contains("reduces collisions by 11 percent", summary.KeyPoints[0].Evidence!.Quote, StringComparison.Ordinal);
        Assert.StartsWith("Der nächtliche Verkehr", summary.Overview, StringComparison.Ordinal);
        Assert.Empty(summary.Provenance.Findings);
        Assert.Equal((4, 0), (summary.Provenance.Tally!.Numbers, summary.Provenance.Tally.Dropped));
        Assert.Equal(["Graph Learning"], summary.Tags);

        // The model and the verifier are told the language.
        Assert.All(prompts, prompt => Assert.Contains("BCP 47 tag de", prompt, StringComparison.Ordinal));
        Assert.Equal(2, prompts.Count);
    }

    [Theory]
    [InlineData("Kollisionen gehen in den Versuchen um 12 Prozent gegenüber dem besten Planer zurück.", "a number that its evidence does not state")]
    [InlineData("Kollisionen gehen in den Versuchen um 11,5 % gegenüber dem besten Planer zurück.", "a number that its evidence does not state")]
    [InlineData("Kollisionen gehen mit StormNet um 11 Prozent gegenüber dem besten Planer zurück.", "a name that does not stand in its evidence")]
    [InlineData("Kollisionen gehen, wie https://example.org/ zeigt, um 11 Prozent stark zurück.", "it is no statement about the work")]
    [InlineData("The network reduces collisions by 11 percent and outperforms the best planner on every harbour.", "it is no statement about the work")]
    public async Task A_key_point_in_another_language_is_checked_without_comparing_words(string claim, string reason)
    {
        var (summary, _) = await SummarizeAsync(german, draft =>
        {
            German(draft);
            draft["keyPoints"]!.AsArray().Add(Sentence(claim, 4));
        });

        Assert.Equal((SummaryMethod.Model, 3), (summary.Provenance.Method, summary.KeyPoints.Count));
        Assert.Equal([$"Dropped: a key point: {reason}."], summary.Provenance.Findings);
    }

    [Fact]
    public async Task The_default_language_is_English_and_refuses_a_German_summary()
    {
        var (refused, prompts) = await SummarizeAsync([], German);
        Assert.Equal((SummaryMethod.Extractive, (string?)null), (refused.Provenance.Method, refused.Provenance.Language));
        Assert.DoesNotContain(prompts, prompt => prompt.Contains("BCP 47", StringComparison.Ordinal));

        var (accepted, _) = await SummarizeAsync([], _ => { });
        Assert.Equal((SummaryMethod.Model, SummaryLanguage.English), (accepted.Provenance.Method, accepted.Provenance.Language));
    }

    [Fact]
    public async Task The_verifier_judges_sentences_of_another_language()
    {
        var (summary, _) = await SummarizeAsync(german, German, verdict: sentence => sentence == Collisions ? "contradicted" : "supported");

        Assert.DoesNotContain(summary.KeyPoints, point => point.Claim == Collisions);
        Assert.Contains("Dropped: a key point: its quotes contradict it, says the verifier.", summary.Provenance.Findings);
    }

    private async Task<(Summary Summary, IReadOnlyList<string> Prompts)> SummarizeAsync(
        KeyValuePair<string, string?>[] settings, Action<JsonObject> revise, Func<string, string>? verdict = null)
    {
        await using var world = await ModelWorld.StartAsync(storage, settings);
        world.Announce(1);
        world.Model.Revise = revise;
        List<string> prompts = [];
        world.Model.VerdictFor = (sentence, _) => verdict?.Invoke(sentence) ?? "supported";
        world.Model.AnswerFor = (_, body) =>
        {
            prompts.Add(body.GetProperty("messages")[0].GetProperty("content").GetString()!);
            return null;
        };
        await world.CollectAsync();
        return ((await world.RowAsync(1)).Summary, prompts);
    }

    private static void German(JsonObject draft)
    {
        draft["tags"] = new JsonArray("Graph Learning");
        draft["keyPoints"] = new JsonArray(
            Sentence(Collisions, 4),
            Sentence("LanternNet ist ein Graphnetz, das Routen aus vorbeifahrenden Schiffen lernt.", 2),
            Sentence("Trainiert wird auf 40 erfundenen Häfen mit einem kontrastiven Verlust.", 3));
        draft["summary"] = new JsonArray(
            Sentence("Der nächtliche Verkehr in kleinen Häfen ist schwer vorherzusagen, weil Laternen ohne Warnung ausfallen.", 1),
            Sentence("Das Graphnetz LanternNet lernt die Routen aus den Schiffen, die vorbeifahren.", 2));
        draft["methodology"] = new JsonArray(Sentence("Der kontrastive Verlust vergleicht Paare von Laternen.", 3));
        draft["results"] = new JsonArray(Sentence("In den Versuchen sinkt die Zahl der Kollisionen um 11 Prozent.", 4));
        draft["implications"] = new JsonArray(Sentence("Kleine Häfen könnten ihren Verkehr in der Nacht mit sehr wenigen Daten planen.", 5));
        draft["tldr"] = Sentence(Tldr, 4, 2);
    }

    private static JsonObject Sentence(string text, params int[] evidence) =>
        new() { ["evidence"] = new JsonArray([.. evidence.Select(number => (JsonNode)number)]), ["text"] = text };
}
