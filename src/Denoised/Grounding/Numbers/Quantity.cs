namespace Denoised.Grounding.Numbers;

/// <summary>A number in a text, with its unit.</summary>
/// <param name="Value">The value in the base unit of its dimension: 0.5 s and 500 ms are both 0.5.</param>
/// <param name="Step">The place value of its last digit, in the same unit: 0.01 for 97.42, 100,000 for "1.4 million".</param>
/// <param name="Dimension">The dimension of the unit.</param>
/// <param name="Start">The start in the plain text.</param>
/// <param name="End">The end in the plain text, including the unit.</param>
/// <param name="Bound">The relation of the number to the true value, from the word before it.</param>
/// <param name="Form">The notation.</param>
internal readonly record struct Quantity(double Value, double Step, Dimension Dimension, int Start, int End, Bound Bound, QuantityForm Form)
{
    // Numbers of hundreds of digits exceed a double, and infinity would equal every other such number.
    private const double MinStep = 1e-300;

    /// <summary>The value in the base unit of its dimension: 0.5 s and 500 ms are both 0.5. Always finite.</summary>
    public double Value { get; init => field = Math.Clamp(value, double.MinValue, double.MaxValue); } = Math.Clamp(Value, double.MinValue, double.MaxValue);

    /// <summary>The place value of its last digit, in the same unit: 0.01 for 97.42, 100,000 for "1.4 million". Always finite and positive.</summary>
    public double Step { get; init => field = Math.Clamp(value, MinStep, double.MaxValue); } = Math.Clamp(Step, MinStep, double.MaxValue);

    /// <summary>The unit that this number inherits from the end of its range or list in a draft: "from 40 to 60 billion"; null for none.</summary>
    public (Dimension Dimension, double Factor)? Inherited { get; init; }

    /// <summary>The written digits as an integer: 24 for 24 GB and 0.24 s, 240 for 240.</summary>
    public double Mantissa => Math.Min(Math.Round(Math.Abs(Value) / Step), double.MaxValue);

    /// <summary>
    /// The written digits without trailing zeros: 24 for all three examples above. Null for zero and for numbers with too many digits.
    /// </summary>
    public long? Digits
    {
        get
        {
            if (Mantissa is not (>= 1 and < 1e15))
                return null;
            var digits = (long)Mantissa;
            while (digits % 10 == 0)
                digits /= 10;
            return digits;
        }
    }

    /// <summary>The number of significant digits, within the rounding error of logarithms: 3 for 1.41, 1 for 30,000.</summary>
    public int SignificantDigits
    {
        get
        {
            var digits = 0;
            for (var remaining = Mantissa; remaining >= 1; remaining = Math.Floor(remaining / 10))
                digits++;
            return digits;
        }
    }
}

/// <summary>The relation of a number to the true value, from the word before it.</summary>
internal enum Bound
{
    /// <summary>No such word: the exact value, or a value rounded to its digits.</summary>
    Exact,

    /// <summary>Approximate: "about 30".</summary>
    Near,

    /// <summary>The true value is slightly higher: "over 96.7".</summary>
    Above,

    /// <summary>The true value is slightly lower: "nearly 97".</summary>
    Below,
}

/// <summary>The notation of a number.</summary>
internal enum QuantityForm
{
    /// <summary>In digits.</summary>
    Figures,

    /// <summary>In words: "twenty-four".</summary>
    Words,

    /// <summary>An additional reading of another number, such as the start of a range with the unit of its end.</summary>
    Reading,

    /// <summary>The digits of a name, such as ResNet-50.</summary>
    Name,
}
