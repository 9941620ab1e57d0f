namespace Denoised.Summaries;

/// <summary>
/// How long the parts of a summary are, in words: the lengths of the page that this product is modelled on. They bind for full text;
/// for an abstract the lower bounds are off.
/// </summary>
public static class Lengths
{
    /// <summary>A key point's claim.</summary>
    public static WordRange Claim { get; } = new(7, 20);

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

    /// <summary>How far outside a length is accepted, and recorded.</summary>
    public const double Tolerance = 0.25;
}

/// <summary>A number of words.</summary>
/// <param name="Min">At least.</param>
/// <param name="Max">At most.</param>
public readonly record struct WordRange(int Min, int Max)
{
    /// <summary>The words of a text: runs without white space.</summary>
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
