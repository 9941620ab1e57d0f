namespace Denoised.Grounding.Numbers;

/// <summary>Compares numbers of a draft with numbers of the paper, to the precision of the draft.</summary>
internal static class NumberAgreement
{
    /// <summary>The relative difference up to which two values are equal.</summary>
    public const double Equal = 1e-9;

    /// <summary>Whether the value in the paper equals the draft's, to the precision of the draft.</summary>
    public static bool Agrees(Quantity draft, Quantity paper)
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
        if (paper.Step < draft.Step && Math.Abs(said - real) <= half
            && (draft.Bound != Bound.Exact || (!isCounted && (draft.SignificantDigits >= 2 || Math.Abs(said - real) <= 0.015 * real))))
        {
            return true;
        }

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

    /// <summary>The smallest and largest absolute value that can agree with a number.</summary>
    public static (double Least, double Most) Reach(Quantity number)
    {
        var value = Math.Abs(number.Value);
        var reach = Math.Max(number.Step, number.Bound == Bound.Exact ? 0 : 0.12 * value) + (Equal * value);
        return (value - reach, value + reach);
    }

    /// <summary>Whether the dimensions of two numbers are compatible: a summary can omit a unit, and a difference of percentages can be in points.</summary>
    public static bool IsOfOneKind(Quantity number, Quantity other) =>
        number.Dimension == other.Dimension || number.Dimension == Dimension.None || other.Dimension == Dimension.None
        || (number.Dimension == Dimension.Points && other.Dimension == Dimension.Percent);

    /// <summary>The place value of the last nonzero digit.</summary>
    private static double Coarse(Quantity number)
    {
        var step = number.Step;
        for (var scaled = number.Mantissa; scaled >= 10 && scaled % 10 == 0; scaled /= 10)
            step *= 10;
        return step;
    }
}
