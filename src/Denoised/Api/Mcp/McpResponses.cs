using Denoised.Domain;
using Denoised.Publishing;
using Denoised.Publishing.Snapshots;

namespace Denoised.Api.Mcp;

/// <summary>A paper in a list: enough to decide whether to read it.</summary>
internal sealed record ListedPaper
{
    private const int MaxAuthors = 8;

    public required ArxivId Id { get; init; }

    public required string Title { get; init; }

    /// <summary>The first eight authors.</summary>
    public required IReadOnlyList<string> Authors { get; init; }

    public required int AuthorCount { get; init; }

    public required ListingDay Day { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public string? Venue { get; init; }

    public required PaperStatus Status { get; init; }

    /// <summary>The main result in one sentence, with the sentence of the paper that it rests on; absent without a model.</summary>
    public KeyPoint? Tldr { get; init; }

    /// <summary>Each claim with the sentence of the paper that it rests on.</summary>
    public required IReadOnlyList<KeyPoint> KeyPoints { get; init; }

    /// <summary>The result of the checks, in one line; null for extractive summaries.</summary>
    public string? Checks { get; init; }

    public required bool Withdrawn { get; init; }

    public required bool Sample { get; init; }

    /// <summary>The paper on arXiv.</summary>
    public required string Arxiv { get; init; }

    /// <summary>The paper's page of this site, if the site's address is known.</summary>
    public string? Page { get; init; }

    public static ListedPaper Of(PaperView paper, SiteAddress site) => new()
    {
        Id = paper.Id,
        Title = paper.Title,
        Authors = [.. paper.Authors.Take(MaxAuthors)],
        AuthorCount = paper.Authors.Count,
        Day = paper.Day,
        Tags = paper.Summary.Tags,
        Venue = paper.Venue,
        Status = paper.Status,
        Tldr = paper.Summary.Tldr,
        KeyPoints = paper.Summary.KeyPoints,
        Checks = paper.Checks,
        Withdrawn = paper.Withdrawn,
        Sample = paper.Sample,
        Arxiv = paper.Links.Abs,
        Page = site.OfPaper(paper.Id),
    };
}

/// <summary>The answer of <c>list_papers</c> and <c>search</c>.</summary>
internal sealed record PaperList
{
    /// <summary>The number of matching papers, on all pages.</summary>
    public required int Total { get; init; }

    public required IReadOnlyList<ListedPaper> Papers { get; init; }

    /// <summary>The cursor of the next page; absent on the last one.</summary>
    public string? Next { get; init; }
}

/// <summary>The answer of <c>day_overview</c>.</summary>
internal sealed record DayOverview
{
    public required ListingDay Day { get; init; }

    public required DateTimeOffset AnnouncedAt { get; init; }

    /// <summary>True if the papers are invented.</summary>
    public required bool Sample { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required DayCounts Counts { get; init; }

    public required IReadOnlyList<TagCount> Tags { get; init; }

    /// <summary>A paragraph and the day's themes with their papers; absent until ten papers are summarized.</summary>
    public OverviewView? Overview { get; init; }

    public static DayOverview Of(DayResponse day) => new()
    {
        Day = day.Day,
        AnnouncedAt = day.AnnouncedAt,
        Sample = day.Sample,
        Notes = day.Notes,
        Counts = day.Counts,
        Tags = day.Tags,
        Overview = day.Overview,
    };
}

/// <summary>The answer of <c>cite</c>.</summary>
internal sealed record Citations
{
    public required string Format { get; init; }

    /// <summary>The citations, in the order of the identifiers.</summary>
    public required string Text { get; init; }
}

/// <summary>The resource of a day.</summary>
internal sealed record DayResource
{
    public required DayOverview Overview { get; init; }

    public required IReadOnlyList<ThemePaper> Papers { get; init; }
}
