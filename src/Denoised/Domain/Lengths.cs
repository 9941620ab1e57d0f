namespace Denoised.Domain;

/// <summary>
/// The lengths of a summary's parts, in words, taken from the page that this product is modelled on. They apply to full texts; a summary of an
/// abstract has no minimum.
/// </summary>
public static class Lengths
{
    /// <summary>The claim of a key point.</summary>
    public static WordRange Claim { get; } = new(7, 20);

    /// <summary>The TL;DR. With the tolerance at most 25 words.</summary>
    public static WordRange Tldr { get; } = new(8, 20);

    /// <summary>A quote.</summary>
    public static WordRange Quote { get; } = new(1, 40);

    /// <summary>The summary.</summary>
    public static WordRange Summary { get; } = new(110, 200);

    /// <summary>The methodology.</summary>
    public static WordRange Methodology { get; } = new(30, 70);

    /// <summary>The results.</summary>
    public static WordRange Results { get; } = new(25, 70);

    /// <summary>The implications.</summary>
    public static WordRange Implications { get; } = new(25, 60);

    /// <summary>The accepted deviation from a range, as a share of its limits. The summary records it.</summary>
    public const double Tolerance = 0.25;
}

/// <summary>A range of words.</summary>
/// <param name="Min">The minimum.</param>
/// <param name="Max">The maximum.</param>
public readonly record struct WordRange(int Min, int Max)
{
    /// <summary>Counts the words of a text: runs of characters without white space.</summary>
    public static int Count(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var count = 0;
        var inWord = false;
        foreach (var character in text)
        {
            var isSpace = char.IsWhiteSpace(character);
            if (!isSpace && !inWord)
                count++;
            inWord = !isSpace;
        }

        return count;
    }
}
