using Denoised.TestSupport.Digests;

namespace Denoised.Tests.Summaries.Corruptions;

/// <summary>The share of faults in hand-written digests that the checks catch, and their false alarms in the original digests.</summary>
[Trait("Tier", "Long")]
public sealed class CorruptionTests(ITestOutputHelper output)
{
    // One run for all tests, because it checks several thousand drafts.
    private static readonly Lazy<CorruptionRun> run = new(() => CorruptionRun.Of(DigestCorpus.Read(), CorruptionRun.DefaultSeed));

    [Fact]
    public void The_checks_catch_99_percent_of_number_and_name_faults_and_95_of_all()
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
    public void The_checks_object_to_at_most_2_percent_of_the_honest_sentences()
    {
        RealInput.Path("arxiv");
        Assert.True(run.Value.FalseAlarms.Count <= 0.02 * run.Value.Sentences, $"{run.Value.FalseAlarms.Count} false alarms in {run.Value.Sentences} sentences");
    }
}
