using CsCheck;
using Denoised.Arxiv.Feeds;
using Denoised.Domain;
using Denoised.Model;
using Denoised.PaperText;
using Denoised.Simulators.OpenAi;
using Denoised.Summaries.Checks;
using Denoised.Text;

namespace Denoised.Tests.Summaries.Checks;

/// <summary>Results for drafts with parts that fail a check.</summary>
public sealed class WholeDraftTests
{
    private static readonly DraftSentence[] fine =
    [
        LanternPaper.On("Lanterns fail at night, which makes traffic in harbours hard to plan.", "Night traffic"),
        LanternPaper.On("LanternNet is a graph network that routes ships through dark harbours by the light that there is.", "We propose LanternNet"),
        LanternPaper.On("Its encoder has 24 layers and about 1.4 million parameters, and a training step takes 500 ms.", "The encoder has", "We train with"),
        LanternPaper.On("Training takes 3 to 5 hours on one lamp while memory stays at 40 GB.", "Training takes"),
        LanternPaper.On("On HarbourBench its accuracy is 97.42%, that of the tide model 96.76%.", "On HarbourBench"),
        LanternPaper.On("Collisions fall by 31.5% on the same benchmark, and a ship is routed in 12 ms.", "It reduces collisions"),
        LanternPaper.On("The decoder needs about 30 lamps on average, and the error rate of the router is 3.1%.", "The decoder needs", "The error rate"),
        LanternPaper.On("The router finds the best route in all harbours and is guaranteed to end.", "In all harbours"),
    ];

    private static readonly DraftSentence[] points =
    [
        LanternPaper.On("Collisions fall by 31.5% on HarbourBench at 12 ms per ship.", "It reduces collisions"),
        LanternPaper.On("An encoder of 24 layers holds about 1.4 million parameters.", "The encoder has"),
        LanternPaper.On("Training needs at most 5 hours on one lamp and 40 GB.", "Training takes"),
        LanternPaper.On("The decoder gets by with about 30 lamps on average.", "The decoder needs"),
    ];

    private static ModelDraft Draft(params DraftSentence[] more) => new()
    {
        Tags = ["Graph Learning"],
        KeyPoints = points,
        Summary = [.. fine, .. more],
        Methodology = fine[1..4],
        Results = fine[4..7],
    };

    private static string Prose(IEnumerable<DraftSentence> sentences) => string.Join(' ', sentences.Select(sentence => sentence.Text));

    [Fact]
    public void A_valid_draft_is_accepted_unchanged_and_counted()
    {
        var check = Run(Draft());
        Assert.Empty(check.Failures);
        Assert.Equal(4, check.Accepted!.KeyPoints.Count);
        Assert.Null(check.Accepted.Implications);
        Assert.Equal((4, 4, 0, 0), (check.Tally!.Claims, check.Tally.Quoted, check.Tally.Weak, check.Tally.Dropped));
        Assert.Equal(check.Tally.Numbers, check.Tally.NumbersFound);
        Assert.InRange(check.Tally.Numbers, 20, 40);
    }

    [Theory]
    [InlineData("It also handles 77.7% of the tide.", "a number that the paper does not state")]
    [InlineData("It also beats StormFormer in dark harbours.", "a name that does not stand in the paper")]
    [InlineData("Memory in training is always unprecedented.", "a claim that the paper does not make")]
    [InlineData("Routing always benefits from brighter lanterns.", "a claim that the paper does not make")]
    public void An_unsupported_sentence_is_dropped_with_a_reason(string sentence, string reason)
    {
        var check = Run(Draft(LanternPaper.On(sentence, "Night traffic")));
        Assert.Contains(check.Failures, failure => failure.StartsWith("summary: ", StringComparison.Ordinal) && failure.Contains(sentence, StringComparison.Ordinal));
        Assert.Equal(Prose(fine), check.Accepted!.Overview);
        Assert.Contains($"A sentence was left out of the summary: {reason}.", check.Findings);
        Assert.True(Run(Draft()).IsBetterThan(check));
        Assert.False(check.IsBetterThan(Run(Draft())));
    }

    [Fact]
    public void A_part_keeps_its_remaining_sentences_even_if_it_becomes_short()
    {
        var check = Run(Draft() with { Methodology = [fine[1], LanternPaper.On("The encoder of LanternNet has 25 layers and some thousands of parameters, all of which it learns from lamps and ships.", "The encoder has")] });
        Assert.Equal(fine[1].Text, check.Accepted!.Methodology);
        Assert.Contains("A sentence was left out of the methodology: a number that the paper does not state.", check.Findings);
        Assert.Equal(1, check.SkippedSentences);
    }

    [Fact]
    public void A_key_point_with_a_number_from_another_sentence_is_dropped()
    {
        var check = Run(Draft() with { KeyPoints = [.. points[..3], points[3] with { Text = "The decoder gets by with about 24 lamps on average." }] });
        Assert.Equal(3, check.Accepted!.KeyPoints.Count);
        Assert.Contains("Dropped: a key point: a number that its evidence does not state.", check.Findings);
        Assert.Contains("\"24\"", Assert.Single(check.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_with_too_few_valid_key_points_is_rejected()
    {
        var check = Run(Draft() with { KeyPoints = [.. points[..2], points[2] with { Evidence = [400] }] });
        Assert.Null(check.Accepted);
        Assert.Equal(["it names a sentence that the paper does not have"], check.Reasons);
    }

    [Fact]
    public void A_draft_with_three_identical_key_points_is_rejected()
    {
        var check = Run(Draft() with { KeyPoints = [points[0], points[0], points[0]] });
        Assert.Null(check.Accepted);
        Assert.Equal(["it has too few key points"], check.Reasons);
    }

    [Fact]
    public void A_key_point_repeated_in_other_case_or_punctuation_appears_once()
    {
        var check = Run(Draft() with { KeyPoints = [.. points[..3], points[0] with { Text = "collisions fall by 31.5% on HarbourBench, at 12 ms per ship" }, points[1], points[3]] });
        Assert.Equal(points.Select(point => point.Text), check.Accepted!.KeyPoints.Select(point => point.Claim));
        Assert.Empty(check.Failures);
        Assert.Contains("A key point was given more than once and is shown once.", check.Findings);
    }

    [Fact]
    public void A_valid_second_copy_replaces_an_invalid_key_point()
    {
        var check = Run(Draft() with { KeyPoints = [points[0] with { Evidence = [] }, .. points[..3]] });
        Assert.Equal(points[..3].Select(point => point.Text), check.Accepted!.KeyPoints.Select(point => point.Claim));
    }

    [Fact]
    public void A_sentence_repeated_in_a_part_appears_once()
    {
        var check = Run(Draft(fine[1], fine[4] with { Text = "On HarbourBench its accuracy is 97.42%, that of the tide model 96.76%!" }));
        Assert.Equal(Prose(fine), check.Accepted!.Overview);
        Assert.Empty(check.Failures);
        Assert.Contains("A sentence of the summary was given more than once and is shown once.", check.Findings);
    }

    [Fact]
    public void A_part_that_only_repeats_itself_is_too_short()
    {
        var check = Run(Draft() with { Methodology = [.. Enumerable.Repeat(LanternPaper.On("The encoder has 24 layers.", "The encoder has"), 6)] });
        Assert.Null(check.Accepted!.Methodology);
        Assert.Contains("Dropped: methodology: its length.", check.Findings);
    }

    [Theory]
    [InlineData("It is 12 lamps less.", "It is -12 lamps less.")]
    [InlineData("Accuracy is 31.5%.", "Accuracy is 315%.")]
    [InlineData("Lamps follow ships.", "Ships follow lamps.")]
    public void Sentences_that_differ_in_a_number_or_the_word_order_are_distinct(string left, string right) => Assert.NotEqual(Repetitions.NormalizeKey(left), Repetitions.NormalizeKey(right));

    [Fact]
    public void A_claim_about_something_else_than_its_evidence_is_dropped()
    {
        var check = Run(Draft() with { KeyPoints = [.. points[..3], points[3] with { Text = "Night traffic planning becomes cheaper where keepers watch the sea." }] });
        Assert.Equal(3, check.Accepted!.KeyPoints.Count);
        Assert.Contains("Dropped: a key point: its evidence is about something else.", check.Findings);
    }

    [Fact]
    public void A_sentence_with_a_link_or_markup_is_dropped_and_not_quoted_in_findings()
    {
        var check = Run(Draft() with { Results = [.. fine[4..7], LanternPaper.On("See https://example.org/ for more.", "Training takes")], KeyPoints = [.. points, points[0] with { Text = "Collisions fall by 31.5% on <b>HarbourBench</b> at 12 ms." }] });
        Assert.Equal(Prose(fine[4..7]), check.Accepted!.Results);
        Assert.Equal(4, check.Accepted.KeyPoints.Count);
        Assert.DoesNotContain(check.Findings.Concat(check.Reasons), said => said.Contains("example.org", StringComparison.Ordinal) || said.Contains("HarbourBench", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Tier", "Long")]
    public void The_sentences_of_a_paper_pass_as_claims_with_themselves_as_evidence()
    {
        var all = PaperSentences.Of(LanternPaper.Text);
        var numbers = Enumerable.Range(1, all.Count).Where(number => all[number - 1] is { Section: >= 0, Kind: BlockKind.Paragraph } sentence && WordRange.Count(sentence.Text) is >= 7 and <= 20).ToArray();
        Assert.InRange(numbers.Length, 8, 30);
        Gen.Shuffle(numbers, 5).Sample(chosen =>
        {
            var check = Run(Draft() with { KeyPoints = [.. chosen.Select(number => new DraftSentence([number], ThirdPerson.Of(all[number - 1].Text)))] });
            return check.Failures.Count == 0 && check.Accepted!.KeyPoints.Count == 5 && check.Tally!.Weak == 0;
        }, iter: 300);
    }

    [Fact]
    public void Each_sentence_of_the_prose_keeps_its_quotes()
    {
        var shown = Run(Draft(LanternPaper.On("It also handles 77.7% of the tide.", "Night traffic"))).Accepted!;
        var ofSummary = shown.Evidence!.Where(sentence => sentence.Part == "summary").ToList();
        Assert.Equal(fine.Select(sentence => sentence.Text), ofSummary.Select(sentence => shown.Overview!.Substring(sentence.Start, sentence.Length)));
        Assert.Equal(fine.Select(sentence => sentence.Evidence!.Count), ofSummary.Select(sentence => sentence.Evidence.Count));
        Assert.Equal(("The decoder needs 30.2 lamps on average.", "3 Results", "S3"), (ofSummary[6].Evidence[0].Quote, ofSummary[6].Evidence[0].Section, ofSummary[6].Evidence[0].Anchor));
        Assert.Equal(["summary", "methodology", "results"], shown.Evidence!.Select(sentence => sentence.Part).Distinct());
        Assert.Contains(shown.ResultsEvidence!, shown.Evidence!.Where(sentence => sentence.Part == "results").SelectMany(sentence => sentence.Evidence));
    }

    [Fact]
    public void Each_sentence_of_an_item_is_checked_separately_with_the_items_evidence()
    {
        var check = Run(Draft(LanternPaper.On("Ships are routed by lantern light. The router needs 41 GB.", "To our knowledge")));
        Assert.EndsWith("Ships are routed by lantern light.", check.Accepted!.Overview, StringComparison.Ordinal);
        Assert.StartsWith("To our knowledge", check.Accepted.Evidence!.Last(sentence => sentence.Part == "summary").Evidence[0].Quote, StringComparison.Ordinal);
        Assert.Contains("\"41 GB\" does not stand", Assert.Single(check.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sentence_with_unrelated_evidence_is_a_failure()
    {
        const string claim = "Memory stays at 40 GB while the network trains.";
        DraftSentence near = LanternPaper.On(claim, "Training takes"), far = LanternPaper.On(claim, "Of 18 harbours");
        Assert.Empty(Run(Draft() with { KeyPoints = [.. points[..3], near] }).Failures);
        Assert.NotEmpty(Run(Draft() with { KeyPoints = [.. points[..3], far] }).Failures);
        Assert.Empty(Run(Draft(near)).Failures);
        Assert.Contains("about something else", Assert.Single(Run(Draft(far)).Failures), StringComparison.Ordinal);
    }

    private static CheckedDraft Run(ModelDraft draft) => SummaryCheck.Run(draft, LanternPaper.Paper, LanternPaper.Source);
}
