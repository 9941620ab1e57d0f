using Denoised.Domain;

namespace Denoised.Overviews;

/// <summary>Length limits of a model-written overview. Texts up to a quarter outside are accepted and recorded.</summary>
public static class OverviewLengths
{
    /// <summary>The minimum number of themes.</summary>
    public const int MinThemes = 3;

    /// <summary>The maximum number of themes.</summary>
    public const int MaxThemes = 5;

    /// <summary>The minimum number of papers in a theme.</summary>
    public const int MinPapers = 2;

    /// <summary>The maximum number of papers in a theme.</summary>
    public const int MaxPapers = 12;

    /// <summary>The paragraph, in words.</summary>
    public static WordRange Paragraph { get; } = new(50, 110);

    /// <summary>The title of a theme, in words.</summary>
    public static WordRange Title { get; } = new(2, 6);

    /// <summary>The sentence of a theme, in words.</summary>
    public static WordRange Sentence { get; } = new(10, 30);
}
