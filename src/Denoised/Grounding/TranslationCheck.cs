using Denoised.Grounding.Names;
using Denoised.Grounding.Numbers;
using Denoised.Text;

namespace Denoised.Grounding;

/// <summary>
/// Checks a sentence in another language than the paper's. Its words cannot be compared with the paper: only numbers, names with digits or inner
/// capitals, form, and whether the evidence belongs to the paper. The verifier compares the meaning.
/// </summary>
internal static class TranslationCheck
{
    // "5 Millionen" for "5 million", "4.100" for "4,100", "0,125" for "0.125": words of scale and separators differ between languages.
    private static readonly double[] scales = [1e3, 1e-3, 1e6, 1e9];

    /// <summary>Checks a sentence against its evidence.</summary>
    /// <param name="sentence">One sentence of a summary.</param>
    /// <param name="evidence">The cited sentences.</param>
    /// <param name="isProse">Whether numbers and names can occur anywhere in the paper.</param>
    /// <param name="numberCount">Receives the number of numbers in the sentence.</param>
    public static IReadOnlyList<GroundingFinding> Check(string sentence, EvidencePassage evidence, bool isProse, out int numberCount)
    {
        var plain = DecimalComma.Replace(
            Thousands.Replace(PlainText.Of(sentence), static match => match.Value.Replace(".", "", StringComparison.Ordinal)), "${whole}.${decimals}${end}");
        var source = evidence.Paper.Source;
        var numbers = QuantityReader.OfDraft(plain).FindAll(static number => number.Form == QuantityForm.Figures);
        numberCount = numbers.Count;
        var place = isProse ? "the paper" : "its evidence";
        List<GroundingFinding> findings =
        [
            .. numbers.Where(number => !(isProse ? source.Sentences : evidence.Sentences.Concat(evidence.Context)).Any(other => IsIn(number, other, plain)))
                .Select(number => new GroundingFinding(GroundingKind.Number, $"\"{plain[number.Start..number.End]}\" does not stand in {place}")),
            .. NameCheck.MissingMarked(plain, isProse ? source.Names : evidence.Names, source.Names)
                .Select(name => new GroundingFinding(GroundingKind.Name, $"\"{name}\" does not stand in {place}")),
            .. Sentences.Of(sentence).SelectMany(one => FormCheck.FindInTranslation(one, evidence.Paper)),
        ];
        if (TopicCheck.Find(evidence, GroundingThresholds.Default) is { } foreign)
            findings.Add(foreign);
        return findings;
    }

    private static bool IsIn(Quantity number, SourceSentence sentence, string plain) =>
        sentence.Quantities.Any(other => NumberAgreement.Agrees(number, other))
        || (CanBeScaled(number, plain) && scales.Any(scale => sentence.Quantities.Any(
            other => NumberAgreement.Agrees(number with { Value = number.Value * scale, Step = number.Step * scale }, other))));

    /// <summary>Whether a word follows that can be a scale in some language ("Millionen", "duizend"), or three digits follow a separator.</summary>
    private static bool CanBeScaled(Quantity number, string plain) =>
        Grouped.IsMatch(plain.AsSpan(number.Start, number.End - number.Start)) || ScaleWord.IsMatch(plain.AsSpan(number.End));

    private static readonly LinearRegex DecimalComma = new(@"(?<whole>[0-9]),(?<decimals>[0-9]{1,2})(?<end>[^0-9]|$)");
    private static readonly LinearRegex Thousands = new(@"[0-9]{1,3}(\.[0-9]{3}){2,}");
    private static readonly LinearRegex Grouped = new(@"^[0-9]{1,3}[.,][0-9]{3}\b");
    private static readonly LinearRegex ScaleWord = new(@"^ ([bdkmt]|[^\x00-\x7F])\p{L}*", System.Text.RegularExpressions.RegexOptions.IgnoreCase);
}
