using Denoised.Text;

namespace Denoised.Grounding.Numbers;

/// <summary>Checks numbers that a sentence states as the difference of two others, such as a gain or a margin.</summary>
internal static class NumberDifferences
{
    // The maximum distance, in characters, between a word of difference and its number.
    private const int MaxCueDistance = 30;

    /// <summary>Whether a number is the difference of two numbers of the paper, and its words say so.</summary>
    public static bool IsDifference(Quantity number, NumberContext context)
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
    public static bool IsSaidToDiffer(Quantity number, string plain)
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
                var difference = new Quantity(
                    sorted[at].Value - low.Value, Math.Min(sorted[at].Step, low.Step), number.Dimension, 0, 0, Bound.Exact, QuantityForm.Reading);

                // A difference has as many digits as its operands.
                if (Math.Abs(difference.Value - wanted) <= NumberAgreement.Equal * Math.Max(sorted[at].Value, 1)
                    || NumberAgreement.Agrees(number with { Value = wanted }, difference))
                {
                    return true;
                }
            }
        }

        return false;
    }

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
