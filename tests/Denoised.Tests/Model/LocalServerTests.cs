using System.Text.RegularExpressions;
using Denoised.Domain;
using Denoised.Simulators;
using Denoised.Simulators.OpenAi;
using Denoised.Tests.Infra;

namespace Denoised.Tests.Model;

/// <summary>The recipes of docs/local-models.md, each against a simulation of its server: routes, keys, settings and responses.</summary>
public sealed partial class LocalServerTests(StorageFixture storage)
{
    [Theory]
    [InlineData("Ollama", SimulatedServer.Ollama)]
    [InlineData("llama.cpp", SimulatedServer.LlamaCpp)]
    [InlineData("vLLM", SimulatedServer.Vllm)]
    public async Task A_documented_recipe_summarizes_a_day(string name, SimulatedServer server)
    {
        var recipe = await RecipeAsync(name);
        await using var simulator = await OpenAiSimulator.StartAsync(
            new OpenAiSimulatorOptions { Server = server, Deployments = [recipe["Deployment"]], Key = recipe.GetValueOrDefault("Key"), ContextTokens = 32_768 }, TestContext.Current.CancellationToken);
        var limits = new List<int>();
        simulator.AnswerFor = (_, body) =>
        {
            limits.Add(body.GetProperty("max_tokens").GetInt32());
            return null;
        };
        var settings = recipe.ToDictionary(setting => "Summarizer:" + setting.Key, setting => (string?)setting.Value, StringComparer.Ordinal);
        settings["Summarizer:Key"] = recipe.GetValueOrDefault("Key");
        settings["Summarizer:Endpoint"] = new UriBuilder(recipe["Endpoint"]) { Host = simulator.Address.Host, Port = simulator.Address.Port }.Uri.ToString();
        await using var world = await ModelWorld.StartAsync(storage, settings);
        world.Announce(2);

        await world.CollectAsync();

        var rows = await world.ReadPaperRowsAsync(ModelWorld.Tuesday);
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row =>
        {
            Assert.Equal((PaperState.Summarized, SummaryMethod.Model, 1), (row.State, row.Summary.Provenance.Method, row.Attempts));
            Assert.False(row.Summary.Provenance.TokensEstimated);
        });
        var paid = simulator.Calls.Where(call => call.Status == 200).ToList();
        Assert.Equal(2, paid.Count);
        Assert.Equal(paid.Sum(call => call.PromptTokens), rows.Sum(row => row.Summary.Provenance.InputTokens));
        Assert.All(limits, limit => Assert.Equal(6000, limit));
    }

    [Theory]
    [InlineData(SimulatedServer.Ollama, "model \"other\" not found, try pulling it first")]
    [InlineData(SimulatedServer.Vllm, "The model `other` does not exist")]
    public async Task The_status_reports_a_model_that_the_server_does_not_have(SimulatedServer server, string reason)
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Summarizer:Deployment", "other"), new("Summarizer:Key", null)], new OpenAiSimulatorOptions { Server = server });
        world.Announce(1);
        await world.OnlyCollectAsync();

        await world.DeliverAsync(1);

        Assert.Contains(reason, (await world.StatusAsync()).Model!.Reason, StringComparison.Ordinal);
        Assert.Equal(PaperState.Announced, (await world.RowAsync(1)).State);
    }

    [Fact]
    public async Task The_status_reports_a_context_that_is_too_small()
    {
        await using var world = await ModelWorld.StartAsync(storage, [new("Summarizer:Key", null)], new OpenAiSimulatorOptions { Server = SimulatedServer.LlamaCpp, ContextTokens = 512 });
        world.Announce(1);
        await world.OnlyCollectAsync();

        await world.DeliverAsync(1);

        Assert.Contains("exceeds the available context size (512 tokens)", (await world.StatusAsync()).Model!.Reason, StringComparison.Ordinal);
        Assert.Equal((PaperState.Announced, 0), ((await world.RowAsync(1)).State, (await world.RowAsync(1)).Attempts));
    }

    private static async Task<Dictionary<string, string>> RecipeAsync(string name)
    {
        var document = await File.ReadAllLinesAsync(RepositoryFolder.PathOf("docs", "local-models.md"), TestContext.Current.CancellationToken);
        var row = Assert.Single(document, line => line.StartsWith($"| {name} | `", StringComparison.Ordinal));
        return Setting().Matches(row).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal);
    }

    [GeneratedRegex("Summarizer__(?<name>[A-Za-z]+)=(?<value>[^ `]+)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Setting();
}
