using Denoised.Domain;
using Denoised.Model;
using Denoised.Summaries.Checks;

namespace Denoised.Tests.Summaries.Corruptions;

public sealed class CheckedDigestTests
{
    private static readonly ModelDraft draft = new()
    {
        Tags = ["NLP"],
        KeyPoints = [new DraftSentence([1], "A claim."), new DraftSentence([2], "Another claim.")],
        Summary = [new DraftSentence([1], "One sentence."), new DraftSentence([2], "A second one, with a fault in it."), new DraftSentence([3], "A third.")],
        Results = [new DraftSentence([4], "Results.")],
    };

    private static readonly Summary whole = new()
    {
        Tags = ["NLP"],
        KeyPoints = [new KeyPoint("A claim.", new Evidence("A quote.")), new KeyPoint("Another claim.", new Evidence("Another quote."))],
        Overview = "One sentence. A second one, with a fault in it. A third.",
        Results = "Results.",
        Provenance = new Provenance { Method = SummaryMethod.Model, PromptVersion = "0", Source = TextOrigin.Abstract, PaperVersion = 1, CreatedAt = default },
    };

    [Fact]
    public void An_unchanged_text_counts_as_accepted()
    {
        Assert.All(DraftItem.In(draft), item => Assert.True(IsAccepted(whole, item)));
        Assert.All(DraftItem.In(draft), item => Assert.False(IsAccepted(null, item)));
    }

    [Fact]
    public void A_missing_or_weak_key_point_counts_as_rejected_and_its_neighbour_does_not()
    {
        foreach (var shown in new[] { whole with { KeyPoints = [whole.KeyPoints[1]] }, whole with { KeyPoints = [new KeyPoint("A claim.", new Evidence("A quote.", Weak: true)), whole.KeyPoints[1]] } })
        {
            Assert.False(IsAccepted(shown, new DraftItem(DraftField.Claim, 0)));
            Assert.True(IsAccepted(shown, new DraftItem(DraftField.Claim, 1)));
        }
    }

    [Fact]
    public void A_place_counts_as_accepted_if_its_field_lost_another_sentence()
    {
        var item = new DraftItem(DraftField.Summary);
        Assert.False(IsAccepted(whole with { Overview = "A second one, with a fault in it. A third." }, item));
        Assert.True(IsAccepted(whole with { Overview = "A second one, with a fault in it. A third." }, item, "one, with a fault in it"));
        Assert.False(IsAccepted(whole with { Overview = "One sentence. A third." }, item, "one, with a fault in it"));
        Assert.False(IsAccepted(whole with { Overview = null }, item, "one, with a fault in it"));
    }

    [Fact]
    public void Each_text_has_at_most_one_objection_with_its_reason()
    {
        CheckedDraft result = new(draft, ["keyPoints: there is no sentence [s9].", "implications: it must not be null."], [], whole with { KeyPoints = [whole.KeyPoints[1]], Results = null });
        var objections = CheckedDigest.Objections(result, draft).ToList();
        Assert.Equal([new DraftItem(DraftField.Claim, 0), new DraftItem(DraftField.Results), new DraftItem(DraftField.Summary)], objections.Select(objection => objection.Item));
        Assert.Equal("keyPoints: there is no sentence [s9].", objections[0].Reason);
    }

    private static bool IsAccepted(Summary? shown, DraftItem item, string? place = null) => CheckedDigest.IsAccepted(new CheckedDraft(draft, [], [], shown), draft, item, place);

    [Fact]
    public void A_changed_text_keeps_its_evidence_and_an_added_sentence_inherits_it()
    {
        var item = new DraftItem(DraftField.Summary);
        Assert.Equal([[1], [2], [3]], item.With(draft, "One sentence. A second one, without it. A third.").Summary!.Select(sentence => sentence.Evidence!));
        Assert.Equal([[1], [2], [2], [3]], item.With(draft, "One sentence. A second one, with a fault in it. An added one. A third.").Summary!.Select(sentence => sentence.Evidence!));
        Assert.Equal([7], new DraftItem(DraftField.Claim, 1).With(draft, [7]).KeyPoints![1].Evidence);
    }
}
