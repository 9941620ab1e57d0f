using System.Globalization;
using Denoised.Publishing.Snapshots;
using Denoised.Publishing.Tex;
using Denoised.Text;

namespace Denoised.Publishing.Citations;

/// <summary>
/// A paper as reference managers want it. <c>frontend/src/library/citation-formats.ts</c> makes the same in the browser; <c>frontend/test/cite-cases.json</c> is
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
    /// <remarks>Of several, which arXiv puts apart by blanks, the first.</remarks>
    public required string Doi { get; init => field = DoisIn(value) is [var first, ..] ? first : value; }

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

    /// <summary>A text without its TeX, on one line; maths stays as its authors wrote it.</summary>
    public static string PlainLine(string text) => Characters.CollapseWhiteSpace(TexReader.PlainText(text));

    /// <summary>The DOIs that a field of arXiv's holds.</summary>
    public static IReadOnlyList<string> DoisIn(string field) =>
        [.. Doi10.Matches(Listed.Replace(field, " 10.")).Select(match => match.Value.TrimEnd(',', ';', '.'))];

    private static readonly LinearRegex Listed = new(@"[,;]10\.");
    private static readonly LinearRegex Doi10 = new(@"10\.[0-9]{4,9}/[^\s{}]+");
}
