namespace Denoised.Grounding.Numbers;

/// <summary>The dimension of a number, as far as its unit tells. Numbers of different dimensions are never equal.</summary>
internal enum Dimension
{
    /// <summary>A bare number or a count.</summary>
    None,

    /// <summary>Percent.</summary>
    Percent,

    /// <summary>Percentage points, or points of a score.</summary>
    Points,

    /// <summary>A factor: "3 times", "3-fold".</summary>
    Ratio,

    /// <summary>Time, in seconds.</summary>
    Time,

    /// <summary>Time, in months: a month has no fixed number of seconds.</summary>
    Months,

    /// <summary>Data size, in bytes.</summary>
    Bytes,

    /// <summary>Data size, in bits.</summary>
    Bits,

    /// <summary>Frequency, in hertz.</summary>
    Frequency,

    /// <summary>Length, in metres.</summary>
    Metres,

    /// <summary>Power, in watts.</summary>
    Watts,

    /// <summary>Energy, in joules.</summary>
    Joules,

    /// <summary>Angle, in degrees.</summary>
    Degrees,

    /// <summary>Angle, in radians.</summary>
    Radians,

    /// <summary>A count of operations.</summary>
    Operations,
}
