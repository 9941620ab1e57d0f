namespace Denoised.Summaries.Checks;

/// <summary>What a number measures, as far as its unit says it. Numbers of different dimensions are never the same.</summary>
internal enum Dimension
{
    /// <summary>A bare number, a count of things.</summary>
    None,

    /// <summary>Per cent.</summary>
    Percent,

    /// <summary>Percentage points, points of a score.</summary>
    Points,

    /// <summary>So many times as much, so many fold.</summary>
    Ratio,

    /// <summary>Time, in seconds.</summary>
    Time,

    /// <summary>Time, in months: these have no fixed number of seconds.</summary>
    Months,

    /// <summary>Storage, in bytes.</summary>
    Bytes,

    /// <summary>Storage, in bits.</summary>
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

    /// <summary>Operations.</summary>
    Operations,
}
