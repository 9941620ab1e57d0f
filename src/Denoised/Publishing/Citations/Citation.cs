using System.Globalization;
using Denoised.Publishing.Snapshots;
using Denoised.Publishing.Tex;
using Denoised.Text;

namespace Denoised.Publishing.Citations;

/// <summary>
/// The data that reference managers need about a paper. <c>frontend/src/library/citation-formats.ts</c> implements the same in the browser; both pass
/// <c>frontend/test/cite-cases.json</c>.
/// </summary>
internal sealed record Citation
{
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    /// <summary>The authors, excluding entries that are not names: some collaborations are followed by a single colon.</summary>
    public required IReadOnlyList<string> Authors { get; init; }

    public required string PrimaryCategory { get; init; }

    /// <summary>The submission date of version 1, or the listing day if unknown.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>
    /// The DOI of the published article, or the one that arXiv registers for each paper. Source: https://info.arxiv.org/help/doi.html.
    /// </summary>
    /// <remarks>arXiv separates several DOIs by spaces; the first one is used.</remarks>
    public required string Doi { get; init => field = DoisIn(value) is [var first, ..] ? first : value; }

    public string? JournalReference { get; init; }

    public string? Abstract { get; init; }

    /// <summary>The address of the paper on arXiv.</summary>
    public string Address => $"https://arxiv.org/abs/{Id}";

    public string Year => Date.Year.ToString("0000", CultureInfo.InvariantCulture);

    /// <summary>Creates the citation of a paper.</summary>
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

    /// <summary>The text without TeX, on one line. Formulas stay as their authors wrote them.</summary>
    public static string PlainLine(string text) => Characters.CollapseWhiteSpace(TexReader.PlainText(text));

    /// <summary>The DOIs in a metadata field of arXiv.</summary>
    public static IReadOnlyList<string> DoisIn(string field) =>
        [.. Doi10.Matches(Listed.Replace(field, " 10.")).Select(match => match.Value.TrimEnd(',', ';', '.'))];

    private static readonly LinearRegex Listed = new(@"[,;]10\.");
    private static readonly LinearRegex Doi10 = new(@"10\.[0-9]{4,9}/[^\s{}]+");
}
