using Denoised.Domain;
using Denoised.Model;
using Denoised.Overviews;
using Denoised.Storage;
using Denoised.Tests.Publishing.Pages;
using Microsoft.Extensions.Options;

namespace Denoised.Tests.Overviews;

public sealed class OverviewPlanTests
{
    private static readonly OverviewPlan plan = new(Options.Create(new SummarizerOptions { Endpoint = "http://127.0.0.1:1" }));
    private static readonly OverviewPlan without = new(Options.Create(new SummarizerOptions()));

    [Fact]
    public void The_model_writes_the_overview_if_configured_and_rules_otherwise()
    {
        Assert.Equal((OverviewStep.Model, OverviewStep.Rules), (plan.Next(Of(Rows(10)), null), without.Next(Of(Rows(10)), null)));
        Assert.Equal(OverviewStep.None, plan.Next(Of(Rows(9)), null));
        Assert.Equal(OverviewStep.None, plan.Next(Of([]), null));
        Assert.Equal(OverviewStep.None, plan.Next(Of([.. Rows(10), InventedPapers.Row(11, isWaiting: true)]), null));
        Assert.Equal(OverviewStep.None, plan.Next(Of([.. Rows(10).Select(row => row with { Sample = true })]), null));
    }

    [Theory]
    [InlineData(5, OverviewStep.Model)]
    [InlineData(4, OverviewStep.Rules)]
    public void Rules_write_the_overview_if_the_model_summarized_less_than_half(int byModel, OverviewStep step) =>
        Assert.Equal(step, plan.Next(Of([.. Rows(10).Select((row, place) => place < byModel ? row : Extractive(row))]), null));

    [Theory]
    [InlineData(40, 0, 0, OverviewStep.None)]
    [InlineData(40, 4, 0, OverviewStep.None)]
    [InlineData(40, 5, 0, OverviewStep.Model)]
    [InlineData(40, 0, 4, OverviewStep.None)]
    [InlineData(40, 0, 5, OverviewStep.Model)]
    public void An_overview_is_stale_after_more_than_a_tenth_of_the_papers_changed(int papers, int added, int replaced, OverviewStep step)
    {
        var former = Of(Rows(papers));
        var rows = Rows(papers + added).Select((row, place) => place < replaced ? row with { Paper = row.Paper with { Version = 2 } } : row);

        Assert.Equal(step, plan.Next(Of([.. rows]), Written(former, rounds: 1)));
        Assert.Equal(OverviewStep.None, plan.Next(Of([.. rows]), Written(former, rounds: 2)));
    }

    [Fact]
    public void Rows_and_progress_entries_give_the_same_basis()
    {
        var rows = Rows(3);
        var progress = rows.Select(row => new PaperProgress
        {
            Day = row.Day, Id = row.Paper.Id, Version = row.Paper.Version, PrimaryCategory = "cs.LG", State = row.State, FallbackReason = row.FallbackReason, Method = row.Summary.Provenance.Method,
        });

        var basis = OverviewBasis.Of(rows);
        var other = OverviewBasis.Of(progress.Reverse().ToList());

        Assert.True(basis.IsSameAs(other.Papers));
        Assert.Equal((basis.IsComplete, basis.IsSample, basis.ByModel), (other.IsComplete, other.IsSample, other.ByModel));
    }

    private static OverviewBasis Of(IReadOnlyCollection<PaperRow> rows) => OverviewBasis.Of(rows);

    private static List<PaperRow> Rows(int count) => [.. Enumerable.Range(1, count).Select(number => InventedPapers.Row(number))];

    private static PaperRow Extractive(PaperRow row) =>
        row with { Summary = row.Summary with { Provenance = row.Summary.Provenance with { Method = SummaryMethod.Extractive } } };

    private static OverviewRow Written(OverviewBasis basis, int rounds) => new()
    {
        Day = InventedPapers.Day,
        WrittenBasis = basis.Papers,
        ModelBasis = basis.Papers,
        Rounds = rounds,
        Written = new DailyOverview
        {
            Paragraph = "",
            Themes = [],
            Provenance = new OverviewProvenance { Method = SummaryMethod.Model, PromptVersion = "1", Papers = basis.Papers.Count, CreatedAt = default },
        },
    };
}
