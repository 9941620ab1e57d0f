using System.Globalization;
using Denoised.Summaries;

namespace Denoised.Publishing;

/// <summary>What the checks found in a summary and what was read for it, in one line: what was quoted and found, never what is true.</summary>
internal static class CheckLine
{
    /// <summary>"4 of 4 claims quoted · 9 of 9 numbers found · read in full (HTML v1)"; null for extractive summaries, which have a line of their own.</summary>
    public static string? Of(Summary summary)
    {
        var provenance = summary.Provenance;
        return provenance.Method == SummaryMethod.Model ? string.Join(" · ", Parts(provenance, provenance.Tally ?? Count(summary))) : null;
    }

    private static IEnumerable<string> Parts(Provenance provenance, CheckTally tally)
    {
        if (tally.Claims > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{tally.Quoted} of {tally.Claims} {(tally.Claims == 1 ? "claim" : "claims")} quoted");
        if (tally.Weak > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{tally.Weak} weakly supported");
        if (tally.Dropped > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{tally.Dropped} dropped");
        if (tally.Numbers > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{tally.NumbersFound} of {tally.Numbers} {(tally.Numbers == 1 ? "number" : "numbers")} found");
        yield return provenance.Source switch
        {
            TextSource.Html => string.Create(CultureInfo.InvariantCulture, $"read in full (HTML v{provenance.PaperVersion})"),
            TextSource.Pdf => string.Create(CultureInfo.InvariantCulture, $"read in full (PDF v{provenance.PaperVersion})"),
            _ => "read from the abstract",
        };
    }

    /// <summary>Of a summary from before the checks counted: what its own evidence shows, and of numbers nothing.</summary>
    private static CheckTally Count(Summary summary) => new(
        summary.KeyPoints.Count,
        summary.KeyPoints.Count(point => point.Evidence is not null),
        summary.KeyPoints.Count(point => point.Evidence is { Weak: true }),
        Dropped: 0,
        Numbers: 0,
        NumbersFound: 0);
}
