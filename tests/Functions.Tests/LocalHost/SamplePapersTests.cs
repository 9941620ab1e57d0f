using Denoised.Collecting;
using Denoised.Domain;
using Denoised.LocalHost.Samples;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Functions.Tests.LocalHost;

public sealed class SamplePapersTests(AzuriteFixture azurite)
{
    private static readonly IReadOnlyList<AnnouncedPaper> papers = new SamplePapers().Read();

    [Fact]
    public async Task The_local_runtime_registers_the_sample_papers()
    {
        await using var app = await RunningFunctions.StartAsync(azurite.TakeAccount(), []);

        Assert.Equal(papers.Count, app.Service<ISamplePapers>().Read().Count);
    }

    [Fact]
    public void Samples_are_marked_as_invented_and_have_no_real_identifier()
    {
        Assert.Contains("invented", SamplePapers.ReadFile().About, StringComparison.Ordinal);
        Assert.All(papers, announced =>
        {
            Assert.StartsWith("Invented sample paper.", announced.Paper.Comment, StringComparison.Ordinal);
            // Until March 2007 arXiv identifiers started with the archive (math/9912001), so no real identifier starts with 9912.
            Assert.StartsWith("9912.", announced.Paper.Id.Value, StringComparison.Ordinal);
        });
        Assert.Equal(papers.Count, papers.Select(announced => announced.Paper.Id).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, papers.Count), papers.Select(announced => announced.Position));
    }

    [Fact]
    public void Samples_cover_every_tag_and_have_abstracts_of_realistic_length()
    {
        Assert.InRange(papers.Count, 24, 40);
        Assert.Equal(Tag.All.Order(StringComparer.Ordinal), SamplePapers.ReadFile().Papers.Select(sample => sample.Topic).Distinct().Order(StringComparer.Ordinal));
        Assert.All(papers, announced => Assert.InRange(announced.Paper.Abstract.Split(' ').Length, 120, 220));
        Assert.All(papers, announced => Assert.NotEmpty(announced.Paper.Title));
    }

    [Fact]
    public void Samples_contain_the_peculiarities_of_real_papers()
    {
        Assert.Contains(papers, announced => announced.Paper.Authors.Count > 60);
        Assert.Single(papers, announced => announced.Paper.IsWithdrawn);
        Assert.Single(papers, announced => announced is { Type: AnnounceType.Replace, Paper.Version: 2 });
        Assert.Contains(papers, announced => announced.Paper.Abstract.Contains(@"$\mathcal{O}(n\log n)$", StringComparison.Ordinal));
        Assert.Contains(papers, announced => announced.Paper.Abstract.Contains(@"\emph{", StringComparison.Ordinal));
        Assert.Contains(papers, announced => announced.Paper.Title.Contains("<mask>", StringComparison.Ordinal));
        Assert.Contains(papers, announced => announced.Paper.Authors.Any(author => author.Contains('ñ', StringComparison.Ordinal)));
        Assert.Contains(papers, announced => announced.Paper.Comment!.Contains("Accepted at", StringComparison.Ordinal));
        Assert.Contains(papers, announced => announced.Paper.Comment!.Contains("https://example.org/", StringComparison.Ordinal));
        Assert.Contains(papers, announced => announced.Paper is { Doi: not null, JournalReference: not null });
    }

    [Fact]
    public void Half_of_the_samples_have_a_summary_with_quotes_from_the_abstract()
    {
        var samples = new SamplePapers();
        var summaries = papers.Select(announced => (announced.Paper, Summary: samples.SummaryOf(announced.Paper.Id, DateTimeOffset.UnixEpoch))).Where(sample => sample.Summary is not null).ToList();

        Assert.True(summaries.Count >= 12);
        Assert.All(summaries, sample =>
        {
            Assert.Equal(SummaryMethod.Sample, sample.Summary!.Provenance.Method);
            Assert.InRange(sample.Summary.KeyPoints.Count, 3, 5);
            Assert.All(sample.Summary.Tags, tag => Assert.Contains(tag, Tag.All));
            var quotes = sample.Summary.Claims().SelectMany(claim => new[] { claim.Evidence, claim.MoreEvidence }).OfType<Evidence>();
            Assert.All(quotes.Append(sample.Summary.ResultsEvidence!), evidence =>
            {
                Assert.Contains(evidence.Quote, sample.Paper.Abstract, StringComparison.Ordinal);
                Assert.InRange(evidence.Quote.Split(' ').Length, 3, 40);
            });
            Assert.InRange(sample.Summary.Tldr!.Claim.Split(' ').Length, 8, 25);
            Assert.All(sample.Summary.KeyPoints, point => Assert.InRange(point.Claim.Split(' ').Length, 7, 20));
        });
    }

    [Fact]
    public void The_overview_contains_only_samples()
    {
        var overview = new SamplePapers().OverviewAt(DateTimeOffset.UnixEpoch)!;

        Assert.Equal(SummaryMethod.Sample, overview.Provenance.Method);
        Assert.InRange(overview.Themes.Count, 3, 5);
        Assert.All(overview.Themes, theme => Assert.InRange(theme.Papers.Count, 2, 12));
        Assert.All(overview.Themes.SelectMany(theme => theme.Papers), id => Assert.Contains(papers, announced => announced.Paper.Id == id));
    }
}
