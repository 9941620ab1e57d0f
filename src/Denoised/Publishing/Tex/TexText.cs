using System.Text;

namespace Denoised.Publishing.Tex;

/// <summary>A range of a text that contains TeX, with the steps for reading it.</summary>
/// <param name="text">The whole text.</param>
/// <param name="end">The end of the range.</param>
internal sealed class TexText(string text, int end)
{
    /// <summary>The end of the range.</summary>
    public int End => end;

    /// <summary>The length of the whole text.</summary>
    public int Length => text.Length;

    /// <summary>The character at an index of the whole text.</summary>
    public char this[int index] => text[index];

    /// <summary>The character at an index of the whole text, or a space after its end.</summary>
    public char At(int index) => index < text.Length ? text[index] : ' ';

    /// <summary>Whether an index is within the whole text and contains white space.</summary>
    public bool IsBlank(int index) => index < text.Length && char.IsWhiteSpace(text[index]);

    /// <summary>Whether an index is within the whole text and contains a digit.</summary>
    public bool IsDigit(int index) => index < text.Length && char.IsAsciiDigit(text[index]);

    /// <summary>The text between two indices.</summary>
    public string Slice(int from, int to) => text[from..to];

    /// <summary>The part of the range up to another end.</summary>
    public TexText Until(int to) => new(text, to);

    /// <summary>Whether a value occurs at an index, entirely within the range.</summary>
    public bool StartsWith(string value, int from) => from + value.Length <= end && string.CompareOrdinal(text, from, value, 0, value.Length) == 0;

    /// <summary>The index of the first character, from an index on, that does not match; at most the end of the range.</summary>
    public int SkipWhile(int from, Func<char, bool> isPart)
    {
        while (from < end && isPart(text[from]))
            from++;
        return from;
    }

    /// <summary>The end of each group in braces, by the index of its opening brace.</summary>
    public static Dictionary<int, int> GroupEnds(string text)
    {
        var groups = new Dictionary<int, int>();
        var open = new Stack<int>();
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\')
                index++;
            else if (text[index] == '{')
                open.Push(index);
            else if (text[index] == '}' && open.TryPop(out var start))
                groups[start] = index;
        }

        return groups;
    }

    /// <summary>A URL or names, without the backslashes that TeX requires before some characters.</summary>
    public string Unescaped(int from, int to)
    {
        var result = new StringBuilder(text, from, to - from, to - from);
        foreach (var sign in "#%&_~")
            result.Replace($@"\{sign}", sign.ToString());
        return result.ToString();
    }
}
