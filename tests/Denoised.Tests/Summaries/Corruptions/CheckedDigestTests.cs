using Denoised.Summaries;

namespace Denoised.Tests.Summaries.Corruptions;

public sealed class CheckedDigestTests
{
    private static readonly ModelDraft draft = new()
    {
        Tags = ["NLP"],
        KeyPoints = [new DraftPoint("A quote.", "Abstract", "A claim."), new DraftPoint("Another quote.", "Abstract", "Another claim.")],
        Summary = "One sentence. A second one, with a fault in it. A third.",
        Results = "Results.",
        ResultsQuote = "What they rest on.",
    };

    private static readonly Summary whole = new()
    {
        Tags = ["NLP"],
        KeyPoints = [new KeyPoint("A claim.", new Evidence("A quote.")), new KeyPoint("Another claim.", new Evidence("Another quote."))],
        Overview = draft.Summary,
        Results = draft.Results,
        ResultsEvidence = new Evidence("What they rest on."),
        Provenance = new Provenance { Method = SummaryMethod.Model, PromptVersion = "0", Source = TextSource.Abstract, PaperVersion = 1, CreatedAt = default },
    };

    [Fact]
    public void What_is_shown_as_written_is_accepted()
    {
        Assert.All(DraftItem.In(draft), item => Assert.True(IsAccepted(whole, item)));
        Assert.All(DraftItem.In(draft), item => Assert.False(IsAccepted(null, item)));
    }

    [Fact]
    public void A_point_that_is_gone_or_weak_is_not_accepted_and_its_neighbour_is()
    {
        foreach (var shown in new[] { whole with { KeyPoints = [whole.KeyPoints[1]] }, whole with { KeyPoints = [new KeyPoint("A claim.", new Evidence("A quote.", Weak: true)), whole.KeyPoints[1]] } })
        {
            Assert.False(IsAccepted(shown, new DraftItem(DraftField.Claim, 0)));
            Assert.False(IsAccepted(shown, new DraftItem(DraftField.Quote, 0)));
            Assert.True(IsAccepted(shown, new DraftItem(DraftField.Claim, 1)));
        }

        Assert.False(IsAccepted(whole with { ResultsEvidence = null }, new DraftItem(DraftField.ResultsQuote)));
    }

    [Fact]
    public void A_field_that_lost_another_sentence_still_holds_the_place()
    {
        var item = new DraftItem(DraftField.Summary);
        Assert.False(IsAccepted(whole with { Overview = "A second one, with a fault in it. A third." }, item));
        Assert.True(IsAccepted(whole with { Overview = "A second one, with a fault in it. A third." }, item, "one, with a fault in it"));
        Assert.False(IsAccepted(whole with { Overview = "One sentence. A third." }, item, "one, with a fault in it"));
        Assert.False(IsAccepted(whole with { Overview = null }, item, "one, with a fault in it"));
    }

    [Fact]
    public void An_objection_is_told_once_for_each_text_with_what_was_said_of_it()
    {
        CheckedDraft result = new(draft, ["keyPoints: a quote does not stand in the paper.", "implications: it must not be null."], [], whole with { KeyPoints = [whole.KeyPoints[1]], Results = null });
        var objections = CheckedDigest.Objections(result, draft).ToList();
        Assert.Equal([new DraftItem(DraftField.Claim, 0), new DraftItem(DraftField.Results), new DraftItem(DraftField.Summary)], objections.Select(objection => objection.Item));
        Assert.Equal("keyPoints: a quote does not stand in the paper.", objections[0].Reason);
    }

    private static bool IsAccepted(Summary? shown, DraftItem item, string? place = null) => CheckedDigest.IsAccepted(new CheckedDraft(draft, [], [], shown), draft, item, place);
}
