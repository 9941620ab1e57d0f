using Denoised.Domain;
using Denoised.Overviews;
using Denoised.Storage;

namespace Denoised.Publishing.Snapshots;

/// <summary>The published overview of a day.</summary>
public sealed record OverviewView
{
    public required ListingDay Day { get; init; }

    /// <summary>The subject of the day.</summary>
    public required string Paragraph { get; init; }

    /// <summary>Three to five themes, the most significant first.</summary>
    public required IReadOnlyList<ThemeView> Themes { get; init; }

    /// <summary>The origin of the overview.</summary>
    public required OverviewProvenance Provenance { get; init; }

    /// <summary>The published view of a row, or null if it has no content.</summary>
    /// <param name="row">The overview's row.</param>
    /// <param name="rows">The papers of the day; a theme refers only to these.</param>
    public static OverviewView? Of(OverviewRow? row, IReadOnlyList<PaperRow> rows)
    {
        if (row?.Written is not { } written)
            return null;

        var titles = rows.ToDictionary(paper => paper.Paper.Id, paper => paper.Paper.Title);
        var themes = written.Themes
            .Select(theme => new ThemeView(
                theme.Title, theme.Slug, theme.Sentence, [.. theme.Papers.Where(titles.ContainsKey).Select(id => new ThemePaper(id, titles[id]))]))
            .Where(theme => theme.Papers.Count > 1)
            .ToList();
        return themes.Count == 0 ? null : new OverviewView { Day = row.Day, Paragraph = written.Paragraph, Themes = themes, Provenance = written.Provenance };
    }
}

/// <summary>A theme that several papers of a day share.</summary>
/// <param name="Title">The title, a few words.</param>
/// <param name="Slug">The title in addresses (<c>?day=…&amp;theme=…</c>).</param>
/// <param name="Sentence">The model's description of the theme; null without one.</param>
/// <param name="Papers">The papers of the theme.</param>
public sealed record ThemeView(string Title, string Slug, string? Sentence, IReadOnlyList<ThemePaper> Papers);

/// <summary>A paper of a theme.</summary>
public sealed record ThemePaper(ArxivId Id, string Title);
