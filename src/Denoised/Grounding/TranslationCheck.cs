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
    // The words for a scale in the languages that a model writes most, with their endings. A word that is missing costs a true sentence, never admits a false one.
    private static readonly (double Factor, LinearRegex Word)[] scales =
    [
        (1e9, ScaleWord(@"mill?iard\p{L}*|miljard\p{L}*|mil millones|bilh[ãõ]\p{L}*|mil[iy]ar|mrd|млрд|м[иі]л+[иь]?ярд\p{L}*|миллиард\p{L}*|δισεκατομμ\p{L}*")),
        (1e6, ScaleWord(@"mill?i[oó]n\p{L}*|milj[oö]{1,2}n\p{L}*|miljoen|milh[ãõ]\p{L}*|milyon|juta|mio|млн|м[иі]л+[иь]йон\p{L}*|миллион\p{L}*|εκατομμ\p{L}*")),
        (1e3, ScaleWord(@"tausend|tsd|mille|mila?|duizend|tusen|tusind|tuhat\p{L}*|tys\p{L}*|tisíc\p{L}*|ezer|bin|ribu|тис\p{L}*|тыс\p{L}*|χιλιάδ\p{L}*")),
        (1e8, ScaleWord("억")),
        (1e6, ScaleWord("백만")),
        (1e4, ScaleWord("만")),
        (1e3, ScaleWord("천")),
    ];

    // "4.100" for "4,100", "0,125" for "0.125".
    private static readonly double[] separatorFactors = [1e3, 1e-3];

    /// <summary>Checks a sentence against its evidence.</summary>
    /// <param name="sentence">One sentence of a summary.</param>
    /// <param name="evidence">The cited sentences.</param>
    /// <param name="isProse">Whether numbers and names can occur anywhere in the paper.</param>
    /// <param name="numberCount">Receives the number of numbers in the sentence.</param>
    public static IReadOnlyList<GroundingFinding> Check(string sentence, EvidencePassage evidence, bool isProse, out int numberCount)
    {
        var plain = Hangul.Replace(PlainText.Of(sentence), " $0 ");
        plain = DecimalComma.Replace(Thousands.Replace(plain, static match => KeepDigits(match.Value)), "${whole}.${decimals}${end}");
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
        FactorsOf(number, plain).Any(factor => sentence.Quantities.Any(
            other => NumberAgreement.Agrees(number with { Value = number.Value * factor, Step = number.Step * factor }, other)));

    /// <summary>What a number can be multiplied by: 1, the scale that follows it, and a thousand if three digits follow its separator.</summary>
    private static IEnumerable<double> FactorsOf(Quantity number, string plain)
    {
        foreach (var (factor, word) in scales)
        {
            if (word.IsMatch(plain.AsSpan(number.End)))
                return [factor];
        }

        return Grouped.IsMatch(plain.AsSpan(number.Start, number.End - number.Start)) ? [1, .. separatorFactors] : [1];
    }

    private static string KeepDigits(string number) => string.Concat(number.Where(char.IsAsciiDigit));

    private static LinearRegex ScaleWord(string words) => new($@"^ ?({words})\b", System.Text.RegularExpressions.RegexOptions.IgnoreCase);

    // Korean particles and counters follow names and numbers without a space.
    private static readonly LinearRegex Hangul = new(@"[\uAC00-\uD7AF]+");
    private static readonly LinearRegex DecimalComma = new(@"(?<whole>[0-9]),(?<decimals>[0-9]{1,2})(?<end>[^0-9]|$)");
    private static readonly LinearRegex Thousands = new(@"\b[0-9]{1,3}((\.[0-9]{3}){2,}|( [0-9]{3})+)\b");
    private static readonly LinearRegex Grouped = new(@"^[0-9]{1,3}[.,][0-9]{3}\b");
}
