using Denoised.Papers;
using Denoised.Summaries;

namespace Denoised.Glances;

/// <summary>A listing day at a glance: one paragraph, and the themes that stand out.</summary>
public sealed record Glance
{
    /// <summary>What the day is about, in one paragraph.</summary>
    public required string Paragraph { get; init; }

    /// <summary>3 to 5. Without a model, the largest first.</summary>
    public required IReadOnlyList<GlanceTheme> Themes { get; init; }

    /// <summary>Where it comes from.</summary>
    public required GlanceProvenance Provenance { get; init; }
}

/// <summary>What several papers of a day have in common.</summary>
/// <param name="Title">A few words.</param>
/// <param name="Slug">The title as it stands in addresses; no other theme of the day has it.</param>
/// <param name="Sentence">What they have in common, written by the model; null without one.</param>
/// <param name="Papers">2 to 12 papers of the day.</param>
public sealed record GlanceTheme(string Title, string Slug, string? Sentence, IReadOnlyList<ArxivId> Papers)
{
    private const int LongestSlug = 60;

    /// <summary>Makes a title's slug, different from those that are taken.</summary>
    public static string SlugOf(string title, IReadOnlyCollection<string> taken)
    {
        ArgumentNullException.ThrowIfNull(title);
        var words = string.Concat(title.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var slug = string.Join('-', words);
        if (slug.Length > LongestSlug)
            slug = slug[..LongestSlug].TrimEnd('-');
        if (slug.Length > 0 && !taken.Contains(slug, StringComparer.Ordinal))
            return slug;
        return Enumerable.Range(taken.Count + 1, int.MaxValue - taken.Count).Select(number => $"{(slug.Length > 0 ? slug : "theme")}-{number}").First(free => !taken.Contains(free, StringComparer.Ordinal));
    }
}

/// <summary>Who wrote a glance, from what, and at what cost.</summary>
public sealed record GlanceProvenance : Authorship
{
    /// <summary>How many papers it was made from.</summary>
    public required int Papers { get; init; }
}
