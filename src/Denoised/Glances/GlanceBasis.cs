using Denoised.Papers;
using Denoised.Storage;
using Denoised.Summaries;

namespace Denoised.Glances;

/// <summary>The papers of a day as a glance rests on them.</summary>
/// <param name="Papers">Each paper's identifier, version, and who wrote its summary, as one text; in the order of these texts.</param>
/// <param name="IsComplete">Whether the summaries of all of them are final.</param>
/// <param name="IsSample">Whether any of them is invented.</param>
/// <param name="ByModel">How many of the summaries the model wrote.</param>
public sealed record GlanceBasis(IReadOnlyList<string> Papers, bool IsComplete, bool IsSample, int ByModel)
{
    /// <summary>The basis that a day's rows are.</summary>
    public static GlanceBasis Of(IReadOnlyCollection<PaperRow> rows) =>
        Of(rows.Select(row => (row.Paper.Id, row.Paper.Version, row.Summary.Provenance.Method)), rows.All(row => row.IsFinal), rows.Any(row => row.Sample));

    /// <inheritdoc cref="Of(IReadOnlyCollection{PaperRow})"/>
    public static GlanceBasis Of(IReadOnlyCollection<PaperProgress> rows) =>
        Of(rows.Select(row => (row.Id, row.Version, row.Method)), rows.All(row => row.IsFinal), rows.Any(row => row.Sample));

    /// <summary>Whether another one has the same papers, each with the same summary's method.</summary>
    public bool IsSameAs(IReadOnlyList<string>? former) => former is not null && Papers.SequenceEqual(former, StringComparer.Ordinal);

    /// <summary>How much of it differs from a former one, as a share of all its papers: new ones, replaced ones, and those that are gone.</summary>
    public double ChangedSince(IReadOnlyList<string> former)
    {
        ArgumentNullException.ThrowIfNull(former);
        var kept = Papers.Intersect(former, StringComparer.Ordinal).Count();
        return Papers.Count == 0 ? 0 : Math.Max(Papers.Count - kept, former.Count - kept) / (double)Papers.Count;
    }

    private static GlanceBasis Of(IEnumerable<(ArxivId Id, int Version, SummaryMethod Method)> papers, bool isComplete, bool isSample)
    {
        var all = papers.ToList();
        return new GlanceBasis(
            [.. all.Select(paper => $"{paper.Id}v{paper.Version} {paper.Method}").Order(StringComparer.Ordinal)],
            isComplete && all.Count > 0,
            isSample,
            all.Count(paper => paper.Method == SummaryMethod.Model));
    }
}
