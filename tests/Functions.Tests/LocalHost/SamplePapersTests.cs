using Denoised.Collecting;
using Denoised.Domain;
using Denoised.LocalHost.Samples;
using Microsoft.Extensions.DependencyInjection;

namespace Denoised.Functions.Tests.LocalHost;

public sealed class SamplePapersTests(AzuriteFixture azurite)
{
    private static readonly IReadOnlyList<AnnouncedPaper> papers = new SamplePapers().Read();

    [Fact]
    public async Task They_are_there_for_the_product_in_the_local_runtime()
    {
        await using var app = await RunningFunctions.StartAsync(azurite.TakeAccount(), []);

        Assert.Equal(papers.Count, app.Service<ISamplePapers>().Read().Count);
    }

    [Fact]
    public void They_say_that_they_are_invented_and_collide_with_no_real_paper()
    {
        Assert.Contains("invented", SamplePapers.ReadFile().About, StringComparison.Ordinal);
        Assert.All(papers, announced =>
        {
            Assert.StartsWith("Invented sample paper.", announced.Paper.Comment, StringComparison.Ordinal);
            // arXiv numbered by archive (math/9912001) until March 2007.
            Assert.StartsWith("9912.", announced.Paper.Id.Value, StringComparison.Ordinal);
        });
        Assert.Equal(papers.Count, papers.Select(announced => announced.Paper.Id).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, papers.Count), papers.Select(announced => announced.Position));
    }

    [Fact]
    public void They_cover_every_tag_with_abstracts_as_long_as_real_ones()
    {
        Assert.InRange(papers.Count, 24, 40);
        Assert.Equal(Tag.All.Order(StringComparer.Ordinal), SamplePapers.ReadFile().Papers.Select(sample => sample.Topic).Distinct().Order(StringComparer.Ordinal));
        Assert.All(papers, announced => Assert.InRange(announced.Paper.Abstract.Split(' ').Length, 120, 220));
        Assert.All(papers, announced => Assert.NotEmpty(announced.Paper.Title));
    }

    [Fact]
    public void They_show_what_is_odd_about_real_papers()
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
    public void Half_of_them_have_a_summary_whose_quotes_stand_in_the_abstract()
    {
        var samples = new SamplePapers();
        var summaries = papers.Select(announced => (announced.Paper, Summary: samples.SummaryOf(announced.Paper.Id, DateTimeOffset.UnixEpoch))).Where(sample => sample.Summary is not null).ToList();

        Assert.True(summaries.Count >= 12);
        Assert.All(summaries, sample =>
        {
            Assert.InRange(sample.Summary!.KeyPoints.Count, 3, 5);
            Assert.All(sample.Summary.Tags, tag => Assert.Contains(tag, Tag.All));
            Assert.All(sample.Summary.KeyPoints.Select(point => point.Evidence!).Append(sample.Summary.ResultsEvidence!), evidence =>
            {
                Assert.Contains(evidence.Quote, sample.Paper.Abstract, StringComparison.Ordinal);
                Assert.InRange(evidence.Quote.Split(' ').Length, 3, 40);
            });
            Assert.All(sample.Summary.KeyPoints, point => Assert.InRange(point.Claim.Split(' ').Length, 7, 20));
        });
    }

    [Fact]
    public void The_overview_names_samples_only()
    {
        var overview = new SamplePapers().OverviewAt(DateTimeOffset.UnixEpoch)!;

        Assert.InRange(overview.Themes.Count, 3, 5);
        Assert.All(overview.Themes, theme => Assert.InRange(theme.Papers.Count, 2, 12));
        Assert.All(overview.Themes.SelectMany(theme => theme.Papers), id => Assert.Contains(papers, announced => announced.Paper.Id == id));
    }
}
