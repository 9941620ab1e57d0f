using System.Globalization;
using Denoised.Domain;

namespace Denoised.Publishing.Snapshots;

/// <summary>
/// Describes in one line the result of a summary's checks and the text that was read. States only which quotes and numbers were found, never that a
/// claim is true.
/// </summary>
internal static class CheckLine
{
    /// <summary>
    /// The line, such as "All 4 points quoted · full text read", with the numbers of weak, dropped or missing items. Null for extractive summaries.
    /// </summary>
    public static string? Of(Summary summary)
    {
        var provenance = summary.Provenance;
        return provenance.Method == SummaryMethod.Extractive ? null : string.Join(" · ", Parts(provenance, provenance.Tally ?? Count(summary)));
    }

    private static IEnumerable<string> Parts(Provenance provenance, CheckTally tally)
    {
        if (tally.Claims > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{(tally.Quoted == tally.Claims && tally.Claims > 1 ? "All" : $"{tally.Quoted} of")} {tally.Claims} {(tally.Claims == 1 ? "point" : "points")} quoted");
        if (tally.Weak > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{tally.Weak} weakly supported");
        if (tally.Dropped > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{tally.Dropped} dropped");
        if (tally.NumbersFound < tally.Numbers)
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{tally.NumbersFound} of {tally.Numbers} {(tally.Numbers == 1 ? "number" : "numbers")} found");
        yield return provenance.Source == TextOrigin.Abstract ? "abstract read" : "full text read";
    }

    /// <summary>Counts the checks of a summary without stored counts from its evidence; the numbers are unknown.</summary>
    private static CheckTally Count(Summary summary) => new(
        summary.KeyPoints.Count,
        summary.KeyPoints.Count(point => point.Evidence is not null),
        summary.KeyPoints.Count(point => point.Evidence is { Weak: true }),
        Dropped: 0,
        Numbers: 0,
        NumbersFound: 0);
}
