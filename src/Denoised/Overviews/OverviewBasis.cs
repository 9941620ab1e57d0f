using Denoised.Domain;
using Denoised.Storage;

namespace Denoised.Overviews;

/// <summary>The state of a day's papers that an overview is based on.</summary>
/// <param name="Papers">One text per paper, with its identifier, version and summary method; sorted.</param>
/// <param name="IsComplete">Whether all summaries are final.</param>
/// <param name="IsSample">Whether any paper is invented.</param>
/// <param name="ByModel">The number of summaries that the model wrote.</param>
public sealed record OverviewBasis(IReadOnlyList<string> Papers, bool IsComplete, bool IsSample, int ByModel)
{
    /// <summary>Builds the basis from the rows of a day.</summary>
    public static OverviewBasis Of(IReadOnlyCollection<PaperRow> rows) =>
        Of(rows.Select(row => (row.Paper.Id, row.Paper.Version, row.Summary.Provenance.Method)), rows.All(row => row.IsFinal), rows.Any(row => row.Sample));

    /// <inheritdoc cref="Of(IReadOnlyCollection{PaperRow})"/>
    public static OverviewBasis Of(IReadOnlyCollection<PaperProgress> rows) =>
        Of(rows.Select(row => (row.Id, row.Version, row.Method)), rows.All(row => row.IsFinal), rows.Any(row => row.Sample));

    /// <summary>Whether another basis has the same papers with the same summary methods.</summary>
    public bool IsSameAs(IReadOnlyList<string>? previous) => previous is not null && Papers.SequenceEqual(previous, StringComparer.Ordinal);

    /// <summary>How many papers were added, replaced or removed since an earlier basis, as a share of the current papers.</summary>
    public double ChangedSince(IReadOnlyList<string> previous)
    {
        ArgumentNullException.ThrowIfNull(previous);
        var kept = Papers.Intersect(previous, StringComparer.Ordinal).Count();
        return Papers.Count == 0 ? 0 : Math.Max(Papers.Count - kept, previous.Count - kept) / (double)Papers.Count;
    }

    private static OverviewBasis Of(IEnumerable<(ArxivId Id, int Version, SummaryMethod Method)> papers, bool isComplete, bool isSample)
    {
        var all = papers.ToList();
        return new OverviewBasis(
            [.. all.Select(paper => $"{paper.Id}v{paper.Version} {paper.Method}").Order(StringComparer.Ordinal)],
            isComplete && all.Count > 0,
            isSample,
            all.Count(paper => paper.Method == SummaryMethod.Model));
    }
}
