using System.Collections.Frozen;

namespace Denoised.Domain;

/// <summary>The taxonomy: the only tags that summaries use, in display order. This file is the source of truth.</summary>
public static class Tag
{
    /// <summary>All tags in display order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "NLP",
        "Large Language Models",
        "Efficient ML",
        "Theory",
        "Optimization",
        "Time Series",
        "Interpretability",
        "Generative Models",
        "Reinforcement Learning",
        "Graph Learning",
        "Computer Vision",
        "Multimodal",
        "Robotics",
        "Federated Learning",
        "Audio & Speech",
        "Safety & Alignment",
    ];

    private static readonly FrozenDictionary<string, string> bySlug = All.ToFrozenDictionary(Slug, StringComparer.Ordinal);

    private static readonly FrozenSet<string> known = All.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a string exactly matches a tag of the taxonomy.</summary>
    public static bool IsKnown(string tag) => known.Contains(tag);

    /// <summary>The tag for URLs and file names: lower case, with one hyphen between words (<c>audio-speech</c>).</summary>
    public static string Slug(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var words = tag.ToLowerInvariant().Split([' ', '&'], StringSplitOptions.RemoveEmptyEntries);
        return string.Join('-', words);
    }

    /// <summary>Finds a tag by its name (case-insensitive) or slug.</summary>
    public static bool TryFind(string text, out string tag)
    {
        ArgumentNullException.ThrowIfNull(text);
        return bySlug.TryGetValue(Slug(text.Replace('-', ' ')), out tag!);
    }
}
