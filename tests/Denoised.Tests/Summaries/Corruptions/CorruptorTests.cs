using Denoised.Domain;
using Denoised.TestSupport.Digests;

namespace Denoised.Tests.Summaries.Corruptions;

public sealed class CorruptorTests
{
    [Fact]
    [Trait("Tier", "Long")]
    public void A_seed_gives_the_same_distinct_faults_within_the_length_limits()
    {
        RealInput.Path("arxiv");
        // Six digests are enough: each kind of fault finds a place in them.
        var digests = DigestCorpus.Read().Take(6).ToList();
        foreach (var kind in Enum.GetValues<CorruptionKind>())
        {
            var faults = new Corruptor(digests, seed: 1).Make(kind, perDigest: 2).ToList();
            Assert.NotEmpty(faults);
            Assert.Equal(faults.Select(fault => fault.ToString()), new Corruptor(digests, seed: 1).Make(kind, perDigest: 2).Select(fault => fault.ToString()));
            Assert.All(faults, fault =>
            {
                Assert.NotEqual(fault.Before, fault.After);
                if (kind != CorruptionKind.OtherEvidence)
                    Assert.Contains(fault.After, fault.Item.Of(fault.Draft), StringComparison.Ordinal);
                Assert.True(WordRange.Count(fault.Item.Of(fault.Draft)!) <= fault.Item.MostWords * (1 + Lengths.Tolerance), fault.ToString());
            });
            Assert.Distinct(faults.Select(fault => (fault.Digest.Name, fault.Item, fault.After)));
        }
    }
}
