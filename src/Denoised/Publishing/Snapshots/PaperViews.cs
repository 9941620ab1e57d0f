using Denoised.Domain;
using Denoised.Publishing.Citations;
using Denoised.Storage;

namespace Denoised.Publishing.Snapshots;

/// <summary>Converts rows to published data.</summary>
internal static class PaperViews
{
    /// <summary>The maximum number of authors on a card.</summary>
    private const int AuthorsOnCard = 8;

    /// <summary>Creates the full view of a paper.</summary>
    public static PaperView View(PaperRow row)
    {
        var paper = row.Paper;
        return new PaperView
        {
            Id = paper.Id,
            Version = paper.Version,
            Day = row.Day,
            AnnounceType = row.AnnounceType,
            ReplacedOn = row.ReplacedOn,
            Title = paper.Title,
            Authors = paper.Authors,
            Affiliations = row.Affiliations,
            Abstract = paper.Abstract,
            PrimaryCategory = paper.PrimaryCategory,
            Categories = paper.Categories,
            Published = paper.Published,
            Updated = paper.Updated,
            Comment = paper.Comment,
            Venue = Venue.Find(paper.Comment),
            Doi = paper.Doi,
            Dois = NullIfEmpty(Citation.DoisIn(paper.Doi ?? "")),
            JournalReference = paper.JournalReference,
            License = paper.License,
            LicenseName = paper.License is { Length: > 0 } license ? LicenseName.Of(license) : null,
            CodeRepositories = NullIfEmpty(CodeRepositories.FindIn($"{paper.Comment}\n{paper.Abstract}")),
            Withdrawn = paper.IsWithdrawn,
            Retracted = row.Retracted,
            Sample = row.Sample,
            Links = Links(paper),
            Status = Status(row),
            // The day already states that no model is configured.
            Reason = row.FallbackReason == FallbackReason.NoModel ? null : row.Reason,
            Summary = row.Summary,
            MissingSections = MissingSections.Of(row.Summary),
            Checks = CheckLine.Of(row.Summary),
            Previous = row.Previous,
        };
    }

    /// <summary>Creates the card of a paper.</summary>
    public static PaperCard Card(PaperRow row) => Card(View(row));

    /// <inheritdoc cref="Card(PaperRow)"/>
    public static PaperCard Card(PaperView paper) => new()
    {
        Id = paper.Id,
        Version = paper.Version,
        Title = paper.Title,
        Authors = [.. paper.Authors.Take(AuthorsOnCard)],
        AuthorCount = paper.Authors.Count,
        Categories = paper.Categories,
        Tags = paper.Summary.Tags,
        KeyPoints = [.. paper.Summary.Claims().Select(point => point.Claim)],
        Language = SummaryLanguage.OnPage(paper.Summary.Provenance.Language),
        Status = paper.Status,
        Reason = paper.Reason,
        Venue = paper.Venue,
        Withdrawn = paper.Withdrawn,
        Sample = paper.Sample,
        Checks = paper.Checks,
    };

    /// <summary>The status of the paper's summary for readers.</summary>
    public static PaperStatus Status(PaperRow row) => (row.State, row.Summary.Provenance.Method) switch
    {
        (PaperState.Failed, _) => PaperStatus.Failed,
        (PaperState.Announced or PaperState.Summarizing, _) => PaperStatus.Pending,
        (_, SummaryMethod.Extractive) => PaperStatus.Extractive,
        _ => PaperStatus.Model,
    };

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string> values) => values.Count == 0 ? null : values;

    private static PaperLinks Links(Paper paper) => new(
        $"https://arxiv.org/abs/{paper.Id}v{paper.Version}",
        $"https://arxiv.org/pdf/{paper.Id}v{paper.Version}",
        $"https://arxiv.org/html/{paper.Id}v{paper.Version}");
}
