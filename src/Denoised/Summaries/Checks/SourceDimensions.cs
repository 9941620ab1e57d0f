using System.Text.RegularExpressions;

namespace Denoised.Summaries.Checks;

/// <summary>Tells which units a sentence or the head of a table speaks of.</summary>
internal static class SourceDimensions
{
    /// <summary>One bit for each <see cref="Dimension"/>, and <see cref="SourceIndex.Scored"/>.</summary>
    public static int Of(string plain, IReadOnlyList<Quantity> quantities)
    {
        var bits = 0;
        foreach (var quantity in quantities)
            bits |= 1 << (int)quantity.Dimension;
        if (plain.Contains('%') || Percentage.IsMatch(plain))
            bits |= 1 << (int)Dimension.Percent;
        if (Points.IsMatch(plain))
            bits |= 1 << (int)Dimension.Points;
        if (Ratio.IsMatch(plain))
            bits |= 1 << (int)Dimension.Ratio;
        if (Score.IsMatch(plain))
            bits |= SourceIndex.Scored;
        return bits;
    }

    /// <summary>The units that a head or a caption names: "(ms)", "[%]", "in seconds".</summary>
    public static IEnumerable<(Dimension Dimension, double Factor, int At)> Units(string plain)
    {
        foreach (Match match in Named.Matches(plain))
        {
            var group = match.Groups["unit"];
            if (Checks.Units.Find(group.ValueSpan) is var (dimension, factor) && (dimension != Dimension.None || factor > 1))
                yield return (dimension, factor, group.Index);
        }
    }

    /// <summary>The unit that the first cell of a row is or ends with: "GFLOPs | 66.6 | 75.2".</summary>
    public static IEnumerable<(Dimension Dimension, double Factor, int At)> Label(string row)
    {
        var bar = row.IndexOf('|', StringComparison.Ordinal);
        var label = bar < 0 ? "" : row[..bar].TrimEnd();
        var word = label[(label.LastIndexOf(' ') + 1)..];
        if (word.Length > 2 && Checks.Units.Find(word) is (not (Dimension.None or Dimension.Points or Dimension.Ratio), _) and var (dimension, factor))
            yield return (dimension, factor, label.Length - word.Length);
    }

    /// <summary>The powers of ten that a head names: "params (×10^6)".</summary>
    public static IEnumerable<(Dimension Dimension, double Factor, int At)> Powers(string plain) =>
        Power.Matches(plain).Select(match => (Dimension.None, Math.Pow(10, int.Parse(match.Groups["power"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture)), match.Groups["sign"].Index));

    private static readonly LinearRegex Power = new(@"(^|[^\d. ]|(^|[^\d.]) )(?<sign>[×x]) ?10\^(?<power>-?\d{1,2})");
    private static readonly LinearRegex Percentage = new(@"\bper ?cent|\bpercentages?\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Points = new(@"\bpoints?\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Ratio = new(@"\b(?:speed-?ups?|faster|slower|ratios?|times|factors?|folds?)\b|×", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Score = new(@"\b(?:accura\w+|acc|errors?|f1|f-?score|precision|recall|auc|auroc|auprc|bleu|rouge\w*|map|miou|iou|scores?|rates?|wer|cer|em|dice|sensitivity|specificity|top-[15]|pass@\w+|win|success|performance|mmlu|glue|perplexity)\b", RegexOptions.IgnoreCase);
    private static readonly LinearRegex Named = new(@"[(\[]\s*(?:in |× ?)?(?<unit>%|×|\p{L}{1,12})\s*[)\]]|\bin (?<unit>[a-zμ]{1,12}|%)([\s.,;)|]|$)");
}
