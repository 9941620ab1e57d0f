using System.Globalization;
using Denoised.Arxiv.Text;

namespace Denoised.Publishing.Citations;

/// <summary>
/// A paper as reference managers want it. <c>frontend/src/cite.ts</c> makes the same in the browser; <c>frontend/test/cite-cases.json</c> is
/// run by both.
/// </summary>
internal sealed record Citation
{
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    /// <summary>Without those that are no names: a lone colon stands behind some collaborations.</summary>
    public required IReadOnlyList<string> Authors { get; init; }

    public required string PrimaryCategory { get; init; }

    /// <summary>When version 1 was submitted, else the listing day.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The article's own, else the one that arXiv registers for each paper. Source: https://info.arxiv.org/help/doi.html.</summary>
    public required string Doi { get; init; }

    public string? JournalReference { get; init; }

    public string? Abstract { get; init; }

    /// <summary>Its page on arXiv.</summary>
    public string Address => $"https://arxiv.org/abs/{Id}";

    public string Year => Date.Year.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>Makes a paper's citation.</summary>
    public static Citation Of(PaperView paper) => new()
    {
        Id = paper.Id.Value,
        Version = paper.Version,
        Title = paper.Title,
        Authors = [.. paper.Authors.Where(author => author.Any(char.IsLetter))],
        PrimaryCategory = paper.PrimaryCategory,
        Date = paper.Published is { } published ? DateOnly.FromDateTime(published.UtcDateTime) : paper.Day.Date,
        Doi = paper.Doi ?? $"10.48550/arXiv.{paper.Id}",
        JournalReference = paper.JournalReference,
        Abstract = paper.Abstract,
    };

    /// <summary>A text on one line.</summary>
    public static string OneLine(string text) => Characters.CollapseWhiteSpace(text);
}
