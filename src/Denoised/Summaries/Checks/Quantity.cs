namespace Denoised.Summaries.Checks;

/// <summary>A number as it stands in a text, with its unit.</summary>
/// <param name="Value">In the base unit of its dimension: 0.5 s and 500 ms are both 0.5.</param>
/// <param name="Step">What its last digit stands for, in the same unit: 0.01 for 97.42, 100,000 for "1.4 million".</param>
/// <param name="Dimension">What it measures.</param>
/// <param name="Start">Where it begins in the plain text.</param>
/// <param name="End">Where it ends there, unit included.</param>
/// <param name="Bound">What the word before it says of the true value.</param>
/// <param name="Form">How it is written.</param>
internal readonly record struct Quantity(double Value, double Step, Dimension Dimension, int Start, int End, Bound Bound, QuantityForm Form)
{
    // Hundreds of figures are more than a double holds: what is infinite would be equal to everything.
    private const double LeastStep = 1e-300;

    /// <summary>In the base unit of its dimension: 0.5 s and 500 ms are both 0.5. Always finite.</summary>
    public double Value { get; init => field = Math.Clamp(value, double.MinValue, double.MaxValue); } = Math.Clamp(Value, double.MinValue, double.MaxValue);

    /// <summary>What its last digit stands for, in the same unit: 0.01 for 97.42, 100,000 for "1.4 million". Always finite and above zero.</summary>
    public double Step { get; init => field = Math.Clamp(value, LeastStep, double.MaxValue); } = Math.Clamp(Step, LeastStep, double.MaxValue);

    /// <summary>The unit that the end of a range or list in a draft gives this member of it: "from 40 to 60 billion"; null where there is none.</summary>
    public (Dimension Dimension, double Factor)? Inherited { get; init; }

    /// <summary>The figures that are written, as a whole number: 24 for 24 GB and 0.24 s, 240 for 240.</summary>
    public double Written => Math.Min(Math.Round(Math.Abs(Value) / Step), double.MaxValue);

    /// <summary>The same without the zeros at its end: 24 for all three; null where there are no figures but zeros, or too many.</summary>
    public long? Digits
    {
        get
        {
            if (Written is not (>= 1 and < 1e15))
                return null;
            var digits = (long)Written;
            while (digits % 10 == 0)
                digits /= 10;
            return digits;
        }
    }

    /// <summary>How many digits are given, up to rounding of logarithms: 3 for 1.41, 1 for 30,000.</summary>
    public int SignificantDigits
    {
        get
        {
            var digits = 0;
            for (var left = Written; left >= 1; left = Math.Floor(left / 10))
                digits++;
            return digits;
        }
    }
}

/// <summary>What the word before a number says of the true value.</summary>
internal enum Bound
{
    /// <summary>Nothing: it is the number given, or rounded to its digits.</summary>
    Exact,

    /// <summary>It is near: "about 30".</summary>
    Near,

    /// <summary>It is a little more: "over 96.7".</summary>
    Above,

    /// <summary>It is a little less: "nearly 97".</summary>
    Below,
}

/// <summary>How a number is written.</summary>
internal enum QuantityForm
{
    /// <summary>In figures.</summary>
    Figures,

    /// <summary>In words: "twenty-four".</summary>
    Words,

    /// <summary>A second reading of the same place, such as the unit that a range's end gives to its start; never one of its own.</summary>
    Reading,

    /// <summary>The figures of a name, such as ResNet-50.</summary>
    Name,
}
