using System.Globalization;
using Denoised.Domain;
using Denoised.Model;
using Denoised.Text;

namespace Denoised.Tests.Summaries.Corruptions;

/// <summary>The kind of a text in a draft.</summary>
internal enum DraftField
{
    Claim,
    Summary,
    Methodology,
    Results,
    Implications,
}

/// <summary>One text of a draft.</summary>
/// <param name="Field">The kind of the text.</param>
/// <param name="Point">The index of the key point, for claims.</param>
internal readonly record struct DraftItem(DraftField Field, int Point = 0)
{
    /// <summary>The name of the text in failures.</summary>
    public string FailureName => Field switch
    {
        DraftField.Claim => "keyPoints",
        DraftField.Summary => "summary",
        DraftField.Methodology => "methodology",
        DraftField.Results => "results",
        _ => "implications",
    };

    /// <summary>The maximum length that the prompt asks for.</summary>
    public int MostWords => Field switch
    {
        DraftField.Claim => Lengths.Claim.Max,
        DraftField.Summary => Lengths.Summary.Max,
        DraftField.Methodology => Lengths.Methodology.Max,
        DraftField.Results => Lengths.Results.Max,
        _ => Lengths.Implications.Max,
    };

    /// <summary>All texts of a draft.</summary>
    public static IEnumerable<DraftItem> In(ModelDraft draft)
    {
        for (var point = 0; point < draft.KeyPoints!.Count; point++)
            yield return new DraftItem(DraftField.Claim, point);

        foreach (var field in new[] { DraftField.Summary, DraftField.Methodology, DraftField.Results, DraftField.Implications })
        {
            if (new DraftItem(field).Of(draft) is not null)
                yield return new DraftItem(field);
        }
    }

    /// <summary>The content of this text in a draft.</summary>
    public string? Of(ModelDraft draft) => Field switch
    {
        DraftField.Claim => draft.KeyPoints![Point].Text,
        _ => SentencesOf(draft) is { } sentences ? string.Join(' ', sentences.Select(sentence => sentence.Text)) : null,
    };

    /// <summary>The sentences of the text; a claim is one sentence.</summary>
    public IEnumerable<string> SentenceTexts(ModelDraft draft) => Field == DraftField.Claim ? [draft.KeyPoints![Point].Text!] : SentencesOf(draft)!.Select(sentence => sentence.Text!);

    /// <summary>Returns the draft with another text and the same evidence. An added sentence has the evidence of the sentence before it.</summary>
    public ModelDraft With(ModelDraft draft, string text) =>
        Field == DraftField.Claim ? WithPoint(draft, draft.KeyPoints![Point] with { Text = text }) : WithSentences(draft, Aligned(SentencesOf(draft)!, Sentences.Of(text)));

    /// <summary>Returns the draft with other evidence for a claim.</summary>
    public ModelDraft With(ModelDraft draft, IReadOnlyList<int> evidence) => WithPoint(draft, draft.KeyPoints![Point] with { Evidence = evidence });

    /// <summary>Returns the draft with one more sentence at the end of a part.</summary>
    public ModelDraft WithAdded(ModelDraft draft, DraftSentence added) => WithSentences(draft, [.. SentencesOf(draft)!, added]);

    private ModelDraft WithPoint(ModelDraft draft, DraftSentence changed)
    {
        var at = Point;
        return draft with { KeyPoints = [.. draft.KeyPoints!.Select((point, index) => index == at ? changed : point)] };
    }

    private IReadOnlyList<DraftSentence>? SentencesOf(ModelDraft draft) => Field switch
    {
        DraftField.Summary => draft.Summary,
        DraftField.Methodology => draft.Methodology,
        DraftField.Results => draft.Results,
        _ => draft.Implications,
    };

    private ModelDraft WithSentences(ModelDraft draft, DraftSentence[] sentences) => Field switch
    {
        DraftField.Summary => draft with { Summary = sentences },
        DraftField.Methodology => draft with { Methodology = sentences },
        DraftField.Results => draft with { Results = sentences },
        _ => draft with { Implications = sentences },
    };

    private static DraftSentence[] Aligned(IReadOnlyList<DraftSentence> original, List<string> texts)
    {
        var place = 0;
        return [.. texts.Select((text, index) =>
        {
            if (original.Index().FirstOrDefault(sentence => sentence.Item.Text == text) is { Item: not null } same)
                place = same.Index;
            else if (texts.Count == original.Count)
                place = index;
            return original[place] with { Text = text };
        })];
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Field is DraftField.Claim ? string.Create(CultureInfo.InvariantCulture, $"{Field}[{Point}]") : Field.ToString();
}
