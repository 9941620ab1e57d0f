using Denoised.Domain;
using Denoised.Overviews;
using Denoised.Storage;

namespace Denoised.Publishing.Snapshots;

/// <summary>The overview of a day, as readers see it.</summary>
public sealed record OverviewView
{
    /// <summary>The day.</summary>
    public required ListingDay Day { get; init; }

    /// <summary>What the day is about.</summary>
    public required string Paragraph { get; init; }

    /// <summary>3 to 5, the most telling first.</summary>
    public required IReadOnlyList<ThemeView> Themes { get; init; }

    /// <summary>Where it comes from.</summary>
    public required OverviewProvenance Provenance { get; init; }

    /// <summary>A row as readers see it, or null where there is nothing to see.</summary>
    /// <param name="row">The overview's row.</param>
    /// <param name="rows">The day's papers; a theme never names others.</param>
    public static OverviewView? Of(OverviewRow? row, IReadOnlyList<PaperRow> rows)
    {
        if (row?.Written is not { } written)
            return null;

        var titles = rows.ToDictionary(paper => paper.Paper.Id, paper => paper.Paper.Title);
        var themes = written.Themes
            .Select(theme => new ThemeView(theme.Title, theme.Slug, theme.Sentence, [.. theme.Papers.Where(titles.ContainsKey).Select(id => new ThemePaper(id, titles[id]))]))
            .Where(theme => theme.Papers.Count > 1)
            .ToList();
        return themes.Count == 0 ? null : new OverviewView { Day = row.Day, Paragraph = written.Paragraph, Themes = themes, Provenance = written.Provenance };
    }
}

/// <summary>What several papers of a day have in common.</summary>
/// <param name="Title">A few words.</param>
/// <param name="Slug">The title as it stands in addresses (<c>?day=…&amp;theme=…</c>).</param>
/// <param name="Sentence">What they have in common, written by the model; null without one.</param>
/// <param name="Papers">The papers it rests on.</param>
public sealed record ThemeView(string Title, string Slug, string? Sentence, IReadOnlyList<ThemePaper> Papers);

/// <summary>A paper that a theme rests on.</summary>
public sealed record ThemePaper(ArxivId Id, string Title);
