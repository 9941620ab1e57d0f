using Denoised.Model;
using Denoised.TestSupport.Digests;

namespace Denoised.Tests.Summaries;

public sealed class DigestCorpusTests
{
    [Fact]
    public void Every_digest_follows_the_rules_and_its_paper_contains_its_quotes()
    {
        RealInput.Path("arxiv");
        var digests = DigestCorpus.Read();
        Assert.True(digests.Count >= 40, $"{digests.Count} digests");
        var faults = digests.SelectMany(digest => DigestRules.Faults(digest.Written, digest.Source.Text).Select(fault => $"{digest.Name}: {fault}"));
        Assert.Empty(faults);
    }

    [Fact]
    public void Digest_files_contain_quote_positions_and_digests_differ_in_emphasis()
    {
        RealInput.Path("arxiv");
        foreach (var path in Directory.EnumerateFiles(DigestCorpus.Folder, "*.json"))
        {
            var file = DigestFile.Read(File.ReadAllText(path));
            Assert.All(file.Digests, digest => Assert.All(digest.KeyPoints, point => Assert.Matches("^[0-9a-f]{12}$", point.Quote.Hash)));
            Assert.Distinct(file.Digests.Select(digest => digest.About));
        }
    }

    [Fact]
    [Trait("Tier", "Long")]
    public void A_quote_is_found_by_its_hash_if_its_position_has_changed()
    {
        RealInput.Path("arxiv");
        foreach (var paper in DigestCorpus.Read().GroupBy(digest => digest.Source).Select(digests => digests.First()).Take(3))
        {
            var (text, quote) = (paper.Source.Text, paper.Written.KeyPoints[0].Quote!);
            var place = text.Find(quote)!;
            foreach (var moved in new[] { place with { At = place.At + 400 }, place with { At = 0 }, place with { At = text.Normalized.Length } })
            {
                Assert.True(text.TryRead(moved, out var found, out _));
                Assert.Equal(quote, found);
            }

            Assert.False(text.TryRead(place with { Hash = "000000000000" }, out _, out _));
        }
    }

    [Fact]
    public void Each_sentence_of_a_digest_has_one_or_two_evidence_sentences()
    {
        RealInput.Path("arxiv");
        foreach (var digest in DigestCorpus.Read())
        {
            DraftSentence[] all = [.. digest.Draft.KeyPoints!, .. digest.Draft.Summary!, .. digest.Draft.Methodology ?? [], .. digest.Draft.Results ?? [], .. digest.Draft.Implications ?? []];
            Assert.All(all, sentence => Assert.InRange(sentence.Evidence!.Count, 1, 2));
            Assert.All(all.SelectMany(sentence => sentence.Evidence!), number => Assert.InRange(number, 1, digest.Source.Given.Numbered.Ordinals.Count));
        }
    }
}
