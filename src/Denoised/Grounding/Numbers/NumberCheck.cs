using System.Collections.Frozen;
using Denoised.Text;

namespace Denoised.Grounding.Numbers;

/// <summary>
/// Checks that every number of a draft occurs in the paper or follows from it: by rounding, unit prefix, spelling, as the complement of a percentage,
/// the end of a range, or the difference or ratio of two adjacent numbers. A unit in the draft must match. A number alone is no evidence, because a
/// long paper contains almost every small number: some words around it must also occur around it in the paper.
/// </summary>
internal static class NumberCheck
{
    // Small numbers are often sums of others by chance.
    private const double MinSum = 13;

    private const int MaxSummands = 6;

    /// <summary>Whether the paper supports a number of a draft's sentence.</summary>
    /// <param name="number">The number.</param>
    /// <param name="sentence">The sentence.</param>
    public static bool IsSupported(Quantity number, NumberedSentence sentence) =>
        IsLabel(number, sentence) || IsSupported(number, new NumberContext(sentence, number));

    /// <summary>Whether a number is a small count in words, which the writer may have counted.</summary>
    public static bool IsCount(Quantity number) => number is { Form: QuantityForm.Words, Dimension: Dimension.None, Value: <= 12 };

    /// <summary>Whether a number, in one of its readings, occurs in the given places: those that the sentence cites.</summary>
    public static bool IsSupportedIn(Quantity number, NumberedSentence claim, NumberPlaces places) =>
        IsLabel(number, claim) || IsSupported(number, new NumberContext(claim, number) { Only = places });

    /// <summary>Whether the number labels an existing part of the paper, such as "Theorem 2.1".</summary>
    private static bool IsLabel(Quantity number, NumberedSentence sentence)
    {
        var before = sentence.Plain.AsSpan(0, number.Start);
        if (!before.EndsWith(' '))
            return false;
        var kind = before[(before[..^1].LastIndexOfAnyExceptInRange('A', 'z') + 1)..^1].TrimStart('[').ToString();
        if (!labels.Contains(kind))
            return false;
        var whole = $"{kind} {sentence.GetText(number)}";
        return sentence.Source.Sentences.Any(place => place.Plain.IndexOf(whole, StringComparison.Ordinal) is var at and >= 0
            && !char.IsDigit(place.Plain.ElementAtOrDefault(at + whole.Length)));
    }

    private static bool IsSupported(Quantity number, NumberContext context) =>
        ((IsStated(number, context) || IsComplement(number, context) || NumberDifferences.IsDifference(number, context) || IsRatio(number, context)
            || IsSum(number, context))
            && !IsOutdone(number, context))
        || (number.Inherited is var (dimension, factor)
            && IsSupported(
                number with { Value = number.Value * factor, Step = number.Step * factor, Dimension = dimension, Inherited = null }, context));

    private static bool IsStated(Quantity number, NumberContext context)
    {
        var (min, max) = NumberAgreement.Reach(number);
        var (isSoft, isContradicted) = (false, false);
        foreach (var (sentence, quantity) in context.Between(min, max))
        {
            if (!NumberAgreement.Agrees(number, quantity) || !context.IsAbout(sentence))
                continue;
            if (number.Dimension == quantity.Dimension || number.Dimension == Dimension.None)
                return true;

            // A gain of 6% can be one of 6 points.
            if (number.Dimension == Dimension.Points && quantity.Dimension == Dimension.Percent && NumberDifferences.IsSaidToDiffer(quantity, sentence.Plain))
                return true;
            if (quantity.Dimension == Dimension.None)
                isSoft |= number.Dimension is Dimension.Percent or Dimension.Points or Dimension.Ratio && quantity.Form != QuantityForm.Name
                    && (SpeaksOf(sentence, number.Dimension)
                        || (number.Dimension == Dimension.Ratio && context.Plain.AsSpan(0, number.End).EndsWith("times")));
            else if (quantity.Form != QuantityForm.Reading)
                isContradicted = true;
        }

        if (isSoft && !isContradicted)
            return true;

        // 0.932 and 93.2% are equal.
        return (number.Dimension == Dimension.Percent
            && IsFraction(number with { Value = number.Value / 100, Step = number.Step / 100, Dimension = Dimension.None }, Dimension.None, context))
            || (number.Dimension == Dimension.None && Math.Abs(number.Value) is > 0 and < 1
                && IsFraction(
                    number with { Value = number.Value * 100, Step = number.Step * 100, Dimension = Dimension.Percent }, Dimension.Percent, context));
    }

    /// <summary>
    /// Whether the same digits, with another unit or power of ten, occur in a place of the paper that matches the sentence better than the source of
    /// a rounded or derived number: "15 ms", from a runtime of 14.71 ms, in a paper whose method is 15% faster.
    /// </summary>
    private static bool IsOutdone(Quantity number, NumberContext context)
    {
        if (number.Digits is not { } digits)
            return false;
        var other = 0.0;
        foreach (var (sentence, quantity) in context.WithDigits(digits))
        {
            // A single digit is too common, except with zeros and a unit or a scale such as "billion".
            if (quantity.Form == QuantityForm.Name
                || (digits < 10 && !(IsMeasured(number) && IsMeasured(quantity) && number.Mantissa >= 10 && number.Mantissa == quantity.Mantissa)))
            {
                continue;
            }

            if (NumberAgreement.Agrees(number, quantity) && NumberAgreement.IsOfOneKind(number, quantity))
                return false;
            other = Math.Max(other, context.Weight(sentence));
        }

        if (other == 0)
            return false;
        var (min, max) = NumberAgreement.Reach(number);
        var own = context.Between(min, max)
            .Where(place => NumberAgreement.Agrees(number, place.Quantity) && NumberAgreement.IsOfOneKind(number, place.Quantity))
            .Select(place => context.Weight(place.Sentence))
            .DefaultIfEmpty(NumberContext.DerivedShare * context.HeaviestWeight)
            .Max();
        return other > own;
    }

    /// <summary>Whether a unit or a scale ("thousand", "million") follows the number.</summary>
    private static bool IsMeasured(Quantity number) => number.Dimension != Dimension.None || number.Step >= 1000;

    private static bool IsFraction(Quantity number, Dimension dimension, NumberContext context)
    {
        var (min, max) = NumberAgreement.Reach(number);
        return context.Between(min, max)
            .Any(place => place.Quantity.Dimension == dimension && place.Quantity.Form == QuantityForm.Figures && place.Quantity.Step < 1
                && NumberAgreement.Agrees(number, place.Quantity) && context.IsAbout(place.Sentence));
    }

    private static bool IsComplement(Quantity number, NumberContext context)
    {
        if (number.Dimension != Dimension.Percent || number.Value is <= 0 or >= 100 || IsChange(number, context.Plain))
            return false;
        var complement = number with { Value = 100 - number.Value, Bound = number.Bound == Bound.Exact ? Bound.Exact : Bound.Near };
        var (min, max) = NumberAgreement.Reach(complement);
        return context.Between(min, max)
            .Any(place => place.Quantity.Dimension == Dimension.Percent && NumberAgreement.Agrees(complement, place.Quantity)
                && context.IsCloselyAbout(place.Sentence));
    }

    /// <summary>Whether the number states a change ("falls by 36%", "36% faster"): its complement is no change.</summary>
    private static bool IsChange(Quantity number, string plain)
    {
        var before = plain.AsSpan(0, number.Start).TrimEnd();
        var behind = plain.AsSpan(Math.Min(number.End, plain.Length)).TrimStart();
        var end = 0;
        while (end < behind.Length && char.IsLetter(behind[end]))
            end++;
        var word = behind[..end];
        return before.EndsWith(" by", StringComparison.OrdinalIgnoreCase) || before.EndsWith(" by about", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith(" by up to", StringComparison.OrdinalIgnoreCase)
            || word is "more" or "less" || (word.Length > 4 && word.EndsWith("er", StringComparison.Ordinal));
    }

    private static bool IsRatio(Quantity number, NumberContext context)
    {
        if (number.Value <= 1 || !(number.Dimension == Dimension.Ratio || (number.Dimension == Dimension.None && context.IsMultiplying)))
            return false;
        foreach (var group in context.Groups(withNeighbours: false))
        {
            if (group.Count is >= 2 and <= 12 && context.IsCloselyAbout(group.Sentences[0]) && group.Kinds.Any(kind => HasRatio(kind.Sorted, number)))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether the number is the sum of two numbers of one cited sentence: "3,000" from 2,000 and 1,000. In a whole paper, almost any number is such
    /// a sum.
    /// </summary>
    private static bool IsSum(Quantity number, NumberContext context)
    {
        if (context.Only is null || number.Value < MinSum || number.Dimension is Dimension.Ratio or Dimension.Points)
            return false;
        foreach (var sentence in context.Only.All.Where(place => place.Quantity.Form is QuantityForm.Figures or QuantityForm.Words
            && place.Quantity.Dimension == number.Dimension)
            .GroupBy(place => place.Sentence))
        {
            var values = sentence.Select(place => place.Quantity).DistinctBy(quantity => quantity.Start).Take(MaxSummands)
                .Where(quantity => !context.Says(quantity)).ToList();
            for (var one = 0; one < values.Count; one++)
            {
                for (var other = one + 1; other < values.Count; other++)
                {
                    var sum = values[one] with
                    {
                        Value = values[one].Value + values[other].Value,
                        Step = Math.Max(values[one].Step, values[other].Step),
                        Form = QuantityForm.Reading,
                    };
                    if (NumberAgreement.Agrees(number, sum))
                        return true;
                }
            }
        }

        return false;
    }

    private static bool HasRatio(IReadOnlyList<Quantity> quantities, Quantity number)
    {
        foreach (var one in quantities)
        {
            foreach (var other in quantities)
            {
                var (dividend, divisor) = (Math.Abs(one.Value), Math.Abs(other.Value));
                if (divisor > 0 && dividend > divisor
                    && NumberAgreement.Agrees(
                        number, new Quantity(dividend / divisor, 1e-9, Dimension.Ratio, 0, 0, Bound.Exact, QuantityForm.Reading)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the value in the paper equals the draft's, to the precision of the draft.</summary>
    internal static bool Agrees(Quantity draft, Quantity paper) => NumberAgreement.Agrees(draft, paper);

    private static bool SpeaksOf(SourceSentence sentence, Dimension dimension) =>
        (sentence.Dimensions & (1 << (int)dimension)) != 0
        || (dimension is Dimension.Percent or Dimension.Points && (sentence.Dimensions & SourceIndex.Scored) != 0);

    /// <summary>Words of factors and ratios.</summary>
    internal static readonly PhraseMatcher Multiplying = new(["(multipl*|factors?|ratios?|fold|times)"]);

    private static readonly FrozenSet<string> labels = new[]
    {
        "Theorem", "Lemma", "Corollary", "Proposition", "Definition", "Section", "Table", "Figure", "Equation", "Appendix", "Algorithm", "Chapter",
        "Conjecture", "Remark", "Example",
    }.ToFrozenSet(StringComparer.Ordinal);
}
