namespace Denoised.Benchmarks.Growth;

/// <summary>How a figure grows: as the number of papers to the power of an exponent.</summary>
internal static class PowerLaw
{
    /// <summary>The exponent that fits best, by least squares of the logarithms; not a number where a figure is not positive.</summary>
    public static double Exponent(IReadOnlyList<(double Papers, double Figure)> points)
    {
        if (points.Count < 2 || points.Any(point => point.Figure <= 0 || point.Papers <= 0))
            return double.NaN;

        var logarithms = points.Select(point => (X: Math.Log(point.Papers), Y: Math.Log(point.Figure))).ToList();
        var (meanX, meanY) = (logarithms.Average(point => point.X), logarithms.Average(point => point.Y));
        return logarithms.Sum(point => (point.X - meanX) * (point.Y - meanY)) / logarithms.Sum(point => (point.X - meanX) * (point.X - meanX));
    }
}
