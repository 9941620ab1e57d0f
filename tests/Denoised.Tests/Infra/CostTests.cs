using System.Globalization;
using Denoised.Simulators;

namespace Denoised.Tests.Infra;

/// <summary>Slow, because each run compiles the script.</summary>
[Trait("Tier", "Long")]
public sealed class CostTests
{
    [Fact]
    public async Task The_table_in_the_document_matches_the_output_of_the_script()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var run = await RunAsync(cancellation);
        Assert.Equal(0, run.ExitCode);
        var table = string.Join('\n', run.Output.Split('\n').Select(line => line.TrimEnd()).Where(line => line.StartsWith('|')));
        var document = await File.ReadAllTextAsync(RepositoryFolder.PathOf("docs", "deploying.md"), cancellation);
        Assert.Contains(table, document.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_totals_add_up_and_the_model_cost_follows_from_its_prices()
    {
        var run = await RunAsync(TestContext.Current.CancellationToken, "300");
        var cells = run.Output.Split('\n').Where(line => line.StartsWith('|')).Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(cell => cell[1], cell => cell[2], StringComparer.Ordinal);
        decimal Usd(string row) => decimal.Parse(cells[row].Trim('*'), CultureInfo.InvariantCulture);
        // 300 papers on 21 days, 12,500 tokens in at 0.75 and 950 out at 4.50 a million.
        Assert.Equal(86.00m, Usd("model (gpt-5.4-mini)"));
        // Each row is rounded separately.
        var sum = Usd("model (gpt-5.4-mini)") + Usd("function app") + Usd("storage and transfer") + Usd("logs and alerts");
        Assert.InRange(Usd("**together**") - sum, -0.02m, 0.02m);
    }

    [Fact]
    public async Task An_argument_that_is_not_a_number_is_reported()
    {
        var run = await RunAsync(TestContext.Current.CancellationToken, "100", "many");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'many'", run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private static Task<ToolRun> RunAsync(CancellationToken cancellation, params string[] papersOfDay) =>
        ToolRun.RunAsync("dotnet", RepositoryFolder.Root, ["run", "infra/cost.cs", "--", .. papersOfDay], cancellation);
}
