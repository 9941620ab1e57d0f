using System.Globalization;
using Denoised.Summaries;

namespace Denoised.Tests.Summaries.Corruptions;

/// <summary>A kind of text in a draft.</summary>
internal enum DraftField
{
    Claim,
    Quote,
    Summary,
    Methodology,
    Results,
    ResultsQuote,
    Implications,
}

/// <summary>One text of a draft.</summary>
/// <param name="Field">Which.</param>
/// <param name="Point">The key point, for claims and quotes.</param>
internal readonly record struct DraftItem(DraftField Field, int Point = 0)
{
    /// <summary>Our own words: claims and prose, but no quotes.</summary>
    public bool IsProse => Field is not (DraftField.Quote or DraftField.ResultsQuote);

    /// <summary>The name by which failures call it.</summary>
    public string FailureName => Field switch
    {
        DraftField.Claim or DraftField.Quote => "keyPoints",
        DraftField.Summary => "summary",
        DraftField.Methodology => "methodology",
        DraftField.Results or DraftField.ResultsQuote => "results",
        _ => "implications",
    };

    /// <summary>The longest text that keeps to the length asked for.</summary>
    public int MostWords => Field switch
    {
        DraftField.Claim => Lengths.Claim.Max,
        DraftField.Quote or DraftField.ResultsQuote => Lengths.Quote.Max,
        DraftField.Summary => Lengths.Summary.Max,
        DraftField.Methodology => Lengths.Methodology.Max,
        DraftField.Results => Lengths.Results.Max,
        _ => Lengths.Implications.Max,
    };

    /// <summary>All texts that a draft has.</summary>
    public static IEnumerable<DraftItem> In(ModelDraft draft)
    {
        for (var point = 0; point < draft.KeyPoints!.Count; point++)
        {
            yield return new DraftItem(DraftField.Claim, point);
            yield return new DraftItem(DraftField.Quote, point);
        }

        foreach (var field in new[] { DraftField.Summary, DraftField.Methodology, DraftField.Results, DraftField.ResultsQuote, DraftField.Implications })
        {
            if (new DraftItem(field).Of(draft) is not null)
                yield return new DraftItem(field);
        }
    }

    /// <summary>Its text.</summary>
    public string? Of(ModelDraft draft) => Field switch
    {
        DraftField.Claim => draft.KeyPoints![Point].Claim,
        DraftField.Quote => draft.KeyPoints![Point].Quote,
        DraftField.Summary => draft.Summary,
        DraftField.Methodology => draft.Methodology,
        DraftField.Results => draft.Results,
        DraftField.ResultsQuote => draft.ResultsQuote,
        _ => draft.Implications,
    };

    /// <summary>The draft with another text in its place.</summary>
    public ModelDraft With(ModelDraft draft, string text)
    {
        var at = Point;
        return Field switch
        {
            DraftField.Claim => draft with { KeyPoints = [.. draft.KeyPoints!.Select((point, index) => index == at ? point with { Claim = text } : point)] },
            DraftField.Quote => draft with { KeyPoints = [.. draft.KeyPoints!.Select((point, index) => index == at ? point with { Quote = text } : point)] },
            DraftField.Summary => draft with { Summary = text },
            DraftField.Methodology => draft with { Methodology = text },
            DraftField.Results => draft with { Results = text },
            DraftField.ResultsQuote => draft with { ResultsQuote = text },
            _ => draft with { Implications = text },
        };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Field is DraftField.Claim or DraftField.Quote ? string.Create(CultureInfo.InvariantCulture, $"{Field}[{Point}]") : Field.ToString();
}
