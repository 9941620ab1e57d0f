using Denoised.Text;

namespace Denoised.Publishing.Tex;

/// <summary>Reads accented letters.</summary>
internal static class TexAccents
{
    /// <summary>
    /// Reads a letter with the accent of the command at an index: <c>\'e</c>, <c>\c c</c>, <c>\"{\i}</c>. Returns the letter and its end.
    /// </summary>
    public static (string Text, int End)? Read(TexText text, int at)
    {
        if (!TexCommands.Accents.TryGetValue(text.At(at + 1).ToString(), out var mark))
            return null;

        var from = at + 2;
        var letter = text.SkipWhile(from, char.IsWhiteSpace);
        var isGroup = text.StartsWith("{", letter);
        if (isGroup)
            letter = text.SkipWhile(letter + 1, char.IsWhiteSpace);
        else if ((letter == from) == char.IsAsciiLetter(text[from - 1]))
            return null;

        if (text.StartsWith(@"\", letter))
            letter++;
        if (letter >= text.End || !char.IsAsciiLetter(text[letter]))
            return null;

        var after = letter + 1;
        if (isGroup)
        {
            after = text.SkipWhile(after, char.IsWhiteSpace);
            if (!text.StartsWith("}", after++))
                return null;
        }

        return (Characters.Composed(text[letter], mark)?.ToString() ?? $"{text[letter]}{mark}", after);
    }
}
