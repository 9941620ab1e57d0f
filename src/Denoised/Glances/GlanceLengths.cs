using Denoised.Summaries;

namespace Denoised.Glances;

/// <summary>How long the parts of a model's glance are; texts up to a quarter outside are accepted, and recorded.</summary>
public static class GlanceLengths
{
    /// <summary>Themes of a day, at least.</summary>
    public const int FewestThemes = 3;

    /// <summary>Themes of a day, at most.</summary>
    public const int MostThemes = 5;

    /// <summary>Papers of a theme, at least.</summary>
    public const int FewestPapers = 2;

    /// <summary>Papers of a theme, at most.</summary>
    public const int MostPapers = 12;

    /// <summary>The paragraph, in words.</summary>
    public static WordRange Paragraph { get; } = new(50, 110);

    /// <summary>A theme's title, in words.</summary>
    public static WordRange Title { get; } = new(2, 6);

    /// <summary>A theme's sentence, in words.</summary>
    public static WordRange Sentence { get; } = new(10, 30);
}
