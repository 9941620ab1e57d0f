using Denoised.Functions.Tests.LocalHost;
using Denoised.TestSupport.Chaos;

namespace Denoised.Functions.Tests.Chaos;

/// <summary>A small chaos run. The long form, twenty days of 262 papers with fifty kills each, is <c>tests/Benchmarks -- chaos</c>.</summary>
[Trait("Tier", "Long")]
public sealed class ChaosTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_day_with_faults_kills_and_skewed_clocks_loses_and_duplicates_no_paper()
    {
        var outcome = await ChaosDay.RunAsync(
            new ChaosOptions
            {
                Seed = 1,
                Storage = azurite.TakeAccount(),
                InventedPapers = 30,
                Kills = 4,
                FullText = true,
                Lease = TimeSpan.FromSeconds(12),
                Limit = TimeSpan.FromMinutes(20),
            },
            line => TestContext.Current.SendDiagnosticMessage(line),
            TestContext.Current.CancellationToken);

        TestContext.Current.TestOutputHelper?.WriteLine(outcome.ToString());
        Assert.Empty(outcome.Wrongs);
        Assert.Equal(30, outcome.ByModel + outcome.Extractive + outcome.Failed);
        Assert.True(outcome.KillsInFlight > 0, "No kill met a call.");
        Assert.True(outcome.Editions > 0 && outcome.ModelFaults.Count > 0 && outcome.ArxivFaults.Count > 0, "It was a quiet day.");
        Assert.Equal(Enum.GetValues<Simulators.Storage.StorageFault>(), outcome.StorageFaults.Keys.Order());
    }
}
