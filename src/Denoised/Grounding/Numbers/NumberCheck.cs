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
    // The number of context words that must match, if the sentence has that many.
    private const int SharedWords = 2;

    // The minimum overlap of a number's context with the sentence, as a share of the best overlap in the paper. Higher for numbers that are common.
    private const double ShortShare = 0.36;
    private const double LongShare = 0.18;
    private const double DerivedShare = 0.5;

    // A number with a unit is rarer than a bare one.
    private const double MeasuredPart = 0.5;
    private const double WeightOfValue = 3;

    private const double Equal = 1e-9;

    // The maximum distance, in characters, between a word of difference and its number.
    private const int MaxCueDistance = 30;

    // Small numbers are often sums of others by chance.
    private const double MinSum = 13;
    private const int MaxSummands = 6;

    /// <summary>Whether the paper supports a number of a draft's sentence.</summary>
    /// <param name="number">The number.</param>
    /// <param name="sentence">The sentence.</param>
    public static bool IsSupported(Quantity number, NumberedSentence sentence) => IsLabel(number, sentence) || IsSupported(number, new Context(sentence, number));

    /// <summary>Whether a number is a small count in words, which the writer may have counted.</summary>
    public static bool IsCount(Quantity number) => number is { Form: QuantityForm.Words, Dimension: Dimension.None, Value: <= 12 };

    /// <summary>Whether a number, in one of its readings, occurs in the given places: those that the sentence cites.</summary>
    public static bool IsSupportedIn(Quantity number, NumberedSentence claim, NumberPlaces places) => IsLabel(number, claim) || IsSupported(number, new Context(claim, number) { Only = places });

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
        return sentence.Source.Sentences.Any(place => place.Plain.IndexOf(whole, StringComparison.Ordinal) is var at and >= 0 && !char.IsDigit(place.Plain.ElementAtOrDefault(at + whole.Length)));
    }

    private static bool IsSupported(Quantity number, Context context) =>
        ((IsStated(number, context) || IsComplement(number, context) || IsDifference(number, context) || IsRatio(number, context) || IsSum(number, context)) && !IsOutdone(number, context))
        || (number.Inherited is var (dimension, factor) && IsSupported(number with { Value = number.Value * factor, Step = number.Step * factor, Dimension = dimension, Inherited = null }, context));

    private static bool IsStated(Quantity number, Context context)
    {
        var (min, max) = Reach(number);
        var (isSoft, isContradicted) = (false, false);
        foreach (var (sentence, quantity) in context.Between(min, max))
        {
            if (!Agrees(number, quantity) || !context.IsAbout(sentence))
                continue;
            if (number.Dimension == quantity.Dimension || number.Dimension == Dimension.None)
                return true;

            // A gain of 6% can be one of 6 points.
            if (number.Dimension == Dimension.Points && quantity.Dimension == Dimension.Percent && IsSaidToDiffer(quantity, sentence.Plain))
                return true;
            if (quantity.Dimension == Dimension.None)
                isSoft |= number.Dimension is Dimension.Percent or Dimension.Points or Dimension.Ratio && quantity.Form != QuantityForm.Name && (SpeaksOf(sentence, number.Dimension) || (number.Dimension == Dimension.Ratio && context.Plain.AsSpan(0, number.End).EndsWith("times")));
            else if (quantity.Form != QuantityForm.Reading)
                isContradicted = true;
        }

        if (isSoft && !isContradicted)
            return true;

        // 0.932 and 93.2% are equal.
        return (number.Dimension == Dimension.Percent && IsFraction(number with { Value = number.Value / 100, Step = number.Step / 100, Dimension = Dimension.None }, Dimension.None, context))
            || (number.Dimension == Dimension.None && Math.Abs(number.Value) is > 0 and < 1 && IsFraction(number with { Value = number.Value * 100, Step = number.Step * 100, Dimension = Dimension.Percent }, Dimension.Percent, context));
    }

    /// <summary>
    /// Whether the same digits, with another unit or power of ten, occur in a place of the paper that matches the sentence better than the source of
    /// a rounded or derived number: "15 ms", from a runtime of 14.71 ms, in a paper whose method is 15% faster.
    /// </summary>
    private static bool IsOutdone(Quantity number, Context context)
    {
        if (number.Digits is not { } digits)
            return false;
        var other = 0.0;
        foreach (var (sentence, quantity) in context.WithDigits(digits))
        {
            // A single digit is too common, except with zeros and a unit or a scale such as "billion".
            if (quantity.Form == QuantityForm.Name || (digits < 10 && !(IsMeasured(number) && IsMeasured(quantity) && number.Mantissa >= 10 && number.Mantissa == quantity.Mantissa)))
                continue;
            if (Agrees(number, quantity) && IsOfOneKind(number, quantity))
                return false;
            other = Math.Max(other, context.Weight(sentence));
        }

        if (other == 0)
            return false;
        var (min, max) = Reach(number);
        var own = context.Between(min, max).Where(place => Agrees(number, place.Quantity) && IsOfOneKind(number, place.Quantity)).Select(place => context.Weight(place.Sentence)).DefaultIfEmpty(DerivedShare * context.HeaviestWeight).Max();
        return other > own;
    }

    private static bool IsOfOneKind(Quantity number, Quantity other) =>
        number.Dimension == other.Dimension || number.Dimension == Dimension.None || other.Dimension == Dimension.None || (number.Dimension == Dimension.Points && other.Dimension == Dimension.Percent);

    /// <summary>Whether a unit or a scale ("thousand", "million") follows the number.</summary>
    private static bool IsMeasured(Quantity number) => number.Dimension != Dimension.None || number.Step >= 1000;

    private static bool IsFraction(Quantity number, Dimension dimension, Context context)
    {
        var (min, max) = Reach(number);
        return context.Between(min, max).Any(place => place.Quantity.Dimension == dimension && place.Quantity.Form == QuantityForm.Figures && place.Quantity.Step < 1 && Agrees(number, place.Quantity) && context.IsAbout(place.Sentence));
    }

    private static bool IsComplement(Quantity number, Context context)
    {
        if (number.Dimension != Dimension.Percent || number.Value is <= 0 or >= 100 || IsChange(number, context.Plain))
            return false;
        var complement = number with { Value = 100 - number.Value, Bound = number.Bound == Bound.Exact ? Bound.Exact : Bound.Near };
        var (min, max) = Reach(complement);
        return context.Between(min, max).Any(place => place.Quantity.Dimension == Dimension.Percent && Agrees(complement, place.Quantity) && context.IsCloselyAbout(place.Sentence));
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
        return before.EndsWith(" by", StringComparison.OrdinalIgnoreCase) || before.EndsWith(" by about", StringComparison.OrdinalIgnoreCase) || before.EndsWith(" by up to", StringComparison.OrdinalIgnoreCase)
            || word is "more" or "less" || (word.Length > 4 && word.EndsWith("er", StringComparison.Ordinal));
    }

    private static bool IsDifference(Quantity number, Context context)
    {
        if (number.Value == 0 || number.Dimension is Dimension.Ratio or Dimension.Percent || !IsSaidToDiffer(number, context.Plain))
            return false;

        // Integers are too common to search more than one sentence.
        var isCount = number is { Dimension: Dimension.None, Step: >= 1 };
        foreach (var group in context.Groups(withNeighbours: !isCount))
        {
            if (!context.IsCloselyAbout(group))
                continue;
            foreach (var (dimension, sorted) in group.Kinds)
            {
                var isFitting = number.Dimension == dimension
                    || (number.Dimension == Dimension.Points && dimension is Dimension.Percent or Dimension.None)
                    || (number.Dimension == Dimension.None && dimension is Dimension.Percent or Dimension.Points);
                if (isFitting && HasDifference(sorted, number))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the words next to a number state that it is the difference of two others.</summary>
    private static bool IsSaidToDiffer(Quantity number, string plain)
    {
        var before = plain[Math.Max(0, number.Start - 40)..number.Start];
        var after = plain[Math.Min(plain.Length, number.End)..Math.Min(plain.Length, number.End + 40)];

        // Ignores context that contains only numbers.
        var text = new TokenizedText(before.Any(char.IsAsciiLetter) ? before : "");
        var found = beside.Find(text).ToLookup(static match => (Beside)match.List);
        if (found.Contains(Beside.Placing) && !found.Contains(Beside.Totalling))
            return false;
        return found[Beside.Differing].Any(IsNear)
            || (after.Any(char.IsAsciiLetter) && (beside.ListsIn(new TokenizedText(after)) & 1UL << (int)Beside.DifferingAfter) != 0)
            || plain.AsSpan(number.Start, number.End - number.Start).Contains("point", StringComparison.Ordinal);

        bool IsNear(PhraseMatch word) => !found[Beside.NoDifference].Any(other => word.Start >= other.Start && word.Start < other.End)
            && before.AsSpan(text.EndBefore(word.End)) is var rest && rest.Length <= MaxCueDistance && !rest.ContainsAny(".;:");
    }

    private static bool HasDifference(IReadOnlyList<Quantity> sorted, Quantity number)
    {
        var wanted = Math.Abs(number.Value);
        var high = 1;
        for (var index = 0; index < sorted.Count; index++)
        {
            var low = sorted[index];
            while (high < sorted.Count && sorted[high].Value - low.Value < wanted - number.Step)
                high++;
            for (var at = high; at < sorted.Count && sorted[at].Value - low.Value <= wanted + number.Step; at++)
            {
                var difference = new Quantity(sorted[at].Value - low.Value, Math.Min(sorted[at].Step, low.Step), number.Dimension, 0, 0, Bound.Exact, QuantityForm.Reading);

                // A difference has as many digits as its operands.
                if (Math.Abs(difference.Value - wanted) <= Equal * Math.Max(sorted[at].Value, 1) || Agrees(number with { Value = wanted }, difference))
                    return true;
            }
        }

        return false;
    }

    private static bool IsRatio(Quantity number, Context context)
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
    private static bool IsSum(Quantity number, Context context)
    {
        if (context.Only is null || number.Value < MinSum || number.Dimension is Dimension.Ratio or Dimension.Points)
            return false;
        foreach (var sentence in context.Only.All.Where(place => place.Quantity.Form is QuantityForm.Figures or QuantityForm.Words && place.Quantity.Dimension == number.Dimension).GroupBy(place => place.Sentence))
        {
            var values = sentence.Select(place => place.Quantity).DistinctBy(quantity => quantity.Start).Take(MaxSummands)
                .Where(quantity => !context.Says(quantity)).ToList();
            for (var one = 0; one < values.Count; one++)
            {
                for (var other = one + 1; other < values.Count; other++)
                {
                    var sum = values[one] with { Value = values[one].Value + values[other].Value, Step = Math.Max(values[one].Step, values[other].Step), Form = QuantityForm.Reading };
                    if (Agrees(number, sum))
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
                if (divisor > 0 && dividend > divisor && Agrees(number, new Quantity(dividend / divisor, 1e-9, Dimension.Ratio, 0, 0, Bound.Exact, QuantityForm.Reading)))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Whether the value in the paper equals the draft's, to the precision of the draft.</summary>
    internal static bool Agrees(Quantity draft, Quantity paper)
    {
        // A loss of 12 can be written as -12, but not vice versa.
        if (draft.Value < 0 && paper.Value > 0)
            return false;
        var (said, real) = (Math.Abs(draft.Value), Math.Abs(paper.Value));
        if (Math.Abs(said - real) <= Equal * Math.Max(said, real))
            return true;

        // Digits beyond the precision of the paper are invented.
        if (paper.Step >= draft.Step * (1 - 1e-6) && draft.Bound == Bound.Exact)
            return false;
        var isCounted = draft.Dimension == Dimension.None && draft.Step == 1;
        var half = draft.Step / 2 * (1 + 1e-6);
        if (paper.Step < draft.Step && Math.Abs(said - real) <= half && (draft.Bound != Bound.Exact || (!isCounted && (draft.SignificantDigits >= 2 || Math.Abs(said - real) <= 0.015 * real))))
            return true;
        if (draft.Bound == Bound.Exact)
            return false;

        // "About 1,400" rounds and "over 96.7" truncates: a number without further digits cannot be truncated.
        var coarse = Coarse(draft);
        if (draft.Bound != Bound.Near && paper.Step >= coarse * (1 - 1e-6))
            return false;
        return draft.Bound switch
        {
            Bound.Near => Math.Abs(said - real) <= Math.Min(coarse / 2, 0.05 * real) * (1 + 1e-6),
            Bound.Above => real >= said && real - said <= Math.Min(coarse, 0.1 * real),
            _ => real <= said && said - real <= Math.Min(coarse, 0.1 * real),
        };
    }

    /// <summary>The place value of the last nonzero digit.</summary>
    private static double Coarse(Quantity number)
    {
        var step = number.Step;
        for (var scaled = number.Mantissa; scaled >= 10 && scaled % 10 == 0; scaled /= 10)
            step *= 10;
        return step;
    }

    private static (double Least, double Most) Reach(Quantity number)
    {
        var value = Math.Abs(number.Value);
        var reach = Math.Max(number.Step, number.Bound == Bound.Exact ? 0 : 0.12 * value) + (Equal * value);
        return (value - reach, value + reach);
    }

    private static bool SpeaksOf(SourceSentence sentence, Dimension dimension) =>
        (sentence.Dimensions & (1 << (int)dimension)) != 0
        || (dimension is Dimension.Percent or Dimension.Points && (sentence.Dimensions & SourceIndex.Scored) != 0);

    /// <summary>The search context of a number: the words of its sentence and the allowed places.</summary>
    private sealed class Context(NumberedSentence spoken, Quantity number)
    {
        private readonly SourceIndex source = spoken.Source;

        // A sentence with very few words, such as "The difference is 3.", has no context to match.
        private int Needed => Math.Clamp(spoken.Stems.Count - 2, 0, SharedWords);

        public string Plain => spoken.Plain;

        /// <summary>Whether the sentence itself states a value: it is then no summand.</summary>
        public bool Says(Quantity quantity) => spoken.Numbers.Any(said => said.Value == quantity.Value);

        public bool IsMultiplying => spoken.IsMultiplying;

        /// <summary>The places to search; null for the whole paper.</summary>
        public NumberPlaces? Only { get; init; }

        public IEnumerable<(SourceSentence Sentence, Quantity Quantity)> Between(double min, double max)
        {
            if (Only is null)
                return source.Between(min, max);
            return Only.All.Where(place => Math.Abs(place.Quantity.Value) >= min && Math.Abs(place.Quantity.Value) <= max);
        }

        public IReadOnlyList<NumberGroup> Groups(bool withNeighbours) =>
            Only is null
                ? source.Groups(withNeighbours)
                : Only.Groups;

        /// <summary>The places of numbers with the same digits, whatever their unit and power of ten.</summary>
        public IEnumerable<(SourceSentence Sentence, Quantity Quantity)> WithDigits(long digits) =>
            Only is null ? source.WithDigits(digits) : Only.All.Where(place => place.Quantity.Digits == digits);

        public double HeaviestWeight => spoken.HeaviestWeight;

        /// <summary>The overlap of the sentence with a sentence of the paper and its context.</summary>
        public double Weight(SourceSentence sentence) => Weight(spoken.SharedWith(sentence, number));

        private static double Weight(Overlap overlap) => overlap.Weight + (overlap.Values * WeightOfValue);

        public bool IsAbout(SourceSentence sentence) =>
            Only is not null || IsCount(number) || IsNear(sentence, (number.SignificantDigits <= 2 ? ShortShare : LongShare) * (number.Dimension > Dimension.Ratio ? MeasuredPart : 1));

        /// <summary>
        /// A stricter test for derived numbers: almost any number follows from some others, so these must occur in the best matching place.
        /// </summary>
        public bool IsCloselyAbout(SourceSentence sentence) => IsAbout(sentence) && (Only is not null || IsNear(sentence, DerivedShare));

        /// <summary>Whether a sentence of the group passes the stricter test.</summary>
        public bool IsCloselyAbout(NumberGroup group)
        {
            foreach (var sentence in group.Sentences)
            {
                if (IsCloselyAbout(sentence))
                    return true;
            }

            return false;
        }

        private bool IsNear(SourceSentence sentence, double share)
        {
            var shared = spoken.SharedWith(sentence, number);

            // A table expresses in numbers what a sentence expresses in words.
            if (shared.Words >= 1 && (shared.Values >= 2 || (sentence.IsRow && (shared.Values >= 1 || number.SignificantDigits >= 3))))
                return true;
            return (shared.Words >= Needed || shared.Words + shared.Values >= SharedWords) && (Needed < SharedWords || number.SignificantDigits > 4 || Weight(shared) >= share * HeaviestWeight);
        }
    }

    /// <summary>Words of factors and ratios.</summary>
    internal static readonly PhraseMatcher Multiplying = new(["(multipl*|factors?|ratios?|fold|times)"]);

    private static readonly FrozenSet<string> labels = new[]
    {
        "Theorem", "Lemma", "Corollary", "Proposition", "Definition", "Section", "Table", "Figure", "Equation", "Appendix", "Algorithm", "Chapter",
        "Conjecture", "Remark", "Example",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly PhraseMatcher beside = new(
        ["(by|improv*|gain*|reduc*|drop*|increas*|decreas*|higher|lower|differ*|gap|margin|advantage|sav*|add*|declin*|ris*|rose|fall*|fell|lose*"
            + "|loss*|lost*|costs?|outperform*|exceed*|lift*|rais*|cut*|leads?|remain*|left|other|beats?|surpass*|shrink*|grow*|grew|up|down"
            + "|lies?)"],
        ["(one by|up to|down to)"],

        // "From 40 to 60" states two values, not a difference; "amounts to 60" is neither.
        [@"(from|at|between|only|to) (-|+|\~|\$)* $"],
        [@"(comes|amounts|adds|up (-)?) to (-|+|\~|\$)* $"],
        ["^ (-)* (\\w ((-|@) (\\w)?)*)? (\\w ((-|@) (\\w)?)*)? (of the|points?|higher|lower|more|less|fewer|better|worse|ahead|behind|above|below|shorter|longer"
            + "|faster|slower|gain|improvement|increase|decrease|drop|advantage|margin|gap|difference|remain*|left)"]);

    private enum Beside
    {
        Differing,
        NoDifference,
        Placing,
        Totalling,
        DifferingAfter,
    }
}
