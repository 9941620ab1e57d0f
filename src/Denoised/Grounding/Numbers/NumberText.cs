namespace Denoised.Grounding.Numbers;

/// <summary>A text in its plain form, with the steps for reading its digits and words.</summary>
/// <param name="text">The text.</param>
internal sealed class NumberText(string text)
{
    /// <summary>The length of the text.</summary>
    public int Length => text.Length;

    /// <summary>The character at an index within the text.</summary>
    public char this[int i] => text[i];

    public ReadOnlySpan<char> AsSpan(int start) => text.AsSpan(start);

    public ReadOnlySpan<char> AsSpan(int start, int length) => text.AsSpan(start, length);

    /// <summary>Whether a digit is at an index.</summary>
    public bool IsDigit(int i) => i >= 0 && i < text.Length && char.IsAsciiDigit(text[i]);

    /// <summary>The character at an index; NUL outside the text.</summary>
    public char At(int i) => i >= 0 && i < text.Length ? text[i] : '\0';

    /// <summary>The end of the digits from an index.</summary>
    public int Digits(int i)
    {
        while (IsDigit(i))
            i++;
        return i;
    }

    /// <summary>The end of the letters from an index.</summary>
    public int WordEnd(int i)
    {
        while (i < text.Length && char.IsLetter(text[i]))
            i++;
        return i;
    }

    /// <summary>The index of the next character that is not white space.</summary>
    public int SkipSpaces(int i)
    {
        while (At(i) is ' ' or '\n' or '\r' or '\t')
            i++;
        return i;
    }

    /// <summary>The end of the letters and digits from an index.</summary>
    public int EndOfToken(int i)
    {
        while (i < text.Length && char.IsLetterOrDigit(text[i]))
            i++;
        return i;
    }

    /// <summary>The word that ends at an index or before the spaces there.</summary>
    public (string Word, int Start) WordBefore(int i)
    {
        while (At(i) is ' ' or '\n')
            i--;
        var end = i + 1;
        while (i >= 0 && char.IsLetter(text[i]))
            i--;
        return (text[(i + 1)..Math.Max(end, i + 1)], i + 1);
    }
}
