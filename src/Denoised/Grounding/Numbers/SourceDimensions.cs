using System.Text.RegularExpressions;
using Denoised.Text;

namespace Denoised.Grounding.Numbers;

/// <summary>Finds the units that a sentence or a table header mentions.</summary>
internal static class SourceDimensions
{
    private static readonly PhraseMatcher words = new(
        ["(%|percent*|per cent*)"],
        ["points?"],
        ["(speedups?|speed - ups?|faster|slower|ratios?|times|factors?|folds?|×)"],
        [
            "(accura*|acc|errors?|f1|fscore|f - score|precision|recall|auc|auroc|auprc|bleu|rouge*|map|miou|iou|scores?|rates?|wer|cer|em|dice"
                + "|sensitivity|specificity|top - (1|5)|pass @ \\w|win|success|performance|mmlu|glue|perplexity)",
        ]);

    // The dimension of each word list.
    private static readonly int[] kinds = [1 << (int)Dimension.Percent, 1 << (int)Dimension.Points, 1 << (int)Dimension.Ratio, SourceIndex.Scored];

    /// <summary>Returns one bit per <see cref="Dimension"/>, and <see cref="SourceIndex.Scored"/>.</summary>
    public static int Of(string plain, IReadOnlyList<Quantity> quantities)
    {
        var bits = 0;
        foreach (var quantity in quantities)
            bits |= 1 << (int)quantity.Dimension;
        var named = words.ListsIn(new TokenizedText(plain));
        for (var list = 0; list < kinds.Length; list++)
            bits |= (named & 1UL << list) != 0 ? kinds[list] : 0;
        return bits;
    }

    /// <summary>Returns the units in a header or caption: "(ms)", "[%]", "in seconds".</summary>
    public static IEnumerable<(Dimension Dimension, double Factor, int At)> Units(string plain)
    {
        foreach (Match match in Named.Matches(plain))
        {
            var group = match.Groups["unit"];
            if (Numbers.Units.Find(group.ValueSpan) is var (dimension, factor) && (dimension != Dimension.None || factor > 1))
                yield return (dimension, factor, group.Index);
        }
    }

    /// <summary>Returns the unit at the end of a row's first cell: "GFLOPs | 66.6 | 75.2".</summary>
    public static IEnumerable<(Dimension Dimension, double Factor, int At)> Label(string row)
    {
        var bar = row.IndexOf('|', StringComparison.Ordinal);
        var label = bar < 0 ? "" : row[..bar].TrimEnd();
        var word = label[(label.LastIndexOf(' ') + 1)..];
        if (word.Length > 2 && Numbers.Units.Find(word) is (not (Dimension.None or Dimension.Points or Dimension.Ratio), _) and var (dimension, factor))
            yield return (dimension, factor, label.Length - word.Length);
    }

    /// <summary>Returns the powers of ten in a header: "params (×10^6)".</summary>
    public static IEnumerable<(Dimension Dimension, double Factor, int At)> Powers(string plain) =>
        Power.Matches(plain)
        .Select(match => (
            Dimension.None,
            Math.Pow(10, int.Parse(match.Groups["power"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)),
            match.Groups["sign"].Index));

    private static readonly LinearRegex Power = new(@"(^|[^\d. ]|(^|[^\d.]) )(?<sign>[×x]) ?10\^(?<power>-?\d{1,2})");
    private static readonly LinearRegex Named = new(@"[(\[]\s*(?:in |× ?)?(?<unit>%|×|\p{L}{1,12})\s*[)\]]|\bin (?<unit>[a-zμ]{1,12}|%)([\s.,;)|]|$)");
}
