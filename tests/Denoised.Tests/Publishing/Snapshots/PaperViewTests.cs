using Denoised.Domain;
using Denoised.Publishing.Citations;
using Denoised.Publishing.Snapshots;
using Denoised.Tests.Publishing.Pages;

namespace Denoised.Tests.Publishing.Snapshots;

/// <summary>The values that a published paper has beyond its row.</summary>
public sealed class PaperViewTests
{
    [Theory]
    [InlineData("Our code is at https://github.com/some-lab/some.repo.", "https://github.com/some-lab/some.repo")]
    [InlineData("See github.com/a/b.git and (https://github.com/a/b/tree/main), https://huggingface.co/x/y-1", "https://github.com/a/b https://huggingface.co/x/y-1")]
    [InlineData("https://example.org/a/b", "")]
    public void The_code_repositories_of_a_text_are_found(string text, string addresses) =>
        Assert.Equal(addresses, string.Join(' ', CodeRepositories.FindIn(text)));

    [Theory]
    [InlineData("10.1000/a_b<c>", "10.1000/a_b<c>")]
    [InlineData("10.1000/XYZ.1.2 10.1000/XYZ.3.4", "10.1000/XYZ.1.2 10.1000/XYZ.3.4")]
    [InlineData("https://doi.org/10.1000/x, doi:10.1000/y;10.1000/z.", "10.1000/x 10.1000/y 10.1000/z")]
    [InlineData("to appear", "")]
    public void The_DOIs_of_a_field_are_found(string field, string dois) => Assert.Equal(dois, string.Join(' ', Citation.DoisIn(field)));

    [Theory]
    [InlineData("http://creativecommons.org/licenses/by/4.0/", "CC BY 4.0")]
    [InlineData("https://creativecommons.org/licenses/by-nc-sa/4.0", "CC BY-NC-SA 4.0")]
    [InlineData("http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0")]
    [InlineData("http://arxiv.org/licenses/nonexclusive-distrib/1.0/", "arXiv non-exclusive distribution 1.0")]
    [InlineData("http://example.org/licenses/by/4.0/", "http://example.org/licenses/by/4.0/")]
    public void A_licence_has_a_name(string address, string name) => Assert.Equal(name, LicenseName.Of(address));

    [Fact]
    public void A_paper_has_its_derived_values()
    {
        var row = InventedPapers.Row(1);
        var paper = PaperViews.View(row with
        {
            Paper = row.Paper with
            {
                Comment = "Code: https://github.com/a/b",
                Doi = "10.1000/XYZ.1.2 10.1000/XYZ.3.4",
                License = "http://creativecommons.org/licenses/by/4.0/",
            },
            Summary = row.Summary with { Results = null, Provenance = row.Summary.Provenance with { Method = SummaryMethod.Model } },
        });

        Assert.Equal("https://github.com/a/b", paper.CodeRepositories![0]);
        Assert.Equal(["10.1000/XYZ.1.2", "10.1000/XYZ.3.4"], paper.Dois!);
        Assert.Equal("CC BY 4.0", paper.LicenseName);
        Assert.NotNull(paper.MissingSections!.Results);
    }

    [Fact]
    public void A_section_that_the_paper_does_not_state_is_named_as_missing()
    {
        Assert.Equal(new MissingSections(null, "Not stated in the paper.", "Not stated in the paper."), MissingSections.Of(Summary(TextOrigin.Pdf, methodology: "So.")));
        Assert.Equal("Not stated in the abstract.", MissingSections.Of(Summary(TextOrigin.Abstract))!.Methodology);
    }

    [Fact]
    public void A_section_that_failed_the_checks_is_named_as_left_out()
    {
        var summary = Summary(TextOrigin.Html, methodology: "So.", "Dropped: keyPoints: the methodology is not quoted.", "Dropped: results: the number 98.3 does not stand in the text.");
        Assert.Equal(new MissingSections(null, "Left out: it did not pass our checks.", "Not stated in the paper."), MissingSections.Of(summary));
    }

    [Fact]
    public void A_complete_or_extractive_summary_has_no_missing_sections()
    {
        var summary = Summary(TextOrigin.Html, methodology: "So.") with { Results = "Seven.", Implications = "More." };
        Assert.Null(MissingSections.Of(summary));
        Assert.Null(MissingSections.Of(summary with { Results = null, Provenance = summary.Provenance with { Method = SummaryMethod.Extractive } }));
    }

    private static Summary Summary(TextOrigin source, string? methodology = null, params string[] findings)
    {
        var summary = InventedPapers.View(1).Summary;
        return summary with
        {
            Methodology = methodology,
            Results = null,
            Implications = null,
            Provenance = summary.Provenance with { Method = SummaryMethod.Model, Source = source, Findings = findings },
        };
    }
}
