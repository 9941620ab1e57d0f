

using Denoised.Tests.Summaries.Digests;

namespace Denoised.Tests.Summaries.Corruptions;

/// <summary>What the checks catch of the faults put into digests that were written by hand, and what they object to in honest ones.</summary>
[Trait("Tier", "Long")]
public sealed class CorruptionTests(ITestOutputHelper output)
{
    // One run for all: it checks some thousand drafts.
    private static readonly Lazy<CorruptionRun> run = new(() => CorruptionRun.Of(DigestCorpus.Read(), CorruptionRun.DefaultSeed));

    [Fact]
    public void Of_numbers_and_names_99_percent_of_the_faults_are_caught_and_of_all_95()
    {
        RealInput.Path("arxiv");
        foreach (var line in run.Value.Lines(withMisses: true))
            output.WriteLine(line);

        Assert.True(run.Value.Digests >= 40, $"{run.Value.Digests} digests");
        Assert.True(run.Value.WithFloor >= 2000, $"{run.Value.WithFloor} faults");
        foreach (var (name, kinds) in CorruptionRun.Groups)
        {
            var floor = name is "numbers" or "names" ? 0.99 : 0.95;
            Assert.True(run.Value.Share(kinds) >= floor, $"{name}: {run.Value.Share(kinds):P2} caught, fewer than {floor:P0}");
        }
    }

    [Fact]
    public void Of_the_key_points_and_sentences_of_honest_digests_at_most_2_percent_are_objected_to()
    {
        RealInput.Path("arxiv");
        Assert.True(run.Value.FalseAlarms.Count <= 0.02 * run.Value.Sentences, $"{run.Value.FalseAlarms.Count} false alarms in {run.Value.Sentences} sentences");
    }
}
