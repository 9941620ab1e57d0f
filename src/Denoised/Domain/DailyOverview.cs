namespace Denoised.Domain;

/// <summary>The overview of a listing day: one paragraph and the main themes.</summary>
public sealed record DailyOverview
{
    /// <summary>The content of the day, in one paragraph.</summary>
    public required string Paragraph { get; init; }

    /// <summary>3 to 5 themes. The rule-based overview puts the largest first.</summary>
    public required IReadOnlyList<OverviewTheme> Themes { get; init; }

    /// <summary>The method, inputs and cost of the overview.</summary>
    public required OverviewProvenance Provenance { get; init; }
}

/// <summary>A theme that several papers of a day share.</summary>
/// <param name="Title">A few words.</param>
/// <param name="Slug">The title as used in URLs; unique within the day.</param>
/// <param name="Sentence">The common subject, written by the model; null in a rule-based overview.</param>
/// <param name="Papers">2 to 12 papers of the day.</param>
public sealed record OverviewTheme(string Title, string Slug, string? Sentence, IReadOnlyList<ArxivId> Papers)
{
    private const int MaxSlugLength = 60;

    /// <summary>Builds the slug of a title, different from the taken ones.</summary>
    public static string SlugOf(string title, IReadOnlyCollection<string> taken)
    {
        ArgumentNullException.ThrowIfNull(title);
        var words = string.Concat(title.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var slug = string.Join('-', words);
        if (slug.Length > MaxSlugLength)
            slug = slug[..MaxSlugLength].TrimEnd('-');
        if (slug.Length > 0 && !taken.Contains(slug, StringComparer.Ordinal))
            return slug;
        return Enumerable.Range(taken.Count + 1, int.MaxValue - taken.Count)
            .Select(number => $"{(slug.Length > 0 ? slug : "theme")}-{number}")
            .First(free => !taken.Contains(free, StringComparer.Ordinal));
    }
}

/// <summary>The method, inputs and cost of an overview.</summary>
public sealed record OverviewProvenance : GenerationMetadata
{
    /// <summary>The number of papers in the input.</summary>
    public required int Papers { get; init; }
}
